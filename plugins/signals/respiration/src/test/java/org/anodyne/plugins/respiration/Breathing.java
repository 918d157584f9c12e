package org.anodyne.plugins.respiration;

/** Breathing belts for tests. */
final class Breathing {
    private Breathing() {}

    /** Breaths of depth 2 whose in-breath is two fifths of them, at a rate per minute. */
    static float[] at(double rate, double seconds, double perMinute) {
        float[] values = new float[(int) Math.round(seconds * rate)];
        for (int i = 0; i < values.length; i++) {
            double phase = i / rate * perMinute / 60 % 1;
            double along = phase < 0.4 ? phase / 0.4 : 1 - (phase - 0.4) / 0.6;
            values[i] = (float) (10 - Math.cos(Math.PI * along));
        }
        return values;
    }
}
