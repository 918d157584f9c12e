package org.anodyne.formats.xdf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** Chunks into one growing little-endian buffer: the group that is not yet on disk. */
final class XdfEncoder {
    private ByteBuffer out = ByteBuffer.allocate(64 * 1024).order(ByteOrder.LITTLE_ENDIAN);

    int size() {
        return out.position();
    }

    /** Forgets what was gathered beyond that size. */
    void cutTo(int size) {
        out.position(size);
    }

    void magic() {
        room(4).put(XdfChunks.MAGIC);
    }

    void xml(int tag, int streamId, String xml) {
        byte[] text = xml.getBytes(StandardCharsets.UTF_8);
        boolean ofStream = tag != XdfChunks.FILE_HEADER;
        chunk(tag, text.length + (ofStream ? 4 : 0));
        if (ofStream) {
            out.putInt(streamId);
        }
        out.put(text);
    }

    void clockOffset(int streamId, double time, double offset) {
        chunk(XdfChunks.CLOCK_OFFSET, 20);
        out.putInt(streamId).putDouble(time).putDouble(offset);
    }

    void boundary() {
        chunk(XdfChunks.BOUNDARY, XdfChunks.ID_BYTES);
        out.put(XdfChunks.BOUNDARY_ID);
    }

    void commit(long group) {
        long length = out.position();
        CRC32C crc = new CRC32C();
        crc.update(out.array(), 0, out.position());
        int sum = XdfChunks.seal(crc, group, length);
        chunk(XdfChunks.BOUNDARY, XdfChunks.COMMIT_CONTENT);
        out.put(XdfChunks.COMMIT_ID).putLong(group).putLong(length).putInt(sum);
    }

    void samples(XdfSamples block) {
        int samples = block.count();
        int channels = block.channels();
        int stamped = block.firstStampOnly() ? 1 : samples;
        byte[][] texts = block.values() instanceof XdfValues.Text text ? utf8(text.data()) : null;
        long data = texts == null
                ? (long) block.values().length() * block.values().format().bytes()
                : bytes(texts);
        long content = 4L + XdfChunks.lengthBytes(samples) + samples + 8L * stamped + data;
        chunk(XdfChunks.SAMPLES, content);
        out.putInt(block.streamId());
        XdfChunks.putLength(out, samples);
        for (int sample = 0; sample < samples; sample++) {
            if (sample < stamped) {
                out.put((byte) 8).putDouble(block.stamps()[sample]);
            } else {
                out.put((byte) 0);
            }
            put(block.values(), texts, sample * channels, channels);
        }
    }

    private void put(XdfValues values, byte[][] texts, int from, int count) {
        int end = from + count;
        if (values instanceof XdfValues.Float32 v) {
            for (int i = from; i < end; i++) {
                out.putFloat(v.data()[i]);
            }
        } else if (values instanceof XdfValues.Double64 v) {
            for (int i = from; i < end; i++) {
                out.putDouble(v.data()[i]);
            }
        } else if (values instanceof XdfValues.Int8 v) {
            out.put(v.data(), from, count);
        } else if (values instanceof XdfValues.Int16 v) {
            for (int i = from; i < end; i++) {
                out.putShort(v.data()[i]);
            }
        } else if (values instanceof XdfValues.Int32 v) {
            for (int i = from; i < end; i++) {
                out.putInt(v.data()[i]);
            }
        } else if (values instanceof XdfValues.Int64 v) {
            for (int i = from; i < end; i++) {
                out.putLong(v.data()[i]);
            }
        } else {
            for (int i = from; i < end; i++) {
                XdfChunks.putLength(out, texts[i].length);
                out.put(texts[i]);
            }
        }
    }

    private static byte[][] utf8(String[] texts) {
        byte[][] bytes = new byte[texts.length][];
        for (int i = 0; i < texts.length; i++) {
            bytes[i] = texts[i].getBytes(StandardCharsets.UTF_8);
        }
        return bytes;
    }

    private static long bytes(byte[][] texts) {
        long sum = 0;
        for (byte[] text : texts) {
            sum += XdfChunks.lengthBytes(text.length) + text.length;
        }
        return sum;
    }

    private void chunk(int tag, long content) {
        long length = content + 2;
        room(XdfChunks.lengthBytes(length) + length);
        XdfChunks.putLength(out, length);
        out.putShort((short) tag);
    }

    private ByteBuffer room(long bytes) {
        long needed = out.position() + bytes;
        if (needed > Integer.MAX_VALUE - 64) {
            throw new IllegalStateException("one group would exceed 2 GiB: commit more often");
        }
        if (needed > out.capacity()) {
            int capacity = (int) Math.min(Integer.MAX_VALUE - 64, Math.max(needed, 2L * out.capacity()));
            out = ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN).put(out.flip());
        }
        return out;
    }

    /** What has been gathered, ready to be written. */
    ByteBuffer ready() {
        return out.duplicate().flip();
    }

    void clear() {
        out.clear();
    }
}
