package org.anodyne.simulator.magventure;

/**
 * How one stimulator differs from another.
 *
 * @param model 0 R30, 1 X100, 2 R30 with option, 3 X100 with option, 4 R30 with option and mono, 5 MST
 * @param mode 0 Standard, 1 Power, 2 Twin, 3 Dual
 * @param serial serial number
 * @param ambientCelsius of the room, and of a cold coil
 * @param seed of reply times and lost bytes
 */
record MagProOptions(int model, int mode, int serial, double ambientCelsius, long seed) {
    private static final int FAST = 100;
    private static final int SLOW = 30;

    /** Whether it can give bursts: taken to be what the option of an X100 adds. */
    boolean bursts() {
        return model == 3;
    }

    /** Pulses per second at most. */
    int highestFrequency() {
        return model == 1 || model == 3 || model == 5 ? FAST : SLOW;
    }
}
