package org.anodyne.safety.rule;

import org.anodyne.plugin.Command;
import org.anodyne.plugin.safety.Background;
import org.anodyne.plugin.safety.SafetyRule;
import org.osgi.service.component.annotations.Component;

/**
 * Limits evoked thermal pain: temperature, the time of one stimulus, and a burn dose, the time from 44 °C and from 48 °C on of
 * all stimuli together. The dose is an engineering default of this platform. It counts the session and the calendar day,
 * whichever is more, adds up all slots and areas as if they were one place, and forgets nothing between stimuli, since
 * nobody tells it that the thermode was moved or how the skin cooled. Judges {@code temperature} (°C) and
 * {@code duration} (s) of {@code heat}.
 */
@Component
public final class Thermode implements SafetyRule {
    @Override
    public String name() {
        return "thermode";
    }

    @Override
    public boolean appliesTo(String pluginId) {
        return true;
    }

    @Override
    public Verdict judge(Command c, State state) {
        if (!state.background().modality().equals("thermal")) {
            return Arguments.ALLOWED;
        }
        return Arguments.judge(() -> {
            Background b = state.background();
            double temperature = Arguments.signed(c, "temperature");
            double seconds = Arguments.of(c, "duration");
            String dwell = temperature >= 48
                    ? "thermal.dwellFrom48.seconds"
                    : temperature >= 44 ? "thermal.dwellFrom44.seconds" : "thermal.dwell.seconds";
            return Arguments.all(
                    Arguments.atMost(
                            temperature,
                            b.limit("thermal.highest.degreeCelsius"),
                            "the temperature",
                            "degrees Celsius"),
                    Arguments.atLeast(
                            temperature, b.limit("thermal.lowest.degreeCelsius"), "the temperature", "degrees Celsius"),
                    Arguments.atMost(
                            seconds,
                            b.limit(dwell),
                            "the time at " + Arguments.number(temperature) + " degrees Celsius",
                            "s"),
                    dose(b, temperature, seconds, 48),
                    dose(b, temperature, seconds, 44));
        });
    }

    private static Verdict dose(Background b, double temperature, double seconds, int from) {
        if (temperature < from) {
            return Arguments.ALLOWED;
        }
        String quantity = "secondsFrom" + from;
        double before = Math.max(Arguments.total(b, quantity), b.today().getOrDefault(quantity, 0.0));
        return Arguments.atMost(
                before + seconds,
                b.limit("thermal.doseFrom" + from + ".seconds"),
                "with this stimulus the participant's time from " + from + " degrees Celsius on",
                "s");
    }
}
