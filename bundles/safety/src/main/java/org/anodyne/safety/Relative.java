package org.anodyne.safety;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.anodyne.plugin.Command;

/**
 * Turns arguments in percent of the resting motor threshold into percent of the stimulator's maximum output. Only a
 * threshold measured in the same session counts: it differs from day to day, coil to coil and stimulator to stimulator.
 */
final class Relative {
    private Relative() {}

    /**
     * What became of a command.
     *
     * @param command with the device's own arguments; as it was when there is an objection
     * @param objection why it cannot be told; empty when it can
     */
    record Absolute(Command command, String objection) {}

    /** Whether an argument is in percent of the threshold. */
    static boolean to(Command c) {
        return c.arguments().keySet().stream().anyMatch(n -> n.endsWith(Command.OF_THRESHOLD));
    }

    /** @param threshold % of maximum output, measured in this session; empty when none was */
    static Absolute resolve(Command c, OptionalDouble threshold) {
        if (threshold.isEmpty()) {
            return new Absolute(
                    c,
                    "its intensity is a percentage of the resting motor threshold, and none was measured in this session;"
                            + " measure it and tell it: ./anodyne threshold PERCENT --by NAME");
        }
        Map<String, Double> arguments = new HashMap<>();
        c.arguments().forEach((name, value) -> {
            if (name.endsWith(Command.OF_THRESHOLD)) {
                arguments.put(
                        name.substring(0, name.length() - Command.OF_THRESHOLD.length()),
                        value * threshold.getAsDouble() / 100);
            } else {
                arguments.putIfAbsent(name, value);
            }
        });
        return new Absolute(new Command(c.id(), c.target(), c.action(), arguments, c.decidedNanos(), c.cause()), "");
    }
}
