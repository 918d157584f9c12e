package org.anodyne.session.engine.protocol;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A number with its unit, as protocols write it: {@code 200 us}. Units are exact ratios, so that {@code 200 us} is
 * 0.2 ms and not nearly so.
 *
 * @param value the number
 * @param unit its unit, in the notation of {@link #canonical}; empty when there is none
 */
record Quantity(BigDecimal value, String unit) {
    private static final Pattern FORM =
            Pattern.compile("\\s*([+-]?[0-9]+(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]{1,3})?)\\s*((?:1/)?[^0-9\\s.].*?)?\\s*");

    /** The unit's size is {@code numerator/denominator} of its dimension's first unit. */
    private record Unit(String dimension, BigDecimal numerator, BigDecimal denominator) {}

    private static final Map<String, Unit> UNITS = new LinkedHashMap<>();

    static {
        scaled("time", "s", "ns", -9, "us", -6, "ms", -3, "s", 0);
        ratio("time", "min", "60", "1");
        ratio("time", "h", "3600", "1");
        scaled("frequency", "Hz", "mHz", -3, "Hz", 0, "kHz", 3, "MHz", 6, "1/s", 0);
        ratio("frequency", "1/min", "1", "60");
        ratio("frequency", "1/h", "1", "3600");
        scaled("current", "A", "nA", -9, "uA", -6, "mA", -3, "A", 0);
        scaled("voltage", "V", "nV", -9, "uV", -6, "mV", -3, "V", 0, "kV", 3);
        scaled("voltage squared", "V^2", "nV^2", -18, "uV^2", -12, "mV^2", -6, "V^2", 0);
        scaled("voltage squared per frequency", "V^2/Hz", "uV^2/Hz", -12, "mV^2/Hz", -6, "V^2/Hz", 0);
        scaled("conductance", "S", "nS", -9, "uS", -6, "mS", -3, "S", 0);
        scaled("conductance per time", "S/s", "uS/s", -6, "mS/s", -3, "S/s", 0);
        scaled("resistance", "Ohm", "Ohm", 0, "kOhm", 3, "MOhm", 6);
        scaled("charge", "C", "nC", -9, "uC", -6, "mC", -3, "C", 0);
        scaled("magnetic field", "T", "uT", -6, "mT", -3, "T", 0);
        scaled("length", "m", "um", -6, "mm", -3, "cm", -2, "m", 0);
        scaled("temperature", "degC", "degC", 0);
        scaled("angle", "deg", "deg", 0);
        scaled("ratio", "1", "1", 0, "%", -2);
    }

    /** Why a quantity cannot be used; the message is for a person. */
    static final class UnitException extends Exception {
        private static final long serialVersionUID = 1L;

        UnitException(String message) {
            super(message);
        }
    }

    private static void scaled(String dimension, String base, Object... symbolsAndExponents) {
        for (int i = 0; i < symbolsAndExponents.length; i += 2) {
            int exponent = (Integer) symbolsAndExponents[i + 1];
            UNITS.put(
                    (String) symbolsAndExponents[i],
                    new Unit(dimension, BigDecimal.ONE.scaleByPowerOfTen(exponent), BigDecimal.ONE));
        }
        assert UNITS.containsKey(base);
    }

    private static void ratio(String dimension, String symbol, String numerator, String denominator) {
        UNITS.put(symbol, new Unit(dimension, new BigDecimal(numerator), new BigDecimal(denominator)));
    }

    /**
     * Reads a quantity.
     *
     * @throws UnitException when the text is none
     */
    static Quantity parse(String text) throws UnitException {
        Matcher m = FORM.matcher(text);
        if (!m.matches()) {
            throw new UnitException("'" + text + "' is no quantity; write a number and its unit, e.g. 5 s");
        }
        return new Quantity(new BigDecimal(m.group(1)), m.group(2) == null ? "" : canonical(m.group(2)));
    }

    /** One notation for a unit: {@code µ} becomes {@code u}, {@code ²} becomes {@code ^2}, {@code Ω} becomes {@code Ohm}. */
    static String canonical(String unit) {
        String u = unit.strip();
        return (u.startsWith("/") ? "1" + u : u)
                .replace('\u00b5', 'u')
                .replace('\u03bc', 'u')
                .replace("\u00b2", "^2")
                .replace("V2", "V^2")
                .replace("\u03a9", "Ohm")
                .replace("ohm", "Ohm")
                .replace("\u00b0C", "degC")
                .replace("/sec", "/s");
    }

    /** Whether a value with this unit is written as a bare number. */
    static boolean dimensionless(String unit) {
        return unit.isEmpty() || unit.equals("1");
    }

    /**
     * The value in another unit.
     *
     * @throws UnitException when the unit is missing, unknown, or of another dimension
     */
    double in(String target) throws UnitException {
        return exactly(target).doubleValue();
    }

    /** As {@link #in}, before rounding to a {@code double}. */
    BigDecimal exactly(String target) throws UnitException {
        String wanted = canonical(target);
        if (unit.isEmpty() && !dimensionless(wanted)) {
            throw new UnitException(
                    value.toPlainString() + " has no unit; write e.g. " + value.toPlainString() + " " + target);
        }
        if (unit.equals(wanted) || (unit.isEmpty() && dimensionless(wanted))) {
            return value;
        }
        Unit from = UNITS.get(unit);
        Unit to = UNITS.get(wanted.isEmpty() ? "1" : wanted);
        if (from == null || to == null) {
            throw new UnitException("the unit '" + unit + "' is not known here; " + expected(wanted, to));
        }
        if (!from.dimension.equals(to.dimension)) {
            throw new UnitException("'" + value.toPlainString() + " " + unit + "' is a " + from.dimension + ", but a "
                    + to.dimension + " is needed; " + expected(wanted, to));
        }
        return value.multiply(from.numerator)
                .multiply(to.denominator)
                .divide(from.denominator.multiply(to.numerator), MathContext.DECIMAL64);
    }

    private static String expected(String wanted, Unit to) {
        if (to == null) {
            return "write it in " + wanted;
        }
        if (to.dimension.equals("ratio")) {
            return "write a number without a unit";
        }
        List<String> symbols = UNITS.entrySet().stream()
                .filter(e -> e.getValue().dimension.equals(to.dimension))
                .map(Map.Entry::getKey)
                .toList();
        return "write it in " + symbols.stream().collect(Collectors.joining(", "));
    }
}
