package org.anodyne.safety.rule;

import org.anodyne.plugin.Command;
import org.anodyne.plugin.safety.Background;
import org.anodyne.plugin.safety.SafetyRule;
import org.osgi.service.component.annotations.Component;

/** Limits evoked thermal pain. Judges {@code temperature} (°C) and {@code duration} (s) of {@code heat}. */
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
                            "s"));
        });
    }
}
