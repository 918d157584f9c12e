package org.anodyne.formats.xdf;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/** Buffered random reading of a file whose length is fixed when it is opened. */
final class XdfInput implements Closeable {
    private final FileChannel file;
    private final long size;
    private final ByteBuffer window = ByteBuffer.allocate(128 * 1024).limit(0);
    private long windowStart;

    XdfInput(Path path) throws IOException {
        file = FileChannel.open(path, StandardOpenOption.READ);
        size = file.size();
    }

    long size() {
        return size;
    }

    long position() {
        return windowStart + window.position();
    }

    long remaining() {
        return size - position();
    }

    void seek(long position) {
        if (position >= windowStart && position <= windowStart + window.limit()) {
            window.position((int) (position - windowStart));
        } else {
            windowStart = position;
            window.position(0).limit(0);
        }
    }

    /** Reads exactly that many bytes; the caller has checked {@link #remaining}. */
    void read(byte[] into, int count) throws IOException {
        int done = Math.min(count, window.remaining());
        window.get(into, 0, done);
        if (count - done >= window.capacity()) {
            long from = position();
            ByteBuffer rest = ByteBuffer.wrap(into, done, count - done);
            while (rest.hasRemaining()) {
                if (file.read(rest, from + rest.position() - done) < 0) {
                    throw new IOException("the file became shorter while it was read");
                }
            }
            seek(from + count - done);
            return;
        }
        while (done < count) {
            fill();
            int part = Math.min(count - done, window.remaining());
            window.get(into, done, part);
            done += part;
        }
    }

    private void fill() throws IOException {
        windowStart += window.position();
        window.clear();
        int got = file.read(window, windowStart);
        window.flip();
        if (got <= 0) {
            throw new IOException("the file became shorter while it was read");
        }
    }

    /** Position of the first of the patterns at or after {@code from}, or -1. All patterns have the same length. */
    long find(long from, byte[]... patterns) throws IOException {
        int length = patterns[0].length;
        byte[] block = new byte[64 * 1024];
        for (long at = from; at + length <= size; at += block.length - length + 1) {
            int count = (int) Math.min(block.length, size - at);
            seek(at);
            read(block, count);
            for (int i = 0; i + length <= count; i++) {
                for (byte[] pattern : patterns) {
                    if (block[i] == pattern[0] && java.util.Arrays.equals(block, i, i + length, pattern, 0, length)) {
                        return at + i;
                    }
                }
            }
        }
        return -1;
    }

    CRC32C checksum(long from, long to) throws IOException {
        long back = position();
        CRC32C crc = new CRC32C();
        byte[] block = new byte[64 * 1024];
        seek(from);
        for (long left = to - from; left > 0; ) {
            int count = (int) Math.min(block.length, left);
            read(block, count);
            crc.update(block, 0, count);
            left -= count;
        }
        seek(back);
        return crc;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
