package org.anodyne.dsp.physio;

import java.util.Arrays;
import org.anodyne.dsp.Butterworth;
import org.anodyne.dsp.Resumable;
import org.anodyne.dsp.Sos;
import org.anodyne.dsp.SosFilter;
import org.anodyne.dsp.StateReader;
import org.anodyne.dsp.StateWriter;

/**
 * Finds the heartbeats of a stream of one ECG lead, whatever its polarity, unit and offset.
 *
 * <p>The chain is that of J. Pan and W. J. Tompkins, "A real-time QRS detection algorithm", IEEE Trans. Biomed. Eng. 32(3), 1985:
 * band-pass 5 to 15 Hz, slope, square, mean over 150 ms; here followed by a square root, so that a lead whose amplitude falls is not
 * lost. Which of the peaks are beats is decided as by P. S. Hamilton and W. J. Tompkins (IEEE Trans. Biomed. Eng. 33(12), 1986) and
 * in Hamilton's open detector of 2002, see {@link PeakJudge}. Instead of a first learning stretch without beats, the peaks of the
 * first two seconds are kept and judged afterwards.
 *
 * <p>The time of a beat is that of its R wave: the extremum, in the direction that the lead's QRS complexes mostly have, of the signal
 * smoothed over 20 ms (which takes out 50 Hz), between samples by a parabola.
 *
 * <p>A beat is known about 0.3 to 0.5 s after its R wave. Nothing is allocated per sample. A sample that is not finite is replaced by
 * the last finite one. One thread at a time; results do not depend on how samples are cut into blocks.
 */
public final class BeatDetector implements Resumable {
    private static final int KIND = 0x42454154;
    private static final int VERSION = 1;
    private static final String NAME = "heartbeat detector";

    /** Least rate, Hz: below it a QRS complex has too few samples for its time to mean anything. */
    public static final double LEAST_RATE = 100;

    private static final double GREATEST_RATE = 20_000;
    private static final double INTEGRATION = 0.15;
    private static final double SLOPE = 0.01;
    private static final double SMOOTHING = 0.02;

    /** A peak is over when the value fell to half of it, or after this time. */
    private static final double PEAK_AGE = 0.095;

    /** What is smaller beside the signal is what rounding leaves of a constant. */
    private static final double ROUNDING = 1e-9;

    private static final double HISTORY = 0.8;

    private final double rate;
    private final SosFilter band;
    private final int integration;
    private final int slopeLag;
    private final int smoothing;
    private final int peakAge;
    private final int delay;
    private final PeakJudge judge;

    private double lastFinite = Double.NaN;
    private long count;
    private double[] bandRing;
    private double[] energyRing;
    private double[] rawRing;
    /** Smoothed signal and size of the slope, newest {@code shapeRing.length} samples; that of sample i at i modulo length. */
    private double[] shapeRing;

    private double[] slopeRing;
    private double previous;
    private double peak;
    private long peakAt;

    /** @param samplingRate in hertz, 100 to 20,000 */
    public BeatDetector(double samplingRate) {
        if (!(samplingRate >= LEAST_RATE && samplingRate <= GREATEST_RATE)) {
            throw new IllegalArgumentException("Heartbeats are found at sampling rates from " + LEAST_RATE + " to "
                    + GREATEST_RATE + " Hz, not " + samplingRate + " Hz.");
        }
        rate = samplingRate;
        Sos design = Butterworth.bandPass(2, 5, 15, rate);
        band = design.filter();
        integration = samples(INTEGRATION);
        slopeLag = samples(SLOPE);
        smoothing = samples(SMOOTHING);
        peakAge = samples(PEAK_AGE);
        // Group delay of two band-pass poles pairs in the middle of their band, and half the slope's lag.
        delay = samples(0.035) + slopeLag / 2;
        judge = new PeakJudge(rate);
        bandRing = new double[slopeLag];
        energyRing = new double[integration];
        rawRing = new double[smoothing];
        shapeRing = new double[samples(HISTORY)];
        slopeRing = new double[shapeRing.length];
    }

    private int samples(double seconds) {
        return (int) Math.max(1, StrictMath.rint(seconds * rate));
    }

    /** Takes one sample; true when it proved a beat, whose time {@link #beat()} tells. */
    public boolean add(double sample) {
        double value = sample;
        if (!Double.isFinite(value)) {
            value = Double.isNaN(lastFinite) ? 0 : lastFinite;
        } else if (Double.isNaN(lastFinite)) {
            band.settle(value);
            Arrays.fill(rawRing, value);
        }
        if (Double.isFinite(sample)) {
            lastFinite = value;
        }
        double filtered = band.next(value);
        int at = (int) (count % bandRing.length);
        double slope = filtered - bandRing[at];
        bandRing[at] = filtered;
        energyRing[(int) (count % integration)] = slope * slope;
        rawRing[(int) (count % smoothing)] = value;
        int place = (int) (count % shapeRing.length);
        shapeRing[place] = mean(rawRing);
        slopeRing[place] = Math.abs(slope);
        follow(Math.sqrt(mean(energyRing)));
        count++;
        return judge.next(count - 1);
    }

