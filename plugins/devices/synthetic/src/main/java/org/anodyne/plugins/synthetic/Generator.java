package org.anodyne.plugins.synthetic;

import org.anodyne.plugin.Parameters;

/** Computes single samples; the value at a place depends on the place and the seed alone. */
sealed interface Generator permits Generator.Eeg, Generator.Eda, Ecg, Resp, Emg {
    /** Value of one channel at one sample. */
    float at(long sample, int channel);

    /** The generator that the parameters ask for. */
    static Generator of(Parameters parameters, long seed) {
        return of(parameters, parameters.text("kind"), seed, new Episodes(parameters.number("episode")));
    }

    /** The generator of one kind of signal of somebody. */
    static Generator of(Parameters parameters, String kind, long seed, Arousal episodes) {
        double rate = parameters.number("rate");
        Noise noise = new Noise(seed);
        return switch (kind) {
            case "eda" ->
                new Eda(
                        noise,
                        episodes,
                        rate,
                        parameters.number("tonicLevel"),
                        parameters.number("tonicDrift"),
                        parameters.number("responseAmplitude"),
                        parameters.number("responseInterval"));
            case "ecg" -> new Ecg(noise, episodes, Breathing.of(parameters), rate, parameters);
            case "resp" -> new Resp(noise, Breathing.of(parameters), rate);
            case "emg" ->
                new Emg(noise, episodes, rate, parameters.number("restTension"), parameters.number("tension"));
            default ->
                new Eeg(
                        noise,
                        episodes,
                        rate,
                        parameters.number("alphaFrequency"),
                        parameters.number("alphaAmplitude"),
                        parameters.number("alphaModulation"),
                        parameters.number("noiseAmplitude"));
        };
    }

    /** Alpha rhythm that weakens in aroused spans, in 1/f noise; microvolts. */
    record Eeg(
            Noise noise,
            Arousal episodes,
            double rate,
            double frequency,
            double amplitude,
            double modulation,
            double noiseAmplitude)
            implements Generator {
        private static final long WAXING = 1_000_000;
        private static final long PHASES = 2_000_000;

        @Override
        public float at(long sample, int channel) {
            double t = sample / rate;
            double turns = frequency * t + noise.uniform(PHASES, channel);
            // Waxing and waning by a tenth, the same in all channels, on a grid of one second.
            double waxing = 1 + 0.1 * noise.smooth(WAXING, sample, Math.max(2, Math.round(rate)));
            double strength = amplitude * waxing * (1 - modulation * episodes.arousal(t));
            double alpha = strength * StrictMath.sin(2 * Math.PI * (turns - Math.floor(turns)));
            return (float) (alpha + noiseAmplitude * noise.pink(channel, sample));
        }
    }

    /**
     * Drifting level plus responses, more of them in aroused spans; microsiemens. A response is a difference of two
     * exponentials, the shape of C. L. Lim et al., "Decomposing skin conductance into tonic and phasic components",
     * Int. J. Psychophysiol. 25 (1997), with time constants 0.75 s and 2 s.
     */
    record Eda(
            Noise noise,
            Arousal episodes,
            double rate,
            double level,
            double drift,
            double responseAmplitude,
            double interval)
            implements Generator {
        private static final double RISE = 0.75;
        private static final double FALL = 2;

        /** Where the shape peaks, and how high before it is scaled to 1. */
        private static final double PEAK_AT = StrictMath.log(FALL / RISE) * FALL * RISE / (FALL - RISE);

        private static final double PEAK = StrictMath.exp(-PEAK_AT / FALL) - StrictMath.exp(-PEAK_AT / RISE);

        /** After so many seconds a response is over. */
        private static final double LENGTH = 20;

        private static final long DRIFT = 1_000_000;
        private static final long TIMES = 2_000_000;
        private static final long HEIGHTS = 3_000_000;
        private static final long CALM = 4_000_000;
        private static final double SENSOR_NOISE = 0.0005;
        private static final double DRIFT_SECONDS = 60;

        @Override
        public float at(long sample, int channel) {
            double t = sample / rate;
            double slow = noise.smooth(DRIFT, sample, Math.max(2, Math.round(DRIFT_SECONDS * rate)));
            double value = level + drift * Math.max(-1, Math.min(1, slow / 2));
            long last = (long) Math.floor(t / interval);
            for (long cell = Math.max(0, last - (long) Math.ceil(LENGTH / interval)); cell <= last; cell++) {
                value += response(cell, t);
            }
            return (float) (value + SENSOR_NOISE * noise.normal(channel, sample));
        }

        /** Each stretch of one interval holds one response, or in calm spans one in five does. */
        private double response(long cell, double t) {
            double onset = (cell + 0.7 * noise.uniform(TIMES, cell)) * interval;
            double since = t - onset;
            // What lies ahead is not asked: it may still be changed.
            if (since <= 0 || noise.uniform(CALM, cell) >= episodes.responsiveness(onset)) {
                return 0;
            }
            double height = responseAmplitude * (0.5 + noise.uniform(HEIGHTS, cell));
            return height * (StrictMath.exp(-since / FALL) - StrictMath.exp(-since / RISE)) / PEAK;
        }
    }
}
