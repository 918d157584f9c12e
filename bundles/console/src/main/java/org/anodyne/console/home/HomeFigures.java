package org.anodyne.console.home;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.anodyne.console.home.HomeEntries.Entry;

/**
 * What was done at home, in numbers.
 *
 * @param steps steps of the programme's frame, pages and homework included; 0 without one
 * @param stepsDone of them, those that were done
 * @param exercises exercises that were shown to the end, answered or skipped
 * @param exercisesAnswered of them, those that were answered
 * @param minutesBySkill practices as long as they were followed, and exercises that name a skill, from shown to sent
 * @param pain where pain of the days comes from: {@code diary}, {@code nrs}, or empty when there is none
 * @param weeks of pain, from the first day with an answer on
 */
public record HomeFigures(
        int steps,
        int stepsDone,
        int exercises,
        int exercisesAnswered,
        Map<String, Double> minutesBySkill,
        String pain,
        List<Week> weeks) {
    /** A week's mean counts from so many days on; as generally used for diaries of pain, not compared with a source. */
    public static final int LEAST_DAYS = 4;

    /** Name of the diary's field that asks for the day's pain. */
    private static final String DIARY_FIELD = "average-pain";

    private static final int WEEK = 7;

    /**
     * Seven days.
     *
     * @param from its first day
     * @param days on how many of them there is an answer; of several on one day the newest holds
     * @param mean of these days; absent where they are fewer than {@link #LEAST_DAYS}
     */
    public record Week(String from, int days, Optional<Double> mean) {}

    /**
     * Counts.
     *
     * @param entries of one participant, the oldest first
     * @param programme id of the programme that is planned; empty without one
     * @param steps of its frame, as the page names them
     * @param zone in which a day begins at midnight
     */
    public static HomeFigures of(List<Entry> entries, String programme, Set<String> steps, ZoneId zone) {
        Set<String> done = new HashSet<>();
        Map<String, Double> minutes = new TreeMap<>();
        int exercises = 0;
        int answered = 0;
        for (Entry e : entries) {
            Map<String, Object> body = e.body();
            if (programme.equals(body.get("programme"))
                    && body.get("step") instanceof String step
                    && steps.contains(step)) {
                done.add(step);
            }
            boolean exercise = e.kind().equals("exercise");
            boolean skipped = Boolean.TRUE.equals(body.get("skipped"));
            if (exercise) {
                exercises++;
                answered += skipped ? 0 : 1;
            }
            if ((exercise && !skipped || e.kind().equals("practice"))
                    && body.get("skill") instanceof String skill
                    && !skill.isEmpty()
                    && body.get("seconds") instanceof Number seconds) {
                minutes.merge(skill, seconds.doubleValue() / 60, Double::sum);
            }
        }
        TreeMap<LocalDate, Double> diary = new TreeMap<>();
        TreeMap<LocalDate, Double> nrs = new TreeMap<>();
        for (Entry e : entries) {
            LocalDate day = Instant.parse(e.made()).atZone(zone).toLocalDate();
            if (e.kind().equals("diary")) {
                number(e, "fields", DIARY_FIELD).ifPresent(v -> diary.put(day, v));
            } else if (e.kind().equals("rating") && "nrs".equals(e.body().get("instrument"))) {
                number(e, "answers", "pain").ifPresent(v -> nrs.put(day, v));
            }
        }
        boolean byDiary = !diary.isEmpty();
        return new HomeFigures(
                steps.size(),
                done.size(),
                exercises,
                answered,
                minutes,
                byDiary ? "diary" : nrs.isEmpty() ? "" : "nrs",
                weeks(byDiary ? diary : nrs));
    }

    private static Optional<Double> number(Entry e, String of, String name) {
        return e.body().get(of) instanceof Map<?, ?> m && m.get(name) instanceof Number n
                ? Optional.of(n.doubleValue())
                : Optional.empty();
    }

    private static List<Week> weeks(TreeMap<LocalDate, Double> days) {
        List<Week> weeks = new ArrayList<>();
        if (days.isEmpty()) {
            return weeks;
        }
        LocalDate first = days.firstKey();
        long count = ChronoUnit.DAYS.between(first, days.lastKey()) / WEEK + 1;
        for (long w = 0; w < count; w++) {
            LocalDate from = first.plusDays(w * WEEK);
            var values = days.subMap(from, from.plusDays(WEEK)).values();
            Optional<Double> mean = values.size() < LEAST_DAYS
                    ? Optional.empty()
                    : Optional.of(values.stream().mapToDouble(v -> v).average().orElseThrow());
            weeks.add(new Week(from.toString(), values.size(), mean));
        }
        return weeks;
    }
}
