package org.anodyne.plugins.fieldtripbuffer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes what is asked of a buffer; little-endian, which the buffer then answers in. */
final class Requests {
    static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    static final int VERSION = 1;
    static final int GET_HEADER = 0x201;
    static final int GET_DATA = 0x202;
    static final int GET_EVENTS = 0x203;
    static final int GET_OK = 0x204;
    static final int GET_ERROR = 0x205;
    static final int WAIT = 0x402;
    static final int WAIT_OK = 0x404;
    static final int WAIT_ERROR = 0x405;

    private Requests() {}

    static byte[] header() {
        return request(GET_HEADER);
    }

    /** Samples from the first to the last, both included. */
    static byte[] data(long first, long last) {
        return request(GET_DATA, first, last);
    }

    /** Events from the first to the last, both included. */
    static byte[] events(long first, long last) {
        return request(GET_EVENTS, first, last);
    }

    /** Answered when there are more samples or events than these, or when the time is over. */
    static byte[] await(long samples, long events, long millis) {
        return request(WAIT, samples, events, millis);
    }

    private static byte[] request(int command, long... words) {
        ByteBuffer out = ByteBuffer.allocate(8 + 4 * words.length).order(ORDER);
        out.putShort((short) VERSION).putShort((short) command).putInt(4 * words.length);
        for (long word : words) {
            out.putInt((int) word);
        }
        return out.array();
    }
}
