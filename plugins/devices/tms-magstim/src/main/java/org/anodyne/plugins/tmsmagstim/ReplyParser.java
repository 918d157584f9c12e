package org.anodyne.plugins.tmsmagstim;

import java.util.Arrays;
import java.util.Optional;

/** Finds replies in a stream of bytes by the lengths that they must have. Thread: one at a time. */
final class ReplyParser {
    /** What came in. */
    sealed interface Received {
        /** A whole and correct reply. */
        record Whole(Reply reply) implements Received {}

        /** The stimulator does not know the command; it does not say which. */
        record Unknown() implements Received {}

        /**
         * The stimulator refuses.
         *
         * @param command which command
         * @param state true for "conflicts with the present state", false for "bad data or check byte"
         */
        record Refused(int command, boolean state) implements Received {}

        /**
         * Bytes that are no reply.
         *
         * @param reason what was wrong with them
         */
        record Damaged(String reason) implements Received {}
    }

    private static final int LONGEST = 32;

    private final byte[] buffer = new byte[LONGEST];
    private Lengths lengths;
    private int count;

    /** Bytes are being passed over; said once, not for each byte. */
    private boolean astray;

    ReplyParser(Lengths lengths) {
        this.lengths = lengths;
    }

    /** The software is known now. */
    void lengths(Lengths known) {
        lengths = known;
    }

    /** Takes one byte; gives what it completed, if anything. */
    Optional<Received> next(byte value) {
        buffer[count++] = value;
        if (count == 1) {
            return first(value & 0xFF);
        }
        int length = buffer[1] == '?' || buffer[1] == 'S' ? Lengths.REFUSAL : lengths.of(buffer[0] & 0xFF);
        if (length == Lengths.BY_ITS_END) {
            boolean whole = count > 2 && buffer[count - 2] == 0;
            return whole ? complete() : count == LONGEST ? damaged("a version without an end") : Optional.empty();
        }
        return count == length ? complete() : Optional.empty();
    }

    private Optional<Received> first(int value) {
        if (value == '?') {
            reset();
            return Optional.of(new Received.Unknown());
        }
        if (lengths.of(value) == Lengths.NONE) {
            return damaged("a byte that begins no reply");
        }
        return Optional.empty();
    }

    /** Forgets a reply that was begun. */
    void reset() {
        count = 0;
        astray = false;
    }

    private Optional<Received> damaged(String reason) {
        count = 0;
        boolean said = astray;
        astray = true;
        return said ? Optional.empty() : Optional.of(new Received.Damaged(reason));
    }

    private Optional<Received> complete() {
        int length = count;
        if ((buffer[length - 1] & 0xFF) != Frame.check(buffer, length - 1)) {
            return damaged("a reply with a wrong check byte");
        }
        int command = buffer[0] & 0xFF;
        if (length == Lengths.REFUSAL && (buffer[1] == '?' || buffer[1] == 'S')) {
            boolean state = buffer[1] == 'S';
            reset();
            return Optional.of(new Received.Refused(command, state));
        }
        for (int i = length - 1 - digits(command, length); i < length - 1; i++) {
            if (buffer[i] < '0' || buffer[i] > '9') {
                return damaged("a reply that should hold a number and does not");
            }
        }
        Reply reply = new Reply(command, Arrays.copyOfRange(buffer, 1, length - 1));
        reset();
        return Optional.of(new Received.Whole(reply));
    }

    /** How many digits there must be at the end of a reply. */
    private static int digits(int command, int length) {
        return switch (command) {
            case 'F' -> 6;
            case 'J' -> 9;
            case 'I' -> 2;
            case 'o' -> length - 3;
            case '\\' -> length - 4;
            default -> 0;
        };
    }
}
