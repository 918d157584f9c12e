package org.anodyne.plugins.openbcicyton;

import java.util.List;
import java.util.Map;

/**
 * How one input of the board is set.
 *
 * @param number 1–8, with Daisy 1–16
 * @param label name in the stream
 * @param on whether it is powered; one that is off is not delivered
 * @param gain 1, 2, 4, 6, 8, 12 or 24
 * @param input 0 normal, 1 shorted … 5 test signal … 7, as the ADS1299 numbers them
 * @param bias whether it takes part in the bias drive
 * @param srb2 whether its N input is connected to the reference SRB2
 * @param srb1 whether it is connected to SRB1
 */
record Channel(int number, String label, boolean on, int gain, int input, boolean bias, boolean srb2, boolean srb1) {
    private static final List<Integer> GAINS = List.of(1, 2, 4, 6, 8, 12, 24);
    private static final String NAMES = "12345678QWERTYUI";

    // What the board does not know is refused here, with a message for a person.
    Channel {
        if (!GAINS.contains(gain)) {
            throw new IllegalArgumentException("channel " + number + " cannot have a gain of " + gain
                    + "; the board has 1, 2, 4, 6, 8, 12 and 24");
        }
        if (input < 0 || input > 7) {
            throw new IllegalArgumentException(
                    "channel " + number + " has no input type " + input + "; there are 0 to 7");
        }
    }

    /** The board's own setting after a reset, with some values replaced. */
    static Channel of(int number, String label, int gain, Map<?, ?> changed) {
        return new Channel(
                number,
                label,
                flag(changed, "on", true),
                whole(changed, "gain", gain),
                whole(changed, "input", 0),
                flag(changed, "bias", true),
                flag(changed, "srb2", true),
                flag(changed, "srb1", false));
    }

    private static boolean flag(Map<?, ?> values, String name, boolean otherwise) {
        return values.get(name) instanceof Boolean b ? b : otherwise;
    }

    private static int whole(Map<?, ?> values, String name, int otherwise) {
        return values.get(name) instanceof Number n ? n.intValue() : otherwise;
    }

    /** The settings command: {@code x CH PWR GAIN INPUT BIAS SRB2 SRB1 X} without spaces. */
    String command() {
        return "x" + NAMES.charAt(number - 1) + (on ? 0 : 1) + GAINS.indexOf(gain) + input + bit(bias) + bit(srb2)
                + bit(srb1) + "X";
    }

    private static int bit(boolean set) {
        return set ? 1 : 0;
    }

    /** Microvolts of one count. */
    double microvoltsPerCount() {
        return Packet.microvoltsPerCount(gain);
    }
}
