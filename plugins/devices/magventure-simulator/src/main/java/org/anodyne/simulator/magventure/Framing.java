package org.anodyne.simulator.magventure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.anodyne.simulator.kit.Frame;

/** Cuts what the host sends into payloads; what is damaged is passed over in silence. Not thread-safe. */
final class Framing {
    private static final int START = 0xFE;
    private static final int END = 0xFF;
    private static final int OVERHEAD = 4;
    private static final int LONGEST = 64;

    private static final int[] TABLE = new int[256];

    static {
        for (int i = 0; i < TABLE.length; i++) {
            int value = i;
            for (int bit = 0; bit < 8; bit++) {
                value = (value & 1) == 0 ? value >>> 1 : value >>> 1 ^ 0x8C;
            }
            TABLE[i] = value;
        }
    }

    private byte[] waiting = new byte[0];

    /** Forgets a frame that was begun. */
    void reset() {
        waiting = new byte[0];
    }

    /** Takes bytes in and gives the payloads that they complete. */
    List<byte[]> take(byte[] bytes) {
        byte[] all = Arrays.copyOf(waiting, waiting.length + bytes.length);
        System.arraycopy(bytes, 0, all, waiting.length, bytes.length);
        List<byte[]> payloads = new ArrayList<>();
        int at = 0;
        while (at < all.length) {
            if ((all[at] & 0xFF) != START) {
                at++;
                continue;
            }
            int length = at + 1 < all.length ? all[at + 1] & 0xFF : -1;
            if (length == 0 || length > LONGEST) {
                at++;
                continue;
            }
            if (length < 0 || at + length + OVERHEAD > all.length) {
                break;
            }
            byte[] payload = Arrays.copyOfRange(all, at + 2, at + 2 + length);
            boolean good = (all[at + 2 + length] & 0xFF) == crc(payload) && (all[at + 3 + length] & 0xFF) == END;
            if (good) {
                payloads.add(payload);
                at += length + OVERHEAD;
            } else {
                at++;
            }
        }
        waiting = Arrays.copyOfRange(all, at, all.length);
        return payloads;
    }

    static int crc(byte[] payload) {
        int crc = 0;
        for (byte each : payload) {
            crc = TABLE[(crc ^ each) & 0xFF];
        }
        return crc;
    }

    /** A frame around this payload. */
    static Frame frame(int... payload) {
        byte[] inner = new byte[payload.length];
        byte[] frame = new byte[payload.length + OVERHEAD];
        for (int i = 0; i < payload.length; i++) {
            inner[i] = (byte) payload[i];
            frame[i + 2] = (byte) payload[i];
        }
        frame[0] = (byte) START;
        frame[1] = (byte) payload.length;
        frame[frame.length - 2] = (byte) crc(inner);
        frame[frame.length - 1] = (byte) END;
        return Frame.checked(frame, frame.length - 2, json -> json.put("type", payload[0]));
    }
}
