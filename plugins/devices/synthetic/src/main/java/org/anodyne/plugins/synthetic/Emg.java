package org.anodyne.plugins.synthetic;

/**
 * A surface electromyogram as noise of the stated root mean square, more in aroused spans; microvolts. White as far as the sampling rate
 * reaches, less its slow part by differences of neighbours; waxing and waning by a fifth.
 */
record Emg(Noise noise, Arousal episodes, double rate, double rest, double tense) implements Generator {
    private static final long WAXING = 1_000_000;

    @Override
    public float at(long sample, int channel) {
        double arousal = episodes.arousal(sample / rate);
        double size = rest + (tense - rest) * arousal;
        double waxing = 1 + 0.2 * noise.smooth(WAXING, sample, Math.max(2, Math.round(rate)));
        double white = noise.normal(channel, sample) - noise.normal(channel, sample - 1);
        return (float) (size * waxing * white / Math.sqrt(2));
    }
}
