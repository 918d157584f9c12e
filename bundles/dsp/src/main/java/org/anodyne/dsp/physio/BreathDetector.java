package org.anodyne.dsp.physio;

import java.util.Arrays;
import org.anodyne.dsp.Butterworth;
import org.anodyne.dsp.Resumable;
import org.anodyne.dsp.SosFilter;
import org.anodyne.dsp.StateReader;
import org.anodyne.dsp.StateWriter;

/**
 * Finds the breaths of a stream of a belt, thermistor or flow integral that rises with the in-breath.
 *
 * <p>A fourth-order Butterworth low-pass at 2 Hz (below it where the rate is small), decimation to at least 25 Hz. A turn counts when the
 * signal has come back from an extremum by a fifth of the range that it had, without its drift (second-order high-pass at 0.05 Hz), in
 * the newest 15 s. The extremum itself is taken where drift is still in, since a high-pass shifts slow breaths. A breath goes from one trough to the next; it is known when the signal has risen from the trough. Times are freed of the
 * low-pass' delay. Nothing is allocated per sample. A sample that is not finite is replaced by the last finite one. One thread at a time.
 */
public final class BreathDetector implements Resumable {
    private static final int KIND = 0x42524541;
    private static final int VERSION = 1;
    private static final double KEPT_RATE = 25;
    private static final double LOW_PASS = 2;
    private static final double HIGH_PASS = 0.05;
    private static final double RANGE_SECONDS = 15;
    private static final double REVERSAL = 0.2;
    private static final double ROUNDING = 1e-7;

    /** Of a fourth-order Butterworth low-pass at low frequencies: 2.613 / (2 π cut-off). */
    private static final double DELAY = 2.6131259 / (2 * Math.PI);

    private static final double LEAST_RATE = 5;

    private final double rate;
    private final int decimation;
    private final double cutoff;
    private final SosFilter smoothing;
    private final SosFilter drift;

    private double lastFinite = Double.NaN;
    private long fed;
    private long kept;
    private double value = Double.NaN;
    private double[] recent;
    private boolean rising = true;
    private double extreme;
    private double extremeAt;
    private double trough = Double.NaN;
    private double top = Double.NaN;
    private double troughAt = Double.NaN;
    private double interval = Double.NaN;
    private double amplitude = Double.NaN;

    /** @param samplingRate in hertz, at least 5 */
    public BreathDetector(double samplingRate) {
        if (!(samplingRate >= LEAST_RATE && samplingRate < 1e6)) {
            throw new IllegalArgumentException(
                    "Breathing needs a sampling rate of at least " + LEAST_RATE + " Hz, not " + samplingRate + " Hz.");
        }
        rate = samplingRate;
        decimation = (int) Math.max(1, StrictMath.floor(rate / KEPT_RATE));
        cutoff = Math.min(LOW_PASS, 0.3 * rate / decimation);
        smoothing = Butterworth.lowPass(4, cutoff, rate).filter();
        drift = Butterworth.highPass(2, HIGH_PASS, rate / decimation).filter();
        recent = new double[(int) StrictMath.rint(RANGE_SECONDS * rate / decimation)];
    }

    /** Takes one sample; true when it proved that a breath is over and the next has begun. */
    public boolean add(double sample) {
        double next = Double.isFinite(sample) ? sample : lastFinite;
        long index = fed++;
        if (Double.isNaN(next)) {
            return false;
        }
        if (Double.isNaN(lastFinite)) {
            smoothing.settle(next);
        }
        lastFinite = next;
        double low = smoothing.next(next);
        if (index % decimation != 0) {
            return false;
        }
        if (kept == 0) {
            drift.settle(low);
        }
        value = low;
        recent[(int) (kept++ % recent.length)] = drift.next(low);
        return turn(index / rate - DELAY / cutoff);
    }

    private boolean turn(double now) {
        if (kept == 1 || (rising ? value > extreme : value < extreme)) {
            extreme = value;
            extremeAt = now;
            return false;
        }
        double range = range();
        // What rounding leaves of a constant is no breath.
        if (Math.abs(value - extreme) <= REVERSAL * range || range < ROUNDING * Math.abs(value)) {
            return false;
        }
        boolean begins = !rising;
        boolean over = false;
        if (begins) {
            over = !Double.isNaN(troughAt);
            interval = over ? extremeAt - troughAt : Double.NaN;
            amplitude = over ? top - trough : Double.NaN;
            trough = extreme;
            troughAt = extremeAt;
        } else {
            top = extreme;
        }
        rising = begins;
        extreme = value;
        extremeAt = now;
        return over;
    }

