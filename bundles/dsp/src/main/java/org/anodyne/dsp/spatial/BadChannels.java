package org.anodyne.dsp.spatial;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.anodyne.dsp.Descriptive;

/**
 * Channels that do not measure what they should, by three of the criteria of the PREP pipeline (N. Bigdely-Shamlo et al., "The PREP
 * pipeline: standardized preprocessing for large-scale EEG analysis", Front. Neuroinform. 9:16, 2015): flat, deviating amplitude,
 * low correlation with all others. The thresholds of {@link #PREP} are that paper's defaults.
 *
 * <p>The signals are to be free of offset and drift (PREP: high-passed at 1 Hz) and, for the correlation, of what lies above 50 Hz;
 * filtering is the caller's. Quantiles are interpolated as numpy does by default, which can differ from PREP's own in Matlab by a
 * little. PREP's fourth criterion, predictability by RANSAC, needs electrode positions and chance and is left out; so are its
 * repetitions after re-referencing.
 *
 * @param flat a channel of which the robust deviation or the standard deviation is below this is flat, in the signal's unit
 * @param deviation highest robust z of a channel's robust deviation among those of all channels that are not flat
 * @param correlation least correlation of a good window
 * @param windowSeconds length of a window for the correlation
 * @param badWindows greatest share of bad windows of a good channel
 */
public record BadChannels(double flat, double deviation, double correlation, double windowSeconds, double badWindows) {
    /** PREP's defaults: robust z of 5, correlation of 0.4 in windows of 1 s, of which 1 in 100 may be bad; flat below 1e-10. */
    public static final BadChannels PREP = new BadChannels(1e-10, 5, 0.4, 1, 0.01);

    /** The standard deviation of a normal distribution by its interquartile range. */
    private static final double DEVIATION_OF_QUARTILES = 0.7413;

    /** A channel's correlation in a window is this quantile of the absolute correlations with all others. */
    private static final double QUANTILE = 0.98;

    /** Why a channel is bad. */
    public enum Reason {
        /** It hardly changes; the value is the smaller of its deviations. */
        FLAT,
        /** It holds a value that is not finite; the value is how many. */
        NOT_FINITE,
        /** Its amplitude is out of the ordinary; the value is the robust z, negative where it is small. */
        DEVIATION,
        /** It goes together with no other; the value is the share of such windows. */
        CORRELATION
    }

    /**
     * One reason against one channel.
     *
     * @param channel position from 0
     */
    public record Finding(int channel, Reason reason, double value) {}

    public BadChannels {
        if (!(flat >= 0 && deviation > 0 && correlation >= 0 && correlation <= 1)
                || !(windowSeconds > 0 && badWindows >= 0 && badWindows < 1)) {
            throw new IllegalArgumentException(
                    "Thresholds for bad channels must not be negative, correlation lies from 0"
                            + " to 1, the share of bad windows from 0 to below 1, and a window has a length; got flat "
                            + flat
                            + ", deviation " + deviation + ", correlation " + correlation + ", window " + windowSeconds
                            + " s, share " + badWindows + ".");
        }
    }

