package org.anodyne.record;

import java.nio.file.Path;
import java.util.List;
import org.anodyne.plugin.signal.StreamInfo;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Records everything on the bus of one session, from the first byte in XDF. A service; when a newer one appears while a
 * session runs, the session opens a segment there before it seals the old one.
 */
@ProviderType
public interface Recorder {
    /**
     * Opens a segment and subscribes to the session's topics; complete when the subscription stands.
     *
     * @param segment path of the XDF file, which must not exist
     * @param meta who, what and when; goes into the file's header
     * @throws RecordException when the file cannot be made
     */
    Recording open(Path segment, SessionMeta meta);

    /** A segment being written. Thread: any. */
    @ProviderType
    interface Recording extends AutoCloseable {
        /** Declares a stream that should be there; silence of more than its deadline is an alarm at once. */
        void expect(StreamInfo stream);

        /** A declared stream is not expected now (its slot is paused) or is expected again. */
        void expecting(StreamInfo stream, boolean now);

        /** What went wrong so far: streams that are silent, values that could not be written; empty when all is well. */
        List<String> alarms();

        /** Waits until everything received so far is on the disk. */
        void flush(java.time.Duration timeout) throws InterruptedException;

        /** Figures. */
        Figures figures();

        /** Ends the subscription, writes footers and seals the file. Idempotent. */
        @Override
        void close();
    }

    /**
     * What was written.
     *
     * @param messages messages written
     * @param bytes bytes written
     * @param ackP99Millis 99th percentile of the time from receipt to being on the disk, milliseconds
     */
    record Figures(long messages, long bytes, double ackP99Millis) {}
}
