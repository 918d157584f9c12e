package org.anodyne.plugins.tmsmagventure;

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
 * @param maximumIntensity in % of the stimulator's output
 * @param maximumPulses in one train
 */
record Limits(Model model, double maximumIntensity, int maximumPulses) {
    static final String PULSE = "pulse";
    static final String TRAIN = "train";

    private static final double LOWEST_FREQUENCY = 1;

    /** Up to here every number of pulses can be set, beyond it only hundreds. */
    private static final int FINE_PULSES = 1000;

    static Limits of(Parameters parameters) {
        return new Limits(
                Model.of(parameters.text("model")),
                parameters.number("maximumIntensity"),
                parameters.integer("maximumPulses"));
    }

    PluginPorts ports() {
        ArgumentInfo intensity = new ArgumentInfo("intensity", "%MSO", 0, maximumIntensity);
        List<ActionInfo> actions = new ArrayList<>(List.of(
                new ActionInfo(PULSE, List.of(intensity)),
                new ActionInfo(
                        TRAIN,
                        List.of(
                                intensity,
                                new ArgumentInfo("frequency", "Hz", LOWEST_FREQUENCY, model.highestFrequency()),
                                new ArgumentInfo("pulses", "1", 1, maximumPulses)))));
        if (model.bursts()) {
            for (ThetaBurst preset : ThetaBurst.values()) {
                actions.add(new ActionInfo(preset.action(), List.of(intensity)));
            }
        }
        return new PluginPorts(List.of(), List.of(), List.of(), actions);
    }

    /**
     * Why a command is not passed on; empty when it may be. An argument that is missing is not filled in, because the gate
     * judged the command as it is; only a train may be given its duration in s in place of its pulses.
     */
    Optional<String> refusal(Command command) {
        Optional<String> bursts = ThetaBurst.of(command.action()).flatMap(this::refusal);
        if (bursts.isPresent()) {
            return bursts;
        }
        List<ActionInfo> actions = ports().actions();
        Optional<ActionInfo> action =
                actions.stream().filter(a -> a.name().equals(command.action())).findFirst();
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

    private Optional<String> refusal(ThetaBurst preset) {
        if (!model.bursts()) {
            return Optional.of(
                    preset.action() + " needs bursts of three pulses, which the published protocol describes for"
                            + " the X100 with option alone; the parameter model says another");
        }
        int pulses = preset.timing().total();
        return pulses <= maximumPulses
                ? Optional.empty()
                : Optional.of(preset.action() + " gives " + pulses + " pulses, and the parameter maximumPulses is "
                        + maximumPulses
                        + "; raise it if all of them may be given when nothing can end them but a hand");
    }

    private ArgumentInfo duration(Map<String, Double> arguments) {
        double hertz = Math.max(LOWEST_FREQUENCY, arguments.getOrDefault("frequency", LOWEST_FREQUENCY));
        return new ArgumentInfo("duration", "s", 0, maximumPulses / hertz);
    }

    /** Intensity in whole %, rounded down; the arguments have been checked. */
    static int amplitude(Command command) {
        return down(command.arguments().get("intensity"));
    }

    /** The train or theta burst that a command asks for; empty for a pulse. */
    static Optional<Timing> timing(Command command) {
        if (!command.action().equals(TRAIN)) {
            return ThetaBurst.of(command.action()).map(ThetaBurst::timing);
        }
        Map<String, Double> arguments = command.arguments();
        double hertz = arguments.get("frequency");
        int pulses = arguments.containsKey("pulses")
                ? down(arguments.get("pulses"))
                : Math.max(1, down(hertz * arguments.get("duration")));
        return Optional.of(Timing.of(hertz, pulses > FINE_PULSES ? pulses / 100 * 100 : pulses));
    }

    private static int down(double value) {
        return (int) Math.floor(value + 1e-9);
    }
}
