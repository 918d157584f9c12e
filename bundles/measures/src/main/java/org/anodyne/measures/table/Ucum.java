package org.anodyne.measures.table;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Units of measure by their codes in UCUM (The Unified Code for Units of Measure, case-sensitive form): the grammar whole, and
 * of its units those that laboratories and imaging use. What is taken here is a unit in UCUM; not every unit of UCUM is taken.
 */
public final class Ucum {
    /**
     * What a unit measures, as powers of base quantities.
     *
     * @param length in metres
     * @param mass in grams
     */
    public record Dimension(int length, int mass, int time, int amount, int other) {
        static final Dimension NONE = new Dimension(0, 0, 0, 0, 0);

        /** Whether it is a mass for each volume. */
        public boolean massConcentration() {
            return equals(new Dimension(-3, 1, 0, 0, 0));
        }

        private Dimension times(Dimension d, int power) {
            return new Dimension(
                    length + power * d.length,
                    mass + power * d.mass,
                    time + power * d.time,
                    amount + power * d.amount,
                    other + power * d.other);
        }
    }

    private static final Set<String> PREFIXES =
            Set.of("Y", "Z", "E", "P", "T", "G", "M", "k", "h", "da", "d", "c", "m", "u", "n", "p", "f", "a", "z", "y");

    private static final Map<String, Dimension> METRIC = new HashMap<>();
    private static final Map<String, Dimension> PLAIN = new HashMap<>();

    static {
        Dimension other = new Dimension(0, 0, 0, 0, 1);
        Dimension volume = new Dimension(3, 0, 0, 0, 0);
        METRIC.put("m", new Dimension(1, 0, 0, 0, 0));
        METRIC.put("g", new Dimension(0, 1, 0, 0, 0));
        METRIC.put("s", new Dimension(0, 0, 1, 0, 0));
        METRIC.put("mol", new Dimension(0, 0, 0, 1, 0));
        METRIC.put("eq", new Dimension(0, 0, 0, 1, 0));
        METRIC.put("osm", new Dimension(0, 0, 0, 1, 0));
        METRIC.put("kat", new Dimension(0, 0, -1, 1, 0));
        METRIC.put("U", new Dimension(0, 0, -1, 1, 0));
        METRIC.put("L", volume);
        METRIC.put("l", volume);
        METRIC.put("Hz", new Dimension(0, 0, -1, 0, 0));
        METRIC.put("Bq", new Dimension(0, 0, -1, 0, 0));
        METRIC.put("rad", Dimension.NONE);
        METRIC.put("u", new Dimension(0, 1, 0, 0, 0));
        METRIC.put("t", new Dimension(0, 1, 0, 0, 0));
        for (String unit : new String[] {
            "A", "K", "Cel", "cd", "N", "Pa", "bar", "J", "W", "V", "C", "F", "Ohm", "S", "Wb", "T", "G", "H", "lm",
            "lx", "Gy", "Sv", "cal", "eV", "[IU]", "[iU]", "m[Hg]", "m[H2O]"
        }) {
            METRIC.put(unit, other);
        }
        for (String unit : new String[] {"%", "[ppth]", "[ppm]", "[ppb]", "[pptr]", "10*", "10^", "[pi]", "deg"}) {
            PLAIN.put(unit, Dimension.NONE);
        }
        for (String unit : new String[] {"min", "h", "d", "wk", "mo", "a"}) {
            PLAIN.put(unit, new Dimension(0, 0, 1, 0, 0));
        }
        for (String unit : new String[] {"[arb'U]", "[USP'U]", "[CFU]", "[pH]", "[degF]"}) {
            PLAIN.put(unit, other);
        }
    }

    private final String code;
    private int at;

    private Ucum(String code) {
        this.code = code;
    }

