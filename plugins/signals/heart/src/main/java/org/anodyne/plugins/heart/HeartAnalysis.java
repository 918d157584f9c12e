package org.anodyne.plugins.heart;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.OptionalDouble;
import org.anodyne.channel.ChannelAnalysis;
import org.anodyne.dsp.Resumable;
import org.anodyne.dsp.physio.BeatDetector;
import org.anodyne.dsp.physio.Hrv;
import org.anodyne.dsp.physio.HrvSpectrum;
import org.anodyne.dsp.physio.RrRule;
import org.anodyne.dsp.physio.RrSeries;
import org.anodyne.plugin.Outlet;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.signal.Feature;

/** Heartbeats of one ECG channel and what follows from their intervals. Thread: the lane. */
final class HeartAnalysis implements ChannelAnalysis {
    private static final double MILLI = 1000;

    /** Without a beat for so long nothing is known of the heart. */
    private static final double SILENCE = 4;

    /** Fewer intervals than this say nothing of their variability. */
    private static final int LEAST_INTERVALS = 10;

    /** A phase's values rest on its last hour, so that a long one does not grow without end. */
    private static final double LONGEST = 3600;

    private final Outlet outlet;
    private final double rateHz;
    private final int step;
    private final BeatDetector detector;
    private final RrRule rule;
    private final RrSeries rate;
    private final RrSeries variability;
    private final RrSeries rhythm;
    private final RrSeries phase = new RrSeries(LONGEST);
    private long samples;
    private double lastBeat = Double.NaN;

    HeartAnalysis(Outlet outlet, Parameters parameters, double rateHz) {
        this.outlet = outlet;
        this.rateHz = rateHz;
        step = (int) Math.max(1, Math.round(parameters.number("step") * rateHz));
        detector = new BeatDetector(rateHz);
        rule = new RrRule(parameters.number("largestChange"));
        rate = new RrSeries(parameters.number("rateWindow"));
        variability = new RrSeries(parameters.number("window"));
        rhythm = new RrSeries(parameters.number("rhythmWindow"));
    }

    @Override
    public void add(double value, long timeNanos) {
        samples++;
        if (detector.add(value)) {
            beat(timeNanos / 1e9 - (detector.samples() / rateHz - detector.beat()), timeNanos);
        }
        if (samples % step == 0) {
            publish(timeNanos);
        }
    }

    /** @param time of the R wave, seconds of session time */
    private void beat(double time, long timeNanos) {
        if (!Double.isNaN(lastBeat)) {
            double interval = time - lastBeat;
            double usable = rule.accept(interval) ? interval : Double.NaN;
            keep(time, usable);
            publish("rr", timeNanos, usable * MILLI);
        }
        lastBeat = time;
    }

    private void keep(double time, double interval) {
        rate.add(time, interval);
        variability.add(time, interval);
        rhythm.add(time, interval);
        phase.add(time, interval);
    }

    private void publish(long timeNanos) {
        boolean beating = timeNanos / 1e9 - lastBeat < SILENCE;
        publish("rate", timeNanos, beating ? perMinute(rate.intervals()) : Double.NaN);
        double[] intervals = variability.intervals();
        boolean enough = beating && variability.usableIntervals().length >= LEAST_INTERVALS;
        publish("rmssd", timeNanos, enough ? milliseconds(Hrv.rmssd(intervals)) : Double.NaN);
        publish("sdnn", timeNanos, enough ? milliseconds(Hrv.sdnn(intervals)) : Double.NaN);
        Rhythm now = beating ? Rhythm.of(rhythm) : Rhythm.UNKNOWN;
        publish("lfhf", timeNanos, now.ratio());
        publish("coherence", timeNanos, now.coherence());
        publish("rsa", timeNanos, now.arrhythmia());
    }

    private void publish(String name, long timeNanos, double value) {
        outlet.feature(new Feature(name, timeNanos, new double[] {value}));
    }

    private static double perMinute(double[] intervals) {
        OptionalDouble mean = Hrv.mean(intervals);
        return mean.isPresent() ? 60 / mean.getAsDouble() : Double.NaN;
    }

    private static double milliseconds(OptionalDouble seconds) {
        return seconds.orElse(Double.NaN) * MILLI;
    }

    /**
     * What a spectrum of the intervals tells; powers in ms².
     *
     * @param arrhythmia from least to greatest heart rate of the strongest rhythm from 0.04 to 0.26 Hz, beats per minute
     */
    private record Rhythm(double low, double high, double ratio, double coherence, double arrhythmia) {
        static final Rhythm UNKNOWN = new Rhythm(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);

        static Rhythm of(RrSeries series) {
            double[] times = series.usableTimes();
            if (!HrvSpectrum.enough(times)) {
                return UNKNOWN;
            }
            double[] intervals = series.usableIntervals();
            HrvSpectrum spectrum = HrvSpectrum.of(times, intervals);
            double mean = Hrv.mean(intervals).orElseThrow();
            // A small change of the interval changes the rate by 60 / mean² times as much.
            double arrhythmia = 2 * spectrum.peakAmplitude() * 60 / (mean * mean);
            return new Rhythm(
                    spectrum.lowPower() * MILLI * MILLI,
                    spectrum.highPower() * MILLI * MILLI,
                    spectrum.ratio(),
                    spectrum.coherence(),
                    arrhythmia);
        }
    }

    @Override
    public void gap() {
        detector.reset();
        rule.reset();
        if (!Double.isNaN(lastBeat)) {
            // No difference reaches over the gap.
            keep(lastBeat, Double.NaN);
        }
        lastBeat = Double.NaN;
    }

    @Override
    public void beginPhase(Map<String, Double> parameters) {
        phase.clear();
    }

    @Override
    public double[] phaseValues() {
        double[] intervals = phase.intervals();
        Rhythm whole = Rhythm.of(phase);
        boolean enough = phase.usableIntervals().length >= LEAST_INTERVALS;
        return new double[] {
            perMinute(intervals),
            enough ? milliseconds(Hrv.rmssd(intervals)) : Double.NaN,
            enough ? milliseconds(Hrv.sdnn(intervals)) : Double.NaN,
            enough ? Hrv.pnn50(intervals).orElse(Double.NaN) : Double.NaN,
            whole.low(),
            whole.high(),
            whole.ratio(),
            whole.coherence(),
            whole.arrhythmia()
        };
    }

    private Resumable[] parts() {
        return new Resumable[] {detector, rule, rate, variability, rhythm, phase};
    }

    @Override
    public void write(DataOutputStream out) throws IOException {
        for (Resumable part : parts()) {
            byte[] state = part.state();
            out.writeInt(state.length);
            out.write(state);
        }
        out.writeLong(samples);
        out.writeDouble(lastBeat);
    }

    @Override
    public void read(DataInputStream in) throws IOException {
        for (Resumable part : parts()) {
            part.restore(in.readNBytes(in.readInt()));
        }
        samples = in.readLong();
        lastBeat = in.readDouble();
    }
}
