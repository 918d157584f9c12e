package org.anodyne.dsp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Skin-conductance level and responses of a stream (electrodermal activity, EDA).
 *
 * <p>The signal is smoothed by a fourth-order Butterworth low-pass and decimated; a second-order Butterworth high-pass takes out the
 * phasic part; tonic = smoothed - phasic, so the two always add up. Both filters start settled at the first sample. A peak is a
 * maximum of the phasic signal from which it turned back by the reversal after having risen by it; the onset is the last minimum of
 * the smoothed signal within the longest rise before the peak and not before the previous peak. A response is a peak at which both
 * the phasic and the smoothed signal have risen by the smallest amplitude since the onset, with the rise time and the distance from
 * the last response that the {@link ScrSettings} ask for. The smoothed signal is asked too because the phasic one rises without any
 * response when the high-pass recovers from a large one. (Trough-to-peak method; W. Boucsein, "Electrodermal Activity", 2nd ed.,
 * 2012.)
 *
 * <p>A response is known only once the signal turned back, so it is emitted after its peak. A sample that is not finite is replaced by
 * the last finite one and counted. One thread at a time; results do not depend on how samples are cut into blocks.
 */
public final class ScrDetector implements Resumable {
    private static final int KIND = 0x53435244;
    private static final int VERSION = 1;
    private static final String NAME = "skin-conductance detector";
    private static final int NONE = -1;

    private final ScrSettings settings;
    private final SosFilter smoothing;
    private final SosFilter separating;
    private final int window;

    private long fed;
    private long held;
    private double lastFinite = Double.NaN;
    private double smoothed = Double.NaN;
    private double phasic = Double.NaN;

    /** The newest decimated values; the one of index i is at i modulo length. */
    private double[] recentSmoothed;

    private double[] recentPhasic;

    private long index = NONE;
    private boolean rising;
    private double extreme;
    private long extremeAt;
    private double extremeSmoothed;
    private double onsetSmoothed;
    private double onsetPhasic;
    private long onsetAt;
    private long lastPeak = NONE;
    private long lastResponse = NONE;

    public ScrDetector(ScrSettings settings) {
        this.settings = settings;
        this.smoothing = Butterworth.lowPass(4, settings.lowPass(), settings.samplingRate())
                .filter();
        this.separating = Butterworth.highPass(2, settings.highPass(), settings.decimatedRate())
                .filter();
        this.window = (int) StrictMath.rint(settings.maxRise() * settings.decimatedRate());
        this.recentSmoothed = new double[window + 1];
        this.recentPhasic = new double[window + 1];
    }

    public ScrSettings settings() {
        return settings;
    }

    /** The response that this sample proved, if any. */
    public Optional<ScrEvent> add(double sample) {
        double value = sample;
        if (!Double.isFinite(value)) {
            held++;
            value = lastFinite;
        }
        if (Double.isNaN(value)) {
            // Nothing finite yet: time passes, nothing to filter.
            fed++;
            return Optional.empty();
        }
        boolean first = Double.isNaN(lastFinite);
        if (first) {
            smoothing.settle(value);
        }
        lastFinite = value;
        double low = smoothing.next(value);
        boolean kept = fed % settings.decimation() == 0;
        fed++;
        if (!kept) {
            return Optional.empty();
        }
        if (Double.isNaN(smoothed)) {
            separating.settle(low);
        }
        smoothed = low;
        phasic = separating.next(low);
        return follow((fed - 1) / settings.decimation());
    }

    /** All responses that these samples proved, in the order of their peaks. */
    public List<ScrEvent> add(double[] samples) {
        List<ScrEvent> events = new ArrayList<>();
        for (double sample : samples) {
            add(sample).ifPresent(events::add);
        }
        return events;
    }

    /** Newest tonic level (skin-conductance level, SCL) in the unit of the signal; empty before the first sample. */
    public OptionalDouble tonic() {
        return Double.isNaN(smoothed) ? OptionalDouble.empty() : OptionalDouble.of(smoothed - phasic);
    }

