package org.anodyne.plugins.synthetic;

/**
 * Calm and aroused spans that alternate, calm first. Two sources with the same length agree on them whatever their seeds.
 *
 * @param seconds length of a span
 */
record Episodes(double seconds) implements Arousal {
    /** Share of a span that a change takes. */
    private static final double EDGE = 0.1;

    /** From 0 (calm) to 1 (aroused) at a time, with soft edges at the beginning of each span. */
    @Override
    public double arousal(double at) {
        double place = at / seconds;
        long span = (long) Math.floor(place);
        double along = Math.min(1, (place - span) / EDGE);
        double weight = along * along * (3 - 2 * along);
        if (span == 0) {
            return 0;
        }
        return aroused(span) ? weight : 1 - weight;
    }

    /** One in five when calm, all when aroused. */
    @Override
    public double responsiveness(double at) {
        return aroused((long) Math.floor(at / seconds)) ? 1 : 0.2;
    }

    private static boolean aroused(long span) {
        return Math.floorMod(span, 2L) == 1;
    }
}
