package org.anodyne.decoder.train;

import java.util.Random;

/** Seeded rows: periods of one class each, low and high in turn; the first feature is shifted in high ones. */
final class Samples {
    private Samples() {}

    static Rows rows(int features, int periods, int perPeriod, double shift) {
        Random random = new Random(7);
        int n = periods * perPeriod;
        Rows rows = new Rows(new double[n][features], new boolean[n], new int[n], new int[n], new double[n]);
        for (int i = 0; i < n; i++) {
            int period = i / perPeriod;
            rows.period()[i] = period;
            rows.seconds()[i] = i;
            rows.high()[i] = period % 2 == 1;
            for (int f = 0; f < features; f++) {
                rows.x()[i][f] = 5 + 2 * f + random.nextGaussian() * (f + 1);
            }
            rows.x()[i][0] += rows.high()[i] ? shift : 0;
        }
        return rows;
    }
}
