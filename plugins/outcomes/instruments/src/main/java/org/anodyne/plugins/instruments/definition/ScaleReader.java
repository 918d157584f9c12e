package org.anodyne.plugins.instruments.definition;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.anodyne.plugins.instruments.definition.Definition.Item;
import org.anodyne.plugins.instruments.definition.Scale.Band;
import org.anodyne.plugins.instruments.definition.Scale.Bands;
import org.anodyne.plugins.instruments.definition.Scale.Change;
import org.anodyne.plugins.instruments.definition.Scale.Direction;
import org.anodyne.plugins.instruments.definition.Scale.Lookup;
import org.anodyne.plugins.instruments.definition.Scale.Missing;
import org.anodyne.plugins.instruments.definition.Scale.Op;
import org.anodyne.plugins.instruments.definition.Scale.Rule;
import org.anodyne.plugins.instruments.definition.Scale.Transform;

/** Reads the scales of an instrument, one after the other. */
final class ScaleReader {
    /** Published ranges are written with few digits. */
    private static final double RANGE_ERROR = 1e-6;

    private final Map<String, Item> items = new HashMap<>();
    private final Map<String, Scale> before = new HashMap<>();

    private record Range(double least, double greatest) {}

    ScaleReader(List<Item> items) {
        items.forEach(i -> this.items.put(i.id(), i));
    }

    Scale read(Fields f, String id) {
        List<String> parts = known(f, "items", items);
        parts.stream()
                .filter(i -> items.containsKey(i) && items.get(i).inWords())
                .forEach(i -> f.fault("items", "names '" + i + "', which is answered in words and counts nothing"));
        List<String> scales = known(f, "scales", before);
        if (parts.isEmpty() == scales.isEmpty()) {
            f.fault("items", "or 'scales' should say what the scale is made of, one of them");
        }
        Op op = constant(f, "op", Op.values(), Op.SUM);
        if (op == Op.PERCENT && !scales.isEmpty()) {
            f.fault("op", "'percent' is of items");
        }
        Transform transform = f.object("transform")
                .map(t -> {
                    Transform read =
                            new Transform(t.numberOr("add", 0), t.numberOr("multiply", 1), t.numberOr("divide", 1));
                    if (read.divide() == 0 || read.multiply() == 0) {
                        t.fault("divide", "and 'multiply' should not be 0");
                        read = Transform.NONE;
                    }
                    t.done();
                    return read;
                })
                .orElse(Transform.NONE);
        Missing missing = missing(f.needed("missing"), parts.size() + scales.size());
        Range raw = range(parts, scales, op, transform);
        Optional<Lookup> lookup = f.object("lookup").map(l -> lookup(l, raw, missing, transform));
        Range range = lookup.map(ScaleReader::ends).orElse(raw);
        double least = f.number("min");
        double greatest = f.number("max");
        if (Math.abs(range.least() - least) > RANGE_ERROR || Math.abs(range.greatest() - greatest) > RANGE_ERROR) {
            f.fault(
                    "min",
                    "and 'max' say " + least + " to " + greatest + ", but items and rule lead from " + range.least()
                            + " to " + range.greatest());
        }
        Scale scale = new Scale(
                id,
                f.text("title"),
                parts,
                scales,
                op,
                transform,
                lookup,
                missing,
                least,
                greatest,
                f.textOr("code", ""),
                direction(f.oneOf("direction", List.of("lower-is-better", "higher-is-better", "none"))),
                f.object("bands").map(b -> bands(b, least)),
                changes(f),
                f.flag("verified"),
                f.textOr("source", ""));
        f.done();
        before.put(id, scale);
        return scale;
    }

    private static List<String> known(Fields f, String field, Map<String, ?> there) {
        List<String> ids = f.texts(field);
        ids.stream()
                .filter(i -> !there.containsKey(i))
                .forEach(i -> f.fault(field, "names '" + i + "', which is not there"));
        if (new HashSet<>(ids).size() < ids.size()) {
            f.fault(field, "names something twice");
        }
        return ids;
    }

    private static <E extends Enum<E>> E constant(Fields f, String field, E[] all, E otherwise) {
        List<String> names = new ArrayList<>();
        for (E e : all) {
            names.add(e.name().toLowerCase(Locale.ROOT));
        }
        int index = names.indexOf(f.oneOf(field, names));
        return index < 0 ? otherwise : all[index];
    }

