package org.anodyne.dsp.physio;

import java.util.SplittableRandom;

/** An electrocardiogram made of Gaussian waves at known times, in millivolts; seeded. */
final class Ecg {
    /** Time from the R wave in seconds, height in millivolts, width in seconds: P, Q, R, S, T. */
    private static final double[][] WAVES = {
        {-0.18, 0.12, 0.025}, {-0.03, -0.12, 0.01}, {0, 1, 0.011}, {0.03, -0.22, 0.01}, {0.27, 0.3, 0.05}
    };

    final double rate;
    final double[] beats;
    final double[] samples;

    /** Beats about 0.8 s apart that vary by a tenth. */
    Ecg(double rate, double seconds, long seed) {
        this.rate = rate;
        SplittableRandom random = new SplittableRandom(seed);
        double[] times = new double[(int) (seconds * 3)];
        int n = 0;
        for (double t = 0.4; t < seconds - 0.6; t += 0.8 * (0.9 + 0.2 * random.nextDouble())) {
            times[n++] = t;
        }
        beats = java.util.Arrays.copyOf(times, n);
        samples = new double[(int) (seconds * rate)];
        for (double beat : beats) {
            for (double[] wave : WAVES) {
                double centre = beat + wave[0];
                int from = (int) Math.max(0, (centre - 5 * wave[2]) * rate);
                int to = (int) Math.min(samples.length, (centre + 5 * wave[2]) * rate);
                for (int i = from; i < to; i++) {
                    double away = (i / rate - centre) / wave[2];
                    samples[i] += wave[1] * Math.exp(-away * away / 2);
                }
            }
        }
    }

    Ecg noise(double deviation, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < samples.length; i++) {
            double sum = -6;
            for (int k = 0; k < 12; k++) {
                sum += random.nextDouble();
            }
            samples[i] += deviation * sum;
        }
        return this;
    }

    Ecg sine(double hertz, double amplitude) {
        for (int i = 0; i < samples.length; i++) {
            samples[i] += amplitude * Math.sin(2 * Math.PI * hertz * i / rate);
        }
        return this;
    }

    /** Multiplies all from a time on. */
    Ecg scale(double fromSeconds, double factor) {
        for (int i = (int) (fromSeconds * rate); i < samples.length; i++) {
            samples[i] *= factor;
        }
        return this;
    }
}
