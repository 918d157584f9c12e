package org.anodyne.plugin.outcome;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Questionnaires and forms for whoever fills them in outside a session: an assessor, a participant at home. A service; answers
 * are scored by the same code as in a session. Thread: any; nothing waits, files are read at each call.
 *
 * <p>{@code files} are the lab's own everywhere: wordings of shipped instruments, or instruments.
 */
@ConsumerType
public interface InstrumentShelf {
    /**
     * An instrument that there is.
     *
     * @param version version of its file
     * @param language BCP 47 tag of its wording
     * @param worded whether its items have a wording here; without one it is filled in from the lab's printed form
     * @param byStaff whether staff fill it in about the participant, who is never given it
     */
    record Listed(String id, String title, String version, String language, boolean worded, boolean byStaff) {
        /** Whether a participant can answer it alone: nobody at home has a printed form. */
        public boolean answeredAlone() {
            return worded && !byStaff;
        }
    }

    /**
     * All instruments, by id.
     *
     * @throws IllegalArgumentException when one of the files cannot be used; the reason names it
     */
    List<Listed> list(List<Path> files);

    /**
     * An instrument as it is asked: the fields of its file as JSON values, a lab's wording put in. The attributes of the event
     * {@code instrument}.
     *
     * @throws IllegalArgumentException when there is none of that id
     */
    Map<String, Object> instrument(String id, List<Path> files);

    /**
     * Scores answers.
     *
     * @param answers by item: the number as it was given, not reversed, or words where the item takes them; an item without
     *     an answer is absent
     * @return the attributes of the event {@code score}
     * @throws IllegalArgumentException when there is no such instrument or an answer is none; nothing is scored then
     */
    Map<String, Object> score(String id, List<Path> files, Map<String, Object> answers);

    /**
     * What somebody has to be told at once of these answers, such as thoughts of self-harm. Outside a session nobody hears
     * the event {@code safety-alert}, so whoever keeps the answers shows them.
     *
     * @param answers as for {@link #score}
     * @return the attributes that the event {@code safety-alert} has in a session, in the order of the items
     * @throws IllegalArgumentException when there is no such instrument
     */
    default List<Map<String, Object>> alerts(String id, List<Path> files, Map<String, Object> answers) {
        return List.of();
    }
}