    /**
     * Looks at a recording. Flat channels and those with values that are not finite are no longer compared with; a channel may be
     * named for several reasons.
     *
     * @param x channel by channel, all of the same length, at least three channels and one window; not changed
     * @param samplingRate in hertz
     * @return by channel, then in the order of the reasons
     */
    public List<Finding> find(double[][] x, double samplingRate) {
        int window = (int) Math.round(windowSeconds * samplingRate);
        if (x.length < 3 || window < 2 || x[0].length < window) {
            throw new IllegalArgumentException(
                    "Bad channels are found among at least three, over at least one window of "
                            + window + " samples; got " + x.length + " channels of " + (x.length == 0 ? 0 : x[0].length)
                            + " samples.");
        }
        for (double[] channel : x) {
            if (channel.length != x[0].length) {
                throw new IllegalArgumentException("All channels must have as many samples as the first, " + x[0].length
                        + ", but one has " + channel.length + ".");
            }
        }
        List<Finding> findings = new ArrayList<>();
        List<Integer> rest = new ArrayList<>();
        double[] deviations = new double[x.length];
        for (int c = 0; c < x.length; c++) {
            long gaps = Arrays.stream(x[c]).filter(v -> !Double.isFinite(v)).count();
            if (gaps > 0) {
                findings.add(new Finding(c, Reason.NOT_FINITE, gaps));
                continue;
            }
            deviations[c] = robustDeviation(x[c]);
            double least = Math.min(deviations[c], standardDeviation(x[c]));
            if (least <= flat) {
                findings.add(new Finding(c, Reason.FLAT, least));
            } else {
                rest.add(c);
            }
        }
        deviating(rest, deviations, findings);
        unrelated(rest, x, window, findings);
        findings.sort((a, b) ->
                a.channel != b.channel ? Integer.compare(a.channel, b.channel) : a.reason.compareTo(b.reason));
        return findings;
    }

    private void deviating(List<Integer> rest, double[] deviations, List<Finding> findings) {
        double[] compared = rest.stream().mapToDouble(c -> deviations[c]).toArray();
        if (compared.length < 3) {
            return;
        }
        double centre = quantile(sorted(compared), 0.5);
        double spread = robustDeviation(compared);
        for (int c : rest) {
            double z = spread == 0 ? 0 : (deviations[c] - centre) / spread;
            if (Math.abs(z) > deviation) {
                findings.add(new Finding(c, Reason.DEVIATION, z));
            }
        }
    }

    private void unrelated(List<Integer> rest, double[][] x, int window, List<Finding> findings) {
        int n = rest.size();
        if (n < 2) {
            return;
        }
        int windows = x[0].length / window;
        int[] bad = new int[n];
        double[][] unit = new double[n][window];
        double[][] with = new double[n][n - 1];
        for (int w = 0; w < windows; w++) {
            for (int a = 0; a < n; a++) {
                normalise(x[rest.get(a)], w * window, unit[a]);
            }
            for (int a = 0; a < n; a++) {
                for (int b = 0; b < a; b++) {
                    double r = 0;
                    for (int i = 0; i < window; i++) {
                        r += unit[a][i] * unit[b][i];
                    }
                    with[a][b] = Math.abs(r);
                    with[b][a - 1] = Math.abs(r);
                }
            }
            for (int a = 0; a < n; a++) {
                bad[a] += quantile(sorted(with[a]), QUANTILE) < correlation ? 1 : 0;
            }
        }
        for (int a = 0; a < n; a++) {
            double share = bad[a] / (double) windows;
            if (share > badWindows) {
                findings.add(new Finding(rest.get(a), Reason.CORRELATION, share));
            }
        }
    }

    /** A window without its mean and with length 1; all zeros where the channel stands still, which correlates with nothing. */
    private static void normalise(double[] x, int from, double[] out) {
        double sum = 0;
        for (int i = 0; i < out.length; i++) {
            sum += x[from + i];
        }
        double mean = sum / out.length;
        double squares = 0;
        for (int i = 0; i < out.length; i++) {
            out[i] = x[from + i] - mean;
            squares += out[i] * out[i];
        }
        double norm = squares == 0 ? 1 : Math.sqrt(squares);
        for (int i = 0; i < out.length; i++) {
            out[i] /= norm;
        }
    }

    private static double robustDeviation(double[] values) {
        double[] sorted = sorted(values);
        return DEVIATION_OF_QUARTILES * (quantile(sorted, 0.75) - quantile(sorted, 0.25));
    }

    private static double standardDeviation(double[] values) {
        return Descriptive.standardDeviation(values);
    }

    private static double[] sorted(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted;
    }

    /** Between the two nearest values, linearly. */
    private static double quantile(double[] sorted, double share) {
        double at = share * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}
