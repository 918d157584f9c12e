package org.anodyne.decoder.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.anodyne.decoder.DecoderException;
import org.anodyne.decoder.DecoderModel;
import org.anodyne.decoder.FalseTriggers;

/**
 * Trains a decoder and tells how good it is. The figures are those of nested cross-validation: each row is scored by a model
 * that was trained, and whose penalty was chosen, without its fold. The model itself is then trained on all rows. Thread: any.
 */
public final class Training {
    /** Penalties that are tried: powers of four. */
    private static final double[] GRID = {0x1p-10, 0x1p-8, 0x1p-6, 0x1p-4, 0x1p-2, 1, 4, 16, 64};

    private static final int LEAST_ROWS = 20;
    private static final int LEAST_PERIODS = 3;
    private static final int INNER_FOLDS = 4;

    /**
     * What is asked.
     *
     * @param folds number of blocked folds
     * @param purgeSeconds rows nearer than this to a fold's test rows are not trained on
     * @param permutations how often labels are permuted to see what chance gives
     * @param seed of the permutations
     * @param stepSeconds from row to row
     * @param probability threshold at which sensitivity, specificity and false triggers are told
     * @param holdSeconds how long a trigger must hold, for false triggers
     * @param refractorySeconds least time between two
     */
    public record Settings(
            int folds,
            double purgeSeconds,
            int permutations,
            long seed,
            double stepSeconds,
            double probability,
            double holdSeconds,
            double refractorySeconds) {}

    /** A fold: its part of the rows, the penalty chosen without it, and how its rows were told apart. */
    public record Fold(int rows, int high, int trainedOn, double c, double auc, double logLoss) {}

    /**
     * What labels that mean nothing give: those of whole periods are permuted, because rows of a period are not independent.
     *
     * @param auc of each permutation, ascending
     * @param p share of permutations, the true labels counted among them, that reach the AUC
     */
    public record Chance(double[] auc, double mean, double upper95, double p) {}

    /**
     * A trained decoder.
     *
     * @param c the penalty's inverse of the final model
     * @param crossValidated scores of each row by models that had not seen it
     */
    public record Trained(
            double[] mean,
            double[] deviation,
            double[] weights,
            double intercept,
            double c,
            List<Fold> folds,
            Scored crossValidated,
            DecoderModel.Scores scores,
            double threshold,
            double falseTriggersPerHour,
            Chance chance) {}

    private final Rows rows;
    private final List<String> names;
    private final Settings settings;

    private Training(Rows rows, List<String> names, Settings settings) {
        this.rows = rows;
        this.names = names;
        this.settings = settings;
    }

    /** How the optimum was found, for the model file. */
    public static String solver() {
        return Logistic.SOLVER;
    }

    /** Penalties that are tried. */
    public static double[] grid() {
        return GRID.clone();
    }

    /**
     * Trains.
     *
     * @param names of the features, for messages
     * @throws DecoderException when the rows cannot give a decoder: one class, too few, a feature that does not change
     */
    public static Trained train(Rows rows, List<String> names, Settings settings) {
        Training t = new Training(rows, names, settings);
        t.refuse();
        return t.train();
    }

    private void refuse() {
        for (boolean high : new boolean[] {true, false}) {
            String what = high ? "high" : "low";
            if (rows.count(high) == 0) {
                throw new DecoderException(
                        "the calibration has no period of " + what
                                + " pain, and one class cannot be told from itself; see the rule in 'training' and what was rated");
            }
            if (rows.count(high) < LEAST_ROWS || rows.periods(high) < LEAST_PERIODS) {
                throw new DecoderException("the calibration has " + rows.count(high) + " rows in " + rows.periods(high)
                        + " periods of " + what + " pain; a decoder needs at least " + LEAST_ROWS + " rows in "
                        + LEAST_PERIODS + " periods of each: calibrate longer");
            }
        }
        if (rows.periods(true) + rows.periods(false) < settings.folds) {
            throw new DecoderException("the calibration has " + (rows.periods(true) + rows.periods(false))
                    + " labelled periods, which cannot be cut into " + settings.folds
                    + " folds of whole periods; write fewer 'folds'");
        }
        for (int f = 0; f < names.size(); f++) {
            int place = f;
            double[] values = Arrays.stream(rows.x()).mapToDouble(x -> x[place]).toArray();
            if (!Arrays.stream(values).allMatch(Double::isFinite)) {
                throw new DecoderException("feature '" + names.get(f) + "' has values that are no numbers");
            }
            double least = Arrays.stream(values).min().orElseThrow();
            double most = Arrays.stream(values).max().orElseThrow();
            if (most - least <= 1e-12 * Math.max(Math.abs(least), Math.abs(most))) {
                throw new DecoderException("feature '" + names.get(f) + "' is " + least
                        + " throughout the calibration; a feature that does not change tells nothing: look at its"
                        + " sensor, or leave it out of the slot's inputs");
            }
        }
    }

