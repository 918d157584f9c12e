package org.anodyne.simulator.magstim;

/** Capacitors and coil: power that moves slowly, pulses, energy, warmth. Not thread-safe. */
final class Coil {
    private static final double JOULES_AT_FULL = 252;
    private static final double CELSIUS_PER_JOULE = 0.0012;
    private static final double COOLING_SECONDS = 600;
    private static final double UP_PER_NANO = 1 / 10e6;
    private static final double DOWN_PER_NANO = 1 / 100e6;

    private final double ambientCelsius;
    private double celsius;
    private long cooledAt;
    private double from;
    private int target;
    private long changedAt;

    private long pulses;
    private long unsettled;
    private double joules;
    private double greatest;

    Coil(double ambientCelsius, int power, long now) {
        this.ambientCelsius = ambientCelsius;
        celsius = ambientCelsius;
        cooledAt = now;
        from = power;
        target = power;
        changedAt = now;
    }

    /** Lets the power move to another value. */
    void set(int power, long now) {
        from = power(now);
        target = power;
        changedAt = now;
    }

    /** The power that is set. */
    int target() {
        return target;
    }

    /** The power that the capacitors hold now, %. */
    double power(long now) {
        double elapsed = now - changedAt;
        return target > from
                ? Math.min(target, from + elapsed * UP_PER_NANO)
                : Math.max(target, from - elapsed * DOWN_PER_NANO);
    }

    /** Gives one pulse of what the capacitors hold. */
    void pulse(long now) {
        pulse(power(now), now);
        if (power(now) != target) {
            unsettled++;
        }
    }

    /** Gives one pulse of this power. */
    void pulse(double percent, long now) {
        double energy = JOULES_AT_FULL * percent * percent / 10_000;
        celsius = celsius(now) + energy * CELSIUS_PER_JOULE;
        cooledAt = now;
        joules += energy;
        greatest = Math.max(greatest, percent);
        pulses++;
    }

    /** Temperature now, °C. */
    double celsius(long now) {
        double seconds = (now - cooledAt) * 1e-9;
        return ambientCelsius + (celsius - ambientCelsius) * Math.exp(-seconds / COOLING_SECONDS);
    }

    long pulses() {
        return pulses;
    }

    /** Pulses that were fired before the power had settled. */
    long unsettled() {
        return unsettled;
    }

    double joules() {
        return joules;
    }

    /** Greatest power of a pulse, %. */
    double greatest() {
        return greatest;
    }

    static double joulesAt(int power) {
        return JOULES_AT_FULL * power * power / 10_000;
    }
}
