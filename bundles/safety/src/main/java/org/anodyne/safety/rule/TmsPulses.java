package org.anodyne.safety.rule;

import org.anodyne.plugin.Command;
import org.anodyne.plugin.safety.Background;
import org.anodyne.plugin.safety.Background.Delivery;
import org.anodyne.plugin.safety.Limit;
import org.anodyne.plugin.safety.SafetyRule;
import org.osgi.service.component.annotations.Component;

/**
 * Limits TMS by count and time: intensity in percent of maximum output, least time between two single pulses, commands
 * in a minute, pulses in a session, and how fast a controller may raise the intensity. Judges {@code intensity}, and what
 * {@link TmsTrain} judges.
 */
@Component
public final class TmsPulses implements SafetyRule {
    private static final long MINUTE = 60_000_000_000L;
    private static final double STEP_SECONDS = 5;
    private static final String OPERATOR = "operator";
    private static final String PAIRED = "pairedPulse";

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
            boolean paired = c.action().equals(PAIRED);
            double intensity = Math.max(Arguments.of(c, "intensity"), paired ? Arguments.of(c, "secondIntensity") : 0);
            double pulses = paired ? 2 : 1;
            if (c.action().equals("train")) {
                double byTime = Arguments.has(c, "duration")
                        ? Math.ceil(Arguments.of(c, "duration") * Arguments.of(c, "frequency") - 1e-9)
                        : 0;
                pulses = Math.max(byTime, Arguments.has(c, "pulses") ? Arguments.of(c, "pulses") : 0);
            }
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
                            Arguments.total(b, "pulses") + pulses,
                            b.limit("tms.pulses.perSession"),
                            "with this command the session",
                            "pulses"),
                    step(c, state, intensity));
        });
    }

    private static Verdict refractory(Command c, State state) {
        double since = Double.POSITIVE_INFINITY;
        for (Delivery d : state.background().recent()) {
            since = Math.min(since, (state.nowNanos() - d.atNanos()) / 1e9);
        }
        Limit limit = state.background().limit("tms.refractory.seconds");
        if (c.action().equals(PAIRED)) {
            limit = new Limit(limit.name(), 2 * limit.value(), limit.source() + ", twice for a pair");
        }
        return since == Double.POSITIVE_INFINITY
                ? Arguments.ALLOWED
                : Arguments.atLeast(since, limit, "the time since the last command", "s");
    }

    /** An operator who looks for a threshold goes in steps as large as it takes; a controller does not. */
    private static Verdict step(Command c, State state, double intensity) {
        if (c.cause().startsWith(OPERATOR)) {
            return Arguments.ALLOWED;
        }
        return Steps.judge(c, state, "intensity", intensity, "tms.step.percentOfMaximumPer5s", "% of maximum output");
    }

    /** How fast a controller may raise what it sets. */
    static final class Steps {
        private Steps() {}

        static Verdict judge(Command c, State state, String argument, double value, String limit, String unit) {
            Delivery last = null;
            for (Delivery d : state.background().recent()) {
                if (d.slot().equals(c.target()) && d.arguments().containsKey(argument)) {
                    last = d;
                }
            }
            if (last == null || value <= last.arguments().get(argument)) {
                return Arguments.ALLOWED;
            }
            double steps = Math.max(1, Math.floor((state.nowNanos() - last.atNanos()) / 1e9 / STEP_SECONDS));
            double rise = (value - last.arguments().get(argument)) / steps;
            return Arguments.atMost(
                    rise,
                    state.background().limit(limit),
                    "the rise of " + argument + " since the last command, for each 5 s",
                    unit);
        }
    }
}
