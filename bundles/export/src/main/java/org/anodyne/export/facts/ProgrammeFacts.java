package org.anodyne.export.facts;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a participant did with the programme of one slot. Counted from what the slot told, without what was written.
 *
 * @param title of the programme
 * @param fingerprint SHA-256 over the programme's files
 * @param delivery {@code alone} or {@code guided}
 * @param sessions number of each session of the frame that was begun, in order
 * @param finished how many of them were gone through to their end
 * @param lessons pages of lessons that were shown
 * @param asked exercises, diaries and reports of homework that were asked
 * @param answered those that were answered, neither skipped nor left
 * @param skills title by skill
 * @param minutes minutes of practice in the session, by skill
 * @param homeMinutes minutes at home that the participant reported, by skill
 * @param homeworkSet pieces of homework that were set
 * @param homeworkReported reports by {@code yes}, {@code partly}, {@code no}
 */
public record ProgrammeFacts(
        String slot,
        String programme,
        String title,
        String fingerprint,
        String frame,
        String delivery,
        List<Long> sessions,
        long finished,
        long lessons,
        long asked,
        long answered,
        Map<String, String> skills,
        Map<String, Double> minutes,
        Map<String, Double> homeMinutes,
        long homeworkSet,
        Map<String, Long> homeworkReported) {

    /** Answered of asked, 0 to 1; NaN when nothing was asked. */
    public double adherence() {
        return asked == 0 ? Double.NaN : (double) answered / asked;
    }

    /** Title of a skill, or its id. */
    public String skill(String id) {
        return skills.getOrDefault(id, id);
    }

    /** Of each slot that led through a programme, by the slot's name. */
    static List<ProgrammeFacts> of(List<Facts.Happening> happenings) {
        Map<String, Count> counts = new TreeMap<>();
        for (Facts.Happening h : happenings) {
            if (h.type().equals("programme-session")) {
                counts.computeIfAbsent(h.slot(), Count::new).begun(h);
            } else if (counts.containsKey(h.slot())) {
                counts.get(h.slot()).take(h);
            }
        }
        return counts.values().stream().map(Count::facts).toList();
    }

    private static final class Count {
        private final String slot;
        private Facts.Happening first;
        private final List<Long> sessions = new ArrayList<>();
        private long finished;
        private long lessons;
        private long asked;
        private long answered;
        private final Map<String, Double> minutes = new TreeMap<>();
        private final Map<String, Double> homeMinutes = new TreeMap<>();
        private long homeworkSet;
        private final Map<String, Long> reported = new TreeMap<>();

        Count(String slot) {
            this.slot = slot;
        }

        void begun(Facts.Happening h) {
            first = first == null ? h : first;
            sessions.add(h.whole("session", 0));
        }

        void take(Facts.Happening h) {
            switch (h.type()) {
                case "finished" -> finished++;
                case "lesson-shown" -> lessons++;
                case "exercise-asked" -> asked++;
                case "exercise-answered" ->
                    answered += Boolean.TRUE.equals(h.attributes().get("answered")) ? 1 : 0;
                case "skill-practised" -> add(minutes, h);
                case "homework-set" -> homeworkSet++;
                case "homework-reported" -> {
                    reported.merge(h.text("done"), 1L, Long::sum);
                    add(homeMinutes, h);
                }
                default -> {
                    // Something else of the slot, of no matter here.
                }
            }
        }

        private static void add(Map<String, Double> to, Facts.Happening h) {
            double minutes = h.number("minutes");
            if (Double.isFinite(minutes) && !h.text("skill").isEmpty()) {
                to.merge(h.text("skill"), minutes, Double::sum);
            }
        }

        ProgrammeFacts facts() {
            Map<String, String> skills = new TreeMap<>();
            if (first.attributes().get("skills") instanceof Map<?, ?> titles) {
                titles.forEach((id, title) -> skills.put(String.valueOf(id), String.valueOf(title)));
            }
            return new ProgrammeFacts(
                    slot,
                    first.text("programme"),
                    first.text("title"),
                    first.text("fingerprint"),
                    first.text("frame"),
                    first.text("delivery"),
                    List.copyOf(sessions),
                    finished,
                    lessons,
                    asked,
                    answered,
                    skills,
                    minutes,
                    homeMinutes,
                    homeworkSet,
                    reported);
        }
    }
}
