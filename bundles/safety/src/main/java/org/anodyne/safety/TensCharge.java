package org.anodyne.safety;

import org.anodyne.plugin.Command;
import org.anodyne.plugin.safety.SafetyRule;
import org.osgi.service.component.annotations.Component;

/**
 * Limits the charge of one phase of a TENS pulse: {@code mA · µs / 1000} µC, at most 30 µC. The limit is this platform's
 * own default for research; site policy may lower it. Judges the arguments {@code amplitude} (mA) and {@code pulseWidth}
 * (µs, one phase).
 */
@Component
public final class TensCharge implements SafetyRule {
    static final double LIMIT_MICROCOULOMB = 30;

    @Override
    public String name() {
        return "tens-charge-per-phase";
    }

    @Override
    public boolean appliesTo(String pluginId) {
        return Tens.PLUGIN.equals(pluginId);
    }

    @Override
    public Verdict judge(Command command, State state) {
        return Tens.judge(command, this::judge, Tens.AMPLITUDE, Tens.PULSE_WIDTH);
    }

    private Verdict judge(double[] a) {
        double charge = a[0] * a[1] / 1000;
        if (charge <= LIMIT_MICROCOULOMB) {
            return new Verdict.Allowed();
        }
        return new Verdict.Refused(
                Tens.text(
                        "%.4g mA for %.4g us is %.4g uC in each phase; the limit is %.4g uC",
                        a[0], a[1], charge, LIMIT_MICROCOULOMB),
                "default of this platform for research; site policy may lower it");
    }
}
