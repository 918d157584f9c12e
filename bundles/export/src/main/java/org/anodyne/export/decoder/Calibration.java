package org.anodyne.export.decoder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.anodyne.decoder.train.Rows;
import org.anodyne.export.facts.Facts;
import org.anodyne.export.facts.Series;
import org.anodyne.export.facts.SessionFacts;
import org.anodyne.plugin.FeatureRef;
import org.anodyne.record.RecordException;

/**
 * The labelled rows of one calibration: at values of the driving feature, at least a step apart, each feature as the online
 * decoder would have used it then, by the rule that the session's own protocol states. Thread: one.
 */
final class Calibration {
    private static final String PLUGIN = "pain-state";

    private final SessionFacts facts;
    private final String slot;
    private final Map<String, Object> parameters;
    private final Map<String, Object> rule;
    private final List<String> features;

    /** A stretch of one label: after {@code from}, up to {@code to}. */
    private record Period(long from, long to, boolean high) {}

    /** Rows of one record before they are numbered. */
    private final List<double[]> x = new ArrayList<>();

    private final List<Boolean> high = new ArrayList<>();
    private final List<Integer> period = new ArrayList<>();
    private final List<Double> seconds = new ArrayList<>();
    private int leftOut;

    /** @throws RecordException when the record has no such slot, or the slot no rule */
    Calibration(SessionFacts facts, String asked) {
        this.facts = facts;
        this.slot = asked.isEmpty() ? only() : asked;
        Map<String, Object> known = facts.slots().get(slot);
        if (known == null || !PLUGIN.equals(known.get("plugin"))) {
            throw new RecordException(
                    "record " + name() + " has no slot '" + slot + "' with a decoder (" + PLUGIN + ")");
        }
        this.parameters = map(known.get("parameters"));
        if (!parameters.containsKey("training")) {
            throw new RecordException(
                    "slot '" + slot + "' of record " + name() + " has no 'training': the protocol did not say"
                            + " by what a decoder is to be trained, so this was no calibration");
        }
        this.rule = map(parameters.get("training"));
        this.features = list(map(known.get("features")).get("features"));
        collect();
    }

    private String only() {
        List<String> found = facts.slots().entrySet().stream()
                .filter(e -> PLUGIN.equals(e.getValue().get("plugin")))
                .filter(e -> map(e.getValue().get("parameters")).containsKey("training"))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        if (found.size() != 1) {
            throw new RecordException(
                    found.isEmpty()
                            ? "record " + name()
                                    + " has no slot with a decoder whose parameters have 'training', so it is no"
                                    + " calibration"
                            : "record " + name() + " has several slots with 'training': " + String.join(", ", found)
                                    + "; name one by --slot");
        }
        return found.get(0);
    }

    private String name() {
        return facts.meta().session();
    }

    String slot() {
        return slot;
    }

    List<String> features() {
        return features;
    }

    /** The rule with all defaults, as the plan holds it. */
    Map<String, Object> rule() {
        return rule;
    }

    double figure(String parameter) {
        return ((Number) parameters.get(parameter)).doubleValue();
    }

    /** Unit of a feature; {@code 1} where it has none or it is not known. */
    String unit(String feature) {
        return facts.units().getOrDefault(stem(feature), "1");
    }

    /** Rows in a labelled period that were left out because a feature had no value. */
    int leftOut() {
        return leftOut;
    }

    int size() {
        return x.size();
    }

    private static String stem(String feature) {
        FeatureRef ref = FeatureRef.parse(feature);
        return ref.slot() + "/" + ref.feature();
    }

    private Series series(String feature) {
        FeatureRef ref = FeatureRef.parse(feature);
        String name = stem(feature);
        if (!ref.component().isEmpty() && !facts.features().containsKey(name)) {
            name += "[" + components(ref).indexOf(ref.component()) + "]";
        }
        Series series = facts.features().get(name);
        if (series == null) {
            throw new RecordException("record " + name() + " holds no values of '" + feature + "'");
        }
        return series;
    }

    private List<String> components(FeatureRef ref) {
        if (facts.slots().getOrDefault(ref.slot(), Map.of()).get("publishes") instanceof List<?> all) {
            for (Object f : all) {
                if (ref.feature().equals(map(f).get("name"))) {
                    return list(map(f).get("components"));
                }
            }
        }
        return List.of();
    }

    private void collect() {
        List<Series> all = features.stream().map(this::series).toList();
        Series driving = all.get(0);
        long step = nanos(rule.get("step"));
        long lag = nanos(parameters.get("lag"));
        long age = nanos(parameters.get("maximumAge"));
        List<Period> periods = rule.containsKey("phases") ? byPhase() : byRating();
        int[] place = new int[all.size()];
        int row = 0;
        for (int p = 0; p < periods.size(); p++) {
            Period of = periods.get(p);
            long last = Long.MIN_VALUE / 2;
            for (; row < driving.size() && driving.timeNanos(row) <= of.to; row++) {
                long time = driving.timeNanos(row);
                if (time <= of.from || time - last < step) {
                    continue;
                }
                last = time;
                double[] values = values(all, place, row, time - lag, time - age);
                if (Arrays.stream(values).allMatch(Double::isFinite)) {
                    x.add(values);
                    high.add(of.high);
                    period.add(p);
                    seconds.add(time / 1e9);
                } else {
                    leftOut++;
                }
            }
        }
    }

