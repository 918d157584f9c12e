package org.anodyne.simulator.rehastim;

import java.util.HexFormat;

/** Bytes as people write them in protocol descriptions: {@code F0 81 47}. */
final class Hex {

    private static final HexFormat FORMAT = HexFormat.ofDelimiter(" ").withUpperCase();

    private Hex() {}

    static String of(byte[] bytes) {
        return FORMAT.formatHex(bytes);
    }
}
