package org.anodyne.simulator.magstim;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.anodyne.simulator.kit.Frame;

/** Cuts what the host sends into commands, and words replies. Not thread-safe. */
final class Wording {

    /** One command of the host, or what there was in its place. */
    sealed interface Heard {

        /** A command with a good check byte. */
        record Command(char name, String data) implements Heard {}

        /** A command with a wrong check byte. */
        record Damaged(char name) implements Heard {}

        /** A byte that begins no command. */
        record Unknown(int value) implements Heard {}
    }

    private static final int UNKNOWN = -1;

    private final Product product;
    private final int unlockLength;
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();

    Wording(Product product, String unlockCode) {
        this.product = product;
        this.unlockLength = unlockCode.length();
    }

    /** Forgets a command that was begun. */
    void reset() {
        begun.reset();
    }

    boolean isBegun() {
        return begun.size() > 0;
    }

    /** Takes bytes in; what follows an unknown byte in the same write is dropped. */
    List<Heard> take(byte[] bytes) {
        List<Heard> heard = new ArrayList<>();
        for (byte each : bytes) {
            begun.write(each);
            byte[] frame = begun.toByteArray();
            int length = length(frame[0] & 0xFF);
            if (length == UNKNOWN) {
                begun.reset();
                heard.add(new Heard.Unknown(frame[0] & 0xFF));
                return heard;
            }
            if (frame.length == length) {
                begun.reset();
                char name = (char) (frame[0] & 0xFF);
                boolean good = sum(frame, length - 1) == (frame[length - 1] & 0xFF);
                heard.add(
                        good
                                ? new Heard.Command(name, new String(frame, 1, length - 2, StandardCharsets.ISO_8859_1))
                                : new Heard.Damaged(name));
            }
        }
        return heard;
    }

    /** Length of a command with its check byte. */
    private int length(int name) {
        boolean rapid = product.rapid();
        return switch (name) {
            case 'Q' -> 2 + Math.max(1, unlockLength);
            case 'R', 'F', 'E', 'I' -> 3;
            case '@' -> 5;
            case 'J' -> rapid ? UNKNOWN : 3;
            case 'A', 'C' -> product.bistim() ? 5 : UNKNOWN;
            case 'X', 'Y', 'Z' -> product.bistim() ? 3 : UNKNOWN;
            case '\\', '^', '_', 'N', 'b' -> rapid ? 3 : UNKNOWN;
            case 'B' -> rapid ? 6 : UNKNOWN;
            case 'D' -> rapid ? 2 + product.pulseDigits() : UNKNOWN;
            case '[' -> rapid ? 2 + product.durationDigits() : UNKNOWN;
            case 'x', 'o' -> product.late() ? 3 : UNKNOWN;
            case 'n' -> product.late() ? 2 + product.delayDigits() : UNKNOWN;
            default -> UNKNOWN;
        };
    }

    private static int sum(byte[] bytes, int count) {
        int sum = 0;
        for (int i = 0; i < count; i++) {
            sum += bytes[i];
        }
        return ~sum & 0xFF;
    }

    /** A reply: its bytes and the check byte behind them. */
    static Frame reply(char name, byte... data) {
        byte[] frame = new byte[data.length + 2];
        frame[0] = (byte) name;
        System.arraycopy(data, 0, frame, 1, data.length);
        frame[frame.length - 1] = (byte) sum(frame, frame.length - 1);
        return Frame.checked(frame, frame.length - 1, json -> json.put("reply", String.valueOf(name)));
    }

    /** The reply to what is not known at all, without a check byte. */
    static Frame unknown() {
        return Frame.plain(new byte[] {'?'}, json -> json.put("reply", "unknown"));
    }

    /** Status bytes and text behind each other. */
    static byte[] data(String text, int... status) {
        byte[] ascii = text.getBytes(StandardCharsets.ISO_8859_1);
        byte[] data = Arrays.copyOf(new byte[status.length], status.length + ascii.length);
        for (int i = 0; i < status.length; i++) {
            data[i] = (byte) status[i];
        }
        System.arraycopy(ascii, 0, data, status.length, ascii.length);
        return data;
    }
}
