package org.anodyne.plugins.brainvisionrda;

import java.util.List;

/** What a recorder says. */
sealed interface Message {
    /**
     * It begins to send, or begins anew.
     *
     * @param intervalMicros sampling interval, µs
     * @param resolutions per channel what one unit of the values is worth
     */
    record Start(double intervalMicros, List<Double> resolutions, List<String> names) implements Message {
        /** Copies the lists. */
        public Start {
            resolutions = List.copyOf(resolutions);
            names = List.copyOf(names);
        }

        double rateHz() {
            return 1e6 / intervalMicros;
        }
    }

    /**
     * Samples.
     *
     * @param block number of the block, 32 bits without sign
     * @param values sample by sample, as they came, not yet multiplied by the resolution
     */
    record Data(long block, int points, float[] values, List<Marker> markers) implements Message {}

    /** It stops sending. */
    record Stop() implements Message {}

    /**
     * A marker.
     *
     * @param position sample within the block
     * @param points samples it lasts
     * @param channel channel it concerns; −1 for all
     */
    record Marker(long position, long points, int channel, String type, String description) {}
}
