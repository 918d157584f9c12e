package org.anodyne.simulator.rehastim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one channel is told to give.
 *
 * @param channel index 0–7; people say 1–8
 * @param pulses 1 single, 2 doublet, 3 triplet
 * @param widthMicros width of one phase in µs, 20–500
 * @param milliamps commanded current, 0–130 mA
 */
record ChannelPulse(int channel, int pulses, int widthMicros, int milliamps) {

    /** Data bytes per channel of Start, and of SinglePulse. */
    static final int SIZE = 4;

    private static final int NARROWEST_MICROS = 20;
    private static final int WIDEST_MICROS = 500;
    private static final int HIGHEST_MILLIAMPS = 130;
    private static final int MOST_PULSES = 3;

    /** Reads Start; nothing when a value is outside what the unit accepts, or a burst would not fit its interval. */
    static Optional<List<ChannelPulse>> readStart(Packet packet, ChannelList list) {
        List<ChannelPulse> settings = new ArrayList<>();
        int at = 0;
        for (int channel : list.active()) {
            ChannelPulse pulse = new ChannelPulse(
                    channel, packet.unsigned(at) + 1, packet.unsigned16(at + 1), packet.unsigned(at + 3));
            if (!pulse.isAccepted() || !list.fits(pulse.pulses)) {
                return Optional.empty();
            }
            settings.add(pulse);
            at += SIZE;
        }
        return Optional.of(List.copyOf(settings));
    }

    /** Reads SinglePulse; nothing when a value is outside what the unit accepts. */
    static Optional<ChannelPulse> readSingle(Packet packet) {
        ChannelPulse pulse = new ChannelPulse(packet.unsigned(0), 1, packet.unsigned16(1), packet.unsigned(3));
        return Optional.of(pulse).filter(ChannelPulse::isAccepted);
    }

    private boolean isAccepted() {
        return channel <= 7
                && pulses <= MOST_PULSES
                && widthMicros >= NARROWEST_MICROS
                && widthMicros <= WIDEST_MICROS
                && milliamps <= HIGHEST_MILLIAMPS;
    }
}
