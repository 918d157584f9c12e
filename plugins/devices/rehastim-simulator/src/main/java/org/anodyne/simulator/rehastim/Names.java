package org.anodyne.simulator.rehastim;

import java.util.Locale;

/** Command codes as the trace writes them. */
final class Names {

    private Names() {}

    /** {@code init-channel-list} for 30, the bare number for a code nobody knows. */
    static String of(int command) {
        return Command.of(command)
                .map(known -> known.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .orElseGet(() -> Integer.toString(command));
    }
}
