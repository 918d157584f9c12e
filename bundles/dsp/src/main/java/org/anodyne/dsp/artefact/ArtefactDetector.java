package org.anodyne.dsp.artefact;

import java.util.Arrays;
import org.anodyne.dsp.Butterworth;
import org.anodyne.dsp.Resumable;
import org.anodyne.dsp.SosFilter;
import org.anodyne.dsp.StateReader;
import org.anodyne.dsp.StateWriter;

/**
 * Finds artefacts in one channel while it comes.
 * <ul>
 *   <li>{@link ArtefactKind#BLINK}: the 1 to 10 Hz band (the one of {@code mne.preprocessing.find_eog_events}) is larger than so many robust
 *       standard deviations (median of the magnitude by 0.6745), until it is less than half of that.
 *   <li>{@link ArtefactKind#MUSCLE}: the root mean square over 200 ms of the fast band (from 30 Hz, or 110 Hz where the rate reaches beyond
 *       280 Hz, to 0.45 times the rate and at most 140 Hz; 110 to 140 Hz is the band of {@code mne.preprocessing.annotate_muscle_zscore})
 *       is so many times its usual value.
 *   <li>{@link ArtefactKind#MOVEMENT}: the signal below 1 Hz is so many robust standard deviations away from where it was a second before.
 *   <li>{@link ArtefactKind#FLAT}: for half a second the signal stayed within a small range, or was not finite.
 *   <li>{@link ArtefactKind#CLIP}: at least three samples over at least 20 ms are equal, and no sample before was further away in that
 *       direction from what is usual.
 * </ul>
 * While it learns, only a flat signal is told. Causal filters: an artefact is told some hundredths of a second after it began, a drift
 * up to half a second, a flat signal after half a second; {@link #since} tells when its stretch began. Nothing is allocated per sample.
 * One thread at a time; results do not depend on how samples are cut into blocks.
 */
public final class ArtefactDetector implements Resumable {
    private static final int KIND = 0x41525445;
    private static final int VERSION = 1;
    private static final int KINDS = ArtefactKind.values().length;
    private static final double NORMAL_MEDIAN = 0.6744897501960817;
    private static final double MUSCLE_WINDOW = 0.2;
    private static final double LAG = 1;
    private static final double FLAT_SECONDS = 0.5;
    private static final double CLIP_SECONDS = 0.02;
    private static final int CLIP_SAMPLES = 3;
    private static final double LEAST_CLIP = 1.5;

    private final ArtefactSettings settings;
    private final SosFilter slow;
    private final SosFilter fast;
    private final SosFilter level;
    private final int flatRun;
    private final int clipRun;
    private final Scale broadSize;
    private final Scale slowSize;
    private final Scale fastSize;

    private double[] squares;
    private double[] levels;
    private double centre = Double.NaN;
    private double lastFinite = Double.NaN;
    private long count;
    private long missing;
    private double runLow;
    private double runHigh;
    private long run;
    private double last = Double.NaN;
    private long equal;
    private double highest = Double.NEGATIVE_INFINITY;
    private double lowest = Double.POSITIVE_INFINITY;
    private int active;
    private final long[] since = new long[KINDS];

    public ArtefactDetector(ArtefactSettings settings) {
        this.settings = settings;
        double rate = settings.samplingRate();
        double top = Math.min(140, 0.45 * rate);
        slow = Butterworth.bandPass(2, 1, 10, rate).filter();
        fast = Butterworth.bandPass(2, rate > 280 ? Math.min(110, 0.7 * top) : Math.min(30, 0.7 * top), top, rate)
                .filter();
        level = Butterworth.lowPass(2, 1, rate).filter();
        flatRun = (int) Math.ceil(FLAT_SECONDS * rate);
        clipRun = (int) Math.max(CLIP_SAMPLES, Math.ceil(CLIP_SECONDS * rate));
        int learning = (int) Math.max(1, Math.round(settings.learning() * rate));
        broadSize = new Scale(learning, rate);
        slowSize = new Scale(learning, rate);
        fastSize = new Scale(learning, rate);
        squares = new double[(int) Math.max(1, Math.round(MUSCLE_WINDOW * rate))];
        levels = new double[(int) Math.round(LAG * rate)];
    }

    public ArtefactSettings settings() {
        return settings;
    }

    /** Whether the usual sizes are known. */
    public boolean learnt() {
        return !Double.isNaN(slowSize.median());
    }

