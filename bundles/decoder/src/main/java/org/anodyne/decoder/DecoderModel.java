package org.anodyne.decoder;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * A logistic model that was trained on one person, as its file says: log odds = intercept + Σ weight · (value − mean) /
 * standard deviation.
 *
 * @param participant on whose records it was trained
 * @param simulated whether any of what it was trained on was simulated
 * @param terms features in the order of the training, the driving one first
 * @param lagSeconds least age of all features but the first
 * @param maximumAgeSeconds greatest age of a value that is used
 * @param slots what computed the features: by slot {@code plugin}, {@code version}, {@code parameters}
 * @param scores cross-validated scores of the calibration
 */
public record DecoderModel(
        String participant,
        boolean simulated,
        List<Term> terms,
        double intercept,
        double lagSeconds,
        double maximumAgeSeconds,
        Map<String, Object> slots,
        Scores scores) {
    /** Of the file. */
    public static final String FORMAT = "anodyne-decoder";

    /** Version of the file's format. */
    public static final int VERSION = 1;

    /** A file is text of at most so many characters: it becomes part of the record of every session. */
    public static final int LARGEST = 2_000_000;

    /**
     * A feature with its part in the model.
     *
     * @param name {@code slot/feature}
     */
    public record Term(String name, String unit, double mean, double standardDeviation, double weight) {}

    /**
     * What models that had not seen a row said of it; arrays of the same length, in the order of time.
     *
     * @param stepSeconds from one row of a period to the next
     * @param period number of the period that a row lies in
     * @param seconds time of the row in its record
     */
    public record Scores(double stepSeconds, int[] period, double[] seconds, boolean[] high, double[] logit) {}

    /** SHA-256 of a file's text in UTF-8, hexadecimal: what {@code sha256sum} says of the file. */
    public static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /**
     * Reads a model file.
     *
     * @throws DecoderException when it is none, or damaged
     */
    public static DecoderModel parse(String text) {
        if (text.length() > LARGEST) {
            throw new DecoderException("the model file is larger than " + LARGEST + " characters");
        }
        try {
            // JSON is YAML; the engine's own reader is what plug-ins may carry.
            Object root = new Load(LoadSettings.builder().setLabel("model").build()).loadFromString(text);
            return read(map(root));
        } catch (YamlEngineException | ClassCastException | NullPointerException e) {
            throw new DecoderException("the model file is damaged, or no model file: " + e.getMessage());
        }
    }

    private static DecoderModel read(Map<String, Object> m) {
        if (!FORMAT.equals(m.get("format"))) {
            throw new DecoderException("the file is no model of a decoder: it has no \"format\": \"" + FORMAT + "\"");
        }
        if (number(m, "version") != VERSION) {
            throw new DecoderException("the model file has version " + m.get("version") + " of its format, but this"
                    + " platform reads version " + VERSION
                    + "; train again, or use the platform that it was made with");
        }
        List<Term> terms = new ArrayList<>();
        for (Object f : (List<?>) Objects.requireNonNull(m.get("features"), "features")) {
            Map<String, Object> t = map(f);
            Term term = new Term(
                    text(t, "name"),
                    text(t, "unit"),
                    number(t, "mean"),
                    number(t, "standardDeviation"),
                    number(t, "weight"));
            if (!(term.standardDeviation > 0) || !Double.isFinite(term.mean) || !Double.isFinite(term.weight)) {
                throw new DecoderException(
                        "feature '" + term.name + "' of the model file has a mean, standard deviation"
                                + " or weight that no training gives; the file is damaged");
            }
            terms.add(term);
        }
        double intercept = number(m, "intercept");
        if (terms.isEmpty() || !Double.isFinite(intercept)) {
            throw new DecoderException("the model file has no features or no intercept; it is damaged");
        }
        return new DecoderModel(
                text(m, "participant"),
                (Boolean) Objects.requireNonNull(m.get("simulated"), "simulated"),
                List.copyOf(terms),
                intercept,
                number(m, "lag"),
                number(m, "maximumAge"),
                map(m.get("slots")),
                scores(map(m.get("crossValidated"))));
    }

    private static Scores scores(Map<String, Object> m) {
        double[] period = numbers(m, "period");
        double[] high = numbers(m, "high");
        Scores s = new Scores(
                number(m, "step"),
                new int[period.length],
                numbers(m, "seconds"),
                new boolean[high.length],
                numbers(m, "logit"));
        for (int i = 0; i < period.length; i++) {
            s.period[i] = (int) period[i];
            s.high[i] = high[i] != 0;
        }
        if (s.seconds.length != period.length || s.logit.length != period.length || high.length != period.length) {
            throw new DecoderException("the cross-validated scores of the model file are not whole; it is damaged");
        }
        return s;
    }

    /** Log odds of high pain, by values in the order of the terms; not a number when one of them is none. */
    public double logit(double[] values) {
        double logit = intercept;
        for (int i = 0; i < values.length; i++) {
            Term t = terms.get(i);
            logit += t.weight * ((values[i] - t.mean) / t.standardDeviation);
        }
        return logit;
    }

    /** The logistic function; the same bits on every machine. */
    public static double probability(double logit) {
        if (logit >= 0) {
            return 1 / (1 + StrictMath.exp(-logit));
        }
        double odds = StrictMath.exp(logit);
        return odds / (1 + odds);
    }

    private static String text(Map<String, Object> m, String name) {
        return (String) Objects.requireNonNull(m.get(name), name);
    }

    private static double number(Map<String, Object> m, String name) {
        return ((Number) Objects.requireNonNull(m.get(name), name)).doubleValue();
    }

    private static double[] numbers(Map<String, Object> m, String name) {
        return ((List<?>) Objects.requireNonNull(m.get(name), name))
                .stream().mapToDouble(v -> ((Number) v).doubleValue()).toArray();
    }

    private static Map<String, Object> map(Object value) {
        Map<String, Object> map = new LinkedHashMap<>();
        ((Map<?, ?>) Objects.requireNonNull(value)).forEach((k, v) -> map.put((String) k, v));
        return map;
    }
}