    /** As the online decoder: of all but the driving feature the newest value that is neither too new nor too old. */
    private static double[] values(List<Series> all, int[] place, int row, long notAfter, long notBefore) {
        double[] values = new double[all.size()];
        values[0] = all.get(0).value(row);
        for (int f = 1; f < values.length; f++) {
            Series s = all.get(f);
            while (place[f] < s.size() && s.timeNanos(place[f]) <= notAfter) {
                place[f]++;
            }
            int newest = place[f] - 1;
            values[f] = newest >= 0 && s.timeNanos(newest) >= notBefore ? s.value(newest) : Double.NaN;
        }
        return values;
    }

    private List<Period> byPhase() {
        Map<String, Object> phases = map(rule.get("phases"));
        List<String> highs = list(phases.get("high"));
        List<String> lows = list(phases.get("low"));
        long settle = nanos(rule.get("settle"));
        List<Period> periods = new ArrayList<>();
        for (Facts.Phase p : facts.phases()) {
            if (highs.contains(p.id()) || lows.contains(p.id())) {
                periods.add(new Period(p.startNanos() + settle, p.endNanos(), highs.contains(p.id())));
            }
        }
        return periods;
    }

    /** The time before a rating that is high or low enough, as far as no other rating lies in it. */
    private List<Period> byRating() {
        Map<String, Object> ratings = map(rule.get("ratings"));
        Series rated = series((String) ratings.get("feature"));
        double least = ((Number) ratings.get("high")).doubleValue();
        double most = ((Number) ratings.get("low")).doubleValue();
        if (!(most < least)) {
            throw new RecordException("the rule of training calls ratings up to " + most + " low and from " + least
                    + " on high; low must lie below high");
        }
        long window = nanos(ratings.get("window"));
        List<Period> periods = new ArrayList<>();
        long before = 0;
        for (int i = 0; i < rated.size(); i++) {
            long at = rated.timeNanos(i);
            double value = rated.value(i);
            if (value >= least || value <= most) {
                periods.add(new Period(Math.max(before, at - window), at, value >= least));
            }
            before = at;
        }
        return periods;
    }

    /** All calibrations' rows as one. */
    static Rows rows(List<Calibration> all) {
        int n = all.stream().mapToInt(Calibration::size).sum();
        Rows rows = new Rows(new double[n][], new boolean[n], new int[n], new int[n], new double[n]);
        int i = 0;
        int periods = 0;
        for (int r = 0; r < all.size(); r++) {
            Calibration c = all.get(r);
            int most = 0;
            for (int k = 0; k < c.size(); k++, i++) {
                rows.x()[i] = c.x.get(k);
                rows.high()[i] = c.high.get(k);
                rows.period()[i] = periods + c.period.get(k);
                rows.record()[i] = r;
                rows.seconds()[i] = c.seconds.get(k);
                most = Math.max(most, c.period.get(k) + 1);
            }
            periods += most;
        }
        return rows;
    }

    /** What computed the features, from the slots that they come from up to the sources, which are left out. */
    Map<String, Object> chain() {
        Map<String, Object> chain = new TreeMap<>();
        TreeSet<String> open = new TreeSet<>();
        features.forEach(f -> open.add(FeatureRef.parse(f).slot()));
        while (!open.isEmpty()) {
            String next = open.pollFirst();
            Map<String, Object> known = facts.slots().getOrDefault(next, Map.of());
            if (chain.containsKey(next) || "SOURCE".equals(known.get("kind"))) {
                continue;
            }
            Map<String, Object> told = new LinkedHashMap<>();
            for (String fact : List.of("plugin", "version", "sha256", "parameters")) {
                told.put(fact, known.getOrDefault(fact, ""));
            }
            chain.put(next, told);
            map(known.get("streams")).values().forEach(l -> list(l).forEach(s -> open.add(s.split("/", 2)[0])));
            map(known.get("features")).values().forEach(l -> list(l).forEach(
                            s -> open.add(FeatureRef.parse(s).slot())));
        }
        return chain;
    }

    private static long nanos(Object seconds) {
        return Math.round(((Number) seconds).doubleValue() * 1e9);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return value instanceof Map<?, ?> m ? (Map<String, Object>) m : Map.of();
    }

    private static List<String> list(Object value) {
        return value instanceof List<?> l ? l.stream().map(String::valueOf).toList() : List.of();
    }
}
