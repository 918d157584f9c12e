package org.anodyne.simulator.tcs2;

import java.util.Arrays;

/** Five areas that follow their set points at a limited rate. Temperatures in °C. Not thread-safe. */
final class Thermode {
    static final int AREAS = 5;

    private static final double HOT = 48;

    private final double[] celsius = new double[AREAS];
    private final double[] target = new double[AREAS];
    private final double[] rate = new double[AREAS];
    private double greatest;
    private double hotSeconds;
    private double excess;

    Thermode(double neutral) {
        Arrays.fill(celsius, neutral);
        Arrays.fill(target, neutral);
        Arrays.fill(rate, 1);
        greatest = neutral;
    }

    /** Lets an area go to a temperature at so many °C per second. */
    void go(int area, double temperature, double perSecond) {
        target[area] = temperature;
        rate[area] = perSecond;
    }

    /** What heats overshoots its set point by so much. */
    void exceed(double by) {
        excess = by;
    }

    /** @param onSkin whether anybody is heated; else no time counts as hot */
    void step(double seconds, boolean heating, boolean onSkin) {
        boolean hot = false;
        for (int area = 0; area < AREAS; area++) {
            double to = target[area] + (heating ? excess : 0);
            double step = rate[area] * seconds;
            celsius[area] += Math.max(-step, Math.min(step, to - celsius[area]));
            greatest = Math.max(greatest, celsius[area]);
            hot |= celsius[area] >= HOT;
        }
        hotSeconds += hot && onSkin ? seconds : 0;
    }

    double celsius(int area) {
        return celsius[area];
    }

    double hottest() {
        return Arrays.stream(celsius).max().orElseThrow();
    }

    double greatest() {
        return greatest;
    }

    double hotSeconds() {
        return hotSeconds;
    }
}
