package org.anodyne.bus.mqtt.net;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;

/**
 * Reads a broker's bytes in large pieces and hands them to the client library one packet at a time.
 *
 * <p>The library forgets the first byte of a packet when the read of its length times out, and is out of step with the
 * broker from then on; so a packet is begun only when its whole fixed header is here. It also uses topic aliases whenever
 * the broker permits them, wrongly; so {@code CONNACK} says that the broker permits none. Thread: the one that reads.
 */
final class PacketInputStream extends InputStream {
    private static final int CONNACK = 2;

    /** What to do when the connection ends or fails. */
    @FunctionalInterface
    interface Failure {
        /** Throws {@code e}, or a {@link SocketTimeoutException} when it is too early to fail. */
        void raise(IOException e) throws IOException;
    }

    private final InputStream in;
    private final Failure failure;
    private byte[] buffer = new byte[64 * 1024];
    private int start;
    private int end;
    /** Bytes of the current packet that have not been handed out. */
    private int left;

    private boolean connackSeen;

    PacketInputStream(InputStream in, Failure failure) {
        this.in = in;
        this.failure = failure;
    }

    @Override
    public int read() throws IOException {
        if (left > 0 && start < end) {
            left--;
            return buffer[start++] & 0xff;
        }
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (left == 0) {
            beginPacket();
        }
        if (start == end) {
            fill();
        }
        int n = Math.min(length, Math.min(left, end - start));
        System.arraycopy(buffer, start, target, offset, n);
        start += n;
        left -= n;
        return n;
    }

    @Override
    public int available() {
        return Math.min(left, end - start);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private void beginPacket() throws IOException {
        int header;
        while ((header = headerLength()) < 0) {
            fill();
        }
        int body = 0;
        for (int i = header - 1; i >= 1; i--) {
            body = body << 7 | buffer[start + i] & 0x7f;
        }
        if (!connackSeen && (buffer[start] >> 4 & 0xf) == CONNACK) {
            while (end - start < header + body) {
                fill();
            }
            forbidAliases(start + header, start + header + body);
            connackSeen = true;
        }
        left = header + body;
    }

    /** Length of the fixed header at {@code start}, or −1 when it is not all here. */
    private int headerLength() throws IOException {
        for (int i = 1; i <= 4 && start + i < end; i++) {
            if (buffer[start + i] >= 0) {
                return i + 1;
            }
            if (i == 4) {
                throw new IOException("the broker sent a packet whose length is malformed");
            }
        }
        return -1;
    }

    /** Reads at least one byte; a timeout leaves everything as it was. */
    private void fill() throws IOException {
        if (start == end) {
            start = 0;
            end = 0;
        } else if (end == buffer.length) {
            byte[] to = end - start > buffer.length / 2 ? new byte[2 * buffer.length] : buffer;
            System.arraycopy(buffer, start, to, 0, end - start);
            buffer = to;
            end -= start;
            start = 0;
        }
        try {
            int n = in.read(buffer, end, buffer.length - end);
            if (n < 0) {
                throw new EOFException("the broker closed the connection");
            }
            end += n;
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            failure.raise(e);
            throw e;
        }
    }

    /** Sets Topic Alias Maximum (0x22) in the properties of a CONNACK to 0, which means that aliases are not accepted. */
    private void forbidAliases(int from, int to) {
        int p = from + 2; // flags and reason code
        while (p < to && buffer[p++] < 0) {
            // length of the properties: skipped, they reach to the end of the packet
        }
        while (p < to) {
            switch (buffer[p++]) {
                case 0x22 -> {
                    buffer[p++] = 0;
                    buffer[p++] = 0;
                }
                case 0x24, 0x25, 0x28, 0x29, 0x2A -> p++;
                case 0x13, 0x21 -> p += 2;
                case 0x11, 0x27 -> p += 4;
                case 0x12, 0x15, 0x16, 0x1A, 0x1C, 0x1F -> p = afterString(p, to);
                case 0x26 -> p = afterString(afterString(p, to), to);
                default -> {
                    return; // a property that no CONNACK may have: the library will refuse the packet
                }
            }
        }
    }

    private int afterString(int p, int to) {
        return p + 1 < to ? p + 2 + ((buffer[p] & 0xff) << 8 | buffer[p + 1] & 0xff) : to;
    }
}
