package org.anodyne.export.facts;

import org.anodyne.plugin.signal.StreamInfo;

/**
 * A stream of samples in a record.
 *
 * @param info labels, units and type; made up from the blocks where the stream was never declared
 * @param blocks blocks recorded
 * @param samples samples recorded, per channel
 * @param gridSamples samples on an even time grid from the first to the last, holes included
 * @param startNanos session time of the first sample
 * @param endNanos session time after the last sample
 */
public record StreamFacts(
        StreamKey key, StreamInfo info, long blocks, long samples, long gridSamples, long startNanos, long endNanos) {
    /** Whether it is an electroencephalogram. */
    public boolean eeg() {
        return info.type().equalsIgnoreCase("EEG");
    }
}
