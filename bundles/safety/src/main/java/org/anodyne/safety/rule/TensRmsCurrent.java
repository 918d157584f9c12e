package org.anodyne.safety.rule;

import org.anodyne.plugin.Command;
import org.anodyne.plugin.safety.SafetyRule;
import org.osgi.service.component.annotations.Component;

/**
 * Limits the root mean square of a TENS current: {@code Ipk · sqrt(2 · phase_µs · Hz · 1e-6)} for a symmetric biphasic
 * pulse, whose two phases both count. The default, 50 mA, is the least of IEC 60601-2-10's table for pulses at 500 Ω (up
 * to 400 Hz); it is kept above 400 Hz, where the table allows more. Judges {@code amplitude} (mA), {@code pulseWidth}
 * (µs, one phase) and {@code frequency} (Hz). A command without frequency and duration is a single pulse, which has no
 * rms current of its own; its charge is limited by {@link TensCharge}.
 */
@Component
public final class TensRmsCurrent implements SafetyRule {
    @Override
    public String name() {
        return "tens-rms-current";
    }

    @Override
    public boolean appliesTo(String pluginId) {
        return true;
    }

    @Override
    public Verdict judge(Command c, State state) {
        if (!state.background().modality().equals("tens")
                || !Arguments.has(c, "frequency") && !Arguments.has(c, "duration")) {
            return Arguments.ALLOWED;
        }
        return Arguments.judge(() -> {
            double amplitude = Arguments.of(c, "amplitude");
            double width = Arguments.of(c, "pulseWidth");
            double frequency = Arguments.of(c, "frequency");
            double duty = 2 * width * frequency * 1e-6;
            if (duty > 1) {
                return new Verdict.Refused(
                        "two phases of " + Arguments.number(width) + " us do not fit into one period at "
                                + Arguments.number(frequency) + " Hz",
                        "arithmetic of a biphasic pulse");
            }
            return Arguments.atMost(
                    amplitude * Math.sqrt(duty),
                    state.background().limit("tens.rms.milliampere"),
                    Arguments.number(amplitude) + " mA, " + Arguments.number(width) + " us, "
                            + Arguments.number(frequency) + " Hz biphasic",
                    "mA rms");
        });
    }
}
