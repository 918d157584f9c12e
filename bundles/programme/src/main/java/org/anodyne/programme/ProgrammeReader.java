package org.anodyne.programme;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.anodyne.programme.Programme.Exercise;
import org.anodyne.programme.Programme.Frame;
import org.anodyne.programme.Programme.Lesson;
import org.anodyne.programme.Programme.Meeting;
import org.anodyne.programme.Programme.Wording;

/** Reads and checks programmes; all faults are told at once. Thread: any, each call by itself. */
public final class ProgrammeReader {
    /** Version of the format. */
    private static final String FORMAT = "1";

    private static final Wording ENGLISH = new Wording(
            "Until next time",
            "How did it go?",
            "Did you do it?",
            "yes",
            "partly",
            "no",
            "About how many minutes in all, since last time?",
            "What helped, or what got in the way?");

    private final List<Fault> faults = new ArrayList<>();
    private final ProgrammeFiles files;

    private ProgrammeReader(ProgrammeFiles files) {
        this.files = files;
    }

    /**
     * Reads a folder or a zip.
     *
     * @throws ProgrammeException when it has faults; it holds all of them
     */
    public static Programme read(Path place) {
        return new ProgrammeReader(ProgrammeFiles.of(place)).read();
    }

    /**
     * Reads a programme that a bundle ships under {@code programmes/<id>/}.
     *
     * @param in a class of the bundle
     * @throws ProgrammeException when there is none, or it has faults
     */
    public static Programme shipped(Class<?> in, String id) {
        return new ProgrammeReader(ProgrammeFiles.shipped(in, id)).read();
    }

    /**
     * Reads a programme from texts.
     *
     * @param origin where they come from, for people
     * @param texts text by the name of its file: {@code programme.yaml}, {@code lessons/….md}
     * @throws ProgrammeException when it has faults
     */
    public static Programme read(String origin, Map<String, String> texts) {
        return new ProgrammeReader(new ProgrammeFiles(origin, Map.copyOf(texts), false)).read();
    }

    /** Ids of the lessons that a main file lists, as far as it can be read. */
    static List<String> lessonsOf(String main) {
        return YamlNode.read(main, ProgrammeFiles.MAIN, 0, new ArrayList<>())
                .map(n -> n.texts("lessons"))
                .orElse(List.of());
    }

    private Programme read() {
        String main = files.texts().get(ProgrammeFiles.MAIN);
        if (main == null) {
            throw new ProgrammeException(
                    files.origin(),
                    List.of(new Fault(ProgrammeFiles.MAIN, 0, "it is missing; every programme has one")));
        }
        Programme programme = YamlNode.read(main, ProgrammeFiles.MAIN, 0, faults)
                .map(this::programme)
                .orElse(null);
        if (!faults.isEmpty()) {
            faults.sort(
                    java.util.Comparator.comparing((Fault f) -> f.file().equals(ProgrammeFiles.MAIN) ? "" : f.file())
                            .thenComparingInt(Fault::line));
            throw new ProgrammeException(files.origin(), faults);
        }
        return programme;
    }

    private Programme programme(YamlNode node) {
        node.only(
                "programme",
                "id",
                "title",
                "description",
                "licence",
                "language",
                "skills",
                "frames",
                "lessons",
                "diary",
                "wording");
        if (!node.text("programme").equals(FORMAT)) {
            node.get("programme").orElse(node).fault("'programme' is the version of this format: 1");
        }
        Map<String, String> skills = new LinkedHashMap<>();
        node.get("skills")
                .ifPresent(s -> s.entries().forEach((id, title) -> title.text().ifPresent(t -> skills.put(id, t))));
        Map<String, Lesson> lessons = lessons(node);
        List<Frame> frames = frames(node, lessons);
        Optional<Exercise> diary = node.get("diary").map(LessonReader::exercise);
        Programme programme = new Programme(
                node.id("id"),
                node.text("title"),
                node.text("language", "en"),
                fingerprint(),
                skills,
                frames,
                lessons,
                diary,
                wording(node));
        node.text("licence");
        cross(programme);
        return programme;
    }

    private Map<String, Lesson> lessons(YamlNode node) {
        Map<String, Lesson> lessons = new LinkedHashMap<>();
        Set<String> listed = new HashSet<>();
        for (YamlNode entry : node.list("lessons")) {
            String id = entry.text().orElse("");
            String text = files.texts().get(ProgrammeFiles.lesson(id));
            if (!listed.add(id)) {
                entry.fault("lesson '" + id + "' is listed twice");
            } else if (text == null) {
                entry.fault("lesson '" + id + "' has no file " + ProgrammeFiles.lesson(id));
            } else {
                LessonReader.read(id, text, faults).ifPresent(l -> lessons.put(id, l));
            }
        }
        if (listed.isEmpty()) {
            node.fault("'lessons' is missing; list the names of the files in " + ProgrammeFiles.LESSONS);
        }
        if (files.whole()) {
            files.texts().keySet().stream()
                    .filter(f -> f.startsWith(ProgrammeFiles.LESSONS))
                    .filter(f -> !listed.contains(f.substring(ProgrammeFiles.LESSONS.length(), f.length() - 3)))
                    .forEach(f -> faults.add(
                            new Fault(f, 0, "no entry of 'lessons' in " + ProgrammeFiles.MAIN + " names this file")));
        }
        return lessons;
    }

