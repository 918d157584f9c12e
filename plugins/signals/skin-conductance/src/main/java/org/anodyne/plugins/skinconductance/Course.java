package org.anodyne.plugins.skinconductance;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalDouble;
import org.anodyne.dsp.ScrDetector;
import org.anodyne.dsp.ScrEvent;

/** What is known of one stream: the detector, the newest responses, and the sums of the phase. */
final class Course {
    /** A rate over less time than this says nothing. */
    private static final double LEAST_SECONDS = 10;

    private final double rateHz;
    private final int channels;
    private final int channel;
    private final double rateWindow;
    private final ScrDetector detector;

    /** Samples since the detector began, and the sample numbers of peaks within the window. */
    private long samples;

    private final Deque<Long> peaks = new ArrayDeque<>();

    private long phaseSamples;
    private long phasePeaks;
    private double levelSum;
    private long levelCount;

    Course(Settings settings, String unit, double rateHz, int channels, int channel) {
        this.rateHz = rateHz;
        this.channels = channels;
        this.channel = channel;
        this.rateWindow = settings.rateWindow();
        this.detector = new ScrDetector(settings.detector(rateHz, unit));
    }

    double rateHz() {
        return rateHz;
    }

    int channels() {
        return channels;
    }

    int channel() {
        return channel;
    }

    /** Number of samples since the beginning or the last gap. */
    long samples() {
        return samples;
    }

    /** Adds one sample; the response that it proved, if any. */
    Optional<ScrEvent> add(double value) {
        Optional<ScrEvent> response = detector.add(value);
        samples++;
        phaseSamples++;
        response.ifPresent(r -> {
            peaks.addLast(Math.round(r.peak() * rateHz));
            phasePeaks++;
        });
        detector.tonic().ifPresent(level -> {
            levelSum += level;
            levelCount++;
        });
        return response;
    }

    OptionalDouble level() {
        return detector.tonic();
    }

    OptionalDouble phasic() {
        return detector.phasic();
    }

    /** Responses per minute over the window, or over what there is of it; NaN over less than ten seconds. */
    double rate() {
        double seconds = Math.min(rateWindow, samples / rateHz);
        while (!peaks.isEmpty() && peaks.peekFirst() <= samples - rateWindow * rateHz) {
            peaks.removeFirst();
        }
        return seconds < LEAST_SECONDS ? Double.NaN : peaks.size() * 60 / seconds;
    }

    /** Mean level of the phase; NaN without a value. */
    double phaseLevel() {
        return levelCount == 0 ? Double.NaN : levelSum / levelCount;
    }

    /** Responses per minute of the phase; NaN when it has less than ten seconds of data. */
    double phaseRate() {
        double seconds = phaseSamples / rateHz;
        return seconds < LEAST_SECONDS ? Double.NaN : phasePeaks * 60 / seconds;
    }

    void beginPhase() {
        phaseSamples = 0;
        phasePeaks = 0;
        levelSum = 0;
        levelCount = 0;
    }

    void gap() {
        detector.reset();
        peaks.clear();
        samples = 0;
    }

    void write(DataOutputStream out) throws IOException {
        out.writeDouble(rateHz);
        out.writeInt(channels);
        out.writeInt(channel);
        byte[] state = detector.state();
        out.writeInt(state.length);
        out.write(state);
        out.writeLong(samples);
        out.writeInt(peaks.size());
        for (long peak : peaks) {
            out.writeLong(peak);
        }
        out.writeLong(phaseSamples);
        out.writeLong(phasePeaks);
        out.writeDouble(levelSum);
        out.writeLong(levelCount);
    }

    static Course read(DataInputStream in, Settings settings, String unit) throws IOException {
        Course course = new Course(settings, unit, in.readDouble(), in.readInt(), in.readInt());
        course.detector.restore(in.readNBytes(in.readInt()));
        course.samples = in.readLong();
        int peaks = in.readInt();
        for (int i = 0; i < peaks; i++) {
            course.peaks.addLast(in.readLong());
        }
        course.phaseSamples = in.readLong();
        course.phasePeaks = in.readLong();
        course.levelSum = in.readDouble();
        course.levelCount = in.readLong();
        return course;
    }
}
