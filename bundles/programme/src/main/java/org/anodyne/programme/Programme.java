package org.anodyne.programme;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anodyne.plugin.intervention.Activity;
import org.anodyne.plugin.intervention.ActivityField;

/**
 * A programme as it was read: valid, with everything that it refers to in it.
 *
 * @param id short name
 * @param title for people
 * @param language language tag of its texts, e.g. {@code en}
 * @param fingerprint SHA-256 over all its files, so that a record tells which text was used
 * @param skills titles by id, in the order of the file
 * @param frames ways to spread it over sessions, at least one; the first is the default
 * @param lessons by id
 * @param diary what is asked at the beginning of every session but the first
 * @param wording what the walk itself says
 */
public record Programme(
        String id,
        String title,
        String language,
        String fingerprint,
        Map<String, String> skills,
        List<Frame> frames,
        Map<String, Lesson> lessons,
        Optional<Exercise> diary,
        Wording wording) {
    /**
     * A frame.
     *
     * @param id as the parameter {@code frame} names it
     * @param source where number and order of its sessions come from, or that they are unverified
     * @param meetings its sessions, in order
     */
    public record Frame(String id, String title, String source, List<Meeting> meetings) {}

    /**
     * One session of a frame.
     *
     * @param lessons ids, in order
     */
    public record Meeting(String title, List<String> lessons) {}

    /**
     * A lesson: a page, then its practices, then its exercises; its homework is set at the end of the session.
     *
     * @param skill id of the skill that it belongs to; may be empty
     * @param text CommonMark
     * @param words number of words of the text
     * @param guidance notes for whoever guides, CommonMark; may be empty
     * @param recall {@code exercise.field} whose answers are shown again beside its page and its practices
     */
    public record Lesson(
            String id,
            String title,
            String skill,
            String text,
            int words,
            String guidance,
            List<Practice> practices,
            List<Exercise> exercises,
            List<Homework> homework,
            List<String> recall) {}

    /** Prompts that follow each other in time. */
    public record Practice(String id, String title, String text, String skill, List<Activity.Prompt> prompts) {
        /** Length, seconds. */
        public double seconds() {
            return prompts.stream().mapToDouble(Activity.Prompt::seconds).sum();
        }
    }

    /**
     * An exercise.
     *
     * @param id unique in the programme
     * @param skill id of the skill whose minutes it counts for; may be empty
     * @param recall {@code exercise.field} whose answers are shown again
     */
    public record Exercise(
            String id, String title, String text, String skill, List<ActivityField> fields, List<String> recall) {}

    /**
     * What is to be done until the next session, where it is asked for.
     *
     * @param minutes how long it takes each day, for people; 0 when it has no length
     */
    public record Homework(String id, String title, String text, String skill, double minutes) {}

    /**
     * What the walk itself says, in the programme's language.
     *
     * @param done question whether homework was done, answered by {@code yes}, {@code partly} or {@code no}
     * @param minutes question for how many minutes in all
     * @param obstacle question what got in the way or what helped
     */
    public record Wording(
            String homework,
            String report,
            String done,
            String yes,
            String partly,
            String no,
            String minutes,
            String obstacle) {}

    /** A frame by its id; the first for an empty one. */
    public Optional<Frame> frame(String frame) {
        return frame.isEmpty()
                ? Optional.of(frames.get(0))
                : frames.stream().filter(f -> f.id().equals(frame)).findFirst();
    }
}
