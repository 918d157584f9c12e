package org.anodyne.simulator.cyton;

import java.util.Arrays;

/** What the board was told: channel settings, board mode, time stamps. */
final class Registers {

    private static final String CHANNEL_NAMES = "12345678QWERTYUI";
    private static final String OFF_NAMES = "12345678qwertyui";
    private static final String ON_NAMES = "!@#$%^&*QWERTYUI";
    private static final int[] GAINS = {1, 2, 4, 6, 8, 12, 24};
    private static final int SETTING_SIZE = 9;

    /** One channel: whether it is powered, its gain and what its input is connected to. */
    private record Input(boolean on, int gain, int source) {
        private static final Input DEFAULT = new Input(true, 24, 0);
    }

    private final Input[] inputs = new Input[16];
    private int mode;
    private boolean stamped;
    private boolean stampJustSet;
    private int channels = 8;

    Registers() {
        defaults();
    }

    /** Back to how the board wakes up. */
    void defaults() {
        Arrays.fill(inputs, Input.DEFAULT);
    }

    boolean isOn(int channel) {
        return inputs[channel].on();
    }

    int gain(int channel) {
        return inputs[channel].gain();
    }

    /** 0 normal, 1 shorted, 5 test signal and so on. */
    int source(int channel) {
        return inputs[channel].source();
    }

    int mode() {
        return mode;
    }

    void mode(int number) {
        mode = number;
    }

    int channels() {
        return channels;
    }

    void channels(int count) {
        channels = count;
    }

    boolean stamped() {
        return stamped;
    }

    void stamp(boolean on) {
        stamped = on;
        stampJustSet = on;
    }

    /** Whether time stamps were switched on since the last call. */
    boolean takeStampJustSet() {
        boolean just = stampJustSet;
        stampJustSet = false;
        return just;
    }

    /** A settings command from x to X; gives the answer. */
    String set(String command, int fitted) {
        if (command.length() != SETTING_SIZE) {
            return "Failure: too few chars$$$";
        }
        int channel = CHANNEL_NAMES.indexOf(command.charAt(1));
        if (channel < 0 || channel >= fitted) {
            return "Failure: Err: too many channels$$$";
        }
        int gain = command.charAt(3) - '0';
        int source = command.charAt(4) - '0';
        boolean bits = command.substring(2, 3).matches("[01]")
                && command.substring(5, 8).matches("[01]{3}")
                && gain >= 0
                && gain < GAINS.length
                && source >= 0
                && source <= 7;
        if (!bits) {
            return "Failure: Err: invalid value$$$";
        }
        inputs[channel] = new Input(command.charAt(2) == '0', GAINS[gain], source);
        return "Success: Channel set for " + (channel + 1) + "$$$";
    }

    /** Switches a channel by its one-letter command; false when the letter is none of these. */
    boolean toggle(char letter) {
        int off = OFF_NAMES.indexOf(letter);
        int on = ON_NAMES.indexOf(letter);
        int channel = Math.max(off, on);
        if (channel < 0) {
            return false;
        }
        inputs[channel] = new Input(on >= 0, inputs[channel].gain(), inputs[channel].source());
        return true;
    }
}
