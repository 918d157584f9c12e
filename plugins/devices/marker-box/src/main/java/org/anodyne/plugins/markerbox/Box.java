package org.anodyne.plugins.markerbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.anodyne.line.Receiver;
import org.anodyne.line.SerialSettings;

/** How a kind of box is spoken to. Thread: the owner of the line, for all methods. */
enum Box {
    /** A byte sets the lines, 00 takes them back. */
    GENERIC(9600, 0xFF) {
        @Override
        void open(Receiver line, long pulseMillis) throws IOException {
            line.write(REST);
        }

        @Override
        void close(Receiver line) throws IOException {
            line.write(REST);
        }
    },
    /** As the generic box; FF is its state of rest, so it is no code. */
    TRIGGERBOX(9600, 0xFE) {
        @Override
        void open(Receiver line, long pulseMillis) throws IOException {
            line.write(REST);
        }

        @Override
        void close(Receiver line) throws IOException {
            line.write(new byte[] {(byte) 0xFF});
        }
    },
    /** StimTracker and c-pod: {@code mh} raises lines, and the box takes them back after the pulse that {@code mp} has set. */
    XID(115_200, 0xFFFF) {
        @Override
        void open(Receiver line, long pulseMillis) throws IOException, InterruptedException {
            byte[] buffer = new byte[64];
            line.write("_c1".getBytes(StandardCharsets.US_ASCII));
            StringBuilder answer = new StringBuilder();
            long until = System.nanoTime() + ANSWER_NANOS;
            while (answer.length() < XID_ANSWER) {
                long left = until - System.nanoTime();
                int count = left > 0 ? line.read(buffer, left) : 0;
                if (count == 0) {
                    break;
                }
                answer.append(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
            }
            String said = answer.toString();
            if (!said.equals("_xid0") && !said.equals("_xid2")) {
                throw new IOException("no Cedrus XID box answers to _c1 (expected _xid0 or _xid2, got '"
                        + said.replaceAll("[^ -~]", "?") + "')");
            }
            line.write("c10".getBytes(StandardCharsets.US_ASCII));
            line.write(pulse(pulseMillis));
        }

        @Override
        byte[] raise(int code) {
            return new byte[] {'m', 'h', (byte) code, (byte) (code >> 8)};
        }

        @Override
        byte[] rest() {
            return NOTHING;
        }

        @Override
        void close(Receiver line) throws IOException {
            line.write(raise(0));
        }
    };

    private static final byte[] REST = {0};
    private static final byte[] NOTHING = {};
    private static final long ANSWER_NANOS = 1_000_000_000L;
    private static final int XID_ANSWER = 5;

    private final int baud;
    private final int greatest;

    Box(int baud, int greatest) {
        this.baud = baud;
        this.greatest = greatest;
    }

    SerialSettings settings() {
        return SerialSettings.baud(baud);
    }

    /** Greatest code that it can show; the least is 1. */
    int greatest() {
        return greatest;
    }

    /** Brings the box into its state of rest. */
    abstract void open(Receiver line, long pulseMillis) throws IOException, InterruptedException;

    /** Leaves the box in its state of rest. */
    abstract void close(Receiver line) throws IOException;

    /** The bytes that show a code. */
    byte[] raise(int code) {
        return new byte[] {(byte) code};
    }

    /** The bytes that take it back; none when the box does it by itself. */
    byte[] rest() {
        return REST;
    }

    /** The XID command that sets the length of a pulse. */
    static byte[] pulse(long millis) {
        return new byte[] {'m', 'p', (byte) millis, (byte) (millis >> 8), (byte) (millis >> 16), (byte) (millis >> 24)};
    }
}
