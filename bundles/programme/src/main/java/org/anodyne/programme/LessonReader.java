package org.anodyne.programme;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.anodyne.plugin.intervention.Activity.Prompt;
import org.anodyne.programme.Programme.Exercise;
import org.anodyne.programme.Programme.Homework;
import org.anodyne.programme.Programme.Lesson;
import org.anodyne.programme.Programme.Practice;

/** Reads a lesson: YAML between two lines {@code ---}, then Markdown. Thread: one. */
final class LessonReader {
    private static final String FENCE = "---";

    /** More words than this on one page nobody reads (engineering default). */
    static final int MOST_WORDS = 1500;

    private static final int MOST_PROMPTS = 1000;
    private static final double LONGEST_PROMPT = 600;
    private static final double LONGEST_PRACTICE = 3600;
    private static final int MOST_REPEATS = 500;

    private LessonReader() {}

    /** The lesson; empty when its front matter cannot be read. */
    static Optional<Lesson> read(String id, String text, List<Fault> faults) {
        String file = ProgrammeFiles.lesson(id);
        List<String> lines = text.lines().toList();
        int end = -1;
        for (int i = 1; i < lines.size() && end < 0; i++) {
            end = lines.get(i).stripTrailing().equals(FENCE) ? i : -1;
        }
        if (lines.isEmpty() || !lines.get(0).stripTrailing().equals(FENCE) || end < 0) {
            faults.add(new Fault(
                    file, 1, "a lesson begins with YAML between two lines " + FENCE + ", with at least 'title: …'"));
            return Optional.empty();
        }
        Optional<YamlNode> front = YamlNode.read(String.join("\n", lines.subList(1, end)), file, 1, faults);
        String body = String.join("\n", lines.subList(end + 1, lines.size()));
        int begins = end + 2;
        return front.map(node -> lesson(id, node, body, begins));
    }

    private static Lesson lesson(String id, YamlNode node, String body, int line) {
        node.only("title", "skill", "guidance", "recall", "practices", "exercises", "homework");
        Markdown.check(body, node.file(), line, true, node.faults());
        int words = Markdown.words(body);
        if (words == 0 || words > MOST_WORDS) {
            node.faults()
                    .add(new Fault(node.file(), line, "the lesson has " + words + " words; write 1 to " + MOST_WORDS));
        }
        List<Practice> practices = new ArrayList<>();
        node.list("practices").forEach(p -> practices.add(practice(p)));
        List<Exercise> exercises = new ArrayList<>();
        node.list("exercises").forEach(e -> exercises.add(exercise(e)));
        List<Homework> homework = new ArrayList<>();
        node.list("homework").forEach(h -> homework.add(homework(h)));
        return new Lesson(
                id,
                node.text("title"),
                node.text("skill", ""),
                body.strip(),
                words,
                markdown(node, "guidance"),
                practices,
                exercises,
                homework,
                node.texts("recall"));
    }

    /** A text in Markdown within YAML; what is wrong in it is told where it begins. */
    private static String markdown(YamlNode node, String name) {
        String text = node.text(name, "");
        node.get(name).ifPresent(n -> Markdown.check(text, n.file(), n.line(), false, n.faults()));
        return text;
    }

    private static Practice practice(YamlNode node) {
        node.only("id", "title", "text", "skill", "prompts");
        List<Prompt> prompts = new ArrayList<>();
        prompts(node, prompts, 0);
        Practice practice = new Practice(
                node.id("id"), node.text("title"), markdown(node, "text"), node.text("skill", ""), prompts);
        if (prompts.isEmpty()) {
            node.fault("a practice needs 'prompts', e.g. [{say: Breathe in, seconds: 4}]");
        } else if (prompts.size() > MOST_PROMPTS || practice.seconds() > LONGEST_PRACTICE) {
            node.fault("a practice has up to " + MOST_PROMPTS + " prompts and lasts up to an hour; this one has "
                    + prompts.size() + " and lasts " + Math.round(practice.seconds()) + " s");
        }
        return practice;
    }

    private static void prompts(YamlNode node, List<Prompt> all, int depth) {
        for (YamlNode p : node.list("prompts")) {
            if (p.has("repeat") || p.has("prompts")) {
                p.only("repeat", "prompts");
                int times = (int) p.number("repeat", 1, 1, MOST_REPEATS);
                if (depth > 0) {
                    p.fault("repeated prompts do not nest");
                    continue;
                }
                List<Prompt> once = new ArrayList<>();
                prompts(p, once, depth + 1);
                for (int i = 0; i < times && all.size() <= MOST_PROMPTS; i++) {
                    all.addAll(once);
                }
            } else {
                p.only("say", "seconds");
                if (!p.has("seconds")) {
                    p.fault("a prompt needs 'seconds': the time until the next one");
                }
                all.add(new Prompt(p.text("say", ""), p.number("seconds", 1, 0.5, LONGEST_PROMPT)));
            }
        }
    }

    static Exercise exercise(YamlNode node) {
        node.only("id", "title", "text", "skill", "fields", "recall");
        Exercise exercise = new Exercise(
                node.id("id"),
                node.text("title"),
                markdown(node, "text"),
                node.text("skill", ""),
                FieldReader.read(node.list("fields")),
                node.texts("recall"));
        if (!node.has("fields")) {
            node.fault("an exercise needs 'fields': what is asked");
        }
        return exercise;
    }

    private static Homework homework(YamlNode node) {
        node.only("id", "title", "text", "skill", "minutes");
        node.text("text");
        return new Homework(
                node.id("id"),
                node.text("title"),
                markdown(node, "text"),
                node.text("skill", ""),
                node.number("minutes", 0, 0, 24 * 60));
    }
}
