package org.anodyne.simulator.rehastim;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Bytes to packets, in whatever pieces they come. Not thread-safe: one reader per line, one thread per reader.
 *
 * <p>The header is read by position, since its check and length bytes may look like a start or a stop. After damage the
 * search goes on right behind the start byte that led astray, so a whole frame behind a torn one is never lost. At most
 * one frame is held in memory.
 */
final class PacketReader {

    private byte[] pending = new byte[0];

    /** Takes in bytes and gives what became of them, in order; an unfinished frame waits for more. */
    List<Reading> read(byte[] bytes) {
        byte[] all = Arrays.copyOf(pending, pending.length + bytes.length);
        System.arraycopy(bytes, 0, all, pending.length, bytes.length);
        List<Reading> readings = new ArrayList<>();
        int at = 0;
        while (at < all.length) {
            int start = indexOf(all, Framing.START, at);
            if (start > at) {
                readings.add(new Reading.Damaged("bytes outside a frame", Arrays.copyOfRange(all, at, start)));
            }
            at = start;
            if (at == all.length) {
                break;
            }
            int next = frame(all, at, readings);
            if (next < 0) {
                break;
            }
            at = next;
        }
        pending = Arrays.copyOfRange(all, at, all.length);
        return readings;
    }

    /** Forgets an unfinished frame, as a unit does that is switched off and on. */
    void reset() {
        pending = new byte[0];
    }

    /** Reads one frame from its start byte on; gives where to go on, or −1 when more bytes are needed. */
    private static int frame(byte[] all, int start, List<Reading> readings) {
        for (int position : new int[] {1, 3}) {
            if (start + position >= all.length) {
                return -1;
            }
            if ((all[start + position] & 0xFF) != Framing.ESCAPE) {
                return damaged("header without 81 in place " + position, all, start, position + 1, readings);
            }
        }
        if (start + Framing.HEADER > all.length) {
            return -1;
        }
        int crc = (all[start + 2] & 0xFF) ^ Framing.MASK;
        int length = (all[start + 4] & 0xFF) ^ Framing.MASK;
        int body = start + Framing.HEADER;
        int end = body;
        while (end < all.length && end - body <= length && !isBoundary(all[end])) {
            end++;
        }
        int seen = end + 1 - start;
        if (end - body > length) {
            return damaged("body longer than its length " + length, all, start, seen, readings);
        }
        if (end == all.length) {
            return -1;
        }
        if ((all[end] & 0xFF) == Framing.START) {
            return damaged("a new start inside the body", all, start, seen - 1, readings);
        }
        if (end - body != length) {
            return damaged("body of " + (end - body) + " bytes, length says " + length, all, start, seen, readings);
        }
        if (Crc8.of(all, body, length) != crc) {
            return damaged("check byte wrong", all, start, seen, readings);
        }
        byte[] content = unstuff(all, body, end);
        if (content.length < 2) {
            return damaged("body without packet number and command", all, start, seen, readings);
        }
        readings.add(new Reading.Received(
                new Packet(content[0] & 0xFF, content[1] & 0xFF, Arrays.copyOfRange(content, 2, content.length))));
        return end + 1;
    }

    private static int damaged(String reason, byte[] all, int start, int seen, List<Reading> readings) {
        int end = Math.min(start + seen, all.length);
        // What may still hold a frame is looked at again; only the bytes before it are damage.
        int again = indexOf(all, Framing.START, start + 1);
        readings.add(new Reading.Damaged(reason, Arrays.copyOfRange(all, start, Math.min(end, again))));
        return Math.min(end, again);
    }

    private static boolean isBoundary(byte value) {
        int unsigned = value & 0xFF;
        return unsigned == Framing.START || unsigned == Framing.STOP;
    }

    /** Undoes every {@code 81 xx}, also where the sender need not have stuffed; empty when a lone 81 ends the body. */
    private static byte[] unstuff(byte[] all, int from, int to) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (int i = from; i < to; i++) {
            int value = all[i] & 0xFF;
            if (value != Framing.ESCAPE) {
                content.write(value);
            } else if (++i < to) {
                content.write((all[i] & 0xFF) ^ Framing.MASK);
            } else {
                return new byte[0];
            }
        }
        return content.toByteArray();
    }

    private static int indexOf(byte[] bytes, int value, int from) {
        for (int i = from; i < bytes.length; i++) {
            if ((bytes[i] & 0xFF) == value) {
                return i;
            }
        }
        return bytes.length;
    }
}
