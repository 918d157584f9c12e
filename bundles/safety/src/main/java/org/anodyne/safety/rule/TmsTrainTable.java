package org.anodyne.safety.rule;

import java.util.OptionalDouble;

/**
 * Longest trains of repetitive TMS in seconds, by frequency and intensity: the table after Chen et al. 1997 (PubMed
 * 9448642), reduced by 25 %. Cells are unverified. Where the table says "longer than", the longest that was tested is
 * the limit.
 */
final class TmsTrainTable {
    private static final double[] HERTZ = {1, 5, 10, 20, 25};
    private static final double[] PERCENT = {100, 110, 120, 130};
    private static final double[][] SECONDS = {
        {270, 270, 180, 50},
        {10, 10, 10, 10},
        {5, 5, 3.2, 2.2},
        {1.5, 1.2, 0.8, 0.4},
        {1.0, 0.7, 0.3, 0.2}
    };
    private static final double ROUNDING = 1e-9;

    private TmsTrainTable() {}

    /**
     * The limit for a train: that of the next higher frequency and intensity in the table.
     *
     * @param percent of the resting motor threshold
     * @return empty outside the table
     */
    static OptionalDouble seconds(double hertz, double percent) {
        int row = above(HERTZ, hertz);
        int column = above(PERCENT, percent);
        return row < 0 || column < 0 || hertz <= 0 ? OptionalDouble.empty() : OptionalDouble.of(SECONDS[row][column]);
    }

    private static int above(double[] steps, double value) {
        for (int i = 0; i < steps.length; i++) {
            if (value <= steps[i] + ROUNDING) {
                return i;
            }
        }
        return -1;
    }
}
