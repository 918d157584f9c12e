package org.anodyne.plugins.tensrehastim;

import java.util.ArrayList;
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
 * @param pattern the channels of a burst
 * @param channelPerCommand whether each command names its channel
 * @param areaPerCommand whether each command names the area of its smaller electrode, by which the gate judges densities
 */
record Limits(
        double maximumAmplitude,
        double maximumDuration,
        Pattern pattern,
        boolean channelPerCommand,
        boolean areaPerCommand) {
    static final String BURST = "burst";
    static final String PULSE = "pulse";
    static final String CHANNEL = "channel";

    /** cm². */
    private static final double LEAST_AREA = 0.1;

    private static final double LARGEST_AREA = 1000;

    static Limits of(Parameters parameters) {
        return new Limits(
                parameters.number("maximumAmplitude"),
                parameters.number("maximumDuration"),
                Pattern.of(parameters),
                parameters.flag("channelPerCommand"),
                parameters.flag("areaPerCommand"));
    }

    PluginPorts ports() {
        ArgumentInfo amplitude = new ArgumentInfo("amplitude", "mA", 0, maximumAmplitude);
        ArgumentInfo width = new ArgumentInfo("pulseWidth", "us", 20, 500);
        List<ArgumentInfo> pulse = new ArrayList<>(List.of(amplitude, width));
        List<ArgumentInfo> burst = new ArrayList<>(List.of(
                amplitude,
                width,
                new ArgumentInfo("frequency", "Hz", 1, pattern.highestFrequency()),
                new ArgumentInfo("duration", "s", 0.001, maximumDuration)));
        if (channelPerCommand) {
            ArgumentInfo channel = new ArgumentInfo(CHANNEL, "1", 1, Pattern.CHANNELS);
            pulse.add(channel);
            burst.add(channel);
        }
        if (areaPerCommand) {
            ArgumentInfo area = new ArgumentInfo("area", "cm^2", LEAST_AREA, LARGEST_AREA);
            pulse.add(area);
            burst.add(area);
        }
        return new PluginPorts(
                List.of(), List.of(), List.of(), List.of(new ActionInfo(BURST, burst), new ActionInfo(PULSE, pulse)));
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
        if (channelPerCommand) {
            double channel = arguments.get(CHANNEL);
            if (channel != Math.rint(channel) || !pattern.has((int) channel)) {
                return Optional.of("channel " + channel + " is none of those that the parameters name");
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
