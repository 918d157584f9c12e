package org.anodyne.lsl;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How the values of a stream are written; the same for all of its channels. */
public enum ChannelFormat {
    FLOAT32(4),
    DOUBLE64(8),
    STRING(0),
    INT32(4),
    INT16(2),
    INT8(1),
    INT64(8);

    private final int bytes;

    ChannelFormat(int bytes) {
        this.bytes = bytes;
    }

    /** Bytes of one value; 0 for texts, whose length varies. */
    public int bytes() {
        return bytes;
    }

    /** The name in a stream's description, such as {@code float32}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The format of this name, if there is one. */
    public static Optional<ChannelFormat> named(String label) {
        return Arrays.stream(values()).filter(f -> f.label().equals(label)).findFirst();
    }
}
