package org.anodyne.plugin.device;

import java.time.Duration;
import java.util.Map;
import org.anodyne.plugin.Event;
import org.anodyne.plugin.Phase;
import org.anodyne.plugin.PluginContext;
import org.anodyne.plugin.signal.SampleBlock;
import org.anodyne.plugin.signal.StreamInfo;

/**
 * Times and publishes the samples of one stream that a device measures now. A device counts its samples by its own clock
 * and the line delivers them late and in bursts, but never early: so a sample's time is counted by the nominal rate from an
 * anchor, and the anchor follows the earliest arrivals: back at once, forth at most 0.5 ms in a second, so that times are
 * smooth although the device's clock drifts. Times are those at which the sample arrived at the earliest, less one sampling period; the way
 * through the device is not known and not subtracted.
 *
 * <p>Samples that were lost are counted in the index of the blocks and published as an event {@code gap} with
 * {@code stream}, {@code fromNanos}, {@code toNanos}, {@code samples} and {@code reason}. What the device measures while the
 * source is paused, or in a phase that leaves it out, is dropped; the index then goes on where it stopped. When the samples of
 * a whole second came more than the tolerance late (100 ms), more were lost than the device's counter could tell; they are counted then.
 *
 * <p>Thread: any, for all methods; {@link #sample} and {@link #lost} from the thread that reads the device.
 */
public final class LiveStream {
    private static final long WINDOW_NANOS = 1_000_000_000L;
    private static final double GAIN = 0.2;
    private static final double GREATEST_STEP_NANOS = 500_000;
    private static final Duration TOLERANCE = Duration.ofMillis(100);

    private final PluginContext context;
    private final StreamInfo info;
    private final int blockLength;
    private final double period;
    private final double tolerance;

    private boolean started;
    private boolean paused;
    private boolean active;

    // Times: position counts the device's samples since the anchor.
    private boolean anchored;
    private double anchor;
    private long position;
    private long windowEnd;
    /** Longest time without a sample in this window. */
    private long longest;
    /** Twice that of the window before, or half a window. */
    private long usual = WINDOW_NANOS / 2;

    private long lastArrived;
    private boolean slept;
    private double least;

    private long index;
    private float[] block;
    private int filled;
    private long blockStart = Long.MIN_VALUE;

    /**
     * A stream that delivers nothing yet.
     *
     * @param length of the blocks that are published, at least one sample
     */
    public LiveStream(PluginContext context, StreamInfo info, Duration length) {
        this(context, info, length, TOLERANCE);
    }

    /**
     * The same for a device whose counter wraps soon.
     *
     * @param tolerance how late all samples of a second may come before they count as lost ones; less than the time in which
     *     the counter wraps, more than the line ever delays
     */
    public LiveStream(PluginContext context, StreamInfo info, Duration length, Duration tolerance) {
        this.context = context;
        this.info = info;
        this.tolerance = tolerance.toNanos();
        this.period = 1e9 / info.rateHz();
        this.blockLength = (int) Math.max(1, Math.round(length.toNanos() / period));
        this.block = new float[blockLength * info.channels().size()];
    }

    /** The stream. */
    public StreamInfo info() {
        return info;
    }

    /** To be called by {@code start}. */
    public synchronized void start() {
        started = true;
    }

    /** To be called by {@code pause}, {@code drain} and {@code close}: publishes what is there, then nothing more. */
    public synchronized void pause() {
        flush();
        paused = true;
    }

    /** To be called by {@code resume}. */
    public synchronized void resume() {
        paused = false;
    }

    /** To be called by {@code enterPhase}. */
    public synchronized void enterPhase(Phase phase) {
        if (!phase.active()) {
            flush();
        }
        active = phase.active();
    }

    /** To be called by {@code close}, after the reading thread has ended: nothing is published any more. */
    public synchronized void close() {
        started = false;
        filled = 0;
    }

    /**
     * A sample came.
     *
     * @param values one per channel, in the channels' units; copied
     * @param arrivedNanos session time at which its last byte was read
     */
    public synchronized void sample(float[] values, long arrivedNanos) {
        long time = timed(arrivedNanos);
        if (!delivers()) {
            return;
        }
        if (filled == 0) {
            blockStart = Math.max(time, blockStart + 1);
        }
        System.arraycopy(values, 0, block, filled * values.length, values.length);
        filled++;
        if (filled == blockLength) {
            flush();
        }
    }

    /**
     * So many samples between the last one and the next one never came: known from the device's counter, or reckoned from
     * the time that passed.
     */
    public synchronized void lost(long count, String reason) {
        if (count <= 0 || !anchored) {
            return;
        }
        flush();
        long from = at(position);
        position += count;
        if (delivers()) {
            index += count;
            tell(from, at(position), count, reason);
        }
    }

    /**
     * The device was away, so its counter means nothing: what the time until {@code nanos} held is lost, and times are counted
     * anew from the next sample.
     */
    public synchronized void interrupted(long nanos, String reason) {
        if (anchored) {
            lost(Math.round((nanos - at(position)) / period), reason);
            anchored = false;
        }
    }

    /** Session time of the next sample, as far as it is known now; of no meaning before the first. */
    public synchronized long nextNanos() {
        return at(position);
    }

    private boolean delivers() {
        return started && !paused && active;
    }

    private long timed(long arrived) {
        if (!anchored) {
            anchored = true;
            anchor = arrived - period;
            position = 0;
            least = Double.POSITIVE_INFINITY;
            lastArrived = arrived;
            longest = 0;
            windowEnd = arrived + WINDOW_NANOS;
        }
        longest = Math.max(longest, arrived - lastArrived);
        lastArrived = arrived;
        double late = arrived - period - (anchor + position * period);
        if (late < 0) {
            // Nothing arrives before it was measured: what was taken for the earliest arrival was a late one.
            anchor += late;
            late = 0;
        }
        least = Math.min(least, late);
        if (arrived >= windowEnd) {
            // A second of which this process slept through a part is not judged: if samples are lost, the next one
            // shows
            // it, too.
            slept = longest > usual && !slept;
            if (!slept) {
                follow();
            }
            usual = Math.max(WINDOW_NANOS / 2, 2 * longest);
            longest = 0;
            windowEnd = arrived + WINDOW_NANOS;
            least = Double.POSITIVE_INFINITY;
        }
        return at(position++);
    }

    private void follow() {
        if (least > tolerance) {
            // Every sample of the last second came late: more were lost than the device's counter can show.
            lost(Math.round(least / period), "more time passed than the device's samples fill");
        } else {
            anchor += Math.min(GREATEST_STEP_NANOS, GAIN * least);
        }
    }

    private long at(long sample) {
        return Math.round(anchor + sample * period);
    }

    private void flush() {
        if (filled == 0) {
            return;
        }
        int channels = info.channels().size();
        float[] samples = java.util.Arrays.copyOf(block, filled * channels);
        long first = index;
        index += filled;
        filled = 0;
        try {
            context.outlet().samples(new SampleBlock(info.name(), first, blockStart, info.rateHz(), channels, samples));
        } catch (IllegalStateException e) {
            // The slot was closed at this moment; there is nobody left to publish for.
            started = false;
        }
    }

    private void tell(long from, long to, long count, String reason) {
        try {
            context.outlet()
                    .event(new Event(
                            "gap",
                            to,
                            Map.of(
                                    "stream",
                                    info.name(),
                                    "fromNanos",
                                    from,
                                    "toNanos",
                                    to,
                                    "samples",
                                    count,
                                    "reason",
                                    reason)));
        } catch (IllegalStateException e) {
            started = false;
        }
    }
}
