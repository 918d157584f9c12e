package org.anodyne.dsp.physio;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.anodyne.dsp.Resumable;
import org.anodyne.dsp.StateReader;
import org.anodyne.dsp.StateWriter;

/** The intervals between heartbeats of the newest span of time, with those left out marked {@code NaN}. One thread at a time. */
public final class RrSeries implements Resumable {
    private static final int KIND = 0x52525345;
    private static final int VERSION = 1;
    private static final int MOST = 1_000_000;

    private final double span;
    private final List<double[]> beats = new ArrayList<>();

    /** @param span seconds that are kept; positive infinity for all */
    public RrSeries(double span) {
        if (!(span > 0)) {
            throw new IllegalArgumentException("The span of a series must be above 0 s, not " + span + " s.");
        }
        this.span = span;
    }

    /**
     * Adds an interval.
     *
     * @param time of the beat that ends it, seconds, rising
     * @param seconds its length, or NaN when it is not usable
     */
    public void add(double time, double seconds) {
        beats.add(new double[] {time, seconds});
        int old = 0;
        while (beats.get(old)[0] < time - span) {
            old++;
        }
        beats.subList(0, old).clear();
    }

    /** All intervals, in seconds, in order; NaN where one is not usable. */
    public double[] intervals() {
        return beats.stream().mapToDouble(b -> b[1]).toArray();
    }

    /** Times of the beats that end the usable intervals, in seconds. */
    public double[] usableTimes() {
        return beats.stream()
                .filter(b -> !Double.isNaN(b[1]))
                .mapToDouble(b -> b[0])
                .toArray();
    }

    /** The usable intervals, in seconds. */
    public double[] usableIntervals() {
        return Arrays.stream(intervals()).filter(i -> !Double.isNaN(i)).toArray();
    }

    public void clear() {
        beats.clear();
    }

    @Override
    public byte[] state() {
        StateWriter out = new StateWriter(KIND, VERSION, 8 + 4 + 16 * beats.size())
                .putDouble(span)
                .putInt(beats.size());
        beats.forEach(out::putDoubles);
        return out.bytes();
    }

    @Override
    public void restore(byte[] state) {
        StateReader in = new StateReader(state, KIND, VERSION, "series of heartbeat intervals");
        in.expect("a span of", span);
        int count = in.getIntWithin(0, MOST);
        List<double[]> saved = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            saved.add(in.getDoubles(2));
        }
        in.end();
        beats.clear();
        beats.addAll(saved);
    }
}
