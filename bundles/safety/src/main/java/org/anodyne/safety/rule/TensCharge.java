package org.anodyne.safety.rule;

import org.anodyne.plugin.Command;
import org.anodyne.plugin.safety.SafetyRule;
import org.osgi.service.component.annotations.Component;

/**
 * Limits the charge of one phase of a TENS pulse, {@code mA · µs / 1000} µC. Judges {@code amplitude} (mA) and
 * {@code pulseWidth} (µs, one phase).
 */
@Component
public final class TensCharge implements SafetyRule {
    @Override
    public String name() {
        return "tens-charge-per-phase";
    }

    @Override
    public boolean appliesTo(String pluginId) {
        return true;
    }

    @Override
    public Verdict judge(Command c, State state) {
        if (!state.background().modality().equals("tens")) {
            return Arguments.ALLOWED;
        }
        return Arguments.judge(() -> {
            double amplitude = Arguments.of(c, "amplitude");
            double width = Arguments.of(c, "pulseWidth");
            return Arguments.atMost(
                    amplitude * width / 1000,
                    state.background().limit("tens.charge.microcoulombPerPhase"),
                    Arguments.number(amplitude) + " mA for " + Arguments.number(width) + " us in each phase",
                    "uC");
        });
    }
}
