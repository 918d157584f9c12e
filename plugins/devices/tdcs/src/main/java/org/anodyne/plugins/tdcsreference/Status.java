package org.anodyne.plugins.tdcsreference;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The stimulator's answer to {@code STAT?}.
 *
 * @param state one of the protocol's states
 * @param seconds since OUTP ON, or of the last run
 * @param milliamps what flows; for tACS the peak
 * @param kiloohms total of both electrodes
 * @param millicoulombs of this run or the last one
 */
record Status(String state, double seconds, double milliamps, double kiloohms, double millicoulombs) {
    private static final Set<String> FLOWING = Set.of("RAMPUP", "HOLD", "RAMPDOWN");
    private static final double NOTHING = 0.05;
    private static final Pattern FORM = Pattern.compile("(IDLE|ARMED|RAMPUP|HOLD|RAMPDOWN|DONE|FAULT)"
            + ",([0-9]{1,5}\\.[0-9]),([0-9]{1,2}\\.[0-9]{3}),([0-9]{1,3}\\.[0-9]),([0-9]{1,6}\\.[0-9])");

    /** Reads the answer; empty when it is none. */
    static Optional<Status> read(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches()
                ? Optional.of(new Status(
                        matcher.group(1),
                        Double.parseDouble(matcher.group(2)),
                        Double.parseDouble(matcher.group(3)),
                        Double.parseDouble(matcher.group(4)),
                        Double.parseDouble(matcher.group(5))))
                : Optional.empty();
    }

    boolean running() {
        return FLOWING.contains(state);
    }

    /** Nothing runs and nothing flows. */
    boolean quiet() {
        return !running() && milliamps < NOTHING;
    }
}