    /** Newest phasic value in the unit of the signal; empty before the first sample. */
    public OptionalDouble phasic() {
        return Double.isNaN(smoothed) ? OptionalDouble.empty() : OptionalDouble.of(phasic);
    }

    /** Delay of the smoothing low-pass for slow changes, in seconds; onset and peak times are late by about this much. */
    public double delay() {
        return smoothing.design().delayAtZero() / settings.samplingRate();
    }

    /** Group delay of the phasic part at a frequency in hertz, in seconds: smoothing and separation together. */
    public double phasicDelay(double frequency) {
        return smoothing.design().groupDelaySamples(frequency, settings.samplingRate()) / settings.samplingRate()
                + separating.design().groupDelaySamples(frequency, settings.decimatedRate()) / settings.decimatedRate();
    }

    /** Number of samples that were not finite. */
    public long held() {
        return held;
    }

    private Optional<ScrEvent> follow(long at) {
        double value = phasic;
        boolean first = index == NONE;
        index = at;
        int slot = (int) (at % recentPhasic.length);
        recentSmoothed[slot] = smoothed;
        recentPhasic[slot] = phasic;
        if (first) {
            // Start looking for a trough here; nothing older may be taken for an onset.
            lastPeak = at;
            turn(false, value, at);
            return Optional.empty();
        }
        if (!rising) {
            if (value < extreme) {
                extreme = value;
                extremeAt = at;
            } else if (value >= extreme + settings.reversal()) {
                turn(true, value, at);
                findOnset();
            }
            return Optional.empty();
        }
        if (value > extreme) {
            turn(true, value, at);
            findOnset();
            return Optional.empty();
        }
        if (value > extreme - settings.reversal()) {
            return Optional.empty();
        }
        Optional<ScrEvent> event = judge();
        lastPeak = extremeAt;
        turn(false, value, at);
        return event;
    }

    private void turn(boolean up, double value, long at) {
        rising = up;
        extreme = value;
        extremeAt = at;
        extremeSmoothed = smoothed;
    }

    /** Done at each new maximum, while the window before it is still remembered. */
    private void findOnset() {
        long from = Math.max(extremeAt - window, lastPeak);
        onsetSmoothed = Double.POSITIVE_INFINITY;
        for (long i = from; i <= extremeAt; i++) {
            int slot = (int) (i % recentSmoothed.length);
            if (recentSmoothed[slot] <= onsetSmoothed) {
                onsetSmoothed = recentSmoothed[slot];
                onsetPhasic = recentPhasic[slot];
                onsetAt = i;
            }
        }
    }

    private Optional<ScrEvent> judge() {
        double rate = settings.decimatedRate();
        double amplitude = extreme - onsetPhasic;
        double conductanceRise = extremeSmoothed - onsetSmoothed;
        double rise = (extremeAt - onsetAt) / rate;
        boolean early = lastResponse != NONE && (extremeAt - lastResponse) / rate < settings.refractory();
        boolean small = amplitude < settings.minAmplitude() || conductanceRise < settings.minAmplitude();
        if (small || rise < settings.minRise() || early) {
            return Optional.empty();
        }
        lastResponse = extremeAt;
        return Optional.of(
                new ScrEvent(onsetAt / rate, extremeAt / rate, amplitude, conductanceRise, extremeSmoothed - extreme));
    }

    /** Forgets everything; the next sample is at time 0 again. */
    public void reset() {
        smoothing.reset();
        separating.reset();
        fed = 0;
        held = 0;
        lastFinite = Double.NaN;
        smoothed = Double.NaN;
        phasic = Double.NaN;
        Arrays.fill(recentSmoothed, 0);
        Arrays.fill(recentPhasic, 0);
        index = NONE;
        rising = false;
        extreme = 0;
        extremeAt = 0;
        extremeSmoothed = 0;
        onsetSmoothed = 0;
        onsetPhasic = 0;
        onsetAt = 0;
        lastPeak = NONE;
        lastResponse = NONE;
    }

