package org.anodyne.export.crednf;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anodyne.export.facts.Facts;

/**
 * One trained feature from block to block, as training told it at the end of each.
 *
 * @param slot slot that trained it
 * @param feature as the protocol names it
 * @param direction {@code up} or {@code down}
 */
record TargetCourse(String slot, String feature, String direction, List<Point> points) {
    /**
     * One block.
     *
     * @param block event that told it
     * @param threshold NaN where there was none yet
     */
    record Point(Facts.Happening block, double mean, double deviation, double threshold) {
        String phase() {
            return block.text("phase");
        }

        boolean rest() {
            return block.text("block").equals("rest");
        }
    }

    /**
     * From the first rest to the last.
     *
     * @param share change as a share of the first
     */
    record Rests(Point first, Point last, double share) {}

    /** All trained features, in the order in which they come up. */
    static List<TargetCourse> of(List<Facts.Happening> blocks) {
        Map<List<String>, TargetCourse> all = new LinkedHashMap<>();
        for (Facts.Happening b : blocks) {
            if (b.attributes().get("targets") instanceof List<?> targets) {
                for (Object t : targets) {
                    if (t instanceof Map<?, ?> m) {
                        String feature = String.valueOf(m.get("feature"));
                        all.computeIfAbsent(
                                        List.of(b.slot(), feature),
                                        k -> new TargetCourse(
                                                b.slot(),
                                                feature,
                                                String.valueOf(m.get("direction")),
                                                new ArrayList<>()))
                                .points
                                .add(new Point(
                                        b, value(m, "mean"), value(m, "standardDeviation"), value(m, "threshold")));
                    }
                }
            }
        }
        return List.copyOf(all.values());
    }

    private static double value(Map<?, ?> m, String name) {
        return m.get(name) instanceof Number n ? n.doubleValue() : Double.NaN;
    }

    /** What a block told of it. */
    Optional<Point> at(Facts.Happening block) {
        return points.stream().filter(p -> p.block() == block).findFirst();
    }

    /** Empty where there are not two rests of known mean. */
    Optional<Rests> restToRest() {
        List<Point> rests = points.stream()
                .filter(p -> p.rest() && Double.isFinite(p.mean()))
                .toList();
        if (rests.size() < 2) {
            return Optional.empty();
        }
        Point first = rests.get(0);
        Point last = rests.get(rests.size() - 1);
        double share = (last.mean() - first.mean()) / Math.abs(first.mean());
        return Double.isFinite(share) ? Optional.of(new Rests(first, last, share)) : Optional.empty();
    }

    /** Name of its picture, beside the page. */
    String file() {
        return "cred-nf-" + slot + "-" + feature.replaceAll("[^A-Za-z0-9.-]", "_") + ".svg";
    }
}