    private List<Frame> frames(YamlNode node, Map<String, Lesson> lessons) {
        List<Frame> frames = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        Set<String> listed = new HashSet<>(node.texts("lessons"));
        Set<String> reached = new HashSet<>();
        for (YamlNode f : node.list("frames")) {
            f.only("id", "title", "source", "sessions");
            List<Meeting> meetings = new ArrayList<>();
            for (YamlNode m : f.list("sessions")) {
                m.only("title", "lessons");
                for (YamlNode lesson : m.list("lessons")) {
                    String id = lesson.text().orElse("");
                    if (!listed.contains(id)) {
                        lesson.fault("there is no lesson '" + id + "'; there are "
                                + listed.stream().sorted().toList());
                    }
                    reached.add(id);
                }
                if (m.texts("lessons").isEmpty()) {
                    m.fault("a session needs 'lessons'");
                }
                meetings.add(new Meeting(m.text("title"), m.texts("lessons")));
            }
            if (meetings.isEmpty()) {
                f.fault("a frame needs 'sessions'");
            }
            Frame frame = new Frame(f.id("id"), f.text("title"), f.text("source"), meetings);
            if (!ids.add(frame.id())) {
                f.fault("there are two frames '" + frame.id() + "'");
            }
            frames.add(frame);
        }
        if (frames.isEmpty()) {
            node.fault("'frames' is missing: how the lessons are spread over sessions");
        }
        lessons.keySet().stream()
                .filter(l -> !reached.contains(l))
                .forEach(l ->
                        faults.add(new Fault(ProgrammeFiles.lesson(l), 0, "no session of any frame has this lesson")));
        return frames;
    }

    private static Wording wording(YamlNode node) {
        Optional<YamlNode> given = node.get("wording");
        if (given.isEmpty()) {
            if (!node.text("language", "en").startsWith("en")) {
                node.fault("a programme that is not in English needs 'wording': what is said around homework");
            }
            return ENGLISH;
        }
        YamlNode w = given.get();
        w.only("homework", "report", "done", "yes", "partly", "no", "minutes", "obstacle");
        Wording wording = new Wording(
                w.text("homework", ENGLISH.homework()),
                w.text("report", ENGLISH.report()),
                w.text("done", ENGLISH.done()),
                w.text("yes", ENGLISH.yes()),
                w.text("partly", ENGLISH.partly()),
                w.text("no", ENGLISH.no()),
                w.text("minutes", ENGLISH.minutes()),
                w.text("obstacle", ENGLISH.obstacle()));
        if (new HashSet<>(List.of(wording.yes(), wording.partly(), wording.no())).size() < 3) {
            w.fault("'yes', 'partly' and 'no' have to differ");
        }
        return wording;
    }

    /** What refers to something else. */
    private void cross(Programme p) {
        Map<String, String> exercises = new HashMap<>();
        Set<String> homework = new HashSet<>();
        Set<String> fields = new HashSet<>();
        p.diary().ifPresent(d -> exercise(p, d, ProgrammeFiles.MAIN, exercises, fields));
        for (Lesson lesson : p.lessons().values()) {
            String file = ProgrammeFiles.lesson(lesson.id());
            skill(p, lesson.skill(), file);
            lesson.exercises().forEach(e -> exercise(p, e, file, exercises, fields));
            lesson.practices().forEach(x -> {
                skill(p, x.skill(), file);
                once(x.id(), file, exercises);
            });
            lesson.homework().forEach(h -> {
                skill(p, h.skill(), file);
                if (!homework.add(h.id())) {
                    faults.add(new Fault(file, 0, "there are two pieces of homework '" + h.id() + "'"));
                }
            });
        }
        for (Lesson lesson : p.lessons().values()) {
            lesson.recall().stream()
                    .filter(r -> !fields.contains(r))
                    .forEach(r -> faults.add(new Fault(
                            ProgrammeFiles.lesson(lesson.id()),
                            0,
                            "the lesson recalls '" + r + "', which no exercise asks; write exercise.field")));
            lesson.exercises().forEach(e -> e.recall().stream()
                    .filter(r -> !fields.contains(r))
                    .forEach(r -> faults.add(new Fault(
                            ProgrammeFiles.lesson(lesson.id()),
                            0,
                            "exercise '" + e.id() + "' recalls '" + r
                                    + "', which no exercise asks; write exercise.field"))));
        }
    }

    private void exercise(Programme p, Exercise e, String file, Map<String, String> ids, Set<String> fields) {
        skill(p, e.skill(), file);
        once(e.id(), file, ids);
        e.fields().forEach(f -> fields.add(e.id() + "." + f.name()));
    }

    private void once(String id, String file, Map<String, String> ids) {
        String before = ids.put(id, file);
        if (before != null && !id.isEmpty()) {
            faults.add(new Fault(file, 0, "'" + id + "' is also the name of an exercise or practice in " + before));
        }
    }

    private void skill(Programme p, String skill, String file) {
        if (!skill.isEmpty() && !p.skills().containsKey(skill)) {
            faults.add(new Fault(
                    file,
                    0,
                    "there is no skill '" + skill + "'; " + ProgrammeFiles.MAIN + " has "
                            + p.skills().keySet()));
        }
    }

    private String fingerprint() {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            new TreeMap<>(files.texts()).forEach((name, text) -> {
                sha.update(name.getBytes(StandardCharsets.UTF_8));
                sha.update((byte) 0);
                sha.update(text.getBytes(StandardCharsets.UTF_8));
                sha.update((byte) 0);
            });
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
