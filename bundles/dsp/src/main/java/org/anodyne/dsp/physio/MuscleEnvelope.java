package org.anodyne.dsp.physio;

import java.util.Arrays;
import org.anodyne.dsp.Butterworth;
import org.anodyne.dsp.Resumable;
import org.anodyne.dsp.Sos;
import org.anodyne.dsp.SosFilter;
import org.anodyne.dsp.StateReader;
import org.anodyne.dsp.StateWriter;

/**
 * The strength of a surface electromyogram: fourth-order Butterworth band-pass (two pole pairs), then the root of the mean square over
 * a running window, which holds rectification. From 20 to 450 Hz (R. Merletti, "Standards for reporting EMG data", J. Electromyogr.
 * Kinesiol. 9(1), 1999), where the sampling rate does not reach so far up to 0.45 times the rate. Nothing is allocated per sample. A
 * sample that is not finite is replaced by the last finite one. One thread at a time.
 */
public final class MuscleEnvelope implements Resumable {
    /** The band's lower edge, hertz; and the upper one where the rate allows it. */
    public static final double LOW = 20;

    public static final double HIGH = 450;

    private static final int KIND = 0x454D4745;
    private static final int VERSION = 1;
    private static final double REACH = 0.45;
    private static final double LEAST_RATE = 100;

    private final double rate;
    private final SosFilter band;
    private double[] squares;
    private int place;
    private boolean full;
    private double sum;
    private double lastFinite = Double.NaN;

    /**
     * @param samplingRate in hertz, at least 100; 1000 and more is usual
     * @param window over which the mean square is taken, seconds, above 0
     */
    public MuscleEnvelope(double samplingRate, double window) {
        if (!(samplingRate >= LEAST_RATE && samplingRate < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("An electromyogram needs a sampling rate of at least " + LEAST_RATE
                    + " Hz, not " + samplingRate + " Hz.");
        }
        if (!(window > 0 && window * samplingRate < 10_000_000)) {
            throw new IllegalArgumentException("The window must be above 0 s, not " + window + " s.");
        }
        rate = samplingRate;
        Sos design = Butterworth.bandPass(2, LOW, high(rate), rate);
        band = design.filter();
        squares = new double[(int) Math.max(1, StrictMath.rint(window * rate))];
    }

    /** Upper edge of the band at this sampling rate, hertz. */
    public static double high(double samplingRate) {
        return Math.min(HIGH, REACH * samplingRate);
    }

    public void add(double sample) {
        double value = Double.isFinite(sample) ? sample : lastFinite;
        if (Double.isNaN(value)) {
            return;
        }
        if (Double.isNaN(lastFinite)) {
            band.settle(value);
        }
        lastFinite = value;
        double filtered = band.next(value);
        double square = filtered * filtered;
        sum += square - squares[place];
        squares[place] = square;
        if (++place == squares.length) {
            place = 0;
            full = true;
            // Anew once per window: differences of large squares would leave their rounding behind.
            sum = 0;
            for (double s : squares) {
                sum += s;
            }
        }
    }

    /** Root mean square of the band over the newest window, in the unit of the signal; NaN until there is a whole one. */
    public double rms() {
        return full ? Math.sqrt(Math.max(0, sum) / squares.length) : Double.NaN;
    }

    /** Forgets everything, as after a gap. */
    public void reset() {
        band.reset();
        Arrays.fill(squares, 0);
        place = 0;
        full = false;
        sum = 0;
        lastFinite = Double.NaN;
    }

    @Override
    public byte[] state() {
        byte[] filter = band.state();
        return new StateWriter(KIND, VERSION, 8 + 4 + 4 + filter.length + 4 + 4 + 16 + 8 * squares.length)
                .putDouble(rate)
                .putInt(squares.length)
                .putBytes(filter)
                .putInt(place)
                .putInt(full ? 1 : 0)
                .putDouble(sum)
                .putDouble(lastFinite)
                .putDoubles(squares)
                .bytes();
    }

    @Override
    public void restore(byte[] state) {
        StateReader in = new StateReader(state, KIND, VERSION, "muscle envelope");
        in.expect("a sampling rate of", rate);
        in.expect("a window of", squares.length);
        SosFilter filter = band.design().filter();
        filter.restore(in.getBytes());
        int savedPlace = in.getIntWithin(0, squares.length - 1);
        boolean savedFull = in.getIntWithin(0, 1) == 1;
        double savedSum = in.getDouble();
        double savedFinite = in.getDouble();
        double[] saved = in.getDoubles(squares.length);
        in.end();
        band.restore(filter.state());
        place = savedPlace;
        full = savedFull;
        sum = savedSum;
        lastFinite = savedFinite;
        squares = saved;
    }
}
