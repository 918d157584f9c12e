package org.anodyne.simulator.rehastim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What InitChannelList sets up. Masks carry channel 1 in bit 0; times are nanoseconds.
 *
 * @param lowFrequencyFactor main intervals a low-frequency channel lets pass between two of its own
 * @param activeMask channels that Start gives values for
 * @param lowFrequencyMask channels that are low-frequency ones
 * @param pulseIntervalNanos between the pulses of a doublet or triplet
 * @param mainIntervalNanos between bursts; 0 means one burst for each Start
 */
record ChannelList(
        int lowFrequencyFactor, int activeMask, int lowFrequencyMask, long pulseIntervalNanos, long mainIntervalNanos) {

    /** Data bytes of the command. */
    static final int SIZE = 7;

    /** Each active channel has its own slot within a burst. */
    static final long SLOT_NANOS = 1_500_000;

    private static final long SHORTEST_INTERVAL_NANOS = 8_000_000;
    private static final long SHORTEST_MAIN_WITH_ALL_NANOS = 20_000_000;
    private static final int HIGHEST_FACTOR = 7;
    private static final int CHANNELS = 8;

    /** Reads {@link #SIZE} data bytes; nothing when a value is outside what the unit accepts. */
    static Optional<ChannelList> read(Packet packet) {
        long pulse = 1_500_000L + packet.unsigned(3) * 500_000L;
        int rawMain = packet.unsigned16(4);
        long main = rawMain == 0 ? 0 : 1_000_000L + rawMain * 500_000L;
        ChannelList list = new ChannelList(packet.unsigned(0), packet.unsigned(1), packet.unsigned(2), pulse, main);
        boolean reservedIsZero = packet.unsigned(6) == 0;
        return reservedIsZero && list.isAccepted() ? Optional.of(list) : Optional.empty();
    }

    /** Indices 0–7 of the active channels, ascending. */
    List<Integer> active() {
        List<Integer> channels = new ArrayList<>();
        for (int channel = 0; channel < CHANNELS; channel++) {
            if ((activeMask >> channel & 1) == 1) {
                channels.add(channel);
            }
        }
        return channels;
    }

    boolean isLowFrequency(int channel) {
        return (lowFrequencyMask >> channel & 1) == 1;
    }

    /** Whether a burst with up to this many pulses per channel ends before the next one begins. */
    boolean fits(int pulsesPerChannel) {
        long slots = active().size() * SLOT_NANOS;
        // The second pulses start over with the first channel, so they must not meet the first pulses of the last.
        boolean pulsesApart = pulsesPerChannel == 1 || pulseIntervalNanos >= slots;
        long burst = (pulsesPerChannel - 1) * pulseIntervalNanos + slots;
        return pulsesApart && (mainIntervalNanos == 0 || burst <= mainIntervalNanos);
    }

    private boolean isAccepted() {
        return lowFrequencyFactor <= HIGHEST_FACTOR
                && activeMask != 0
                && (lowFrequencyMask & ~activeMask) == 0
                && pulseIntervalNanos >= SHORTEST_INTERVAL_NANOS
                && (mainIntervalNanos == 0 || mainIntervalNanos >= SHORTEST_INTERVAL_NANOS)
                && (mainIntervalNanos == 0
                        || active().size() < CHANNELS
                        || mainIntervalNanos >= SHORTEST_MAIN_WITH_ALL_NANOS)
                && fits(1);
    }
}
