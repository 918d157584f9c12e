package org.anodyne.safety.rule;

import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.anodyne.plugin.Command;
import org.anodyne.plugin.safety.Background;
import org.anodyne.plugin.safety.Background.Delivery;
import org.anodyne.plugin.safety.Limit;
import org.anodyne.plugin.safety.SafetyRule;
import org.osgi.service.component.annotations.Component;

/**
 * Limits TMS by count and time: intensity in percent of maximum output, least time between two single pulses, commands
 * in a minute, pulses in a session, and how fast a controller may raise the intensity; of a pair both pulses count, the
 * stronger one is judged, and it needs twice the time, never less than 4 s (an engineering default as the time is). Judges {@code intensity}, of a pair also {@code secondIntensity} and {@code interval} (ms),
 * and what {@link TmsTrain} judges. An action that it does not know is refused.
 */
@Component
public final class TmsPulses implements SafetyRule {
    private static final long MINUTE = 60_000_000_000L;
    private static final double STEP_SECONDS = 5;

    /** Least pause before and after a pair, s, whatever was approved for single pulses. */
    private static final double PAIR_SECONDS = 4;

    private static final String OPERATOR = "operator";

    @Override
    public String name() {
        return "tms-pulses";
    }

    @Override
    public boolean appliesTo(String pluginId) {
        return true;
    }

    @Override
    public Verdict judge(Command c, State state) {
        if (!state.background().modality().equals("tms")) {
            return Arguments.ALLOWED;
        }
        return Arguments.judge(() -> {
            Background b = state.background();
            if (!TmsActions.known(c.action())) {
                return new Verdict.Refused(
                        "what action '" + c.action()
                                + "' delivers is not known, so it cannot be judged; there is pulse,"
                                + " pairedPulse, train, iTBS600, cTBS600 and cTBS300",
                        "default of this platform");
            }
            Arguments.of(c, "intensity");
            if (c.action().equals(TmsActions.PAIR)) {
                Arguments.of(c, "secondIntensity");
                Arguments.of(c, "interval");
            }
            double intensity = TmsActions.intensity(c.arguments());
            long minute = b.recent().stream()
                    .filter(d -> state.nowNanos() - d.atNanos() < MINUTE)
                    .count();
            return Arguments.all(
                    Arguments.atMost(
                            intensity,
                            b.limit("tms.pulse.intensity.percentOfMaximum"),
                            "intensity",
                            "% of maximum output"),
                    refractory(c, state),
                    Arguments.atMost(
                            minute + 1, b.limit("tms.triggers.perMinute"), "with this one the last minute", "commands"),
                    Arguments.atMost(
                            Arguments.total(b, "pulses") + TmsActions.pulses(c),
                            b.limit("tms.pulses.perSession"),
                            "with this command the session",
                            "pulses"),
                    step(c, state));
        });
    }

    private static Verdict refractory(Command c, State state) {
        double since = Double.POSITIVE_INFINITY;
        boolean pair = c.action().equals(TmsActions.PAIR);
        for (Delivery d : state.background().recent()) {
            double ago = Math.max(0, TmsActions.since(d, state));
            if (ago < since) {
                since = ago;
                pair = c.action().equals(TmsActions.PAIR) || d.action().equals(TmsActions.PAIR);
            }
        }
        Limit limit = state.background().limit("tms.refractory.seconds");
        if (pair) {
            double twice = Math.max(PAIR_SECONDS, 2 * limit.value());
            limit = new Limit(
                    limit.name(),
                    twice,
                    limit.source() + ", twice for a pair and at least " + Arguments.number(PAIR_SECONDS) + " s");
        }
        return since == Double.POSITIVE_INFINITY
                ? Arguments.ALLOWED
                : Arguments.atLeast(since, limit, "the time since the last command", "s");
    }

    /** An operator who looks for a threshold goes in steps as large as it takes; a controller does not. */
    private static Verdict step(Command c, State state) {
        if (c.cause().startsWith(OPERATOR)) {
            return Arguments.ALLOWED;
        }
        return Steps.judge(
                c, state, "intensity", TmsActions::intensity, "tms.step.percentOfMaximumPer5s", "% of maximum output");
    }

    /** How fast a controller may raise what it sets. */
    static final class Steps {
        private Steps() {}

        /**
         * Compares with the last command to the slot.
         *
         * @param argument that a command has when it sets this
         * @param strength what is compared, from a command's arguments
         */
        static Verdict judge(
                Command c,
                State state,
                String argument,
                ToDoubleFunction<Map<String, Double>> strength,
                String limit,
                String unit) {
            Delivery last = null;
            for (Delivery d : state.background().recent()) {
                if (d.slot().equals(c.target()) && d.arguments().containsKey(argument)) {
                    last = d;
                }
            }
            double rise =
                    last == null ? 0 : strength.applyAsDouble(c.arguments()) - strength.applyAsDouble(last.arguments());
            if (rise <= 0) {
                return Arguments.ALLOWED;
            }
            double steps = Math.max(1, Math.floor((state.nowNanos() - last.atNanos()) / 1e9 / STEP_SECONDS));
            return Arguments.atMost(
                    rise / steps,
                    state.background().limit(limit),
                    "the rise of " + argument + " since the last command, for each 5 s",
                    unit);
        }
    }
}
