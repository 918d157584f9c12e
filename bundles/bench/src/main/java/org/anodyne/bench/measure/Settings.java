package org.anodyne.bench.measure;

import java.util.Map;
import java.util.Set;

/** Settings of a benchmark as typed. */
public final class Settings {
    private final Map<String, String> typed;

    /**
     * Takes what was typed.
     *
     * @throws IllegalArgumentException when a name is not known
     */
    public Settings(Map<String, String> typed, Set<String> known) {
        for (String name : typed.keySet()) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException("there is no setting '" + name + "'; there are " + known);
            }
        }
        this.typed = typed;
    }

    /** A text; empty when it was not typed. */
    public String text(String name) {
        return typed.getOrDefault(name, "");
    }

    /** A whole number from 1 to {@code most}. */
    public int whole(String name, int otherwise, int most) {
        String text = typed.get(name);
        if (text == null) {
            return otherwise;
        }
        try {
            int value = Integer.parseInt(text);
            if (value >= 1 && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new IllegalArgumentException(name + "=" + text + ": write a whole number from 1 to " + most);
    }
}
