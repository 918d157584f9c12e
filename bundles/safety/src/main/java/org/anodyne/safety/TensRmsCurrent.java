package org.anodyne.safety;

import org.anodyne.plugin.Command;
import org.anodyne.plugin.safety.SafetyRule;
import org.osgi.service.component.annotations.Component;

/**
 * Limits the root mean square of a TENS current: {@code Ipk · sqrt(2 · phase_µs · Hz · 1e-6)} for a symmetric biphasic
 * pulse, whose two phases both count, at most 50 mA. The limit is the least of IEC 60601-2-10's table for pulses at
 * 500 Ω (up to 400 Hz); it is kept above 400 Hz, where the table allows more. Judges {@code amplitude} (mA),
 * {@code pulseWidth} (µs, one phase) and {@code frequency} (Hz). A command without frequency and duration is a single
 * pulse, which has no rms current of its own; its charge is limited by {@link TensCharge}.
 */
@Component
public final class TensRmsCurrent implements SafetyRule {
    static final double LIMIT_MILLIAMPERE = 50;

    @Override
    public String name() {
        return "tens-rms-current";
    }

    @Override
    public boolean appliesTo(String pluginId) {
        return Tens.PLUGIN.equals(pluginId);
    }

    @Override
    public Verdict judge(Command command, State state) {
        if (!command.arguments().containsKey(Tens.FREQUENCY)
                && !command.arguments().containsKey(Tens.DURATION)) {
            return new Verdict.Allowed();
        }
        return Tens.judge(command, this::judge, Tens.AMPLITUDE, Tens.PULSE_WIDTH, Tens.FREQUENCY);
    }

    private Verdict judge(double[] a) {
        double duty = 2 * a[1] * a[2] * 1e-6;
        if (duty > 1) {
            return new Verdict.Refused(
                    Tens.text("two phases of %.4g us do not fit into one period at %.4g Hz", a[1], a[2]),
                    "arithmetic of a biphasic pulse");
        }
        double rms = a[0] * Math.sqrt(duty);
        if (rms <= LIMIT_MILLIAMPERE) {
            return new Verdict.Allowed();
        }
        return new Verdict.Refused(
                Tens.text(
                        "%.4g mA, %.4g us, %.4g Hz biphasic is %.4g mA rms; the limit is %.4g mA rms",
                        a[0], a[1], a[2], rms, LIMIT_MILLIAMPERE),
                "IEC 60601-2-10, rms current at 500 ohm up to 400 Hz");
    }
}
