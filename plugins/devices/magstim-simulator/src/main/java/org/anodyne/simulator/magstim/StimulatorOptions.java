package org.anodyne.simulator.magstim;

/**
 * How one stimulator differs from another.
 *
 * @param product what it is
 * @param unlockCode that {@code Q} must bear; empty for none
 * @param lockedWhileArmed whether trains cannot be set while it is armed
 * @param ambientCelsius of the room, and of a cold coil
 * @param seed of reply times and lost bytes
 */
record StimulatorOptions(
        Product product, String unlockCode, boolean lockedWhileArmed, double ambientCelsius, long seed) {}
