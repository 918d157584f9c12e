package org.anodyne.decoder.train;

import java.util.ArrayList;
import java.util.List;

/**
 * Labelled rows of features, in the order of records and time; a period's rows stand together.
 *
 * @param x rows × features, in the features' units
 * @param high whether the row is of high pain
 * @param period number of the period it lies in, rising
 * @param record number of the record it comes from, rising
 * @param seconds its time in the record
 */
public record Rows(double[][] x, boolean[] high, int[] period, int[] record, double[] seconds) {
    /** Number of rows. */
    public int size() {
        return x.length;
    }

    /** Number of rows of a class. */
    public int count(boolean ofHigh) {
        int n = 0;
        for (boolean h : high) {
            n += h == ofHigh ? 1 : 0;
        }
        return n;
    }

    /** Number of periods with rows of a class. */
    public int periods(boolean ofHigh) {
        int n = 0;
        for (int i = 0; i < size(); i++) {
            n += high[i] == ofHigh && (i == 0 || period[i - 1] != period[i]) ? 1 : 0;
        }
        return n;
    }

    /** The rows at some places. */
    Rows at(List<Integer> places) {
        int n = places.size();
        Rows r = new Rows(new double[n][], new boolean[n], new int[n], new int[n], new double[n]);
        for (int i = 0; i < n; i++) {
            int p = places.get(i);
            r.x[i] = x[p];
            r.high[i] = high[p];
            r.period[i] = period[p];
            r.record[i] = record[p];
            r.seconds[i] = seconds[p];
        }
        return r;
    }

    /** The same with other labels. */
    Rows labelled(boolean[] other) {
        return new Rows(x, other, period, record, seconds);
    }

    /** Places for which something holds. */
    List<Integer> places(java.util.function.IntPredicate holds) {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < size(); i++) {
            if (holds.test(i)) {
                places.add(i);
            }
        }
        return places;
    }
}