    private Trained train() {
        Folds folds = Folds.blocked(rows, settings.folds, settings.purgeSeconds);
        double[] logit = new double[rows.size()];
        List<Fold> told = new ArrayList<>();
        for (int k = 0; k < folds.count(); k++) {
            List<Integer> test = folds.test(rows, k);
            Rows train = trained(rows, folds, k);
            double c = choose(train);
            Logistic model = Logistic.fit(train, c);
            test.forEach(i -> logit[i] = model.logit(rows.x()[i]));
            Scored scored = scored(rows, logit, test);
            told.add(new Fold(test.size(), rows.at(test).count(true), train.size(), c, scored.auc(), scored.logLoss()));
        }
        double c = choose(rows);
        Logistic model = Logistic.fit(rows, c);
        Scored all = new Scored(logit, rows.high());
        DecoderModel.Scores scores =
                new DecoderModel.Scores(settings.stepSeconds, rows.period(), rows.seconds(), rows.high(), logit);
        double threshold = StrictMath.log(settings.probability / (1 - settings.probability));
        return new Trained(
                model.mean(),
                model.deviation(),
                model.weights(),
                model.intercept(),
                c,
                told,
                all,
                scores,
                threshold,
                FalseTriggers.perHour(scores, threshold, settings.holdSeconds, settings.refractorySeconds),
                chance(folds, c, all.auc()));
    }

    private Rows trained(Rows of, Folds folds, int fold) {
        Rows train = of.at(folds.train(of, fold));
        if (train.count(true) == 0 || train.count(false) == 0) {
            throw new DecoderException("without fold " + (fold + 1) + " of " + folds.count()
                    + " the calibration has periods of one class alone; let high and low pain alternate more often, or"
                    + " write fewer 'folds'");
        }
        return train;
    }

    /** The penalty with the least cross-validated log loss on these rows; of equal ones the stronger. */
    private double choose(Rows of) {
        int count = Math.min(INNER_FOLDS, of.periods(true) + of.periods(false));
        Folds folds = Folds.blocked(of, count, settings.purgeSeconds);
        List<Rows> trains = new ArrayList<>();
        List<List<Integer>> tests = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            Rows train = of.at(folds.train(of, k));
            List<Integer> test = folds.test(of, k);
            if (train.count(true) > 1 && train.count(false) > 1 && !test.isEmpty()) {
                trains.add(train);
                tests.add(test);
            }
        }
        if (trains.isEmpty()) {
            throw new DecoderException(
                    "no part of the calibration holds both classes besides another part; let high and low"
                            + " pain alternate more often");
        }
        double best = GRID[0];
        double least = Double.POSITIVE_INFINITY;
        for (double c : GRID) {
            double[] logit = new double[of.size()];
            double sum = 0;
            int n = 0;
            for (int k = 0; k < trains.size(); k++) {
                Logistic model = Logistic.fit(trains.get(k), c);
                tests.get(k).forEach(i -> logit[i] = model.logit(of.x()[i]));
                sum += scored(of, logit, tests.get(k)).logLoss() * tests.get(k).size();
                n += tests.get(k).size();
            }
            if (sum / n < least - 1e-12) {
                least = sum / n;
                best = c;
            }
        }
        return best;
    }

    private static Scored scored(Rows rows, double[] logit, List<Integer> places) {
        double[] l = new double[places.size()];
        boolean[] h = new boolean[places.size()];
        for (int i = 0; i < l.length; i++) {
            l[i] = logit[places.get(i)];
            h[i] = rows.high()[places.get(i)];
        }
        return new Scored(l, h);
    }

    private Chance chance(Folds folds, double c, double auc) {
        SplittableRandom random = new SplittableRandom(settings.seed);
        List<List<Integer>> trains = new ArrayList<>();
        List<List<Integer>> tests = new ArrayList<>();
        for (int k = 0; k < folds.count(); k++) {
            trains.add(folds.train(rows, k));
            tests.add(folds.test(rows, k));
        }
        double[] found = new double[settings.permutations];
        int reached = 1;
        for (int p = 0; p < found.length; p++) {
            found[p] = permuted(rows.labelled(shuffled(random)), trains, tests, c);
            reached += found[p] >= auc ? 1 : 0;
        }
        Arrays.sort(found);
        double upper = found.length == 0 ? Double.NaN : found[(int) Math.ceil(0.95 * found.length) - 1];
        return new Chance(
                found, Arrays.stream(found).average().orElse(Double.NaN), upper, reached / (found.length + 1.0));
    }

    /** AUC of labels that mean nothing; a fold that cannot be trained on tells nothing, which is a half. */
    private static double permuted(Rows rows, List<List<Integer>> trains, List<List<Integer>> tests, double c) {
        double[] logit = new double[rows.size()];
        for (int k = 0; k < trains.size(); k++) {
            Rows train = rows.at(trains.get(k));
            if (train.count(true) > 0 && train.count(false) > 0) {
                Logistic model = Logistic.fit(train, c);
                tests.get(k).forEach(i -> logit[i] = model.logit(rows.x()[i]));
            }
        }
        double auc = new Scored(logit, rows.high()).auc();
        return Double.isNaN(auc) ? 0.5 : auc;
    }

    /** Labels of whole periods in another order. */
    private boolean[] shuffled(SplittableRandom random) {
        List<Boolean> labels = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            if (i == 0 || rows.period()[i] != rows.period()[i - 1]) {
                labels.add(rows.high()[i]);
            }
        }
        for (int i = labels.size() - 1; i > 0; i--) {
            java.util.Collections.swap(labels, i, random.nextInt(i + 1));
        }
        boolean[] high = new boolean[rows.size()];
        int place = -1;
        for (int i = 0; i < high.length; i++) {
            place += i == 0 || rows.period()[i] != rows.period()[i - 1] ? 1 : 0;
            high[i] = labels.get(place);
        }
        return high;
    }
}
