package org.anodyne.plugin.scene;

import java.util.Arrays;

/**
 * What the participant sees at a moment, made smaller, for the operator.
 *
 * @param timeNanos when the frame was to be seen, nanoseconds of session time
 * @param frame its number in the display's log
 * @param width pixels across, at most {@link #MOST_PIXELS}
 * @param height pixels down, at most {@link #MOST_PIXELS}
 * @param jpeg the picture as a JPEG file, at most {@link #MOST_BYTES}; not copied
 */
public record MirrorPicture(long timeNanos, long frame, int width, int height, byte[] jpeg) {
    /** Greatest width and height. */
    public static final int MOST_PIXELS = 640;

    /** Greatest size of the file, so that pictures hold up nothing else on the bus (engineering default). */
    public static final int MOST_BYTES = 256 * 1024;

    /** @throws IllegalArgumentException when it is larger than it may be, or empty */
    public MirrorPicture {
        if (width < 1 || height < 1 || width > MOST_PIXELS || height > MOST_PIXELS) {
            throw new IllegalArgumentException("a mirror picture of " + width + " × " + height
                    + " pixels; it may have up to " + MOST_PIXELS + " × " + MOST_PIXELS);
        }
        if (jpeg.length == 0 || jpeg.length > MOST_BYTES) {
            throw new IllegalArgumentException(
                    "a mirror picture of " + jpeg.length + " bytes; it may have 1 to " + MOST_BYTES);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MirrorPicture m
                && timeNanos == m.timeNanos
                && frame == m.frame
                && width == m.width
                && height == m.height
                && Arrays.equals(jpeg, m.jpeg);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(31 * timeNanos + frame);
    }
}
