package org.anodyne.export.quantity;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.anodyne.export.quantity.Definition.Band;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads the list {@code outcomes} of a protocol or of a file of its own. Thread: any. */
public final class Definitions {
    private static final Pattern HERTZ = Pattern.compile("([0-9]+(?:\\.[0-9]+)?) *Hz");
    private static final Pattern PERCENT = Pattern.compile("([0-9]+(?:\\.[0-9]+)?) *%");
    private static final Set<String> KNOWN = Set.of(
            "id",
            "title",
            "kind",
            "of",
            "item",
            "channels",
            "with",
            "band",
            "relativeTo",
            "measure",
            "phase",
            "condition",
            "time",
            "baseline",
            "take",
            "benefit",
            "responders",
            "painFree",
            "sessions",
            "source",
            "verified");

    private final List<String> faults = new ArrayList<>();

    private Definitions() {}

    /**
     * Those of a YAML text.
     *
     * @return empty when it has no {@code outcomes}
     * @throws IllegalArgumentException with all faults, one a line
     */
    public static List<Definition> of(String yaml) {
        Object root;
        try {
            root = new Load(LoadSettings.builder()
                            .setLabel("outcomes")
                            .setMaxAliasesForCollections(50)
                            .build())
                    .loadFromString(yaml);
        } catch (YamlEngineException e) {
            throw new IllegalArgumentException("this is no YAML: " + e.getMessage(), e);
        }
        Object list = root instanceof Map<?, ?> m ? m.get("outcomes") : null;
        if (list == null) {
            return List.of();
        }
        Definitions reader = new Definitions();
        List<Definition> read = reader.list(list);
        if (!reader.faults.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", reader.faults));
        }
        return read;
    }

    private List<Definition> list(Object list) {
        List<Definition> read = new ArrayList<>();
        if (!(list instanceof List<?> entries)) {
            faults.add("'outcomes' is a list");
            return read;
        }
        Set<String> ids = new HashSet<>();
        for (Object entry : entries) {
            if (entry instanceof Map<?, ?> m) {
                Definition d = one(m);
                if (!ids.add(d.id())) {
                    faults.add("outcome '" + d.id() + "' stands there twice");
                }
                read.add(d);
            } else {
                faults.add("an outcome is a mapping with 'id' and 'kind', not " + entry);
            }
        }
        return read;
    }

    private Definition one(Map<?, ?> m) {
        String id = text(m, "id");
        String who = "outcome '" + id + "'";
        if (!id.matches("[A-Za-z0-9_-]+")) {
            faults.add(who + ": 'id' is letters, digits, '-' and '_'");
        }
        m.keySet().stream()
                .filter(k -> !KNOWN.contains(String.valueOf(k)))
                .forEach(k -> faults.add(who + ": '" + k + "' is not known"));
        Definition.Kind kind = word(Definition.Kind.class, m, "kind", null, who);
        Optional<Band> band = band(m, "band", who);
        boolean spectral = kind == Definition.Kind.BAND_POWER || kind == Definition.Kind.CONNECTIVITY;
        if (spectral && band.isEmpty()) {
            faults.add(who + ": 'band' is missing; write e.g. band: {low: 8 Hz, high: 13 Hz}");
        }
        if (kind == Definition.Kind.CONNECTIVITY
                && (strings(m, "channels").isEmpty() || strings(m, "with").isEmpty())) {
            faults.add(who + ": a connectivity goes from 'channels' to 'with'; name both");
        }
        if ((kind == Definition.Kind.RATING || kind == Definition.Kind.SCORE)
                && (text(m, "of").isEmpty() || text(m, "item").isEmpty())) {
            faults.add(who + ": name the slot that asks in 'of' and what it asks in 'item'");
        }
        if (kind == Definition.Kind.FEATURE && !text(m, "of").contains("/")) {
            faults.add(who + ": 'of' is slot/feature");
        }
        Definition.Benefit benefit = word(Definition.Benefit.class, m, "benefit", Definition.Benefit.NONE, who);
        List<Double> responders = shares(m, who);
        if (!responders.isEmpty() && (text(m, "baseline").isEmpty() || benefit == Definition.Benefit.NONE)) {
            faults.add(who + ": 'responders' need a 'baseline' and a direction of 'benefit'");
        }
        return new Definition(
                id,
                text(m, "title"),
                kind,
                text(m, "of"),
                text(m, "item"),
                strings(m, "channels"),
                strings(m, "with"),
                band,
                band(m, "relativeTo", who),
                word(Definition.Measure.class, m, "measure", Definition.Measure.DEBIASED_WPLI, who),
                text(m, "phase"),
                text(m, "condition"),
                text(m, "time"),
                text(m, "baseline"),
                word(Definition.Take.class, m, "take", Definition.Take.LAST, who),
                benefit,
                responders,
                m.get("painFree") instanceof Number n ? OptionalDouble.of(n.doubleValue()) : OptionalDouble.empty(),
                m.get("sessions") instanceof Integer n ? OptionalInt.of(n) : OptionalInt.empty(),
                text(m, "source"),
                m.get("verified") instanceof Boolean b && b);
    }

    private <E extends Enum<E>> E word(Class<E> type, Map<?, ?> m, String key, E otherwise, String who) {
        String given = text(m, key);
        for (E e : type.getEnumConstants()) {
            if (e.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(given)) {
                return e;
            }
        }
        if (!given.isEmpty() || otherwise == null) {
            List<String> words = new ArrayList<>();
            for (E e : type.getEnumConstants()) {
                words.add(e.name().toLowerCase(Locale.ROOT).replace('_', '-'));
            }
            faults.add(who + ": '" + key + "' is one of " + String.join(", ", words)
                    + (given.isEmpty() ? "" : ", not '" + given + "'"));
        }
        return otherwise;
    }

    private Optional<Band> band(Map<?, ?> m, String key, String who) {
        if (m.get(key) == null) {
            return Optional.empty();
        }
        if (m.get(key) instanceof Map<?, ?> b) {
            Matcher low = HERTZ.matcher(text(b, "low"));
            Matcher high = HERTZ.matcher(text(b, "high"));
            if (low.matches() && high.matches()) {
                Band band = new Band(Double.parseDouble(low.group(1)), Double.parseDouble(high.group(1)));
                if (band.low() < band.high()) {
                    return Optional.of(band);
                }
            }
        }
        faults.add(who + ": '" + key + "' is written {low: 8 Hz, high: 13 Hz}, from the lower to the higher");
        return Optional.empty();
    }

    private List<Double> shares(Map<?, ?> m, String who) {
        List<Double> shares = new ArrayList<>();
        for (String given : strings(m, "responders")) {
            Matcher percent = PERCENT.matcher(given);
            if (percent.matches()) {
                shares.add(Double.parseDouble(percent.group(1)) / 100);
            } else {
                faults.add(who + ": 'responders' are shares of the baseline, e.g. [30 %, 50 %], not " + given);
            }
        }
        return shares;
    }

    private static List<String> strings(Map<?, ?> m, String key) {
        Object value = m.get(key);
        if (value instanceof List<?> l) {
            return l.stream().map(String::valueOf).toList();
        }
        return value == null ? List.of() : List.of(String.valueOf(value));
    }

    private static String text(Map<?, ?> m, String key) {
        return m.get(key) == null ? "" : String.valueOf(m.get(key)).strip();
    }
}
