package org.anodyne.decoder.train;

import java.util.List;

/**
 * Blocked folds: each is a contiguous stretch of whole periods, so that neighbouring windows, which share samples and slow
 * drift, never stand on both sides. Training rows closer to a test row of the same record than {@code purgeSeconds} are left
 * out besides. (Why shuffled folds flatter: G. Varoquaux et al., NeuroImage 145 (2017); blocked folds with a gap: C. Bergmeir,
 * J. M. Benítez, Information Sciences 191 (2012).)
 *
 * @param of fold of each row
 */
record Folds(int count, int[] of, double purgeSeconds) {
    /** Cuts rows into folds of about the same number of rows. */
    static Folds blocked(Rows rows, int count, double purgeSeconds) {
        int[] of = new int[rows.size()];
        int from = 0;
        while (from < rows.size()) {
            int to = from;
            while (to < rows.size() && rows.period()[to] == rows.period()[from]) {
                to++;
            }
            int fold = (int) Math.min(count - 1L, (from + to) / 2L * count / rows.size());
            java.util.Arrays.fill(of, from, to, fold);
            from = to;
        }
        return new Folds(count, of, purgeSeconds);
    }

    List<Integer> test(Rows rows, int fold) {
        return rows.places(i -> of[i] == fold);
    }

    List<Integer> train(Rows rows, int fold) {
        List<Integer> test = test(rows, fold);
        return rows.places(i -> of[i] != fold && !near(rows, i, test));
    }

    /** A fold is contiguous: only its ends in a record can be near. */
    private boolean near(Rows rows, int place, List<Integer> test) {
        for (int t : test) {
            if (rows.record()[t] == rows.record()[place]
                    && Math.abs(rows.seconds()[t] - rows.seconds()[place]) < purgeSeconds) {
                return true;
            }
        }
        return false;
    }
}
