package org.anodyne.plugins.vr.frame;

/**
 * The code that the photodiode patch flickers after each onset: one bit a frame, a white start bit, then the onset's running
 * number in so many bits, highest first, then dark. The start bit's frame is the onset's. Thread: the render thread.
 */
public final class Patch {
    /** Bits of the running number. */
    public static final int BITS = 8;

    private int code;
    private int left;
    private int counter;

    /** An onset begins with the frame that is drawn now; its code. */
    public int onset() {
        counter = (counter + 1) % (1 << BITS);
        code = counter;
        left = BITS + 1;
        return code;
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
