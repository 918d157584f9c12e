package org.anodyne.scenery;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Sounds made by code, one channel, −1 to 1, the same for the same seed; all that are longer than a call can be played round
 * and round without a seam. Any thread; some take 50 ms to compute.
 */
public final class Tones {
    /** Samples per second of all of them. */
    public static final int RATE_HZ = 24_000;

    private static final float SEAM_SECONDS = 1;

    private Tones() {}

    private static int samples(double seconds) {
        return (int) Math.round(seconds * RATE_HZ);
    }

    /** Noise whose power falls by 3 dB per octave (Paul Kellet's filter), at about half strength. */
    private static float[] pink(long seed, int count) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] out = new float[count];
        double a = 0;
        double b = 0;
        double c = 0;
        for (int i = 0; i < count; i++) {
            double w = 2 * random.nextDouble() - 1;
            a = 0.99765 * a + 0.0990460 * w;
            b = 0.96300 * b + 0.2965164 * w;
            c = 0.57000 * c + 1.0526913 * w;
            out[i] = (float) ((a + b + c + 0.1848 * w) * 0.14);
        }
        return out;
    }

    /** A low pass of one pole whose corner moves with the strength, 0 to 1, of each moment. */
    private static float[] filtered(
            float[] noise, double lowHz, double highHz, java.util.function.IntToDoubleFunction strength) {
        float[] out = new float[noise.length];
        double y = 0;
        for (int i = 0; i < noise.length; i++) {
            double s = strength.applyAsDouble(i);
            double corner = lowHz + (highHz - lowHz) * s;
            y += (1 - Math.exp(-2 * Math.PI * corner / RATE_HZ)) * (noise[i] - y);
            out[i] = (float) (y * s);
        }
        return out;
    }

    /** Lays the last second over the first, so that the end goes over into the beginning. */
    private static float[] seamless(float[] with) {
        int seam = samples(SEAM_SECONDS);
        int length = with.length - seam;
        float[] out = Arrays.copyOf(with, length);
        for (int i = 0; i < seam; i++) {
            double t = Math.PI / 2 * i / seam;
            out[i] = (float) (with[i] * Math.sin(t) + with[length + i] * Math.cos(t));
        }
        return levelled(out);
    }

    private static float[] levelled(float[] sound) {
        float most = 1e-6f;
        for (float v : sound) {
            most = Math.max(most, Math.abs(v));
        }
        for (int i = 0; i < sound.length; i++) {
            sound[i] *= 0.8f / most;
        }
        return sound;
    }

    /** Wind with slow gusts. */
    public static float[] wind(long seed, double seconds) {
        Noise gusts = new Noise(seed);
        float[] noise = pink(seed ^ 1, samples(seconds + SEAM_SECONDS));
        return seamless(filtered(noise, 120, 700, i -> 0.45 + 0.4 * gusts.fbm(i / (float) RATE_HZ * 0.35f, 0.5f, 3)));
    }

    /** Waves on a beach: each swells, breaks and runs out, one about every seven seconds. */
    public static float[] waves(long seed, double seconds) {
        Noise vary = new Noise(seed);
        float[] noise = pink(seed ^ 2, samples(seconds + SEAM_SECONDS));
        return seamless(filtered(noise, 250, 3200, i -> {
            double t = i / (double) RATE_HZ;
            double phase = t / 7 + 0.25 * vary.at((float) t * 0.11f, 0.5f);
            double p = phase - Math.floor(phase);
            double swell = p < 0.4 ? Math.pow(p / 0.4, 2.2) : Math.exp(-(p - 0.4) * 4.2);
            return 0.10 + 0.62 * swell * (0.75 + 0.5 * vary.at((float) Math.floor(phase) * 0.7f, 3.5f));
        }));
    }

    /** Steady soft rain. */
    public static float[] rain(long seed, double seconds) {
        float[] noise = pink(seed ^ 3, samples(seconds + SEAM_SECONDS));
        SplittableRandom random = new SplittableRandom(seed ^ 4);
        double drop = 0;
        for (int i = 0; i < noise.length; i++) {
            drop = random.nextInt(220) == 0 ? random.nextDouble() : drop * 0.97;
            noise[i] = (float) (0.6 * noise[i] + 0.25 * drop * (2 * random.nextDouble() - 1));
        }
        return seamless(noise);
    }

    /** Crickets far off, in pulses. */
    public static float[] crickets(long seed, double seconds) {
        int count = samples(seconds + SEAM_SECONDS);
        float[] out = new float[count];
        SplittableRandom random = new SplittableRandom(seed ^ 5);
        for (int k = 0; k < 5; k++) {
            double hz = 3900 + 700 * random.nextDouble();
            double rate = 1.6 + 0.8 * random.nextDouble();
            double shift = random.nextDouble();
            double loud = 0.4 + 0.6 * random.nextDouble();
            for (int i = 0; i < count; i++) {
                double t = i / (double) RATE_HZ;
                double p = (t * rate + shift) % 1;
                double pulse = p < 0.35 ? Math.pow(Math.sin(Math.PI * p / 0.35), 0.7) : 0;
                double beat = 0.5 + 0.5 * Math.sin(2 * Math.PI * 31 * t);
                out[i] += (float) (loud * pulse * beat * Math.sin(2 * Math.PI * hz * t));
            }
        }
        return seamless(out);
    }

    /** The call of a small bird: some whistled notes; ends by itself. */
    public static float[] birdCall(long seed) {
        SplittableRandom random = new SplittableRandom(seed ^ 6);
        int notes = 2 + random.nextInt(4);
        double base = 2300 + 1500 * random.nextDouble();
        float[] out = new float[samples(0.24 * notes + 0.1)];
        double phase = 0;
        for (int n = 0; n < notes; n++) {
            double from = base * (1 + 0.25 * (random.nextDouble() - 0.4));
            double to = from * (0.8 + 0.45 * random.nextDouble());
            double length = 0.09 + 0.11 * random.nextDouble();
            int first = samples(0.24 * n);
            int count = samples(length);
            for (int i = 0; i < count; i++) {
                double t = (double) i / count;
                double hz = from + (to - from) * t + 60 * Math.sin(2 * Math.PI * 28 * t * length);
                phase += 2 * Math.PI * hz / RATE_HZ;
                double shape = Math.sin(Math.PI * t);
                out[first + i] += (float) (shape * shape * (Math.sin(phase) + 0.12 * Math.sin(2 * phase)));
            }
        }
        return levelled(out);
    }

    /** A soft tone, as of a singing bowl, that dies away. */
    public static float[] bowl(double hz, double seconds) {
        double[] partials = {1, 2.0, 2.76, 4.1};
        double[] strengths = {1, 0.30, 0.22, 0.07};
        float[] out = new float[samples(seconds)];
        for (int k = 0; k < partials.length; k++) {
            double w = 2 * Math.PI * hz * partials[k] / RATE_HZ;
            double fade = (1.2 + 1.5 * k) / seconds;
            for (int i = 0; i < out.length; i++) {
                double t = i / (double) RATE_HZ;
                double ends = Math.min(1, Math.min(t / 0.06, (seconds - t) / 0.1));
                out[i] += (float) (strengths[k] * Math.max(0, ends) * Math.exp(-2 * fade * t) * Math.sin(w * i));
            }
        }
        return levelled(out);
    }

    /** A quiet chord that lasts, of these frequencies; each comes and goes slowly. */
    public static float[] pad(double seconds, double... hz) {
        float[] out = new float[samples(seconds + SEAM_SECONDS)];
        for (int k = 0; k < hz.length; k++) {
            for (int voice = -1; voice <= 1; voice += 2) {
                double w = 2 * Math.PI * hz[k] * (1 + 0.0013 * voice) / RATE_HZ;
                double slow = 2 * Math.PI * (0.05 + 0.017 * k) / RATE_HZ;
                for (int i = 0; i < out.length; i++) {
                    double come = 0.6 + 0.4 * Math.sin(slow * i + 1.7 * k);
                    out[i] += (float) (come * (Math.sin(w * i) + 0.2 * Math.sin(2 * w * i)) / (1 + 0.3 * k));
                }
            }
        }
        return seamless(out);
    }
}
