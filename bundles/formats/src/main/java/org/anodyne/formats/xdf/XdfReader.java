package org.anodyne.formats.xdf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.anodyne.formats.FormatException;

/**
 * Reads an XDF 1.0 file chunk by chunk; memory holds one chunk. A tail torn by a crash and damage in the middle do not stop it:
 * everything readable is delivered, and {@link #tornBytes} and {@link #damage} tell what was not. After damage it resumes at
 * the next chunk when the lengths still fit, else at the next boundary.
 *
 * <p>The length of the file is taken when it is opened; what is appended later is not seen. For one thread.
 */
public final class XdfReader implements AutoCloseable {
    /** Longest chunk that is read, in bytes; a longer one counts as damage. */
    public static final int MAX_CHUNK_BYTES = 256 * 1024 * 1024;

    private static final int MAX_XML_BYTES = 16 * 1024 * 1024;
    private static final int MAX_DAMAGE_NOTES = 1000;

    /** Bytes that could not be read as what they should be. */
    public record Damage(long offset, long bytes, String what) {}

    private final Path path;
    private final XdfInput in;
    private final Map<Integer, XdfDecoder> streams = new HashMap<>();
    private final List<Damage> damage = new ArrayList<>();
    private byte[] content = new byte[64 * 1024];
    private CRC32C groupSum = new CRC32C();
    private long groupStart;
    private boolean groupContiguous = true;
    private long chunkStart;
    private long end;
    private long lastCommitEnd = -1;
    private long tornBytes;

    private XdfReader(Path path, XdfInput in) {
        this.path = path;
        this.in = in;
    }

    /**
     * Opens a file.
     *
     * @throws FormatException when it is empty or does not begin as XDF
     * @throws UncheckedIOException when it cannot be opened or read
     */
    public static XdfReader open(Path path) {
        XdfInput in = null;
        try {
            in = new XdfInput(path);
            XdfReader reader = new XdfReader(path, in);
            reader.magic();
            return reader;
        } catch (IOException | RuntimeException e) {
            if (in != null) {
                try {
                    in.close();
                } catch (IOException secondary) {
                    e.addSuppressed(secondary);
                }
            }
            if (e instanceof RuntimeException runtime) {
                throw runtime;
            }
            throw new UncheckedIOException(path + " cannot be read: " + e, (IOException) e);
        }
    }

    private void magic() throws IOException {
        if (in.size() == 0) {
            throw new FormatException(path, 0, "the file is empty", "Choose a recording that holds data.");
        }
        byte[] magic = new byte[4];
        int count = (int) Math.min(4, in.size());
        in.read(magic, count);
        if (!Arrays.equals(magic, 0, count, XdfChunks.MAGIC, 0, count)) {
            throw new FormatException(
                    path, 0, "this is not an XDF file: it does not begin with XDF:", "Choose an .xdf file.");
        }
        if (count < 4) {
            tornBytes = count;
        }
        groupSum.update(magic, 0, count);
        end = count;
    }

