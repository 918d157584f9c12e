package org.anodyne.plugins.tensrehastim;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anodyne.plugin.Command;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.PluginPorts;
import org.anodyne.plugin.PluginPorts.ActionInfo;
import org.anodyne.plugin.PluginPorts.ArgumentInfo;

/**
 * What the adapter passes on to the stimulator: its own check, besides the gate's and the device's.
 *
 * @param maximumAmplitude in mA
 * @param maximumDuration in seconds
 */
record Limits(double maximumAmplitude, double maximumDuration) {
    static final String BURST = "burst";
    static final String PULSE = "pulse";

    /** A main interval of 8 ms is the shortest. */
    private static final double HIGHEST_FREQUENCY = 125;

    static Limits of(Parameters parameters) {
        return new Limits(parameters.number("maximumAmplitude"), parameters.number("maximumDuration"));
    }

    PluginPorts ports() {
        ArgumentInfo amplitude = new ArgumentInfo("amplitude", "mA", 0, maximumAmplitude);
        ArgumentInfo width = new ArgumentInfo("pulseWidth", "us", 20, 500);
        return new PluginPorts(
                List.of(),
                List.of(),
                List.of(),
                List.of(
                        new ActionInfo(
                                BURST,
                                List.of(
                                        amplitude,
                                        width,
                                        new ArgumentInfo("frequency", "Hz", 1, HIGHEST_FREQUENCY),
                                        new ArgumentInfo("duration", "s", 0.001, maximumDuration))),
                        new ActionInfo(PULSE, List.of(amplitude, width))));
    }

    /**
     * Why a command is not passed on; empty when it may be. An argument that is missing is not filled in, because the gate
     * judged the command as it is.
     */
    Optional<String> refusal(Command command) {
        Optional<ActionInfo> action = ports().actions().stream()
                .filter(a -> a.name().equals(command.action()))
                .findFirst();
        if (action.isEmpty()) {
            return Optional.of("there is no action '" + command.action() + "'; there are " + BURST + " and " + PULSE);
        }
        Map<String, Double> arguments = command.arguments();
        for (ArgumentInfo argument : action.get().arguments()) {
            Double value = arguments.get(argument.name());
            if (value == null) {
                return Optional.of("action '" + command.action() + "' lacks its argument '" + argument.name() + "'");
            }
            if (!(value >= argument.minimum() && value <= argument.maximum())) {
                return Optional.of(argument.name() + " of " + value + " " + argument.unit() + " is not between "
                        + argument.minimum() + " and " + argument.maximum() + " " + argument.unit());
            }
        }
        return arguments.size() > action.get().arguments().size()
                ? Optional.of("action '" + command.action() + "' takes "
                        + action.get().arguments().stream()
                                .map(ArgumentInfo::name)
                                .toList() + ", but got " + arguments.keySet())
                : Optional.empty();
    }
}