    /** Takes one sample; the kinds of artefacts that there are now, as a sum of {@link ArtefactKind#bit()}. */
    public int add(double sample) {
        boolean finite = Double.isFinite(sample);
        missing = finite ? 0 : missing + 1;
        double value = finite ? sample : Double.isNaN(lastFinite) ? 0 : lastFinite;
        if (finite && Double.isNaN(lastFinite)) {
            slow.settle(value);
            fast.settle(value);
            level.settle(value);
            Arrays.fill(levels, value);
            centre = value;
        }
        if (finite) {
            lastFinite = value;
        }
        boolean disturbed = active != 0;
        double slowNow = Math.abs(slow.next(value));
        double fastNow = fast.next(value);
        squares[(int) (count % squares.length)] = fastNow * fastNow;
        double rms = root(squares);
        double levelNow = level.next(value);
        int place = (int) (count % levels.length);
        double change = Math.abs(levelNow - levels[place]);
        levels[place] = levelNow;
        if (!disturbed && !Double.isNaN(centre)) {
            centre += (value - centre) / (10 * settings.samplingRate());
        }
        broadSize.add(Math.abs(value - centre), disturbed);
        slowSize.add(slowNow, disturbed);
        fastSize.add(rms, disturbed);
        set(ArtefactKind.FLAT, flat(value), flatRun);
        if (learnt()) {
            double broad = broadSize.median() / NORMAL_MEDIAN;
            double limit = settings.blink() * slowSize.median() / NORMAL_MEDIAN;
            boolean blinking = (active & ArtefactKind.BLINK.bit()) != 0;
            set(ArtefactKind.BLINK, slowNow > (blinking ? limit / 2 : limit), 0);
            boolean tense = (active & ArtefactKind.MUSCLE.bit()) != 0;
            double usual = fastSize.median();
            set(ArtefactKind.MUSCLE, rms > usual * (tense ? (1 + settings.muscle()) / 2 : settings.muscle()), 0);
            set(ArtefactKind.MOVEMENT, change > settings.movement() * broad, 0);
            set(ArtefactKind.CLIP, clipped(value, broad), clipRun);
        }
        highest = Math.max(highest, value);
        lowest = Math.min(lowest, value);
        count++;
        return active;
    }

    private static double root(double[] squares) {
        double sum = 0;
        for (double square : squares) {
            sum += square;
        }
        return Math.sqrt(sum / squares.length);
    }

    private boolean flat(double value) {
        double range = learnt() ? settings.flat() * broadSize.median() / NORMAL_MEDIAN : 0;
        double low = Math.min(runLow, value);
        double high = Math.max(runHigh, value);
        if (run > 0 && high - low <= range) {
            runLow = low;
            runHigh = high;
            run++;
        } else {
            runLow = value;
            runHigh = value;
            run = 1;
        }
        return run >= flatRun || missing >= flatRun;
    }

    private boolean clipped(double value, double broad) {
        equal = value == last ? equal + 1 : 1;
        last = value;
        boolean far = Math.abs(value - centre) > LEAST_CLIP * broad;
        return equal >= clipRun && far && (value >= highest || value <= lowest);
    }

    /** @param before how many samples ago it began when it is told for the first time, counting this one */
    private void set(ArtefactKind kind, boolean there, int before) {
        boolean was = (active & kind.bit()) != 0;
        if (there && !was) {
            active |= kind.bit();
            since[kind.ordinal()] = Math.max(0, count - Math.max(0, before - 1));
        } else if (!there && was) {
            active &= ~kind.bit();
        }
    }

    /** Number of the sample, from 0, with which the newest stretch of a kind began. */
    public long since(ArtefactKind kind) {
        return since[kind.ordinal()];
    }

    /** Number of samples taken. */
    public long samples() {
        return count;
    }

    @Override
    public byte[] state() {
        byte[][] filters = {slow.state(), fast.state(), level.state()};
        int bytes = 6 * 8 + 4 + 8 * 11 + 8 * KINDS + 8 * (squares.length + levels.length);
        for (byte[] filter : filters) {
            bytes += 4 + filter.length;
        }
        bytes += broadSize.bytes() + slowSize.bytes() + fastSize.bytes();
        StateWriter out = new StateWriter(KIND, VERSION, bytes)
                .putDouble(settings.samplingRate())
                .putDouble(settings.learning())
                .putDouble(settings.blink())
                .putDouble(settings.muscle())
                .putDouble(settings.movement())
                .putDouble(settings.flat());
        for (byte[] filter : filters) {
            out.putBytes(filter);
        }
        broadSize.write(out);
        slowSize.write(out);
        fastSize.write(out);
        out.putDoubles(squares)
                .putDoubles(levels)
                .putDouble(centre)
                .putDouble(lastFinite)
                .putLong(count)
                .putLong(missing)
                .putDouble(runLow)
                .putDouble(runHigh)
                .putLong(run)
                .putDouble(last)
                .putLong(equal)
                .putDouble(highest)
                .putDouble(lowest)
                .putInt(active);
        for (long start : since) {
            out.putLong(start);
        }
        return out.bytes();
    }

    @Override
    public void restore(byte[] state) {
        // On a spare instance first: what is refused changes nothing here.
        new ArtefactDetector(settings).read(state);
        read(state);
    }

    private void read(byte[] state) {
        StateReader in = new StateReader(state, KIND, VERSION, "artefact detector");
        in.expect("a sampling rate of", settings.samplingRate());
        in.expect("a learning time of", settings.learning());
        in.expect("a threshold for blinks of", settings.blink());
        in.expect("a threshold for muscle of", settings.muscle());
        in.expect("a threshold for movement of", settings.movement());
        in.expect("a threshold for a flat signal of", settings.flat());
        slow.restore(in.getBytes());
        fast.restore(in.getBytes());
        level.restore(in.getBytes());
        broadSize.read(in);
        slowSize.read(in);
        fastSize.read(in);
        squares = in.getDoubles(squares.length);
        levels = in.getDoubles(levels.length);
        centre = in.getDouble();
        lastFinite = in.getDouble();
        count = in.getLong();
        missing = in.getLong();
        runLow = in.getDouble();
        runHigh = in.getDouble();
        run = in.getLong();
        last = in.getDouble();
        equal = in.getLong();
        highest = in.getDouble();
        lowest = in.getDouble();
        active = in.getIntWithin(0, (1 << KINDS) - 1);
        for (int i = 0; i < KINDS; i++) {
            since[i] = in.getLong();
        }
        in.end();
        if (count < 0) {
            throw in.damaged("it holds impossible times");
        }
    }
}
