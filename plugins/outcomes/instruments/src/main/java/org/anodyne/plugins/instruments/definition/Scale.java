package org.anodyne.plugins.instruments.definition;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A score and how it is made: what it is made of, put together by {@code op}, then {@code (x + add) · multiply / divide},
 * then looked up where there is a table.
 *
 * @param items items it is made of; empty when it is made of scales
 * @param scales scales it is made of, each before this one in the file
 * @param lookup the table of scores; empty where there is none
 * @param minimum least score that can come
 * @param maximum greatest score that can come
 * @param code LOINC code; empty where none is known for certain
 * @param verified whether somebody compared what the scale is made of, and how, with a source
 * @param source where that is from
 */
public record Scale(
        String id,
        String title,
        List<String> items,
        List<String> scales,
        Op op,
        Transform transform,
        Optional<Lookup> lookup,
        Missing missing,
        double minimum,
        double maximum,
        String code,
        Direction direction,
        Optional<Bands> bands,
        List<Change> changes,
        boolean verified,
        String source) {
    public Scale {
        items = List.copyOf(items);
        scales = List.copyOf(scales);
        changes = List.copyOf(changes);
    }

    /** How parts are put together. */
    public enum Op {
        SUM,
        MEAN,
        /** 100 · (sum − least sum) / (greatest sum − least sum), over the items that were answered. */
        PERCENT
    }

    /** Applied to what {@link Op} gives: {@code (x + add) · multiply / divide}. */
    public record Transform(double add, double multiply, double divide) {
        /** Changes nothing. */
        public static final Transform NONE = new Transform(0, 1, 1);

        /** Applies it. */
        public double of(double x) {
            return (x + add) * multiply / divide;
        }
    }

    /** Whether more is better. */
    public enum Direction {
        LOWER_IS_BETTER,
        HIGHER_IS_BETTER,
        /** Neither: what is collected, not measured. */
        NONE
    }

    /**
     * A table of scores.
     *
     * @param scores by raw value, for all whole raw values that can come
     * @param verified whether somebody compared it with a source
     */
    public record Lookup(Map<Integer, Double> scores, boolean verified, String source) {
        public Lookup {
            scores = Map.copyOf(scores);
        }
    }

    /** What is done about missing answers. */
    public enum Rule {
        /** All must be answered, else there is no score. */
        ALL,
        /** From {@code minimumAnswered} answers on the answered items stand for all: a sum is multiplied by items ÷ answers. */
        PRORATE,
        /** A missing answer counts as the item's minimum; but where nothing at all was answered there is no score. */
        LEAST
    }

    /**
     * The rule for missing answers.
     *
     * @param minimumAnswered fewer answers give no score
     * @param roundUp whether a prorated raw value is rounded up to a whole number before it is transformed or looked up
     * @param verified whether somebody compared it with a source
     * @param source where it is from
     */
    public record Missing(Rule rule, int minimumAnswered, boolean roundUp, boolean verified, String source) {}

    /**
     * Ranges with a name, ascending: each from its number, inclusive, to the next one's, exclusive.
     *
     * @param verified whether somebody compared them with a source
     */
    public record Bands(List<Band> list, boolean verified, String source) {
        public Bands {
            list = List.copyOf(list);
        }

        /** The name of the range that a score lies in. */
        public String of(double score) {
            String label = "";
            for (Band b : list) {
                if (score >= b.from()) {
                    label = b.label();
                }
            }
            return label;
        }
    }

    /** A range with a name. */
    public record Band(double from, String label) {}

    /**
     * An improvement that is called by a name from this amount on.
     *
     * @param percent whether the amount is in percent of the baseline, else in points of the scale
     * @param verified whether somebody compared it with a source
     */
    public record Change(String label, boolean percent, double amount, boolean verified, String source) {}

    /** What of this scale nobody has checked against a source, in words. */
    List<String> unverified() {
        List<String> all = new ArrayList<>();
        if (!verified) {
            all.add("what it is made of");
        }
        if (lookup.isPresent() && !lookup.get().verified()) {
            all.add("table");
        }
        if (!missing.verified()) {
            all.add("rule for missing answers");
        }
        if (bands.isPresent() && !bands.get().verified()) {
            all.add("bands");
        }
        changes.stream().filter(c -> !c.verified()).forEach(c -> all.add("change '" + c.label() + "'"));
        return all;
    }
}
