package org.anodyne.plugins.tmsmagstim;

import java.util.ArrayList;
import java.util.List;

/**
 * The instrument status byte.
 *
 * @param bits 0 to 255
 */
record Status(int bits) {
    private static final String[] WORDS = {
        "standby", "armed", "ready", "coil present", "coil to be replaced", "error", "fatal error", "remote control"
    };

    boolean standby() {
        return on(0);
    }

    /** Charged or charging: a fire command may discharge the coil now or within a second. */
    boolean armed() {
        return on(1) || on(2);
    }

    boolean ready() {
        return on(2);
    }

    boolean coilPresent() {
        return on(3);
    }

    boolean replaceCoil() {
        return on(4);
    }

    boolean error() {
        return on(5);
    }

    boolean remote() {
        return on(7);
    }

    private boolean on(int bit) {
        return (bits >> bit & 1) == 1;
    }

    @Override
    public String toString() {
        List<String> words = new ArrayList<>();
        for (int bit = 0; bit < WORDS.length; bit++) {
            if (on(bit)) {
                words.add(WORDS[bit]);
            }
        }
        return words.isEmpty() ? "nothing set" : String.join(", ", words);
    }
}