    /** What a unit measures; empty when the code is none of UCUM, or one that is not known here. */
    public static Optional<Dimension> of(String code) {
        if (code.isEmpty() || !code.chars().allMatch(c -> c > ' ' && c < 127)) {
            return Optional.empty();
        }
        Ucum reader = new Ucum(code);
        try {
            Dimension d = reader.mainTerm();
            return reader.at == code.length() ? Optional.of(d) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The code that somebody probably meant; empty when there is no telling. */
    public static Optional<String> meant(String text) {
        String code = text.strip()
                .replace("µ", "u")
                .replace("μ", "u")
                .replace("°C", "Cel")
                .replace("²", "2")
                .replace("³", "3")
                .replace("⁹", "*9")
                .replace(" ", "")
                .replace("^", "*")
                .replaceAll("(?i)\\b(m?)iu\\b", "$1[IU]")
                .replaceAll("(?i)\\bmcg\\b", "ug")
                .replaceAll("(?i)\\bcc\\b", "mL")
                .replaceAll("\\b([munpf]?)M\\b", "$1mol/L")
                .replaceAll("(?i)\\bsec\\b", "s")
                .replaceAll("(?i)\\b(hr|hrs|hour|hours)\\b", "h")
                .replaceAll("(?i)\\b(au|a\\.u\\.)", "[arb'U]")
                .replaceAll("(?i)\\bcells?\\b", "{cells}")
                .replaceAll("(?i)\\bx?10\\*", "10*")
                .replaceAll("(?i)\\b([kdcmunpf]?)g/([dmunpf]?)l\\b", "$1g/$2L")
                .replaceAll("(?i)^(percent|pct)$", "%")
                .replaceAll("(?i)^(none|ratio|n/a|-|z|zscore|z-score|unitless|dimensionless)?$", "1");
        return !code.equals(text) && of(code).isPresent() ? Optional.of(code) : Optional.empty();
    }

    private boolean next(char c) {
        if (at < code.length() && code.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    private Dimension mainTerm() {
        return next('/') ? rest(component(), -1) : rest(component(), 1);
    }

    /** Components are taken from left to right: a/b.c is (a/b).c. */
    private Dimension rest(Dimension first, int power) {
        Dimension d = Dimension.NONE.times(first, power);
        while (at < code.length() && (code.charAt(at) == '.' || code.charAt(at) == '/')) {
            int sign = code.charAt(at++) == '/' ? -1 : 1;
            d = d.times(component(), sign);
        }
        return d;
    }

    private Dimension component() {
        if (next('(')) {
            Dimension d = rest(component(), 1);
            if (!next(')')) {
                throw new IllegalArgumentException("a bracket is not closed");
            }
            return d;
        }
        if (annotation()) {
            return Dimension.NONE;
        }
        Dimension d = simple();
        annotation();
        return d;
    }

    private boolean annotation() {
        if (!next('{')) {
            return false;
        }
        int end = code.indexOf('}', at);
        if (end < 0 || code.substring(at, end).contains("{")) {
            throw new IllegalArgumentException("an annotation is not closed");
        }
        at = end + 1;
        return true;
    }

    private Dimension simple() {
        int from = at;
        while (at < code.length() && Character.isDigit(code.charAt(at))) {
            at++;
        }
        boolean powerOfTen = code.startsWith("10*", from) || code.startsWith("10^", from);
        if (at > from && !powerOfTen) {
            return Dimension.NONE; // a factor
        }
        at = from;
        String name = name();
        Dimension unit = unit(name);
        int sign = next('-') ? -1 : 1;
        boolean signed = sign < 0 || next('+');
        int digits = at;
        while (at < code.length() && Character.isDigit(code.charAt(at))) {
            at++;
        }
        if (at == digits) {
            if (signed) {
                throw new IllegalArgumentException("an exponent is missing");
            }
            return unit;
        }
        if (at - digits > 2) {
            throw new IllegalArgumentException("an exponent is too great");
        }
        return Dimension.NONE.times(unit, sign * Integer.parseInt(code.substring(digits, at)));
    }

    /** Up to the exponent, operator or annotation; what is in square brackets belongs to a name whole. */
    private String name() {
        int from = at;
        if (code.startsWith("10*", at) || code.startsWith("10^", at)) {
            at += 3;
            return code.substring(from, at);
        }
        while (at < code.length()) {
            char c = code.charAt(at);
            if (c == '[') {
                int end = code.indexOf(']', at);
                at = end < 0 ? code.length() : end + 1;
            } else if (Character.isLetter(c) || c == '%') {
                at++;
            } else {
                break;
            }
        }
        return code.substring(from, at);
    }

    private static Dimension unit(String name) {
        Dimension whole = METRIC.getOrDefault(name, PLAIN.get(name));
        if (whole != null) {
            return whole;
        }
        for (int length = 1; length <= 2 && length < name.length(); length++) {
            Dimension rest = METRIC.get(name.substring(length));
            if (rest != null && PREFIXES.contains(name.substring(0, length))) {
                return rest;
            }
        }
        throw new IllegalArgumentException(String.format(Locale.ROOT, "'%s' is no unit", name));
    }
}
