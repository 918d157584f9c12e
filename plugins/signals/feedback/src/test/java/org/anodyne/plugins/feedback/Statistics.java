package org.anodyne.plugins.feedback;

import java.util.Arrays;

/** What the tests compute of a series by themselves, straight from the definitions. */
record Statistics(double mean, double deviation, double lagOne, double stepsToDecay) {
    static Statistics of(double[] x) {
        double mean = Arrays.stream(x).average().orElseThrow();
        double variance = covariance(x, x, 0);
        double limit = Math.exp(-1);
        int lag = 1;
        while (lag < x.length / 2 && covariance(x, x, lag) / variance > limit) {
            lag++;
        }
        double below = covariance(x, x, lag) / variance;
        double above = covariance(x, x, lag - 1) / variance;
        return new Statistics(
                mean, Math.sqrt(variance), covariance(x, x, 1) / variance, lag - 1 + (above - limit) / (above - below));
    }

    static double correlation(double[] x, double[] y, int lag) {
        return covariance(x, y, lag) / Math.sqrt(covariance(x, x, 0) * covariance(y, y, 0));
    }

    private static double covariance(double[] x, double[] y, int lag) {
        double meanX = Arrays.stream(x).average().orElseThrow();
        double meanY = Arrays.stream(y).average().orElseThrow();
        double sum = 0;
        for (int i = 0; i + lag < x.length; i++) {
            sum += (x[i + lag] - meanX) * (y[i] - meanY);
        }
        return sum / x.length;
    }
}