    private double range() {
        double least = Double.POSITIVE_INFINITY;
        double greatest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < Math.min(kept, recent.length); i++) {
            least = Math.min(least, recent[i]);
            greatest = Math.max(greatest, recent[i]);
        }
        return greatest - least;
    }

    /** Time at which the newest in-breath began, seconds since the first sample; NaN before the first. */
    public double onset() {
        return troughAt;
    }

    /** Length of the last whole breath, seconds; NaN before there is one. */
    public double interval() {
        return interval;
    }

    /** From trough to peak of the last whole breath, in the unit of the signal; NaN before there is one. */
    public double amplitude() {
        return amplitude;
    }

    /** The signal without noise; NaN before the first sample. Late by about {@link #delay()}. */
    public double value() {
        return value;
    }

    /** How full the chest is compared with the last trough and peak, 0 to 1; NaN before both were seen. */
    public double fullness() {
        double full = (value - trough) / (top - trough);
        return Double.isNaN(full) ? full : Math.max(0, Math.min(1, full));
    }

    /** Whether it is an in-breath. */
    public boolean inhaling() {
        return rising;
    }

    /** By how much {@link #value()} is late, seconds. */
    public double delay() {
        return DELAY / cutoff;
    }

    /** Every how many samples {@link #value()} is new. */
    public int decimation() {
        return decimation;
    }

    /** Forgets everything, as after a gap: times count anew. */
    public void reset() {
        takeOver(new BreathDetector(rate));
        smoothing.reset();
        drift.reset();
    }

    @Override
    public byte[] state() {
        byte[] low = smoothing.state();
        byte[] high = drift.state();
        return new StateWriter(
                        KIND, VERSION, 8 + 4 + low.length + 4 + high.length + 8 * 3 + 8 + 4 + 8 * 7 + 8 * recent.length)
                .putDouble(rate)
                .putBytes(low)
                .putBytes(high)
                .putDouble(lastFinite)
                .putLong(fed)
                .putLong(kept)
                .putDouble(value)
                .putInt(rising ? 1 : 0)
                .putDouble(extreme)
                .putDouble(extremeAt)
                .putDouble(trough)
                .putDouble(top)
                .putDouble(troughAt)
                .putDouble(interval)
                .putDouble(amplitude)
                .putDoubles(recent)
                .bytes();
    }

    @Override
    public void restore(byte[] state) {
        StateReader in = new StateReader(state, KIND, VERSION, "breath detector");
        in.expect("a sampling rate of", rate);
        BreathDetector saved = new BreathDetector(rate);
        saved.smoothing.restore(in.getBytes());
        saved.drift.restore(in.getBytes());
        saved.lastFinite = in.getDouble();
        saved.fed = in.getLong();
        saved.kept = in.getLong();
        saved.value = in.getDouble();
        saved.rising = in.getIntWithin(0, 1) == 1;
        saved.extreme = in.getDouble();
        saved.extremeAt = in.getDouble();
        saved.trough = in.getDouble();
        saved.top = in.getDouble();
        saved.troughAt = in.getDouble();
        saved.interval = in.getDouble();
        saved.amplitude = in.getDouble();
        saved.recent = in.getDoubles(recent.length);
        in.end();
        if (saved.fed < 0 || saved.kept < 0 || saved.kept > saved.fed) {
            throw in.damaged("it holds impossible times");
        }
        smoothing.restore(saved.smoothing.state());
        drift.restore(saved.drift.state());
        takeOver(saved);
    }

    private void takeOver(BreathDetector other) {
        lastFinite = other.lastFinite;
        fed = other.fed;
        kept = other.kept;
        value = other.value;
        rising = other.rising;
        extreme = other.extreme;
        extremeAt = other.extremeAt;
        trough = other.trough;
        top = other.top;
        troughAt = other.troughAt;
        interval = other.interval;
        amplitude = other.amplitude;
        recent = Arrays.copyOf(other.recent, other.recent.length);
    }
}