    /**
     * The next thing in the file.
     *
     * @return empty at the end
     * @throws UncheckedIOException when reading fails
     */
    public Optional<XdfEvent> next() {
        try {
            while (in.remaining() > 0) {
                XdfEvent event = chunk();
                if (event != null) {
                    return Optional.of(event);
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be read: " + e, e);
        }
    }

    /** One chunk; null when there was none but something was skipped. */
    private XdfEvent chunk() throws IOException {
        chunkStart = in.position();
        byte[] head = new byte[11];
        int available = (int) Math.min(11, in.remaining());
        in.read(head, available);
        int sizeBytes = head[0];
        boolean sane = sizeBytes == 1 || sizeBytes == 4 || sizeBytes == 8;
        if (!sane) {
            return resync("a chunk cannot begin with a length of " + sizeBytes + " bytes");
        }
        int headBytes = 1 + sizeBytes + 2;
        if (available < headBytes) {
            return resync("the file ends inside the head of a chunk");
        }
        ByteBuffer header = ByteBuffer.wrap(head, 0, headBytes).order(ByteOrder.LITTLE_ENDIAN);
        long length = XdfDecoder.length(header) - 2;
        int tag = header.getShort() & 0xFFFF;
        in.seek(chunkStart + headBytes);
        if (length < 0 || length > in.remaining()) {
            return resync("a chunk is longer than the rest of the file");
        }
        if (length > MAX_CHUNK_BYTES) {
            return resync("a chunk of " + length + " bytes is longer than can be read");
        }
        if (length > content.length || (content.length > 1 << 20 && length < 1 << 16)) {
            content = new byte[(int) Math.max(64 * 1024, length)];
        }
        in.read(content, (int) length);
        ByteBuffer body = ByteBuffer.wrap(content, 0, (int) length).order(ByteOrder.LITTLE_ENDIAN);
        try {
            XdfEvent event = event(tag, body, (int) length);
            end = in.position();
            if (event instanceof XdfEvent.Commit) {
                restartGroup(true);
                lastCommitEnd = end;
            } else {
                groupSum.update(head, 0, headBytes);
                groupSum.update(content, 0, (int) length);
            }
            return event;
        } catch (IllegalArgumentException e) {
            long next = in.position();
            if (plausible(next)) {
                note(chunkStart, next - chunkStart, e.getMessage());
                groupSum.update(head, 0, headBytes);
                groupSum.update(content, 0, (int) length);
                in.seek(next);
                end = next;
                return null;
            }
            return resync(e.getMessage());
        }
    }

    private XdfEvent event(int tag, ByteBuffer body, int length) throws IOException {
        if (tag == XdfChunks.STREAM_HEADER
                || tag == XdfChunks.SAMPLES
                || tag == XdfChunks.CLOCK_OFFSET
                || tag == XdfChunks.STREAM_FOOTER) {
            require(length >= 4, "a chunk of a stream without the number of the stream");
        }
        switch (tag) {
            case XdfChunks.FILE_HEADER -> {
                String xml = xml(body);
                XdfXml.Element info = XdfXml.parse(xml);
                return new XdfEvent.FileHeader(info.text("version"), info.leaves(), xml);
            }
            case XdfChunks.STREAM_HEADER -> {
                int id = body.getInt();
                String xml = xml(body);
                XdfStreamHeader header = XdfXml.streamHeader(xml);
                XdfDecoder before = streams.get(id);
                require(
                        before == null
                                || (before.header().format() == header.format()
                                        && before.header().channelCount() == header.channelCount()),
                        "stream " + id + " is described twice, differently");
                streams.put(id, new XdfDecoder(header));
                return new XdfEvent.StreamHeader(id, header, xml);
            }
            case XdfChunks.SAMPLES -> {
                int id = body.getInt();
                return new XdfEvent.Samples(decoder(id).decode(id, body));
            }
            case XdfChunks.CLOCK_OFFSET -> {
                require(length == 20, "a clock offset of " + length + " bytes instead of 20");
                int id = body.getInt();
                decoder(id);
                return new XdfEvent.ClockOffset(id, body.getDouble(), body.getDouble());
            }
            case XdfChunks.STREAM_FOOTER -> {
                int id = body.getInt();
                String xml = xml(body);
                XdfXml.Element info = XdfXml.parse(xml);
                return new XdfEvent.StreamFooter(
                        id,
                        info.number("first_timestamp", Double.NaN),
                        info.number("last_timestamp", Double.NaN),
                        (long) info.number("sample_count", -1),
                        info.number("measured_srate", Double.NaN),
                        xml);
            }
            case XdfChunks.BOUNDARY -> {
                if (length == XdfChunks.COMMIT_CONTENT && begins(body, XdfChunks.COMMIT_ID)) {
                    return commit(body);
                }
                require(begins(body, XdfChunks.BOUNDARY_ID), "a boundary chunk without the mark of a boundary");
                return new XdfEvent.Boundary();
            }
            default -> {
                return new XdfEvent.Unknown(tag, length);
            }
        }
    }

    private static boolean begins(ByteBuffer body, byte[] id) {
        return body.remaining() >= id.length
                && Arrays.equals(body.array(), body.position(), body.position() + id.length, id, 0, id.length);
    }

    private XdfEvent commit(ByteBuffer body) throws IOException {
        body.position(XdfChunks.ID_BYTES);
        long group = body.getLong();
        long length = body.getLong();
        int sum = body.getInt();
        boolean valid = length >= 0 && length <= chunkStart;
        if (valid) {
            boolean atHand = groupContiguous && groupStart == chunkStart - length;
            CRC32C crc = atHand ? groupSum : in.checksum(chunkStart - length, chunkStart);
            valid = XdfChunks.seal(crc, group, length) == sum;
        }
        if (!valid) {
            note(groupStart, chunkStart - groupStart, "group " + group + " does not match its checksum");
        }
        return new XdfEvent.Commit(group, length, valid);
    }

    private XdfDecoder decoder(int id) {
        XdfDecoder decoder = streams.get(id);
        require(decoder != null, "a chunk of stream " + Integer.toUnsignedString(id) + ", which has no header");
        return decoder;
    }

    private static String xml(ByteBuffer body) {
        require(body.remaining() <= MAX_XML_BYTES, "a header of " + body.remaining() + " bytes");
        return new String(body.array(), body.position(), body.remaining(), StandardCharsets.UTF_8);
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /** Whether a chunk of a known kind, or the end of the file, is at that place. */
    private boolean plausible(long at) throws IOException {
        long left = in.size() - at;
        if (left == 0) {
            return true;
        }
        byte[] head = new byte[11];
        in.seek(at);
        int count = (int) Math.min(11, left);
        in.read(head, count);
        ByteBuffer header = ByteBuffer.wrap(head, 0, count).order(ByteOrder.LITTLE_ENDIAN);
        if (count < 1 + head[0] + 2) {
            return false;
        }
        long length = XdfDecoder.length(header);
        int tag = length < 2 ? 0 : header.getShort();
        return tag >= 1 && tag <= 6 && length <= left;
    }

    /** Goes on at the next boundary or commit chunk; without one the rest is a torn tail. */
    private XdfEvent resync(String what) throws IOException {
        long found = in.find(chunkStart + 1, XdfChunks.BOUNDARY_ID, XdfChunks.COMMIT_ID);
        restartGroup(false);
        if (found < 0) {
            tornBytes = in.size() - chunkStart;
            note(chunkStart, tornBytes, what);
            in.seek(in.size());
            return null;
        }
        byte[] before = new byte[4];
        in.seek(found - 4);
        in.read(before, 4);
        boolean whole = before[0] == 1
                && (before[1] == XdfChunks.ID_BYTES + 2 || before[1] == XdfChunks.COMMIT_CONTENT + 2)
                && before[2] == XdfChunks.BOUNDARY
                && before[3] == 0
                && found - 4 > chunkStart;
        long resume = whole ? found - 4 : found + XdfChunks.ID_BYTES;
        in.seek(resume);
        note(chunkStart, resume - chunkStart, what);
        return null;
    }

    private void restartGroup(boolean contiguous) {
        groupSum = new CRC32C();
        groupStart = in.position();
        groupContiguous = contiguous;
    }

    private void note(long offset, long bytes, String what) {
        if (damage.size() < MAX_DAMAGE_NOTES) {
            damage.add(new Damage(offset, bytes, what));
        }
    }

    /** Byte behind the last whole chunk that was read. */
    public long position() {
        return end;
    }

    /** Byte at which the chunk of the last event begins. */
    public long chunkStart() {
        return chunkStart;
    }

    /** Length of the file when it was opened, in bytes. */
    public long size() {
        return in.size();
    }

    /** Bytes at the end that are no whole chunk; known when {@link #next} has returned empty. */
    public long tornBytes() {
        return tornBytes;
    }

    /** Bytes behind the last commit chunk, or -1 when the file has none; known when {@link #next} has returned empty. */
    public long uncommittedBytes() {
        return lastCommitEnd < 0 ? -1 : in.size() - lastCommitEnd;
    }

    /** What could not be read so far, the torn tail included; at most 1000 entries. */
    public List<Damage> damage() {
        return List.copyOf(damage);
    }

    /**
     * Reads one chunk of samples again, out of order; the header of its stream must have been read before.
     *
     * @param chunkStart where {@link #chunkStart} said that it begins
     * @param streamId stream it belongs to
     * @param stampBefore stamp of the stream's last sample before that chunk; needed where the first sample has none of its own
     * @throws FormatException when there is no such chunk at that place
     */
    public XdfSamples readAgain(long chunkStart, int streamId, double stampBefore) {
        in.seek(chunkStart);
        decoder(streamId).lastStamp(stampBefore);
        if (next().orElse(null) instanceof XdfEvent.Samples event
                && event.samples().streamId() == streamId
                && this.chunkStart == chunkStart) {
            return event.samples();
        }
        throw new FormatException(
                path, chunkStart, "the file changed while it was read", "Open it again when nothing writes to it.");
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw new UncheckedIOException(path + " did not close: " + e, e);
        }
    }
}
