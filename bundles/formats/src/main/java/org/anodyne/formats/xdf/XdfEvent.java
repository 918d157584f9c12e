package org.anodyne.formats.xdf;

import java.util.Map;

/** What an {@link XdfReader} found, in the order of the file. */
public sealed interface XdfEvent {
    /**
     * The file header.
     *
     * @param version version of the format, usually 1.0
     * @param properties direct text children of {@code <info>}, in order
     * @param xml as stored
     */
    record FileHeader(String version, Map<String, String> properties, String xml) implements XdfEvent {}

    /**
     * A stream begins.
     *
     * @param xml as stored
     */
    record StreamHeader(int streamId, XdfStreamHeader header, String xml) implements XdfEvent {}

    /** A block of samples. */
    record Samples(XdfSamples samples) implements XdfEvent {}

    /**
     * A measurement of a stream's clock.
     *
     * @param time when it was measured, seconds on the clock of the stream
     * @param offset to be added to stamps of the stream, seconds
     */
    record ClockOffset(int streamId, double time, double offset) implements XdfEvent {}

    /** A mark from which reading can resume after damage. */
    record Boundary() implements XdfEvent {}

    /**
     * The end of a stream; fields the file does not give are NaN or -1.
     *
     * @param xml as stored
     */
    record StreamFooter(
            int streamId, double firstStamp, double lastStamp, long sampleCount, double measuredRate, String xml)
            implements XdfEvent {}

    /**
     * The end of a commit group (private to Anodyne; other readers skip it).
     *
     * @param group number, counted from 0
     * @param bytes length of the group without this chunk
     * @param valid whether length and checksum match the bytes before it
     */
    record Commit(long group, long bytes, boolean valid) implements XdfEvent {}

    /** A chunk of a kind this reader does not know, skipped. */
    record Unknown(int tag, long bytes) implements XdfEvent {}
}