    private static Direction direction(String text) {
        return switch (text) {
            case "lower-is-better" -> Direction.LOWER_IS_BETTER;
            case "higher-is-better" -> Direction.HIGHER_IS_BETTER;
            default -> Direction.NONE;
        };
    }

    private static Missing missing(Fields f, int parts) {
        Rule rule = constant(f, "rule", Rule.values(), Rule.ALL);
        int least = rule == Rule.PRORATE ? f.whole("minAnswered") : rule == Rule.ALL ? parts : 1;
        if (rule == Rule.PRORATE && (least < 1 || least > parts)) {
            f.fault("minAnswered", "should be from 1 to " + parts);
        }
        Missing missing =
                new Missing(rule, least, f.flagOr("roundUp", false), f.flag("verified"), f.textOr("source", ""));
        if (missing.roundUp() && rule != Rule.PRORATE) {
            f.fault("roundUp", "belongs to the rule 'prorate'");
        }
        f.done();
        return missing;
    }

    private Range range(List<String> parts, List<String> scales, Op op, Transform t) {
        double least = 0;
        double greatest = 0;
        int count = 0;
        for (String id : parts) {
            Item i = items.get(id);
            if (i != null) {
                least += i.leastCount();
                greatest += i.mostCount();
                count++;
            }
        }
        for (String id : scales) {
            Scale s = before.get(id);
            if (s != null) {
                least += s.minimum();
                greatest += s.maximum();
                count++;
            }
        }
        if (op == Op.PERCENT) {
            least = 0;
            greatest = 100;
        } else if (op == Op.MEAN && count > 0) {
            least /= count;
            greatest /= count;
        }
        double a = t.of(least);
        double b = t.of(greatest);
        return new Range(Math.min(a, b), Math.max(a, b));
    }

    private static Lookup lookup(Fields f, Range raw, Missing missing, Transform transform) {
        int from = f.whole("from");
        List<Double> scores = f.numbers("scores");
        Map<Integer, Double> table = new LinkedHashMap<>();
        for (int i = 0; i < scores.size(); i++) {
            table.put(from + i, scores.get(i));
        }
        Lookup lookup = new Lookup(table, f.flag("verified"), f.textOr("source", ""));
        f.done();
        if (from != raw.least() || from + scores.size() - 1 != raw.greatest()) {
            f.fault("scores", "should hold a score for each raw value from " + raw.least() + " to " + raw.greatest());
        }
        if (missing.rule() == Rule.PRORATE && !missing.roundUp()) {
            f.fault("scores", "are found by whole raw values; a prorated one needs 'roundUp'");
        }
        if (!transform.equals(Transform.NONE)) {
            f.fault("scores", "are found by raw values; leave out 'transform'");
        }
        return lookup;
    }

    private static Range ends(Lookup lookup) {
        Collection<Double> table = lookup.scores().values();
        return new Range(
                table.stream().mapToDouble(v -> v).min().orElse(0),
                table.stream().mapToDouble(v -> v).max().orElse(0));
    }

    private static Bands bands(Fields f, double least) {
        List<Band> list = new ArrayList<>();
        for (Fields b : f.objects("list")) {
            Band band = new Band(b.number("from"), b.text("label"));
            if (!list.isEmpty() && band.from() <= list.get(list.size() - 1).from()) {
                b.fault("from", "should be greater than the one before");
            }
            list.add(band);
            b.done();
        }
        if (list.isEmpty() || list.get(0).from() != least) {
            f.fault("list", "should begin at the least score, " + least);
        }
        Bands bands = new Bands(list, f.flag("verified"), f.textOr("source", ""));
        f.done();
        return bands;
    }

    private static List<Change> changes(Fields f) {
        List<Change> all = new ArrayList<>();
        for (Fields c : f.objects("change")) {
            boolean percent = c.has("percent");
            if (percent == c.has("absolute")) {
                c.fault("absolute", "or 'percent' should say from how much on, one of them");
            }
            double amount = percent ? c.number("percent") : c.numberOr("absolute", 0);
            if (!(amount > 0)) {
                c.fault(percent ? "percent" : "absolute", "should be greater than 0");
            }
            c.numberOr("absolute", 0);
            all.add(new Change(c.text("label"), percent, amount, c.flag("verified"), c.textOr("source", "")));
            c.done();
        }
        return all;
    }
}
