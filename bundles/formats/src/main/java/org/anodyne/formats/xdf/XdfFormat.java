package org.anodyne.formats.xdf;

/** The value types of XDF 1.0, with the name used in the stream header. Values are stored little-endian. */
public enum XdfFormat {
    FLOAT32("float32", 4),
    DOUBLE64("double64", 8),
    INT8("int8", 1),
    INT16("int16", 2),
    INT32("int32", 4),
    INT64("int64", 8),
    /** UTF-8 text of any length, one per channel. */
    STRING("string", 0);

    private final String xdfName;
    private final int bytes;

    XdfFormat(String xdfName, int bytes) {
        this.xdfName = xdfName;
        this.bytes = bytes;
    }

    /** Name in the stream header, such as {@code float32}. */
    public String xdfName() {
        return xdfName;
    }

    /** Bytes of one value; 0 for {@link #STRING}. */
    public int bytes() {
        return bytes;
    }

    /** The format of that name, or null when XDF 1.0 has none. */
    public static XdfFormat named(String name) {
        for (XdfFormat format : values()) {
            if (format.xdfName.equals(name)) {
                return format;
            }
        }
        return null;
    }
}
