package org.anodyne.plugins.tdcsreference;

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
 * @param current greatest, mA
 * @param duration longest, s
 * @param density greatest, mA/cm²
 * @param ramp shortest, s
 * @param blinded whether an allocation code decides between active and sham
 */
record Limits(double current, double duration, double density, double ramp, boolean blinded) {
    static final String STIMULATE = "stimulate";

    private static final double LONGEST_RAMP = 120;
    private static final double HIGHEST_FREQUENCY = 200;
    private static final double GREATEST_PEAK = 2;

    /** Range without serious adverse effects in humans (Bikson 2016). */
    private static final double MILLICOULOMB = 7200;

    static Limits of(Parameters parameters) {
        return new Limits(
                parameters.number("maximumCurrent"),
                parameters.number("maximumDuration"),
                parameters.number("maximumDensity"),
                parameters.number("minimumRamp"),
                !parameters.text("allocation").isEmpty());
    }

    PluginPorts ports() {
        return new PluginPorts(
                List.of(),
                List.of(),
                List.of(),
                List.of(new ActionInfo(
                        STIMULATE,
                        List.of(
                                new ArgumentInfo("current", "mA", 0.1, current),
                                new ArgumentInfo("duration", "s", 2, duration),
                                new ArgumentInfo("ramp", "s", ramp, LONGEST_RAMP),
                                new ArgumentInfo("area", "cm^2", 1, 100),
                                new ArgumentInfo("frequency", "Hz", 0, HIGHEST_FREQUENCY),
                                new ArgumentInfo("sham", "1", 0, 1)))));
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
            return Optional.of("there is no action '" + command.action() + "'; there is " + STIMULATE);
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
        if (arguments.size() > action.get().arguments().size()) {
            return Optional.of("action '" + command.action() + "' takes "
                    + action.get().arguments().stream().map(ArgumentInfo::name).toList() + ", but got "
                    + arguments.keySet());
        }
        return together(arguments);
    }

    private Optional<String> together(Map<String, Double> arguments) {
        double milliamps = arguments.get("current");
        double seconds = arguments.get("duration");
        double rise = arguments.get("ramp");
        double hertz = arguments.get("frequency");
        double sham = arguments.get("sham");
        if (seconds < 2 * rise) {
            return Optional.of("duration of " + seconds + " s is shorter than its two ramps of " + rise + " s");
        }
        if (milliamps / arguments.get("area") > density + 1e-9) {
            return Optional.of(milliamps + " mA on " + arguments.get("area") + " cm^2 is more than " + density
                    + " mA/cm^2; use larger electrodes or less current");
        }
        if (hertz > 0 && hertz < 0.1) {
            return Optional.of("frequency of " + hertz + " Hz is neither 0 (tDCS) nor at least 0.1 Hz");
        }
        if (hertz > 0 && milliamps > GREATEST_PEAK) {
            return Optional.of(milliamps + " mA is above the " + GREATEST_PEAK + " mA peak of tACS");
        }
        if (milliamps * (seconds - rise) > MILLICOULOMB) {
            return Optional.of(milliamps + " mA for " + seconds + " s is more than the 7.2 C of one session (range"
                    + " without serious adverse effects in humans, Bikson 2016)");
        }
        if (sham != 0 && sham != 1) {
            return Optional.of("sham of " + sham + " is neither 0 nor 1");
        }
        return blinded && sham != 0
                ? Optional.of("the allocation code decides between the arms: the command's sham must be 0")
                : Optional.empty();
    }
}
