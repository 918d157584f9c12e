package org.anodyne.safety.rule;

import java.util.OptionalDouble;
import org.anodyne.plugin.Command;
import org.anodyne.plugin.safety.Background;
import org.anodyne.plugin.safety.Limit;
import org.anodyne.plugin.safety.SafetyRule;
import org.anodyne.safety.limit.ThetaBurst;
import org.osgi.service.component.annotations.Component;

/**
 * Limits trains of TMS: intensity in percent of a resting motor threshold measured in this session, duration by
 * {@link TmsTrainTable}, and the time since the last train. Judges {@code intensity} (percent of the stimulator's
 * maximum output), {@code frequency} (Hz), and {@code pulses} or {@code duration} (s). Theta burst is not covered by the
 * table; {@link TmsThetaBurst} judges it.
 */
@Component
public final class TmsTrain implements SafetyRule {
    private static final String TABLE =
            "table after Chen 1997 reduced by 25 %, PubMed 9448642, next higher frequency and intensity; cells unverified";

    @Override
    public String name() {
        return "tms-train";
    }

    @Override
    public boolean appliesTo(String pluginId) {
        return true;
    }

    @Override
    public Verdict judge(Command c, State state) {
        if (!state.background().modality().equals("tms") || !c.action().equals(TmsActions.TRAIN)) {
            return Arguments.ALLOWED;
        }
        return Arguments.judge(() -> {
            Background b = state.background();
            if (b.motorThreshold().isEmpty()) {
                return new Verdict.Refused(
                        "no resting motor threshold was measured in this session, so the intensity of a train cannot be"
                                + " judged; measure it and tell it: ./anodyne threshold PERCENT --by NAME",
                        "after Rossi 2009, intensities of trains are relative to the threshold of that session");
            }
            double percent = Arguments.of(c, "intensity") / b.motorThreshold().getAsDouble() * 100;
            double hertz = Arguments.of(c, "frequency");
            double seconds = TmsActions.seconds(c);
            return Arguments.all(
                    Arguments.atMost(
                            percent,
                            b.limit("tms.train.intensity.percentOfThreshold"),
                            "intensity " + Arguments.number(Arguments.of(c, "intensity")) + " % of maximum output",
                            "% of the resting motor threshold"),
                    table(hertz, percent, seconds, b),
                    interval(state, percent));
        });
    }

    private static Verdict table(double hertz, double percent, double seconds, Background b) {
        String what = "a train of " + Arguments.number(seconds) + " s at " + Arguments.number(hertz) + " Hz and "
                + Arguments.number(percent) + " % of the resting motor threshold";
        OptionalDouble longest = TmsTrainTable.seconds(hertz, percent);
        if (longest.isEmpty()) {
            return new Verdict.Refused(what + " is outside the table of safe trains", TABLE);
        }
        double limit = longest.getAsDouble()
                * b.limit("tms.train.duration.percentOfTable").value()
                / 100;
        return seconds <= limit + 1e-9
                ? Arguments.ALLOWED
                : new Verdict.Refused(what + " is too long; the limit is " + Arguments.number(limit) + " s", TABLE);
    }

    private static Verdict interval(State state, double percent) {
        Limit limit = state.background()
                .limit(
                        percent <= 110 + 1e-9 && !afterThetaBurst(state)
                                ? "tms.train.interval.seconds"
                                : "tms.train.intervalAbove110.seconds");
        OptionalDouble least = TmsActions.sinceLastTrain(state);
        return least.isEmpty()
                ? Arguments.ALLOWED
                : Arguments.atLeast(least.getAsDouble(), limit, "the time since the end of the last train", "s");
    }

    /** Nobody has shown the short pause to be safe after theta burst. */
    private static boolean afterThetaBurst(State state) {
        return state.background().recent().stream()
                .anyMatch(d -> ThetaBurst.of(d.action()).isPresent());
    }
}
