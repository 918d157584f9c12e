package org.anodyne.dsp.physio;

import java.util.Arrays;
import org.anodyne.dsp.Resumable;
import org.anodyne.dsp.StateReader;
import org.anodyne.dsp.StateWriter;

/**
 * Decides which of the peaks of an ECG's slope energy are beats, by the rules of P. S. Hamilton, "Open source ECG analysis", Computers
 * in Cardiology 29, 2002:
 * <ol>
 *   <li>of peaks less than 200 ms apart only the highest counts;
 *   <li>a peak above the threshold n + 0.3125 (q − n) is a beat, any other noise; q and n are the medians of the newest eight beats'
 *       and noise peaks' heights;
 *   <li>a peak within 360 ms after a beat with less than half its slope is a T wave;
 *   <li>when no beat came for one and a half times the median of the newest eight intervals, the highest peak since then, from 360 ms
 *       after the last beat on, is a beat if it is above half the threshold.
 * </ol>
 * Two rules are ours: a beat is at least twice as high as the median noise peak, and when no beat came for three seconds the expected
 * height falls by half a second, so that a lead that has become small is found again.
 */
final class PeakJudge implements Resumable {
    private static final int KIND = 0x504A4447;
    private static final int VERSION = 1;

    private static final double LEARNING = 2;
    private static final double REFRACTORY = 0.2;
    private static final double T_WAVE = 0.36;
    private static final double THRESHOLD = 0.3125;
    private static final double SEARCH_BACK = 1.5;
    private static final double ABOVE_NOISE = 2;
    private static final double LOST = 3;
    private static final double DECAY_EVERY = 1;
    private static final double POLARITY_HYSTERESIS = 1.3;
    private static final int MEMORY = 8;

    /** Peaks that wait: at most five a second, for two seconds of learning. */
    private static final int QUEUE = 16;

    /** Numbers that describe a peak: place, height, slope, rise above and fall below the base, times of top and bottom. */
    private static final int FIELDS = 7;

    private static final int PLACE = 0;
    private static final int HEIGHT = 1;
    private static final int STEEPNESS = 2;
    private static final int UP = 3;
    private static final int DOWN = 4;
    private static final int TOP = 5;
    private static final int BOTTOM = 6;

    private final double rate;
    private final double[] scratch = new double[MEMORY];

    /** Peaks in waiting, each of FIELDS numbers; then the one that 200 ms may still replace; then the best one passed over. */
    private double[] queue = new double[QUEUE * FIELDS];

    private int queued;
    private double[] latest = new double[FIELDS];
    private double[] missed = new double[FIELDS];

    /** Newest heights of beats and of noise, newest intervals in samples; how many of each. */
    private double[] beats = new double[MEMORY];

    private double[] noise = new double[MEMORY];
    private double[] intervals = new double[MEMORY];
    private long beatCount;
    private long noiseCount;
    private long intervalCount;
    private boolean learnt;
    private double lastPlace = Double.NaN;
    private double lastSteepness;
    private double lastDecay;
    private double up;
    private double down;
    private boolean upright = true;
    private double beat = Double.NaN;

    PeakJudge(double rate) {
        this.rate = rate;
    }

    /** A peak is over. Its place is a sample number; top and bottom may lie between samples. */
    void candidate(long place, double height, double steepness, double rise, double fall, double top, double bottom) {
        if (latest[HEIGHT] > 0 && place - latest[PLACE] < REFRACTORY * rate) {
            if (height <= latest[HEIGHT]) {
                return;
            }
        } else if (latest[HEIGHT] > 0) {
            enqueue();
        }
        latest[PLACE] = place;
        latest[HEIGHT] = height;
        latest[STEEPNESS] = steepness;
        latest[UP] = rise;
        latest[DOWN] = fall;
        latest[TOP] = top;
        latest[BOTTOM] = bottom;
    }

    private void enqueue() {
        if (queued < QUEUE) {
            System.arraycopy(latest, 0, queue, queued * FIELDS, FIELDS);
            queued++;
        }
        latest[HEIGHT] = 0;
    }

    /** Time goes on by one sample; true when a beat was proved. Judges at most one peak, so there is at most one beat. */
    boolean next(long now) {
        if (latest[HEIGHT] > 0 && now - latest[PLACE] >= REFRACTORY * rate) {
            enqueue();
        }
        if (!learnt) {
            if (now < LEARNING * rate) {
                return false;
            }
            learn(now);
        }
        if (queued > 0) {
            return judge();
        }
        return overdue(now);
    }

    /** Takes the highest peak of the first seconds for a beat's height. */
    private void learn(long now) {
        learnt = true;
        lastDecay = now;
        for (int i = 0; i < queued; i++) {
            beats[0] = Math.max(beats[0], queue[i * FIELDS + HEIGHT]);
        }
        beatCount = beats[0] > 0 ? 1 : 0;
    }

    private double threshold() {
        double quiet = median(noise, noiseCount);
        return quiet + THRESHOLD * (median(beats, beatCount) - quiet);
    }

