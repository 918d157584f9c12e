package org.anodyne.safety;

import java.util.Locale;
import java.util.function.Function;
import org.anodyne.plugin.Command;
import org.anodyne.plugin.safety.SafetyRule.Verdict;

/** What the rules for the TENS adapter share. */
final class Tens {
    static final String PLUGIN = "tens-rehastim";
    static final String AMPLITUDE = "amplitude";
    static final String PULSE_WIDTH = "pulseWidth";
    static final String FREQUENCY = "frequency";
    static final String DURATION = "duration";

    private Tens() {}

    /** Judges by arguments; one that is absent, negative or no number cannot be judged and is refused. */
    static Verdict judge(Command command, Function<double[], Verdict> rule, String... arguments) {
        double[] values = new double[arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            Double value = command.arguments().get(arguments[i]);
            if (value == null || !Double.isFinite(value) || value < 0) {
                return new Verdict.Refused(
                        "action '" + command.action() + "' has " + arguments[i] + " = " + value
                                + ", so its dose cannot be judged; give a number that is not negative",
                        "default of this platform");
            }
            values[i] = value;
        }
        return rule.apply(values);
    }

    static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
