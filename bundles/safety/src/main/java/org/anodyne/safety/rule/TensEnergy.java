package org.anodyne.safety.rule;

import org.anodyne.plugin.Command;
import org.anodyne.plugin.safety.Background;
import org.anodyne.plugin.safety.SafetyRule;
import org.osgi.service.component.annotations.Component;

/**
 * Limits the energy of one TENS pulse into 500 Ω, {@code I² · 500 Ω · 2 · phase}, and the mean power into 500 Ω and the rms
 * current for each cm² of the smaller electrode. Judges {@code amplitude} (mA), {@code pulseWidth} (µs, one phase of a
 * symmetric biphasic pulse), {@code frequency} (Hz) and {@code area} (cm²). A command without area is judged as if by an
 * electrode of {@code tens.assumedArea.squareCentimetre}. A single pulse, without frequency and duration, has no mean power.
 */
@Component
public final class TensEnergy implements SafetyRule {
    /** Load at which IEC 60601-2-10 states its limits. */
    private static final double OHM = 500;

    @Override
    public String name() {
        return "tens-energy";
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
            double bothPhases = 2 * Arguments.of(c, "pulseWidth") * 1e-6;
            Background b = state.background();
            // mA² · Ω · s is µJ.
            double millijoule = amplitude * amplitude * OHM * bothPhases * 1e-3;
            Verdict energy = Arguments.atMost(
                    millijoule,
                    b.limit("tens.pulse.millijouleAt500Ohm"),
                    "the energy of a pulse of " + Arguments.number(amplitude) + " mA, "
                            + Arguments.number(Arguments.of(c, "pulseWidth")) + " us in each phase, at 500 ohm",
                    "mJ");
            return Arguments.all(energy, density(c, b, amplitude, bothPhases));
        });
    }

    private static Verdict density(Command c, Background b, double amplitude, double bothPhases) {
        boolean named = Arguments.has(c, "area");
        double area = named
                ? Arguments.of(c, "area")
                : b.limit("tens.assumedArea.squareCentimetre").value();
        if (area == 0) {
            return new Verdict.Refused(
                    "the electrode has an area of 0 cm^2, so no density can be judged; give its area",
                    "default of this platform");
        }
        if (!Arguments.has(c, "frequency") && !Arguments.has(c, "duration")) {
            return Arguments.ALLOWED;
        }
        double rms = amplitude * Math.sqrt(bothPhases * Arguments.of(c, "frequency"));
        String on = " of " + Arguments.number(rms) + " mA rms on " + Arguments.number(area) + " cm^2"
                + (named ? "" : " (assumed, since the command names no area)");
        return Arguments.all(
                Arguments.atMost(
                        rms * rms * 1e-6 * OHM / area,
                        b.limit("tens.density.wattPerSquareCentimetre"),
                        "the power density at 500 ohm" + on,
                        "W/cm^2"),
                Arguments.atMost(
                        rms / area,
                        b.limit("tens.density.milliampereRmsPerSquareCentimetre"),
                        "the current density" + on,
                        "mA rms/cm^2"));
    }
}
