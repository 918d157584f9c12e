package org.anodyne.export.facts;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anodyne.bus.Message;
import org.anodyne.plugin.signal.Feature;

/** Gathers how long what is fed back took: the values of trainings and the levels of feedback, by the plan's plug-ins. */
final class FeedbackReader {
    static final String BLOCK = "training-block";

    /** Plug-in → its feature that is fed back, or leads there. */
    private static final Map<String, String> FED_BACK = Map.of("neurofeedback", "value", "feedback", "level");

    private static final String LIMIT = "latencyLimit";
    /** Beyond this a difference of two clock readings is not a latency: they come from different machines. */
    private static final long LONGEST_NANOS = 60_000_000_000L;

    private final Map<String, FeedbackFacts.Way> ways = new LinkedHashMap<>();
    private double limitMillis = Double.NaN;

    void plan(Map<String, Object> plan) {
        if (!(plan.get("slots") instanceof List<?> slots)) {
            return;
        }
        for (Object s : slots) {
            if (s instanceof Map<?, ?> slot && FED_BACK.containsKey(String.valueOf(slot.get("plugin")))) {
                String name = slot.get("slot") + "/" + FED_BACK.get(String.valueOf(slot.get("plugin")));
                ways.put(name, new FeedbackFacts.Way(name, new ArrayList<>(), new ArrayList<>()));
                if (slot.get("parameters") instanceof Map<?, ?> p && p.get(LIMIT) instanceof Number n) {
                    limitMillis = Double.isNaN(limitMillis) ? n.doubleValue() : Math.min(limitMillis, n.doubleValue());
                }
            }
        }
    }

    void feature(Message message, Feature feature) {
        FeedbackFacts.Way way = ways.get(message.topic().slot() + "/" + feature.name());
        if (way != null) {
            add(
                    way,
                    feature.timeNanos(),
                    message.envelope().acquiredNanos(),
                    message.envelope().madeNanos());
        }
    }

    private static void add(FeedbackFacts.Way way, long timeNanos, long acquiredNanos, long untilNanos) {
        long took = untilNanos - acquiredNanos;
        if (acquiredNanos != 0 && took >= 0 && took < LONGEST_NANOS) {
            way.timesNanos().add(timeNanos);
            way.latencyNanos().add(took);
        }
    }

    /** The first frame that shows a feature was submitted; the display told it. */
    void shown(DisplayReader.Shown s) {
        if (ways.containsKey(s.feature())) {
            String name = s.feature() + ", shown";
            add(
                    ways.computeIfAbsent(name, n -> new FeedbackFacts.Way(n, new ArrayList<>(), new ArrayList<>())),
                    s.timeNanos(),
                    s.acquiredNanos(),
                    s.submittedNanos());
        }
    }

    FeedbackFacts facts(List<Facts.Happening> happenings) {
        return new FeedbackFacts(
                ways.values().stream().filter(w -> !w.timesNanos().isEmpty()).toList(),
                happenings.stream().filter(h -> h.type().equals(BLOCK)).toList(),
                limitMillis);
    }
}
