package org.anodyne.safety.rule;

import java.util.OptionalLong;
import org.anodyne.plugin.Command;
import org.anodyne.plugin.safety.Background;
import org.anodyne.plugin.safety.Limit;
import org.anodyne.plugin.safety.SafetyRule;
import org.osgi.service.component.annotations.Component;

/**
 * Limits stimulation by direct and alternating current. Judges {@code current} (mA; of an alternating current the peak),
 * {@code duration} (s, ramps included), {@code ramp} (s), {@code area} of an electrode (cm²), {@code frequency} (Hz, 0 is
 * direct current). Charge is judged by itself, since 4 mA and 40 min are each within the range and together are not. What
 * the session has had before counts. A sham is judged like what it imitates.
 */
@Component
public final class Tes implements SafetyRule {
    @Override
    public String name() {
        return "tes";
    }

    @Override
    public boolean appliesTo(String pluginId) {
        return true;
    }

    @Override
    public Verdict judge(Command c, State state) {
        if (!state.background().modality().equals("tes")) {
            return Arguments.ALLOWED;
        }
        return Arguments.judge(() -> {
            Background b = state.background();
            double current = Math.abs(Arguments.signed(c, "current"));
            double seconds = Arguments.of(c, "duration");
            double before = Arguments.total(b, "chargeMillicoulomb");
            String with = before > 0 ? " with " + Arguments.number(before) + " mC of this session before" : "";
            return Arguments.all(
                    Arguments.atMost(current, b.limit("tes.current.milliampere"), "the current", "mA"),
                    Arguments.atMost(
                            (Arguments.total(b, "seconds") + seconds) / 60,
                            b.limit("tes.duration.minutes"),
                            "the session's stimulation",
                            "min"),
                    Arguments.atMost(
                            before + current * seconds,
                            b.limit("tes.charge.millicoulomb"),
                            "the charge of " + Arguments.number(current) + " mA for " + Arguments.number(seconds / 60)
                                    + " min" + with,
                            "mC"),
                    alternating(c, b, current),
                    Arguments.atMost(
                            current / Arguments.of(c, "area"),
                            b.limit("tes.density.milliamperePerSquareCentimetre"),
                            "the density of " + Arguments.number(current) + " mA on "
                                    + Arguments.number(Arguments.of(c, "area")) + " cm^2",
                            "mA/cm^2"),
                    Arguments.atLeast(Arguments.of(c, "ramp"), b.limit("tes.ramp.seconds"), "the ramp", "s"),
                    interval(b),
                    Arguments.atMost(
                            (b.today().getOrDefault("seconds", 0.0) + seconds) / 60,
                            b.limit("tes.day.minutes"),
                            "the participant's stimulation today",
                            "min"));
        });
    }

    private static Verdict alternating(Command c, Background b, double current) {
        return Arguments.has(c, "frequency") && Arguments.of(c, "frequency") > 0
                ? Arguments.atMost(
                        current,
                        b.limit("tes.alternating.peak.milliampere"),
                        "the peak of the alternating current",
                        "mA")
                : Arguments.ALLOWED;
    }

    private static Verdict interval(Background b) {
        OptionalLong since = b.secondsSinceOtherSession();
        Limit limit = b.limit("tes.interval.hours");
        return since.isEmpty()
                ? Arguments.ALLOWED
                : Arguments.atLeast(
                        since.getAsLong() / 3600.0, limit, "the time since this participant's last session", "h");
    }
}
