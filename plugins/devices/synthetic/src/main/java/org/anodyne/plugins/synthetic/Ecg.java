package org.anodyne.plugins.synthetic;

import java.util.Arrays;
import org.anodyne.plugin.Parameters;

/**
 * An electrocardiogram: P, Q, R, S and T as Gaussian waves about each beat (the shapes of P. E. McSharry et al., "A dynamical model for
 * generating synthetic electrocardiogram signals", IEEE Trans. Biomed. Eng. 50(3), 2003, laid along time), with a baseline that breathes
 * and noise; millivolts.
 *
 * <p>The heart is faster with the in-breath and in aroused spans, and wanders slowly. Sinus arrhythmia is largest at the resonance and
 * falls to either side. Each interval is as long as the rate at its beginning asks for, so beats follow from the seed alone; they are
 * computed once, in order.
 */
final class Ecg implements Generator {
    /** Time from the R wave in seconds, height in millivolts, width in seconds. */
    private static final double[][] WAVES = {
        {-0.18, 0.12, 0.025}, {-0.03, -0.12, 0.01}, {0, 1, 0.011}, {0.03, -0.22, 0.01}, {0.27, 0.3, 0.05}
    };

    private static final long WANDER = 1_000_000;
    private static final long JITTER = 2_000_000;
    private static final double WANDER_RATE = 1.5;
    private static final double JITTER_SECONDS = 0.004;
    private static final double NOISE = 0.01;
    private static final double BASELINE = 0.05;
    private static final double FIRST_BEAT = 0.4;
    private static final double REACH = 0.6;

    /** Heart rate follows breathing so much later, and half of sinus arrhythmia is left so far from the resonance. */
    private static final double LAG = 0.5;

    private static final double HALF_WIDTH = 2;
    private static final double LEAST_GAIN = 0.15;
    private static final double SLOWEST = 30;

    private final Noise noise;
    private final Arousal episodes;
    private final Breathing breathing;
    private final double rate;
    private final double calm;
    private final double rise;
    private final double arrhythmia;
    private final double resonance;
    private double[] beats = {FIRST_BEAT};
    private int known = 1;

    Ecg(Noise noise, Arousal episodes, Breathing breathing, double rate, Parameters parameters) {
        this.noise = noise;
        this.episodes = episodes;
        this.breathing = breathing;
        this.rate = rate;
        calm = parameters.number("heartRate");
        rise = parameters.number("heartRateRise");
        arrhythmia = parameters.number("arrhythmia");
        resonance = parameters.number("resonance");
    }

    /** Share of the largest sinus arrhythmia that is left at so many breaths per minute. */
    private double gain(double breathsPerMinute) {
        double off = (breathsPerMinute - resonance) / HALF_WIDTH;
        return Math.max(LEAST_GAIN, 1 / (1 + off * off));
    }

    /** Beats per minute at a time. */
    private double heartRate(double at) {
        double breath = breathing.fullness(Math.max(0, at - LAG)) - 0.5;
        double wander = WANDER_RATE * noise.smooth(WANDER, (long) Math.floor(100 * at), 1000);
        double pace = calm + rise * episodes.arousal(at) + wander;
        return Math.max(SLOWEST, pace + arrhythmia * gain(breathing.rate(at)) * breath);
    }

    private void beatsUntil(double time) {
        while (beats[known - 1] < time) {
            double last = beats[known - 1];
            double jitter = JITTER_SECONDS * noise.normal(JITTER, known);
            if (known == beats.length) {
                beats = Arrays.copyOf(beats, 2 * known);
            }
            beats[known++] = last + Math.max(0.3, 60 / heartRate(last) + jitter);
        }
    }

    @Override
    public float at(long sample, int channel) {
        double t = sample / rate;
        beatsUntil(t + REACH);
        int from = Arrays.binarySearch(beats, 0, known, t - REACH);
        double value = BASELINE * breathing.fullness(t) + NOISE * noise.normal(channel, sample);
        for (int k = from < 0 ? -from - 1 : from; k < known && beats[k] < t + REACH; k++) {
            for (double[] wave : WAVES) {
                double away = (t - beats[k] - wave[0]) / wave[2];
                if (Math.abs(away) < 6) {
                    value += wave[1] * StrictMath.exp(-away * away / 2);
                }
            }
        }
        return (float) value;
    }
}
