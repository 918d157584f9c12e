package org.anodyne.formats;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.anodyne.formats.recordings.Recordings;

/**
 * A recording of any of the formats read here, recognised by its content and not by its name: XDF, EDF, EDF+, BDF, BDF+, simple
 * text. Reads in blocks; only the simple text format is held in memory. For one thread.
 */
public interface Recording extends AutoCloseable {
    /** What to do with a file that ends too early. */
    enum Truncated {
        /** Refuse it. */
        REFUSE,
        /** Take what is whole; {@link Recording#truncated} is true and a warning says how much is missing. */
        ACCEPT
    }

    /**
     * A mark in time: an annotation, an event.
     *
     * @param onsetSeconds seconds after the beginning of the recording
     * @param durationSeconds length in seconds; 0 when the file says none
     * @param source stream or signal it stood in
     * @param text what it says
     */
    record Mark(double onsetSeconds, double durationSeconds, String source, String text) {}

    /**
     * Opens a recording and refuses a truncated one.
     *
     * @throws FormatException when it is empty, of no known format, inconsistent, truncated, or holds no samples
     * @throws java.io.UncheckedIOException when it cannot be read
     */
    static Recording open(Path file) {
        return open(file, Truncated.REFUSE);
    }

    /** Opens a recording; as {@link #open(Path)}, but with a choice about truncated files. */
    static Recording open(Path file, Truncated truncated) {
        return Recordings.open(file, truncated);
    }

    /** The file. */
    Path file();

    /** Name of the format: {@code XDF}, {@code EDF}, {@code EDF+C}, {@code EDF+D}, {@code BDF}, …, {@code text}. */
    String format();

    /** Signals grouped by what was sampled together; at least one group with at least one sample. */
    List<SignalGroup> groups();

    /** Seconds from the beginning to the end of the last sample. */
    double durationSeconds();

    /** When the recording began, in the local time of the recorder, if the file says. */
    Optional<LocalDateTime> startTime();

    /** Annotations and events in order of time. Text streams of XDF are here, not among the groups. */
    List<Mark> marks();

    /** Whether the file ends too early. */
    boolean truncated();

    /** What was odd about the file but did not prevent reading, each a sentence for a person. */
    List<String> warnings();

    /**
     * Reads samples of all signals of a group in physical units.
     *
     * @param group index of the group
     * @param fromSample first sample, from 0
     * @param into one array per signal of the group, all of one length; filled from 0
     * @return samples read: less than asked for only at the end; 0 at or behind the end
     */
    int read(int group, long fromSample, double[][] into);

    /** As {@link #read(int, long, double[][])}, in single precision. */
    default int read(int group, long fromSample, float[][] into) {
        double[][] wide = new double[into.length][into.length == 0 ? 0 : into[0].length];
        int count = read(group, fromSample, wide);
        for (int channel = 0; channel < into.length; channel++) {
            for (int i = 0; i < count; i++) {
                into[channel][i] = (float) wide[channel][i];
            }
        }
        return count;
    }

    /**
     * Times of samples of a group, seconds after the beginning of the recording. Follows the stamps where the file has them, so
     * gaps show.
     *
     * @return times given: less than asked for only at the end
     */
    int readTimes(int group, long fromSample, double[] into);

    /**
     * Refuses a group that is of no use, before anything is played or analysed: reads it once through.
     *
     * @throws FormatException when every sample of a signal of the group is NaN
     */
    default void requireUsable(int group) {
        SignalGroup info = groups().get(group);
        boolean[] alive = new boolean[info.signals().size()];
        double[][] block = new double[alive.length][4096];
        int missing = alive.length;
        for (long at = 0; missing > 0; ) {
            int count = read(group, at, block);
            if (count == 0) {
                break;
            }
            at += count;
            for (int channel = 0; channel < alive.length; channel++) {
                for (int i = 0; i < count && !alive[channel]; i++) {
                    if (!Double.isNaN(block[channel][i])) {
                        alive[channel] = true;
                        missing--;
                    }
                }
            }
        }
        for (int channel = 0; channel < alive.length; channel++) {
            if (!alive[channel]) {
                throw new FormatException(
                        file(),
                        -1,
                        "all " + info.samples() + " samples of signal \""
                                + info.signals().get(channel).name() + "\" are NaN (not a number)",
                        "Choose another recording or another signal group.");
            }
        }
    }

    @Override
    void close();
}
