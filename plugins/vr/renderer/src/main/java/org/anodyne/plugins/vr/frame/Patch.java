package org.anodyne.plugins.vr.frame;

import java.util.OptionalInt;

/**
 * The code that the photodiode patch flickers after each onset: one bit a frame, a white start bit, then the onset's running
 * number in so many bits, highest first, then dark. The start bit's frame is the onset's: onsets of one frame have one code, and one that begins while
 * a code still flickers has none, so that none is cut off. Thread: the render thread.
 */
public final class Patch {
    /** Bits of the running number. */
    public static final int BITS = 8;

    private int code;
    private int left;
    private int counter;

    /** An onset begins with the frame that is drawn now; its code, if it has one. */
    public OptionalInt onset() {
        if (left == BITS + 1) {
            return OptionalInt.of(code);
        }
        if (left > 0) {
            return OptionalInt.empty();
        }
        counter = (counter + 1) % (1 << BITS);
        code = counter;
        left = BITS + 1;
        return OptionalInt.of(code);
    }

    /** How bright the patch is in the frame that is drawn now, 0 or 1; to be asked once a frame. */
    public float light() {
        if (left == 0) {
            return 0;
        }
        left--;
        return left == BITS ? 1 : code >> left & 1;
    }
}
