package org.anodyne.plugin.outcome;

import java.util.List;
import org.anodyne.plugin.PluginInstance;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Asks items and scores answers. The host asks at the moments the protocol names, publishes the item, waits for an
 * answer from whatever screen, phone or person is connected, and hands it in; an answer that does not come in time, or that
 * the participant would rather not give, is recorded as missing.
 */
@ConsumerType
public interface OutcomeInstrument extends PluginInstance {
    /**
     * The items, in order; constant after {@code prepare}. The factory's ports announce each by a feature of its id whose only
     * component has that name, too, so that a protocol can be checked and can ask all of them at once; a feature with other
     * components is a score. The feature of an item that is answered in words is the number of characters of the answer: what
     * was written may tell who it was and stays in the event of the answer. Thread: any.
     */
    List<Item> items();

    /**
     * Scores one answer and publishes what follows from it as features.
     *
     * @return why the answer cannot be taken, for a person; empty when it was taken
     */
    String answer(String itemId, double value, long timeNanos);

    /**
     * Takes one answer in words, to an item of {@link Item#longest} above 0, and publishes its number of characters as the item's
     * feature. The words are in no score. The host records them with the answer's event. Thread: the lane.
     *
     * @return why the answer cannot be taken, for a person; empty when it was taken
     */
    default String answer(String itemId, String words, long timeNanos) {
        return "item '" + itemId + "' is answered by a number, not in words";
    }

    /**
     * An item that was asked got no answer: it was not given in time, the participant would rather not give it or had nothing to
     * say, or the session ended. What is scored from several items is scored with what is there, as the instrument's own rule for
     * missing answers says. Thread: the lane.
     *
     * @param timeNanos session time at which it was given up
     */
    default void missed(String itemId, long timeNanos) {}

    /**
     * One item, answered by a number or, where {@code longest} is above 0, in words.
     *
     * @param id name within the instrument
     * @param text wording as the participant sees it
     * @param minimum least answer, with its anchor in {@code minimumAnchor}
     * @param maximum greatest answer, with its anchor in {@code maximumAnchor}
     * @param step difference between neighbouring answers
     * @param instruction what is said above the item, and above its neighbours with the same instruction; may be empty
     * @param choices the answers that have a wording of their own, in order; where there are any, no other is taken
     * @param longest greatest number of characters of an answer in words; 0 where a number is asked
     * @param optional whether it does not concern everybody, and is left out by whom it does not. Any item can be declined; this
     *     one is offered as such
     */
    record Item(
            String id,
            String text,
            double minimum,
            String minimumAnchor,
            double maximum,
            String maximumAnchor,
            double step,
            String instruction,
            List<Choice> choices,
            int longest,
            boolean optional) {
        public Item {
            choices = List.copyOf(choices);
        }

        /** An item that concerns everybody. */
        public Item(
                String id,
                String text,
                double minimum,
                String minimumAnchor,
                double maximum,
                String maximumAnchor,
                double step,
                String instruction,
                List<Choice> choices,
                int longest) {
            this(id, text, minimum, minimumAnchor, maximum, maximumAnchor, step, instruction, choices, longest, false);
        }

        /** An item that is answered by a number. */
        public Item(
                String id,
                String text,
                double minimum,
                String minimumAnchor,
                double maximum,
                String maximumAnchor,
                double step,
                String instruction,
                List<Choice> choices) {
            this(id, text, minimum, minimumAnchor, maximum, maximumAnchor, step, instruction, choices, 0);
        }

        /** An item that stands alone, on a scale with a wording at its ends only. */
        public Item(
                String id,
                String text,
                double minimum,
                String minimumAnchor,
                double maximum,
                String maximumAnchor,
                double step) {
            this(id, text, minimum, minimumAnchor, maximum, maximumAnchor, step, "", List.of());
        }

        /** An item that is answered in words. */
        public static Item inWords(String id, String text, String instruction, int longest) {
            return new Item(id, text, 0, "", 0, "", 1, instruction, List.of(), longest);
        }
    }

    /**
     * An answer with a wording of its own.
     *
     * @param value what it counts, before any reversal
     * @param text wording as the participant sees it
     */
    record Choice(double value, String text) {}
}
