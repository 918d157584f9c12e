package org.anodyne.safety.rule;

import java.util.Locale;
import org.anodyne.plugin.Command;
import org.anodyne.plugin.safety.Background;
import org.anodyne.plugin.safety.Limit;
import org.anodyne.plugin.safety.SafetyRule.Verdict;

/** What the rules share. */
final class Arguments {
    static final Verdict ALLOWED = new Verdict.Allowed();

    private Arguments() {}

    /** What an argument lacks makes a command that cannot be judged. */
    static final class Missing extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Missing(String message) {
            super(message, null, false, false);
        }
    }

    /** A judgement that may find an argument missing. */
    @FunctionalInterface
    interface Judgement {
        Verdict judge();
    }

    static Verdict judge(Judgement judgement) {
        try {
            return judgement.judge();
        } catch (Missing e) {
            return new Verdict.Refused(e.getMessage(), "default of this platform");
        }
    }

    /** An argument that has to be a number and not negative. */
    static double of(Command c, String name) {
        double value = signed(c, name);
        if (value < 0) {
            throw missing(c, name, value);
        }
        return value;
    }

    /** An argument that has to be a number. */
    static double signed(Command c, String name) {
        Double value = c.arguments().get(name);
        if (value == null || !Double.isFinite(value)) {
            throw missing(c, name, value);
        }
        return value;
    }

    private static Missing missing(Command c, String name, Double value) {
        return new Missing("action '" + c.action() + "' has " + name + " = " + value
                + ", so its dose cannot be judged; give a number that is not negative");
    }

    static boolean has(Command c, String name) {
        return c.arguments().containsKey(name);
    }

    /** Refuses what is greater than a limit. */
    static Verdict atMost(double value, Limit limit, String what, String unit) {
        return value <= limit.value() + 1e-9 * Math.abs(limit.value())
                ? ALLOWED
                : new Verdict.Refused(
                        text("%s is %s %s; the limit is %s %s", what, number(value), unit, number(limit.value()), unit),
                        source(limit));
    }

    /** Refuses what is less than a limit. */
    static Verdict atLeast(double value, Limit limit, String what, String unit) {
        return value >= limit.value() - 1e-9 * Math.abs(limit.value())
                ? ALLOWED
                : new Verdict.Refused(
                        text(
                                "%s is %s %s; at least %s %s are asked for",
                                what, number(value), unit, number(limit.value()), unit),
                        source(limit));
    }

    static String source(Limit limit) {
        return limit.source() + "; " + limit.name();
    }

    /** The first refusal among several; allowed when there is none. */
    static Verdict all(Verdict... verdicts) {
        for (Verdict v : verdicts) {
            if (v instanceof Verdict.Refused) {
                return v;
            }
        }
        return ALLOWED;
    }

    static double total(Background b, String quantity) {
        return b.session().getOrDefault(quantity, 0.0);
    }

    static String number(double value) {
        String s = String.format(Locale.ROOT, "%.4g", value);
        if (s.contains("e")) {
            return s;
        }
        return s.contains(".") ? s.replaceAll("0+$", "").replaceAll("\\.$", "") : s;
    }

    static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
