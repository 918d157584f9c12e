package org.anodyne.dsp.artefact;

import java.util.Arrays;
import org.anodyne.dsp.StateReader;
import org.anodyne.dsp.StateWriter;

/**
 * The median of a stream of sizes: exact over the learning time, then followed by small steps up or down, so that artefacts, which are
 * rare, hardly move it (Q. Ma, S. Muthukrishnan, M. Sandler, "Frugal streaming for estimating quantiles", 2013).
 */
final class Scale {
    /** Change of a second at most, as a share. */
    private static final double PACE = 1.0 / 30;

    private final double step;
    private double[] learning;
    private int learnt;
    private double median = Double.NaN;

    Scale(int samples, double samplingRate) {
        learning = new double[samples];
        step = PACE / samplingRate;
    }

    void add(double size, boolean disturbed) {
        if (learnt < learning.length) {
            learning[learnt++] = size;
            if (learnt == learning.length) {
                double[] sorted = learning.clone();
                Arrays.sort(sorted);
                median = sorted[sorted.length / 2];
            }
        } else if (!disturbed) {
            median *= size > median ? 1 + step : 1 - step;
        }
    }

    /** NaN until it is learnt. */
    double median() {
        return median;
    }

    int bytes() {
        return 4 + 8 + 8 * learning.length;
    }

    void write(StateWriter out) {
        out.putInt(learnt).putDouble(median).putDoubles(learning);
    }

    void read(StateReader in) {
        learnt = in.getIntWithin(0, learning.length);
        median = in.getDouble();
        learning = in.getDoubles(learning.length);
    }
}
