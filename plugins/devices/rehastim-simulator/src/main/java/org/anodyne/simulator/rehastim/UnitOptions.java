package org.anodyne.simulator.rehastim;

/**
 * How a unit is made.
 *
 * @param seed of everything drawn by chance: reply times and lost bytes
 * @param stepMilliamps step of the output stage in mA, 1 or 2
 * @param firstNumber packet number of the first Init, 0–255
 * @param modeAfterStop 0 when Stop forgets the channel list, 1 when it keeps it
 */
record UnitOptions(long seed, int stepMilliamps, int firstNumber, int modeAfterStop) {

    UnitOptions {
        require(stepMilliamps == 1 || stepMilliamps == 2, "--current-step must be 1 or 2 mA, not " + stepMilliamps);
        require(firstNumber >= 0 && firstNumber <= 255, "--first-number must be from 0 to 255, not " + firstNumber);
        require(modeAfterStop == 0 || modeAfterStop == 1, "--mode-after-stop must be 0 or 1, not " + modeAfterStop);
    }

    static UnitOptions seeded(long seed) {
        return new UnitOptions(seed, 2, 0, 0);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
