package org.anodyne.formats.xdf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Appends to an XDF 1.0 file in groups. Whatever is written gathers in memory until {@link #commit} appends it, sealed by a
 * commit chunk with number, length and CRC32C of the group, and forces it to the medium. After a crash {@link XdfRecovery}
 * cuts the file back to the last whole group.
 *
 * <p>Not safe for use by several threads at once; {@link XdfGroupCommitter} is. After a failed commit the writer refuses
 * everything but {@link #close}: what is on disk then is unknown until the file is recovered.
 */
public final class XdfWriter implements AutoCloseable {
    /** Goes into every file header and footer as {@code <writer>}. */
    static final String WRITER_NAME = "Anodyne";

    private static final long BOUNDARY_INTERVAL_NANOS = 1_000_000_000L;

    private final DurableChannel channel;
    private final XdfEncoder group = new XdfEncoder();
    private final Map<Integer, XdfStreamState> streams = new TreeMap<>();
    private long groups;
    private long position;
    private boolean bounded;
    private long lastBoundaryNanos;
    private boolean broken;
    private boolean closed;

    private XdfWriter(DurableChannel channel) {
        this.channel = channel;
    }

    /**
     * Makes a new file and commits its header.
     *
     * @param properties further children of {@code <info>} in the file header, such as a session id; names must be XML names
     * @throws UncheckedIOException when the file exists or cannot be written
     */
    public static XdfWriter create(Path path, Map<String, String> properties) {
        try {
            return create(DurableChannel.create(path), properties);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create the record " + path + ": " + e, e);
        }
    }

    /** Begins a file on a channel at position 0 and commits its header. */
    public static XdfWriter create(DurableChannel channel, Map<String, String> properties) {
        XdfWriter writer = new XdfWriter(channel);
        writer.group.magic();
        Map<String, String> all = new java.util.LinkedHashMap<>(properties);
        all.putIfAbsent("writer", WRITER_NAME);
        writer.group.xml(XdfChunks.FILE_HEADER, 0, XdfXml.fileHeader(all));
        writer.flush();
        return writer;
    }

    static XdfWriter resume(DurableChannel channel, Map<Integer, XdfStreamState> streams, long groups, long position) {
        XdfWriter writer = new XdfWriter(channel);
        writer.streams.putAll(streams);
        writer.groups = groups;
        writer.position = position;
        return writer;
    }

    /** Begins a stream under the next free id and returns that id. */
    public int addStream(XdfStreamHeader header) {
        int id = nextStreamId();
        addStream(id, header);
        return id;
    }

    /** The id that {@link #addStream(XdfStreamHeader)} would give: one more than the highest so far, from 1. */
    public int nextStreamId() {
        return streams.isEmpty() ? 1 : ((TreeMap<Integer, XdfStreamState>) streams).lastKey() + 1;
    }

    /**
     * Begins a stream under an id of the caller.
     *
     * @throws IllegalArgumentException when the id is taken
     */
    public void addStream(int id, XdfStreamHeader header) {
        usable();
        if (streams.containsKey(id)) {
            throw new IllegalArgumentException(
                    "stream id " + id + " is taken by " + streams.get(id).header.name());
        }
        group.xml(XdfChunks.STREAM_HEADER, id, XdfXml.streamHeader(header));
        streams.put(id, new XdfStreamState(header));
    }

    /** Headers of the streams in the file by id, including those of a file that is being continued. */
    public Map<Integer, XdfStreamHeader> streams() {
        Map<Integer, XdfStreamHeader> headers = new TreeMap<>();
        streams.forEach((id, state) -> headers.put(id, state.header));
        return headers;
    }

    /**
     * Adds a block to the group.
     *
     * @throws IllegalArgumentException when it does not fit its stream; nothing is written then
     */
    public void write(XdfSamples block) {
        usable();
        XdfStreamState stream = stream(block.streamId());
        stream.check(block);
        int before = group.size();
        try {
            group.samples(block);
        } catch (RuntimeException e) {
            // Such as a null among texts: half a chunk must not reach the file.
            group.cutTo(before);
            throw e;
        }
        stream.saw(block);
    }

    /**
     * Adds a measurement of a stream's clock to the group.
     *
     * @param time when it was measured, seconds on the clock of the stream
     * @param offset to be added to stamps of the stream, seconds
     */
    public void clockOffset(int streamId, double time, double offset) {
        usable();
        XdfStreamState stream = stream(streamId);
        group.clockOffset(streamId, time, offset);
        stream.offsets.add(new double[] {time, offset});
    }

    /** Adds the footer of a stream to the group; the stream takes no more samples. Closing twice does nothing. */
    public void closeStream(int streamId) {
        usable();
        XdfStreamState stream = stream(streamId);
        if (!stream.closed) {
            group.xml(XdfChunks.STREAM_FOOTER, streamId, stream.footer());
            stream.closed = true;
        }
    }

    /**
     * Appends the group and forces it to the medium; with an empty group nothing happens. A boundary chunk is added when
     * a second of the caller's time has passed since the last one.
     *
     * @param nowNanos the caller's monotonic time
     * @return bytes appended
     * @throws UncheckedIOException when it did not reach the medium; the writer is of no more use
     */
    public long commit(long nowNanos) {
        usable();
        if (group.size() == 0) {
            return 0;
        }
        if (!bounded || nowNanos - lastBoundaryNanos >= BOUNDARY_INTERVAL_NANOS) {
            group.boundary();
            bounded = true;
            lastBoundaryNanos = nowNanos;
        }
        return flush();
    }

    private long flush() {
        group.commit(groups);
        ByteBuffer bytes = group.ready();
        int size = bytes.remaining();
        try {
            channel.append(bytes);
            channel.force();
        } catch (IOException | RuntimeException e) {
            broken = true;
            throw new UncheckedIOException(
                    "group " + groups + " did not reach the disk: " + e.getMessage(),
                    e instanceof IOException io ? io : new IOException(e));
        }
        group.clear();
        groups++;
        position += size;
        return size;
    }

    /** Bytes waiting for the next commit. */
    public int pendingBytes() {
        return group.size();
    }

    /** Length of the file as committed, in bytes. */
    public long committedBytes() {
        return position;
    }

    /** Number of groups committed, the header's included. */
    public long groups() {
        return groups;
    }

    /**
     * Writes the footers of all streams, commits and closes the channel. Closing twice does nothing.
     *
     * @throws UncheckedIOException when that fails; the channel is closed all the same
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        try {
            if (!broken) {
                streams.keySet().forEach(this::closeStream);
                if (group.size() > 0) {
                    flush();
                }
            }
        } finally {
            closed = true;
            try {
                channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException("the record did not close: " + e.getMessage(), e);
            }
        }
    }

    /** Closes the channel as it is: what was not committed is lost, no footers. */
    public void abandon() {
        broken = true;
        close();
    }

    private XdfStreamState stream(int id) {
        XdfStreamState stream = streams.get(id);
        if (stream == null) {
            throw new IllegalArgumentException("there is no stream " + id + ": add it before writing to it");
        }
        return stream;
    }

    private void usable() {
        if (closed || broken) {
            throw new IllegalStateException(
                    closed ? "the record is closed" : "the record failed: recover the file and continue from there");
        }
    }
}
