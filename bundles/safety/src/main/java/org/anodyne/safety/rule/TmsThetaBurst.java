package org.anodyne.safety.rule;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;
import org.anodyne.plugin.Command;
import org.anodyne.plugin.safety.Background;
import org.anodyne.plugin.safety.SafetyRule;
import org.anodyne.safety.limit.ThetaBurst;
import org.osgi.service.component.annotations.Component;

/**
 * Permits theta burst as the presets of {@link ThetaBurst} and no otherwise: intensity in percent of an active motor
 * threshold measured in this session, one preset a day, and a pause after trains. Judges {@code intensity} (percent of
 * the stimulator's maximum output); a command may repeat the preset's figures, and is refused when one is another.
 */
@Component
public final class TmsThetaBurst implements SafetyRule {
    /** Under this name the ledger counts presets. */
    static final String COUNT = "thetaBursts";

    @Override
    public String name() {
        return "tms-theta-burst";
    }

    @Override
    public boolean appliesTo(String pluginId) {
        return true;
    }

    @Override
    public Verdict judge(Command c, State state) {
        Optional<ThetaBurst> preset = ThetaBurst.of(c.action());
        if (!state.background().modality().equals("tms") || preset.isEmpty()) {
            return Arguments.ALLOWED;
        }
        return Arguments.judge(() -> {
            Background b = state.background();
            double intensity = Arguments.of(c, "intensity");
            Verdict asPreset = deviation(c, preset.get());
            if (asPreset instanceof Verdict.Refused) {
                return asPreset;
            }
            if (b.activeMotorThreshold().isEmpty()) {
                return new Verdict.Refused(
                        "no active motor threshold was measured in this session, so the intensity of theta burst cannot"
                                + " be judged, and a resting one does not do; measure it and tell it: ./anodyne"
                                + " threshold PERCENT --active --by NAME",
                        ThetaBurst.SOURCE);
            }
            return Arguments.all(
                    Arguments.atMost(
                            intensity / b.activeMotorThreshold().getAsDouble() * 100,
                            b.limit("tms.thetaBurst.intensity.percentOfActiveThreshold"),
                            "intensity " + Arguments.number(intensity) + " % of maximum output",
                            "% of the active motor threshold"),
                    interval(b),
                    pause(state));
        });
    }

    private static Verdict deviation(Command c, ThetaBurst preset) {
        Map<String, Double> arguments = preset.arguments();
        for (String name : new TreeSet<>(c.arguments().keySet())) {
            Double fixed = arguments.get(name);
            if (name.equals("intensity")) {
                continue;
            }
            if (fixed == null) {
                return new Verdict.Refused(
                        c.action() + " is a preset and takes intensity only, but got " + name, ThetaBurst.SOURCE);
            }
            if (Math.abs(Arguments.of(c, name) - fixed) > 1e-9) {
                return new Verdict.Refused(
                        c.action() + " is a preset with " + name + " = " + Arguments.number(fixed) + ", but got "
                                + Arguments.number(Arguments.of(c, name)),
                        ThetaBurst.SOURCE);
            }
        }
        return Arguments.ALLOWED;
    }

    private static Verdict interval(Background b) {
        Long since = b.secondsSince().get(COUNT);
        return since == null
                ? Arguments.ALLOWED
                : Arguments.atLeast(
                        since / 3600.0,
                        b.limit("tms.thetaBurst.interval.hours"),
                        "the time since this participant's last theta burst",
                        "h");
    }

    private static Verdict pause(State state) {
        OptionalDouble since = TmsActions.sinceLastTrain(state);
        return since.isEmpty()
                ? Arguments.ALLOWED
                : Arguments.atLeast(
                        since.getAsDouble(),
                        state.background().limit("tms.train.intervalAbove110.seconds"),
                        "the time since the end of the last train",
                        "s");
    }
}
