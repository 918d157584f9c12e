package org.anodyne.safety.rule;

import java.util.Map;
import java.util.OptionalDouble;
import org.anodyne.plugin.Command;
import org.anodyne.plugin.safety.Background.Delivery;
import org.anodyne.plugin.safety.SafetyRule.State;
import org.anodyne.safety.limit.ThetaBurst;

/** What the rules for TMS know of its actions. */
final class TmsActions {
    static final String PULSE = "pulse";
    static final String PAIR = "pairedPulse";
    static final String TRAIN = "train";

    private TmsActions() {}

    /** Whether the rules can tell what an action delivers. */
    static boolean known(String action) {
        return switch (action) {
            case PULSE, PAIR, TRAIN -> true;
            default -> ThetaBurst.of(action).isPresent();
        };
    }

    /** The most pulses that a command gives. */
    static double pulses(Command c) {
        return switch (c.action()) {
            case PULSE -> 1;
            case PAIR -> 2;
            case TRAIN -> {
                double byTime = Arguments.has(c, "duration")
                        ? Math.ceil(Arguments.of(c, "duration") * Arguments.of(c, "frequency") - 1e-9)
                        : 0;
                yield Math.max(byTime, Arguments.has(c, "pulses") ? Arguments.of(c, "pulses") : 0);
            }
            default -> ThetaBurst.of(c.action()).map(ThetaBurst::pulses).orElse(0);
        };
    }

    /** Seconds from the first pulse to one period after the last; 0 for a pulse and a pair. */
    static double seconds(Command c) {
        if (!c.action().equals(TRAIN)) {
            return ThetaBurst.of(c.action()).map(ThetaBurst::seconds).orElse(0.0);
        }
        double hertz = Arguments.of(c, "frequency");
        double byPulses = Arguments.has(c, "pulses") ? Arguments.of(c, "pulses") / hertz : 0;
        double byDuration =
                Arguments.has(c, "pulses") && !Arguments.has(c, "duration") ? 0 : Arguments.of(c, "duration");
        return Math.max(byPulses, byDuration);
    }

    /** The stronger of a pair's two pulses, or the intensity of anything else, % of maximum output. */
    static double intensity(Map<String, Double> arguments) {
        return Math.max(arguments.getOrDefault("intensity", 0.0), arguments.getOrDefault("secondIntensity", 0.0));
    }

    /** Seconds since what was delivered has ended, less than 0 while it goes on. */
    static double since(Delivery d, State state) {
        double length = seconds(new Command("", d.slot(), d.action(), d.arguments(), 0, ""));
        return (state.nowNanos() - d.atNanos()) / 1e9 - length;
    }

    /** Seconds since the end of the last train or theta burst of this session; empty when there was none. */
    static OptionalDouble sinceLastTrain(State state) {
        return state.background().recent().stream()
                .filter(d ->
                        d.action().equals(TRAIN) || ThetaBurst.of(d.action()).isPresent())
                .mapToDouble(d -> Math.max(0, since(d, state)))
                .min();
    }
}
