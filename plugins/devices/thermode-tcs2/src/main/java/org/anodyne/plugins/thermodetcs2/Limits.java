package org.anodyne.plugins.thermodetcs2;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anodyne.plugin.Command;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.PluginPorts;
import org.anodyne.plugin.PluginPorts.ActionInfo;
import org.anodyne.plugin.PluginPorts.ArgumentInfo;

/**
 * What the adapter passes on: its own check, besides the gate's and the device's.
 *
 * @param neutral °C between stimuli
 * @param temperature greatest, °C
 * @param duration longest, s
 * @param rise fastest, °C/s
 */
record Limits(double neutral, double temperature, double duration, double rise) {
    static final String HEAT = "heat";

    /** From here on the dwell is capped: default of this platform; no burn table is built in. */
    static final double HOT = 48;

    static final double HOT_SECONDS = 10;

    /** Less above neutral could not be told from nothing, and nothing tells that a stimulus began but its heat. */
    private static final double LEAST_RISE = 2;

    static Limits of(Parameters parameters) {
        return new Limits(
                parameters.number("neutral"),
                parameters.number("maximumTemperature"),
                parameters.number("maximumDuration"),
                parameters.number("maximumRise"));
    }

    PluginPorts ports() {
        return new PluginPorts(
                List.of(),
                List.of(),
                List.of(),
                List.of(new ActionInfo(
                        HEAT,
                        List.of(
                                new ArgumentInfo("temperature", "degC", neutral + LEAST_RISE, temperature),
                                new ArgumentInfo("duration", "s", 0.1, duration),
                                new ArgumentInfo("rise", "degC/s", 0.1, rise),
                                new ArgumentInfo("area", "1", 0, Reply.AREAS)))));
    }

    /**
     * Why a command is not passed on; empty when it may be. An argument that is missing is not filled in, because the gate
     * judged the command as it is.
     */
    Optional<String> refusal(Command command) {
        if (!command.action().equals(HEAT)) {
            return Optional.of("there is no action '" + command.action() + "'; there is " + HEAT);
        }
        Map<String, Double> arguments = command.arguments();
        List<ArgumentInfo> known = ports().actions().get(0).arguments();
        for (ArgumentInfo argument : known) {
            Double value = arguments.get(argument.name());
            if (value == null) {
                return Optional.of("action '" + command.action() + "' lacks its argument '" + argument.name() + "'");
            }
            if (!(value >= argument.minimum() && value <= argument.maximum())) {
                return Optional.of(argument.name() + " of " + value + " " + argument.unit() + " is not between "
                        + argument.minimum() + " and " + argument.maximum() + " " + argument.unit());
            }
        }
        if (arguments.size() > known.size()) {
            return Optional.of("action '" + command.action() + "' takes "
                    + known.stream().map(ArgumentInfo::name).toList() + ", but got " + arguments.keySet());
        }
        if (arguments.get("temperature") >= HOT && arguments.get("duration") > HOT_SECONDS) {
            return Optional.of("from " + HOT + " degC on a stimulus may last " + HOT_SECONDS
                    + " s (default of this platform against burns)");
        }
        double area = arguments.get("area");
        return area == Math.rint(area)
                ? Optional.empty()
                : Optional.of("area of " + area + " is no area; write 0 for all, or 1 to " + Reply.AREAS);
    }
}