    /** Summed anew each time: a running sum would lose digits after a large artefact. */
    private static double mean(double[] ring) {
        double sum = 0;
        for (double value : ring) {
            sum += value;
        }
        return sum / ring.length;
    }

    /** A peak begins with a rise above the highest value so far and is over when the value halved or some time has passed. */
    private void follow(double value) {
        if (value > previous && value > peak && value > ROUNDING * Math.abs(lastFinite)) {
            peak = value;
            peakAt = count;
        } else if (peak > 0 && (value < peak / 2 || count - peakAt > peakAge)) {
            describe();
            peak = 0;
        }
        previous = value;
    }

    /** Tells the judge where, how high and how steep the peak was, and where the signal under it was highest and lowest. */
    private void describe() {
        long from = Math.max(Math.max(0, count - shapeRing.length + 1), peakAt - integration);
        double steepest = 0;
        for (long i = from; i <= peakAt; i++) {
            steepest = Math.max(steepest, slopeRing[(int) (i % slopeRing.length)]);
        }
        long begin = Math.max(Math.max(0, count - shapeRing.length + 2), from - delay);
        long end = Math.max(begin, peakAt - delay / 2);
        long top = begin;
        long bottom = begin;
        for (long i = begin; i <= end; i++) {
            double value = shape(i);
            top = value > shape(top) ? i : top;
            bottom = value < shape(bottom) ? i : bottom;
        }
        double base = (shape(begin) + shape(end)) / 2;
        judge.candidate(peakAt, peak, steepest, shape(top) - base, base - shape(bottom), vertex(top), vertex(bottom));
    }

    private double shape(long index) {
        return shapeRing[(int) (index % shapeRing.length)];
    }

    /** Where the parabola through an extremum and its neighbours turns, freed of the smoothing's delay; in samples. */
    private double vertex(long index) {
        double shift = 0;
        if (index > 0 && index < count && index > count - shapeRing.length + 1) {
            double before = shape(index - 1);
            double after = shape(index + 1);
            double bend = before - 2 * shape(index) + after;
            shift = bend == 0 ? 0 : Math.max(-0.5, Math.min(0.5, (before - after) / (2 * bend)));
        }
        return index + shift - (smoothing - 1) / 2.0;
    }

    /** Time of the newest beat's R wave, in seconds since the first sample; NaN before the first beat. */
    public double beat() {
        return judge.beat() / rate;
    }

    /** Number of samples taken. */
    public long samples() {
        return count;
    }

    public double samplingRate() {
        return rate;
    }

    /** Forgets everything, as after a gap: times count anew. */
    public void reset() {
        band.reset();
        judge.reset();
        lastFinite = Double.NaN;
        count = 0;
        Arrays.fill(bandRing, 0);
        Arrays.fill(energyRing, 0);
        Arrays.fill(rawRing, 0);
        Arrays.fill(shapeRing, 0);
        Arrays.fill(slopeRing, 0);
        previous = 0;
        peak = 0;
        peakAt = 0;
    }

    @Override
    public byte[] state() {
        byte[] filter = band.state();
        byte[] judged = judge.state();
        int rings = bandRing.length + energyRing.length + rawRing.length + shapeRing.length + slopeRing.length;
        return new StateWriter(KIND, VERSION, 8 * 6 + 8 + filter.length + judged.length + 8 * rings)
                .putDouble(rate)
                .putBytes(filter)
                .putBytes(judged)
                .putDouble(lastFinite)
                .putLong(count)
                .putDouble(previous)
                .putDouble(peak)
                .putLong(peakAt)
                .putDoubles(bandRing)
                .putDoubles(energyRing)
                .putDoubles(rawRing)
                .putDoubles(shapeRing)
                .putDoubles(slopeRing)
                .bytes();
    }

    @Override
    public void restore(byte[] state) {
        StateReader in = new StateReader(state, KIND, VERSION, NAME);
        in.expect("a sampling rate of", rate);
        SosFilter filter = band.design().filter();
        filter.restore(in.getBytes());
        PeakJudge judged = new PeakJudge(rate);
        judged.restore(in.getBytes());
        double savedFinite = in.getDouble();
        long savedCount = in.getLong();
        double savedPrevious = in.getDouble();
        double savedPeak = in.getDouble();
        long savedPeakAt = in.getLong();
        double[] savedBand = in.getDoubles(bandRing.length);
        double[] savedEnergy = in.getDoubles(energyRing.length);
        double[] savedRaw = in.getDoubles(rawRing.length);
        double[] savedShape = in.getDoubles(shapeRing.length);
        double[] savedSlope = in.getDoubles(slopeRing.length);
        in.end();
        if (savedCount < 0 || savedPeakAt < 0 || savedPeakAt > savedCount) {
            throw in.damaged("it holds impossible times");
        }
        band.restore(filter.state());
        judge.restore(judged.state());
        lastFinite = savedFinite;
        count = savedCount;
        previous = savedPrevious;
        peak = savedPeak;
        peakAt = savedPeakAt;
        bandRing = savedBand;
        energyRing = savedEnergy;
        rawRing = savedRaw;
        shapeRing = savedShape;
        slopeRing = savedSlope;
    }
}
