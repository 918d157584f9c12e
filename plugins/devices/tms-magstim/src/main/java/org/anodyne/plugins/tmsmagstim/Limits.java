package org.anodyne.plugins.tmsmagstim;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.anodyne.plugin.Command;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.PluginPorts;
import org.anodyne.plugin.PluginPorts.ActionInfo;
import org.anodyne.plugin.PluginPorts.ArgumentInfo;

/**
 * What the adapter passes on to the stimulator: its own check of arguments, besides the gate's and the device's.
 *
 * @param model of the stimulator
 * @param mains in V, 240 or 115
 * @param maximumIntensity in % of the stimulator's output
 * @param maximumPulses in one train
 * @param enhancedPower whether a Rapid may give more than 100 %
 * @param highResolution whether a BiStim counts its interval in 0.1 ms
 */
record Limits(
        Model model,
        int mains,
        double maximumIntensity,
        int maximumPulses,
        boolean enhancedPower,
        boolean highResolution) {
    static final String PULSE = "pulse";
    static final String PAIRED_PULSE = "pairedPulse";
    static final String TRAIN = "train";

    private static final int FULL = 100;
    private static final int ENHANCED = 110;
    private static final double LOWEST_FREQUENCY = 0.1;
    private static final int LONGEST_INTERVAL = 999;

    static Limits of(Parameters parameters) {
        Model model = Model.of(parameters.text("model"));
        boolean enhanced = model.rapid() && parameters.flag("enhancedPower");
        return new Limits(
                model,
                parameters.integer("mains"),
                Math.min(parameters.number("maximumIntensity"), enhanced ? ENHANCED : FULL),
                parameters.integer("maximumPulses"),
                enhanced,
                parameters.flag("highResolution"));
    }

    PluginPorts ports() {
        ArgumentInfo intensity = new ArgumentInfo("intensity", "%MSO", 0, maximumIntensity);
        List<ActionInfo> actions = new ArrayList<>(List.of(new ActionInfo(PULSE, List.of(intensity))));
        if (model == Model.BISTIM) {
            actions.add(new ActionInfo(
                    PAIRED_PULSE,
                    List.of(
                            intensity,
                            new ArgumentInfo("secondIntensity", "%MSO", 0, maximumIntensity),
                            new ArgumentInfo(
                                    "interval",
                                    "ms",
                                    0,
                                    highResolution ? LONGEST_INTERVAL / 10.0 : LONGEST_INTERVAL))));
        }
        if (model.rapid()) {
            actions.add(new ActionInfo(
                    TRAIN,
                    List.of(
                            new ArgumentInfo("intensity", "%MSO", 0, Math.min(FULL, maximumIntensity)),
                            new ArgumentInfo("frequency", "Hz", LOWEST_FREQUENCY, model.highestFrequency(0, mains)),
                            new ArgumentInfo("pulses", "1", 1, maximumPulses))));
        }
        return new PluginPorts(List.of(), List.of(), List.of(), actions);
    }

    /**
     * Why a command is not passed on; empty when it may be. An argument that is missing is not filled in, because the gate
     * judged the command as it is; only a train may be given its duration in s in place of its pulses.
     */
    Optional<String> refusal(Command command) {
        List<ActionInfo> actions = ports().actions();
        Optional<ActionInfo> action =
                actions.stream().filter(a -> a.name().equals(command.action())).findFirst();
        if (action.isEmpty() && command.action().matches("[ic]TBS[0-9]+")) {
            return Optional.of(
                    "theta burst is not given: the published protocol of this stimulator describes trains of one"
                            + " frequency and no bursts; there are "
                            + actions.stream().map(ActionInfo::name).toList());
        }
        if (action.isEmpty()) {
            return Optional.of("there is no action '" + command.action() + "'; there are "
                    + actions.stream().map(ActionInfo::name).toList());
        }
        Map<String, Double> arguments = command.arguments();
        boolean byDuration = command.action().equals(TRAIN) && !arguments.containsKey("pulses");
        Set<String> left = new TreeSet<>(arguments.keySet());
        for (ArgumentInfo info : action.get().arguments()) {
            ArgumentInfo argument = byDuration && info.name().equals("pulses") ? duration(arguments) : info;
            left.remove(argument.name());
            Double value = arguments.get(argument.name());
            if (value == null) {
                return Optional.of("action '" + command.action() + "' lacks its argument '" + info.name() + "'");
            }
            if (!(value >= argument.minimum() && value <= argument.maximum())) {
                return Optional.of(argument.name() + " of " + value + " " + argument.unit() + " is not between "
                        + argument.minimum() + " and " + argument.maximum() + " " + argument.unit());
            }
        }
        return left.isEmpty() ? Optional.empty() : Optional.of("action '" + command.action() + "' takes no " + left);
    }

    private ArgumentInfo duration(Map<String, Double> arguments) {
        double hertz = Math.max(LOWEST_FREQUENCY, arguments.getOrDefault("frequency", LOWEST_FREQUENCY));
        return new ArgumentInfo("duration", "s", 0, maximumPulses / hertz);
    }
}
