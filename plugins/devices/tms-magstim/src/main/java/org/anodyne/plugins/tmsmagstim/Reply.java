package org.anodyne.plugins.tmsmagstim;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * One sound reply.
 *
 * @param command the command it answers
 * @param data what is between command and check byte
 */
record Reply(int command, byte[] data) {
    /** Replies whose status is the present one; after a command that changes something it is that of before. */
    boolean tellsStatus() {
        return "QFJX\\Ixo".indexOf(command) >= 0;
    }

    Status status() {
        return new Status(data[0] & 0xFF);
    }

    /** The Rapid's own status, in the replies that hold it. */
    Optional<RapidStatus> rapidStatus() {
        return command == '\\' || command == 'x' ? Optional.of(new RapidStatus(data[1] & 0xFF)) : Optional.empty();
    }

    /** A decimal number; the parser has seen that these are digits. */
    int number(int from, int digits) {
        int value = 0;
        for (int i = from; i < from + digits; i++) {
            value = value * 10 + data[i] - '0';
        }
        return value;
    }

    /** The data from there on as text, without the zero at its end. */
    String text(int from) {
        return new String(data, from, data.length - from, StandardCharsets.ISO_8859_1)
                .replace("\0", "")
                .strip();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Reply that && command == that.command && Arrays.equals(data, that.data);
    }

    @Override
    public int hashCode() {
        return 31 * command + Arrays.hashCode(data);
    }

    @Override
    public String toString() {
        return "reply to '" + (char) command + "' [" + HexFormat.of().formatHex(data) + "]";
    }
}
