package org.anodyne.plugins.instruments.scoring;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anodyne.plugins.instruments.definition.Definition;
import org.anodyne.plugins.instruments.definition.Definition.Item;
import org.anodyne.plugins.instruments.definition.Scale;
import org.anodyne.plugins.instruments.definition.Scale.Op;
import org.anodyne.plugins.instruments.definition.Scale.Rule;

/**
 * Makes scores of answers. Pure: the same definition and answers give the same scores, bit for bit, on every machine.
 *
 * <p>For each scale, in the order of the file: what the answers of its items count, recoded or reversed, is put together
 * (sum, mean, or percent of what could be reached), missing ones by the scale's rule; then {@code (x + add) · multiply /
 * divide}; then the table, where there is one. A scale made of scales takes their scores instead of answers.
 */
public final class Scoring {
    /** What {@code n/k} times a sum may miss a whole number by, so that rounding up does not add one. */
    private static final double DECIMAL_ERROR = 1e-9;

    private Scoring() {}

    /**
     * What became of a questionnaire.
     *
     * @param scores by scale, in the order of the file
     * @param notScored why there is no score, for a person, by scale
     * @param bands name of the range that a score lies in, by scale; of scales that have such
     * @param missing items without an answer, but for optional ones and those that are answered in words
     */
    public record Scored(
            Map<String, Double> scores,
            Map<String, String> notScored,
            Map<String, String> bands,
            List<String> missing) {}

    /** A part of a scale: what it counts, and between what. */
    private record Part(double value, double minimum, double maximum) {}

    /**
     * Scores answers.
     *
     * @param answers by item id, as they were given (not reversed); a missing one is absent
     * @throws IllegalArgumentException when an answer is to no item of the instrument or is none that the item has: then
     *     nothing is scored, since there is no telling what else is wrong
     */
    public static Scored score(Definition definition, Map<String, Double> answers) {
        check(definition, answers);
        Map<String, Double> scores = new LinkedHashMap<>();
        Map<String, String> notScored = new LinkedHashMap<>();
        Map<String, String> bands = new LinkedHashMap<>();
        for (Scale scale : definition.scales()) {
            List<Part> parts = new ArrayList<>();
            int absent = scale.scales().isEmpty()
                    ? items(definition, scale, answers, parts)
                    : scales(definition, scale, scores, parts);
            String objection = objection(scale, parts.size(), absent);
            if (!objection.isEmpty()) {
                notScored.put(scale.id(), objection);
                continue;
            }
            Optional<Double> score = scored(scale, parts, absent);
            if (score.isEmpty()) {
                notScored.put(scale.id(), "the table has no score for what the answers come to");
                continue;
            }
            scores.put(scale.id(), score.get());
            scale.bands().ifPresent(b -> bands.put(scale.id(), b.of(score.get())));
        }
        List<String> missing = definition.items().stream()
                .filter(i -> !i.optional() && !i.inWords() && !answers.containsKey(i.id()))
                .map(Item::id)
                .toList();
        return new Scored(scores, notScored, bands, missing);
    }

    private static void check(Definition definition, Map<String, Double> answers) {
        List<String> faults = new ArrayList<>();
        answers.forEach((id, value) -> {
            String objection = definition
                    .item(id)
                    .map(i -> i.objection(value == null ? Double.NaN : value))
                    .orElse("there is no such item");
            if (!objection.isEmpty()) {
                faults.add("item '" + id + "': " + objection);
            }
        });
        if (!faults.isEmpty()) {
            faults.sort(null);
            throw new IllegalArgumentException(
                    "answers to '" + definition.id() + "' cannot be scored: " + String.join("; ", faults));
        }
    }

    /** Adds the parts that are there; gives how many are not. */
    private static int items(Definition definition, Scale scale, Map<String, Double> answers, List<Part> parts) {
        int absent = 0;
        boolean any = false;
        List<Part> there = new ArrayList<>();
        for (String id : scale.items()) {
            Item item = definition.item(id).orElseThrow();
            Double answer = answers.get(id);
            any |= answer != null;
            if (answer != null || item.optional() || scale.missing().rule() == Rule.LEAST) {
                double value = answer == null ? item.leastCount() : item.counted(answer);
                there.add(new Part(value, item.leastCount(), item.mostCount()));
            } else {
                absent++;
            }
        }
        if (!any) {
            return scale.items().size();
        }
        parts.addAll(there);
        return absent;
    }

    private static int scales(Definition definition, Scale scale, Map<String, Double> scores, List<Part> parts) {
        int absent = 0;
        boolean least =
                scale.missing().rule() == Rule.LEAST && scale.scales().stream().anyMatch(scores::containsKey);
        for (String id : scale.scales()) {
            Scale part = definition.scale(id).orElseThrow();
            Double score = scores.get(id);
            if (score != null || least) {
                parts.add(new Part(score == null ? part.minimum() : score, part.minimum(), part.maximum()));
            } else {
                absent++;
            }
        }
        return absent;
    }

    private static String objection(Scale scale, int there, int absent) {
        if (there > 0
                && (absent == 0 || scale.missing().rule() == Rule.PRORATE)
                && there >= Math.min(scale.missing().minimumAnswered(), there + absent)) {
            return "";
        }
        String what = scale.scales().isEmpty() ? " items are answered; " : " parts have a score; ";
        int needed = scale.missing().minimumAnswered();
        return there + " of " + (there + absent) + what + needed + (needed == 1 ? " is" : " are") + " needed";
    }

    private static Optional<Double> scored(Scale scale, List<Part> parts, int absent) {
        double sum = 0;
        double least = 0;
        double greatest = 0;
        for (Part p : parts) {
            sum += p.value();
            least += p.minimum();
            greatest += p.maximum();
        }
        int there = parts.size();
        double raw = sum;
        if (scale.op() == Op.MEAN) {
            raw = sum / there;
        } else if (scale.op() == Op.PERCENT) {
            raw = 100 * (sum - least) / (greatest - least);
        } else if (absent > 0) {
            raw = sum * (there + absent) / there;
        }
        if (scale.missing().roundUp()) {
            raw = Math.ceil(raw - DECIMAL_ERROR);
        }
        if (scale.lookup().isEmpty()) {
            return Optional.of(scale.transform().of(raw));
        }
        return raw == Math.rint(raw)
                ? Optional.ofNullable(scale.lookup().get().scores().get((int) raw))
                : Optional.empty();
    }
}
