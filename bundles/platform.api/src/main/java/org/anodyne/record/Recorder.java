package org.anodyne.record;

import java.nio.file.Path;
import java.util.List;
import org.anodyne.host.SessionTime;
import org.anodyne.plugin.signal.StreamInfo;
import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Records everything on the bus of one session, from the first byte in XDF. A service; when a newer one appears while a
 * session runs, the session opens a segment there before it seals the old one.
 */
@ProviderType
public interface Recorder {
    /**
     * Opens a segment and subscribes to the session's topics and to those of the site that concern it; complete when the
     * subscriptions stand.
     *
     * @param segment path of the XDF file, which must not exist
     * @param meta who, what and when; goes into the file's header
     * @throws RecordException when the file cannot be made
     */
    Recording open(Path segment, SessionMeta meta);

    /** A segment being written. Thread: any. */
    @ProviderType
    interface Recording extends AutoCloseable {
        /**
         * From now on tells what is wrong as soon as it is seen, and watches in session time for streams that should be
         * there and are not; without it nobody watches. Once, before the first stream is declared.
         *
         * @param time session time, virtual or not
         */
        void watch(SessionTime time, Watcher watcher);

        /** Declares a stream that should be there once {@link #expecting} says so. */
        void expect(StreamInfo stream);

        /** A declared stream is not expected now (its slot is paused) or is expected again. */
        void expecting(StreamInfo stream, boolean now);

        /** What could not be written so far; empty when all is well. */
        List<String> alarms();

        /** Waits until everything received so far is on the disk. */
        void flush(java.time.Duration timeout) throws InterruptedException;

        /** Figures. */
        Figures figures();

        /** Ends the subscription, writes footers and seals the file. Idempotent. */
        @Override
        void close();
    }

    /** Told what is wrong with what is being recorded. Thread: any; must only hand over. */
    @ConsumerType
    interface Watcher {
        /** Something could not be written; once each, see {@link Recording#alarms}. */
        void alarm(String what);

        /**
         * A stream that is expected was not heard of within its deadline. Once, until it is back.
         *
         * @param sinceNanos session time up to which its samples are there, or from which they were expected
         * @param blocks how many blocks of it came before
         */
        void silent(StreamInfo stream, long sinceNanos, long blocks);

        /**
         * A stream that was silent delivers again.
         *
         * @param fromNanos session time at which it was heard of again; its first block may hold older samples that it had kept
         */
        void back(StreamInfo stream, long fromNanos);
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
