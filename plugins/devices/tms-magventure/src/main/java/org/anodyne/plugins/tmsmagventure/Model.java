package org.anodyne.plugins.tmsmagventure;

import java.util.Arrays;

/** The models, in the order of the number that the stimulator tells. */
enum Model {
    R30("r30", 30),
    X100("x100", 100),
    R30_OPTION("r30-option", 30),
    X100_OPTION("x100-option", 100),
    R30_OPTION_MONO("r30-option-mono", 30),
    MST("mst", 100);

    private final String id;
    private final int highestFrequency;

    Model(String id, int highestFrequency) {
        this.id = id;
        this.highestFrequency = highestFrequency;
    }

    /** The model that a protocol names; the schema permits no other. */
    static Model of(String id) {
        return Arrays.stream(values())
                .filter(model -> model.id.equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no model '" + id + "'"));
    }

    /** The model in words. */
    static String told(int number) {
        return number < values().length ? values()[number].id : "unknown model " + number;
    }

    /** Whether bursts are described for it. */
    boolean bursts() {
        return this == X100_OPTION;
    }

    /** Pulses per second at most. */
    int highestFrequency() {
        return highestFrequency;
    }
}
