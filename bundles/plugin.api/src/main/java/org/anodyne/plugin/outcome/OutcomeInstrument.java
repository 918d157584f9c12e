package org.anodyne.plugin.outcome;

import java.util.List;
import org.anodyne.plugin.PluginInstance;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Asks items and scores answers. The host asks at the moments the protocol names, publishes the item, waits for an
 * answer from whatever screen, phone or person is connected, and hands it in; an answer that does not come in time is
 * recorded as missing.
 */
@ConsumerType
public interface OutcomeInstrument extends PluginInstance {
    /** The items, in order; constant after {@code prepare}. Thread: any. */
    List<Item> items();

    /**
     * Scores one answer and publishes what follows from it as features.
     *
     * @return why the answer cannot be taken, for a person; empty when it was taken
     */
    String answer(String itemId, double value, long timeNanos);

    /**
     * One item with a numeric answer.
     *
     * @param id name within the instrument
     * @param text wording as the participant sees it
     * @param minimum least answer, with its anchor in {@code minimumAnchor}
     * @param maximum greatest answer, with its anchor in {@code maximumAnchor}
     * @param step difference between neighbouring answers
     */
    record Item(
            String id,
            String text,
            double minimum,
            String minimumAnchor,
            double maximum,
            String maximumAnchor,
            double step) {}
}
