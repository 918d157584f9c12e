package org.anodyne.plugins.tmsmagstim;

/**
 * The second status byte, which only the Rapid has.
 *
 * @param bits 0 to 255
 */
record RapidStatus(int bits) {
    boolean enhancedPower() {
        return (bits & 1) != 0;
    }

    boolean trainRunning() {
        return (bits & 2) != 0;
    }

    /** After a train, while its parameters are locked. */
    boolean waiting() {
        return (bits & 4) != 0;
    }

    boolean singlePulseMode() {
        return (bits & 8) != 0;
    }
}