    @Override
    public byte[] state() {
        byte[] low = smoothing.state();
        byte[] high = separating.state();
        int settingsBytes = 8 * 8 + 4;
        int scalars = 8 * 2 + 8 * 3 + 8 + 4 + 8 * 3 + 8 * 2 + 8 + 8 * 2;
        return new StateWriter(
                        KIND,
                        VERSION,
                        settingsBytes + 8 + low.length + high.length + scalars + 16 * recentPhasic.length)
                .putDouble(settings.samplingRate())
                .putInt(settings.decimation())
                .putDouble(settings.lowPass())
                .putDouble(settings.highPass())
                .putDouble(settings.minAmplitude())
                .putDouble(settings.reversal())
                .putDouble(settings.minRise())
                .putDouble(settings.maxRise())
                .putDouble(settings.refractory())
                .putBytes(low)
                .putBytes(high)
                .putLong(fed)
                .putLong(held)
                .putDouble(lastFinite)
                .putDouble(smoothed)
                .putDouble(phasic)
                .putLong(index)
                .putInt(rising ? 1 : 0)
                .putDouble(extreme)
                .putLong(extremeAt)
                .putDouble(extremeSmoothed)
                .putDouble(onsetSmoothed)
                .putDouble(onsetPhasic)
                .putLong(onsetAt)
                .putLong(lastPeak)
                .putLong(lastResponse)
                .putDoubles(recentSmoothed)
                .putDoubles(recentPhasic)
                .bytes();
    }

    @Override
    public void restore(byte[] state) {
        StateReader in = new StateReader(state, KIND, VERSION, NAME);
        in.expect("a sampling rate of", settings.samplingRate());
        in.expect("a decimation of", settings.decimation());
        in.expect("a low-pass of", settings.lowPass());
        in.expect("a high-pass of", settings.highPass());
        in.expect("a smallest amplitude of", settings.minAmplitude());
        in.expect("a reversal of", settings.reversal());
        in.expect("a shortest rise of", settings.minRise());
        in.expect("a longest rise of", settings.maxRise());
        in.expect("a refractory time of", settings.refractory());
        SosFilter low = smoothing.design().filter();
        low.restore(in.getBytes());
        SosFilter high = separating.design().filter();
        high.restore(in.getBytes());
        ScrDetector saved = new ScrDetector(settings);
        saved.fed = in.getLong();
        saved.held = in.getLong();
        saved.lastFinite = in.getDouble();
        saved.smoothed = in.getDouble();
        saved.phasic = in.getDouble();
        saved.index = in.getLong();
        saved.rising = in.getIntWithin(0, 1) == 1;
        saved.extreme = in.getDouble();
        saved.extremeAt = in.getLong();
        saved.extremeSmoothed = in.getDouble();
        saved.onsetSmoothed = in.getDouble();
        saved.onsetPhasic = in.getDouble();
        saved.onsetAt = in.getLong();
        saved.lastPeak = in.getLong();
        saved.lastResponse = in.getLong();
        saved.recentSmoothed = in.getDoubles(window + 1);
        saved.recentPhasic = in.getDoubles(window + 1);
        in.end();
        if (saved.fed < 0 || saved.index < NONE || saved.extremeAt < NONE || saved.lastPeak < NONE) {
            throw in.damaged("it holds impossible times");
        }
        smoothing.restore(low.state());
        separating.restore(high.state());
        takeOver(saved);
    }

    private void takeOver(ScrDetector saved) {
        fed = saved.fed;
        held = saved.held;
        lastFinite = saved.lastFinite;
        smoothed = saved.smoothed;
        phasic = saved.phasic;
        recentSmoothed = saved.recentSmoothed;
        recentPhasic = saved.recentPhasic;
        index = saved.index;
        rising = saved.rising;
        extreme = saved.extreme;
        extremeAt = saved.extremeAt;
        extremeSmoothed = saved.extremeSmoothed;
        onsetSmoothed = saved.onsetSmoothed;
        onsetPhasic = saved.onsetPhasic;
        onsetAt = saved.onsetAt;
        lastPeak = saved.lastPeak;
        lastResponse = saved.lastResponse;
    }
}