    private boolean judge() {
        double height = queue[HEIGHT];
        boolean first = Double.isNaN(lastPlace);
        double since = first ? Double.POSITIVE_INFINITY : (queue[PLACE] - lastPlace) / rate;
        boolean high = height > threshold() && height >= ABOVE_NOISE * median(noise, noiseCount);
        boolean wave = since < T_WAVE && queue[STEEPNESS] < lastSteepness / 2;
        boolean proved = high && !wave && since >= REFRACTORY;
        if (proved) {
            accept(queue, height);
        } else {
            noise[(int) (noiseCount++ % MEMORY)] = height;
            if (since >= T_WAVE && height > missed[HEIGHT]) {
                System.arraycopy(queue, 0, missed, 0, FIELDS);
            }
        }
        queued--;
        System.arraycopy(queue, FIELDS, queue, 0, queued * FIELDS);
        return proved;
    }

    private boolean overdue(long now) {
        double since = Double.isNaN(lastPlace) ? now / rate : (now - lastPlace) / rate;
        boolean late = intervalCount > 0 && since * rate > SEARCH_BACK * median(intervals, intervalCount);
        if (late && missed[HEIGHT] > threshold() / 2 && missed[HEIGHT] >= ABOVE_NOISE * median(noise, noiseCount)) {
            accept(missed, missed[HEIGHT]);
            return true;
        }
        if (since > LOST && now - lastDecay >= DECAY_EVERY * rate) {
            lastDecay = now;
            for (int i = 0; i < MEMORY; i++) {
                beats[i] /= 2;
            }
        }
        return false;
    }

    private void accept(double[] peak, double height) {
        if (!Double.isNaN(lastPlace)) {
            intervals[(int) (intervalCount++ % MEMORY)] = peak[PLACE] - lastPlace;
        }
        beats[(int) (beatCount++ % MEMORY)] = height;
        lastPlace = peak[PLACE];
        lastSteepness = peak[STEEPNESS];
        lastDecay = lastPlace;
        up += (peak[UP] - up) / 4;
        down += (peak[DOWN] - down) / 4;
        // The direction must not flutter between two lobes of about the same size.
        if (upright ? down > up * POLARITY_HYSTERESIS : up > down * POLARITY_HYSTERESIS) {
            upright = !upright;
        }
        beat = upright ? peak[TOP] : peak[BOTTOM];
        missed[HEIGHT] = 0;
    }

    /** Median of the newest values; of an even number the mean of the middle two; 0 of none. */
    private double median(double[] ring, long count) {
        int n = (int) Math.min(count, MEMORY);
        if (n == 0) {
            return 0;
        }
        System.arraycopy(ring, 0, scratch, 0, n);
        Arrays.sort(scratch, 0, n);
        return n % 2 == 1 ? scratch[n / 2] : (scratch[n / 2 - 1] + scratch[n / 2]) / 2;
    }

    /** Sample number of the newest beat's R wave; NaN before the first. */
    double beat() {
        return beat;
    }

    void reset() {
        restore(new PeakJudge(rate).state());
    }

    @Override
    public byte[] state() {
        return new StateWriter(KIND, VERSION, 8 * (1 + QUEUE * FIELDS + 2 * FIELDS + 3 * MEMORY + 3 + 6) + 4 * 3)
                .putDouble(rate)
                .putInt(queued)
                .putDoubles(queue)
                .putDoubles(latest)
                .putDoubles(missed)
                .putDoubles(beats)
                .putDoubles(noise)
                .putDoubles(intervals)
                .putLong(beatCount)
                .putLong(noiseCount)
                .putLong(intervalCount)
                .putInt(learnt ? 1 : 0)
                .putDouble(lastPlace)
                .putDouble(lastSteepness)
                .putDouble(lastDecay)
                .putDouble(up)
                .putDouble(down)
                .putInt(upright ? 1 : 0)
                .putDouble(beat)
                .bytes();
    }

    @Override
    public void restore(byte[] state) {
        StateReader in = new StateReader(state, KIND, VERSION, "judge of heartbeats");
        in.expect("a sampling rate of", rate);
        PeakJudge saved = new PeakJudge(rate);
        saved.queued = in.getIntWithin(0, QUEUE);
        saved.queue = in.getDoubles(QUEUE * FIELDS);
        saved.latest = in.getDoubles(FIELDS);
        saved.missed = in.getDoubles(FIELDS);
        saved.beats = in.getDoubles(MEMORY);
        saved.noise = in.getDoubles(MEMORY);
        saved.intervals = in.getDoubles(MEMORY);
        saved.beatCount = in.getLong();
        saved.noiseCount = in.getLong();
        saved.intervalCount = in.getLong();
        saved.learnt = in.getIntWithin(0, 1) == 1;
        saved.lastPlace = in.getDouble();
        saved.lastSteepness = in.getDouble();
        saved.lastDecay = in.getDouble();
        saved.up = in.getDouble();
        saved.down = in.getDouble();
        saved.upright = in.getIntWithin(0, 1) == 1;
        saved.beat = in.getDouble();
        in.end();
        if (saved.beatCount < 0 || saved.noiseCount < 0 || saved.intervalCount < 0) {
            throw in.damaged("it holds a negative number of beats");
        }
        queued = saved.queued;
        queue = saved.queue;
        latest = saved.latest;
        missed = saved.missed;
        beats = saved.beats;
        noise = saved.noise;
        intervals = saved.intervals;
        beatCount = saved.beatCount;
        noiseCount = saved.noiseCount;
        intervalCount = saved.intervalCount;
        learnt = saved.learnt;
        lastPlace = saved.lastPlace;
        lastSteepness = saved.lastSteepness;
        lastDecay = saved.lastDecay;
        up = saved.up;
        down = saved.down;
        upright = saved.upright;
        beat = saved.beat;
    }
}
