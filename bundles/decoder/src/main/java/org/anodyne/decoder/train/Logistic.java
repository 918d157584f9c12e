package org.anodyne.decoder.train;

import de.bwaldvogel.liblinear.Feature;
import de.bwaldvogel.liblinear.FeatureNode;
import de.bwaldvogel.liblinear.Linear;
import de.bwaldvogel.liblinear.Model;
import de.bwaldvogel.liblinear.Parameter;
import de.bwaldvogel.liblinear.Problem;
import de.bwaldvogel.liblinear.SolverType;

/**
 * Logistic regression with an L2 penalty, by LIBLINEAR (R.-E. Fan et al., "LIBLINEAR: a library for large linear
 * classification", JMLR 9 (2008)), on features that are standardised first by their own mean and sample standard deviation:
 * minimises {@code ½ wᵀw + C Σ log(1 + exp(−yᵢ (wᵀzᵢ + b)))}, y = ±1. The intercept b is not penalised, so that the share of
 * high pain in the calibration does not move the weights. Thread: any.
 *
 * @param mean of each feature
 * @param deviation sample standard deviation of each feature
 * @param weights per standard deviation
 */
record Logistic(double[] mean, double[] deviation, double[] weights, double intercept) {
    static final String SOLVER = "LIBLINEAR L2R_LR, intercept not penalised";

    /** Of the gradient's norm relative to that at 0: far below what a record's length makes uncertain. */
    private static final double TOLERANCE = 1e-9;

    private static final int ITERATIONS = 10_000;

    static Logistic fit(Rows rows, double c) {
        int features = rows.x()[0].length;
        double[] mean = new double[features];
        double[] deviation = new double[features];
        for (int f = 0; f < features; f++) {
            double sum = 0;
            for (double[] row : rows.x()) {
                sum += row[f];
            }
            mean[f] = sum / rows.size();
            double squares = 0;
            for (double[] row : rows.x()) {
                squares += (row[f] - mean[f]) * (row[f] - mean[f]);
            }
            deviation[f] = Math.sqrt(squares / (rows.size() - 1));
        }
        Problem problem = new Problem();
        problem.l = rows.size();
        problem.n = features + 1;
        problem.bias = 1;
        problem.y = new double[rows.size()];
        problem.x = new Feature[rows.size()][];
        for (int i = 0; i < rows.size(); i++) {
            problem.y[i] = rows.high()[i] ? 1 : -1;
            problem.x[i] = new Feature[features + 1];
            for (int f = 0; f < features; f++) {
                problem.x[i][f] = new FeatureNode(f + 1, (rows.x()[i][f] - mean[f]) / deviation[f]);
            }
            problem.x[i][features] = new FeatureNode(features + 1, 1);
        }
        Parameter parameter = new Parameter(SolverType.L2R_LR, c, ITERATIONS, TOLERANCE);
        parameter.setRegularizeBias(false);
        Linear.disableDebugOutput();
        Model model = Linear.train(problem, parameter);
        // The library takes the class of the first row for the positive one.
        double sign = model.getLabels()[0] == 1 ? 1 : -1;
        double[] weights = new double[features];
        for (int f = 0; f < features; f++) {
            weights[f] = sign * model.getFeatureWeights()[f];
        }
        return new Logistic(mean, deviation, weights, sign * model.getFeatureWeights()[features]);
    }

    double logit(double[] x) {
        double logit = intercept;
        for (int f = 0; f < x.length; f++) {
            logit += weights[f] * ((x[f] - mean[f]) / deviation[f]);
        }
        return logit;
    }
}
