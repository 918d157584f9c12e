package org.anodyne.plugins.synthetic;

/** A breathing belt that rises with the in-breath: depth about 1, with drift and noise; arbitrary units. */
record Resp(Noise noise, Breathing breathing, double rate) implements Generator {
    private static final long DEPTH = 1_000_000;
    private static final long DRIFT = 2_000_000;
    private static final double SENSOR_NOISE = 0.005;
    private static final double DRIFT_SECONDS = 40;

    @Override
    public float at(long sample, int channel) {
        double t = sample / rate;
        double depth = 1 + 0.1 * noise.smooth(DEPTH, (long) Math.floor(1000 * breathing.breaths(t)), 2000);
        double drift = 0.1 * noise.smooth(DRIFT, sample, Math.max(2, Math.round(DRIFT_SECONDS * rate)));
        return (float) (depth * breathing.fullness(t) + drift + SENSOR_NOISE * noise.normal(channel, sample));
    }
}
