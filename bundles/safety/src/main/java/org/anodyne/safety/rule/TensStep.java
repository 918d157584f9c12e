package org.anodyne.safety.rule;

import org.anodyne.plugin.Command;
import org.anodyne.plugin.safety.SafetyRule;
import org.osgi.service.component.annotations.Component;

/** Limits how fast a controller may raise the {@code amplitude} (mA) of TENS from one command to the next. */
@Component
public final class TensStep implements SafetyRule {
    @Override
    public String name() {
        return "tens-step";
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
            Arguments.of(c, "amplitude");
            return TmsPulses.Steps.judge(
                    c, state, "amplitude", a -> a.get("amplitude"), "tens.step.milliamperePer5s", "mA");
        });
    }
}
