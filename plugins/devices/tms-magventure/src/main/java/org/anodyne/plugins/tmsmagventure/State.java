package org.anodyne.plugins.tmsmagventure;

/**
 * What is known of the stimulator.
 *
 * @param flags mode, waveform, enabled, model
 * @param amplitude of the first pulse, %
 * @param celsius temperature of the coil
 * @param page shown on its screen; −1 when it was not told
 * @param trainRunning whether a train runs
 * @param atNanos when it was told something last
 */
record State(int flags, int amplitude, int celsius, int page, boolean trainRunning, long atNanos) {
    static final State NONE = new State(0, 0, 0, -1, false, 0);

    static final int MAIN_PAGE = 1;
    static final int TIMING_PAGE = 2;

    static final int BIPHASIC = 1;
    static final int BURSTS = 3;

    private static final int SHORT_STATUS_LENGTH = 9;
    private static final int LONG_STATUS_LENGTH = 15;

    /** The state after a packet; one that is too short for its type tells nothing. */
    State with(Packet packet, long now) {
        int length = packet.length();
        return switch (packet.type()) {
            case Packet.STATUS ->
                length >= SHORT_STATUS_LENGTH
                        ? new State(packet.at(1), packet.at(7), packet.at(5), page, trainRunning, now)
                        : this;
            case Packet.LONG_STATUS ->
                length >= LONG_STATUS_LENGTH
                        ? new State(packet.at(1), packet.at(7), packet.at(5), packet.at(13), packet.at(14) != 0, now)
                        : this;
            case Packet.AMPLITUDE ->
                length >= 4 ? new State(packet.at(3), packet.at(1), celsius, page, trainRunning, now) : this;
            case Packet.TEMPERATURE ->
                length >= 2 ? new State(flags, amplitude, packet.at(1), page, trainRunning, now) : this;
            case Packet.PAGE ->
                length >= 3 ? new State(flags, amplitude, celsius, packet.at(1), packet.at(2) != 0, now) : this;
            default -> this;
        };
    }

    /** 0 Standard, 1 Power, 2 Twin, 3 Dual. */
    int mode() {
        return flags & 3;
    }

    /** 0 monophasic, 1 biphasic, 2 half sine, 3 biphasic bursts. */
    int waveform() {
        return flags >> 2 & 3;
    }

    boolean enabled() {
        return (flags & 0x10) != 0;
    }

    /** 0 R30, 1 X100, 2 R30 with option, 3 X100 with option, 4 R30 with option and mono, 5 MST. */
    int model() {
        return flags >> 5 & 7;
    }
}
