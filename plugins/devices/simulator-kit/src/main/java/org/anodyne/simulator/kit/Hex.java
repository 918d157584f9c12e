package org.anodyne.simulator.kit;

import java.util.HexFormat;

/** Bytes as people write them in protocol descriptions: {@code F0 81 47}. */
public final class Hex {

    private static final HexFormat FORMAT = HexFormat.ofDelimiter(" ").withUpperCase();

    private Hex() {}

    /** Upper case, with a space between bytes. */
    public static String of(byte[] bytes) {
        return FORMAT.formatHex(bytes);
    }
}
