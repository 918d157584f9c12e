package org.anodyne.export.facts;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.anodyne.bus.Message;
import org.anodyne.bus.Payload;
import org.anodyne.plugin.signal.Feature;

/**
 * Gathers what the display told. A frame that follows a feature is told by {@code driven}, with the feature's time; when the
 * feature was published stands in its own message, which comes before it in the record.
 */
final class DisplayReader {
    /** Features that are remembered, of each name: many more than can be on their way to a frame. */
    private static final int REMEMBERED = 512;
    /** Beyond this a difference of two clock readings is not a latency: they come from different machines. */
    private static final long LONGEST_NANOS = 60_000_000_000L;

    /**
     * The first frame after a feature.
     *
     * @param feature {@code slot/feature}
     * @param timeNanos the feature's time, session time
     * @param acquiredNanos when the newest sample behind it was acquired, the host's clock
     * @param submittedNanos when the frame was, the host's clock
     */
    record Shown(String feature, long timeNanos, long acquiredNanos, long submittedNanos) {}

    /** When a feature was published, and when the newest sample behind it was acquired. */
    private record Published(long madeNanos, long acquiredNanos) {}

    private final Consumer<Shown> shown;
    private final Map<String, Map<Long, Published>> published = new TreeMap<>();
    private final Set<String> driving = new HashSet<>();
    private final Map<String, List<String>> ports = new TreeMap<>();
    private final List<Long> intervals = new ArrayList<>();
    private final List<Long> gpu = new ArrayList<>();
    private final Map<String, Long> scenes = new TreeMap<>();
    private final List<Long> featureToFrame = new ArrayList<>();
    private String device = "";
    private double rateHz;
    private long frames;
    private long dropped;
    private long lastSubmit = -1;

    DisplayReader(Consumer<Shown> shown) {
        this.shown = shown;
    }

    /** The session's plan: which features are connected to which ports of scenes. */
    void plan(Map<String, Object> plan) {
        if (!(plan.get("slots") instanceof List<?> slots)) {
            return;
        }
        for (Object s : slots) {
            if (s instanceof Map<?, ?> slot
                    && "SCENE".equals(slot.get("kind"))
                    && slot.get("features") instanceof Map<?, ?> inputs) {
                inputs.forEach((port, refs) -> {
                    if (refs instanceof List<?> list) {
                        list.forEach(ref -> {
                            String[] parts = String.valueOf(ref).split("[/.]");
                            String name = parts[0] + "/" + (parts.length > 1 ? parts[1] : "");
                            driving.add(name);
                            ports.computeIfAbsent(slot.get("slot") + " " + port, k -> new ArrayList<>())
                                    .add(name);
                        });
                    }
                });
            }
        }
    }

    /** A feature was published. */
    void feature(Message message, Feature feature) {
        String name = message.topic().slot() + "/" + feature.name();
        if (driving.contains(name)) {
            published
                    .computeIfAbsent(name, k -> new LinkedHashMap<>() {
                        private static final long serialVersionUID = 1L;

                        @Override
                        protected boolean removeEldestEntry(Map.Entry<Long, Published> eldest) {
                            return size() > REMEMBERED;
                        }
                    })
                    .put(
                            feature.timeNanos(),
                            new Published(
                                    message.envelope().madeNanos(),
                                    message.envelope().acquiredNanos()));
        }
    }

    /** Takes an event; whether it is the display's own and needs no further listing. */
    boolean takes(Message message, Payload.Document d) {
        switch (d.type()) {
            case "display-opened", "display-back" -> {
                device = d.attributes().get("mode") + ": " + d.attributes().get("device");
                rateHz = d.attributes().get("rate") instanceof Number n ? n.doubleValue() : 0;
                return false;
            }
            case "frames" -> {
                frames(d.attributes());
                return true;
            }
            case "driven" -> {
                driven(message, d);
                return true;
            }
            default -> {
                return false;
            }
        }
    }

    private void frames(Map<String, Object> attributes) {
        List<Long> submits = longs(attributes.get("submitNanos"));
        for (long submit : submits) {
            if (lastSubmit >= 0) {
                intervals.add(submit - lastSubmit);
            }
            lastSubmit = submit;
        }
        frames += submits.size();
        longs(attributes.get("dropped")).forEach(n -> dropped += n);
        longs(attributes.get("gpuNanos")).stream().filter(n -> n >= 0).forEach(gpu::add);
        if (attributes.get("scene") instanceof List<?> names) {
            names.forEach(n -> scenes.merge(String.valueOf(n), 1L, Long::sum));
        }
    }

    private void driven(Message message, Payload.Document d) {
        if (!(d.attributes().get("submitNanos") instanceof Number submit)
                || !(d.attributes().get("featureNanos") instanceof Number feature)) {
            return;
        }
        // The event was told when session time was d.timeNanos, and made at the host's clock then.
        long submitted = message.envelope().madeNanos() - (d.timeNanos() - submit.longValue());
        String port = d.attributes().get("scene") + " " + d.attributes().get("dial");
        for (String name : ports.getOrDefault(port, List.of())) {
            Published p = published.getOrDefault(name, Map.of()).get(feature.longValue());
            if (p != null && submitted >= p.madeNanos() && submitted - p.madeNanos() < LONGEST_NANOS) {
                featureToFrame.add(submitted - p.madeNanos());
                shown.accept(new Shown(name, feature.longValue(), p.acquiredNanos(), submitted));
            }
        }
    }

    private static List<Long> longs(Object list) {
        List<Long> all = new ArrayList<>();
        if (list instanceof List<?> l) {
            l.forEach(v -> {
                if (v instanceof Number n) {
                    all.add(n.longValue());
                }
            });
        }
        return all;
    }

    DisplayFacts facts() {
        return new DisplayFacts(device, rateHz, frames, dropped, intervals, gpu, scenes, featureToFrame);
    }
}
