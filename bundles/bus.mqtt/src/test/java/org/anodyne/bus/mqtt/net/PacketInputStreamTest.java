package org.anodyne.bus.mqtt.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.Random;
import org.eclipse.paho.mqttv5.common.packet.util.CountingInputStream;
import org.junit.jupiter.api.Test;

class PacketInputStreamTest {
    /** Gives a few bytes at a time, and a timeout in between. */
    private static final class Trickle extends InputStream {
        private final byte[] bytes;
        private final Random random = new Random(3);
        private int at;
        private boolean timeout;

        Trickle(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException("single bytes are slow");
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            timeout = !timeout;
            if (timeout) {
                throw new SocketTimeoutException("nothing yet");
            }
            if (at == bytes.length) {
                return -1;
            }
            int n = Math.min(Math.min(length, bytes.length - at), 1 + random.nextInt(5));
            System.arraycopy(bytes, at, target, offset, n);
            at += n;
            return n;
        }
    }

    private static PacketInputStream stream(InputStream in) {
        return new PacketInputStream(in, e -> {
            throw e;
        });
    }

    private static byte[] packet(int first, int body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(first);
        int n = body;
        do {
            out.write(n % 128 | (n >= 128 ? 0x80 : 0));
            n /= 128;
        } while (n > 0);
        for (int i = 0; i < body; i++) {
            out.write(i);
        }
        return out.toByteArray();
    }

    @Test
    void aTimeoutNeverComesWithinAHeaderAndLosesNothing() throws IOException {
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        int[] bodies = {0, 2, 5, 127, 128, 300, 20_000};
        for (int body : bodies) {
            sent.writeBytes(packet(0x32, body));
        }
        PacketInputStream in = stream(new Trickle(sent.toByteArray()));
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        for (int body : bodies) {
            byte[] header = packet(0x32, body);
            int headerLength = header.length - body;
            int first = -1;
            while (first < 0) {
                try {
                    first = in.read();
                } catch (SocketTimeoutException e) {
                    // between packets: allowed
                }
            }
            got.write(first);
            for (int i = 1; i < headerLength; i++) {
                got.write(in.read()); // a timeout here would fail the test
            }
            for (int left = body; left > 0; ) {
                byte[] part = new byte[left];
                try {
                    int n = in.read(part, 0, left);
                    got.write(part, 0, n);
                    left -= n;
                } catch (SocketTimeoutException e) {
                    // within a body: the library copes with it
                }
            }
        }
        assertArrayEquals(sent.toByteArray(), got.toByteArray());
        assertThrows(EOFException.class, () -> {
            while (true) {
                try {
                    in.read();
                } catch (SocketTimeoutException e) {
                    // once more
                }
            }
        });
    }

    @Test
    void theBrokersTopicAliasesAreForbiddenWhereverTheyStand() throws IOException {
        byte[] properties = {
            0x21,
            0,
            20, // receive maximum
            0x12,
            0,
            2,
            0x22,
            0x22, // assigned client id, "\"\""
            0x22,
            0,
            10, // topic alias maximum
            0x26,
            0,
            1,
            0x22,
            0,
            1,
            0x22, // user property
            0x24,
            1, // maximum QoS
            0x27,
            0x22,
            0x22,
            0x22,
            0x22 // maximum packet size
        };
        byte[] connack = new byte[5 + properties.length];
        connack[0] = 0x20;
        connack[1] = (byte) (3 + properties.length);
        connack[4] = (byte) properties.length;
        System.arraycopy(properties, 0, connack, 5, properties.length);
        byte[] publish = packet(0x32, 0x22);
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        sent.writeBytes(connack);
        sent.writeBytes(publish);
        byte[] got = new byte[sent.size()];
        new DataInputStream(stream(new ByteArrayInputStream(sent.toByteArray()))).readFully(got);
        byte[] expected = sent.toByteArray();
        expected[5 + 3 + 5 + 2] = 0;
        assertArrayEquals(expected, got);
    }

    @Test
    void aLengthThatIsNoneIsRefused() {
        byte[] bytes = {0x32, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 1};
        assertThrows(
                IOException.class, () -> stream(new ByteArrayInputStream(bytes)).read());
    }

    @Test
    void theLibrarysCountingStreamIsOursAndReadsInPieces() throws IOException {
        CountingInputStream counting = new CountingInputStream(new Trickle(new byte[100]));
        assertEquals(0, counting.getCounter());
        byte[] target = new byte[100];
        int n = 0;
        while (n < 100) {
            try {
                n += counting.read(target, n, 100 - n);
            } catch (SocketTimeoutException e) {
                // once more
            }
        }
        assertEquals(100, counting.getCounter());
        counting.resetCounter();
        assertEquals(0, counting.getCounter());
    }
}
