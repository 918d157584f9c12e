package org.anodyne.decoder.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.anodyne.decoder.DecoderModel;

/**
 * Scores against labels, and the figures of both. Thread: any.
 *
 * @param logit log odds of high pain
 * @param high whether it was
 */
public record Scored(double[] logit, boolean[] high) {
    /** A point of the ROC curve. */
    public record Point(double falsePositives, double truePositives, double logit) {}

    /** A tenth of the rows by score: what the model said on average, and the share that was high. */
    public record Bin(double said, double was, int rows) {}

    /** Area under the ROC curve: Mann and Whitney's U, ties count half. */
    public double auc() {
        Integer[] order = order();
        double rankSum = 0;
        int i = 0;
        while (i < order.length) {
            int j = i;
            while (j < order.length && logit[order[j]] == logit[order[i]]) {
                j++;
            }
            double rank = (i + 1 + j) / 2.0;
            for (int k = i; k < j; k++) {
                rankSum += high[order[k]] ? rank : 0;
            }
            i = j;
        }
        double n1 = count();
        double n0 = high.length - n1;
        return n1 == 0 || n0 == 0 ? Double.NaN : (rankSum - n1 * (n1 + 1) / 2) / (n1 * n0);
    }

    private Integer[] order() {
        Integer[] order = IntStream.range(0, logit.length).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingDouble(i -> logit[i]));
        return order;
    }

    private int count() {
        int n = 0;
        for (boolean h : high) {
            n += h ? 1 : 0;
        }
        return n;
    }

    /** Share of the rows of a class that lie strictly above a threshold. */
    public double above(double threshold, boolean ofHigh) {
        int n = 0;
        int above = 0;
        for (int i = 0; i < logit.length; i++) {
            if (high[i] == ofHigh) {
                n++;
                above += logit[i] > threshold ? 1 : 0;
            }
        }
        return n == 0 ? Double.NaN : (double) above / n;
    }

    /** Mean squared difference of probability and outcome (G. W. Brier, Monthly Weather Review 78 (1950)). */
    public double brier() {
        double sum = 0;
        for (int i = 0; i < logit.length; i++) {
            double d = DecoderModel.probability(logit[i]) - (high[i] ? 1 : 0);
            sum += d * d;
        }
        return sum / logit.length;
    }

    /** Mean negative log likelihood. */
    double logLoss() {
        double sum = 0;
        for (int i = 0; i < logit.length; i++) {
            double z = high[i] ? -logit[i] : logit[i];
            sum += z > 0 ? z + StrictMath.log1p(StrictMath.exp(-z)) : StrictMath.log1p(StrictMath.exp(z));
        }
        return sum / logit.length;
    }

    /** The ROC curve from (0, 0) to (1, 1). */
    public List<Point> roc() {
        Integer[] order = order();
        double n1 = count();
        double n0 = high.length - n1;
        List<Point> points = new ArrayList<>();
        points.add(new Point(0, 0, Double.POSITIVE_INFINITY));
        int t = 0;
        int f = 0;
        for (int i = order.length - 1; i >= 0; i--) {
            t += high[order[i]] ? 1 : 0;
            f += high[order[i]] ? 0 : 1;
            if (i == 0 || logit[order[i - 1]] != logit[order[i]]) {
                points.add(new Point(f / n0, t / n1, logit[order[i]]));
            }
        }
        return points;
    }

    /** Calibration in tenths of the rows, by score. */
    public List<Bin> calibration() {
        Integer[] order = order();
        List<Bin> bins = new ArrayList<>();
        for (int b = 0; b < 10; b++) {
            int from = b * order.length / 10;
            int to = (b + 1) * order.length / 10;
            double said = 0;
            double was = 0;
            for (int i = from; i < to; i++) {
                said += DecoderModel.probability(logit[order[i]]);
                was += high[order[i]] ? 1 : 0;
            }
            if (to > from) {
                bins.add(new Bin(said / (to - from), was / (to - from), to - from));
            }
        }
        return bins;
    }
}
