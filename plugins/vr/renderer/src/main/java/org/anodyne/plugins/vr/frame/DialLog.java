package org.anodyne.plugins.vr.frame;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.anodyne.plugin.scene.Dial;

/**
 * Records dials: {@code dial} while one moves, at most ten times a second and when it comes to rest; {@code driven} with the
 * first frame after each feature that drove one, with the feature's time, so that the way from feature to frame can be
 * measured. Thread: the render thread.
 */
public final class DialLog {
    private static final long EVERY_NANOS = 100_000_000L;

    private final BiConsumer<String, Map<String, Object>> out;
    private final Map<Dial, Seen> seen = new HashMap<>();

    private static final class Seen {
        private double told = Double.NaN;
        private long toldNanos = Long.MIN_VALUE / 2;
        private double before = Double.NaN;
        private long driven = Long.MIN_VALUE;
    }

    /** @param out takes type and attributes of each event */
    public DialLog(BiConsumer<String, Map<String, Object>> out) {
        this.out = out;
    }

    /** A frame with these dials of a scene was submitted. */
    public void submitted(String scene, List<Dial> dials, long frame, long submitNanos) {
        for (Dial dial : dials) {
            Seen s = seen.computeIfAbsent(dial, d -> new Seen());
            double value = dial.value();
            boolean rests = value == s.before;
            if (value != s.told && (rests || submitNanos - s.toldNanos >= EVERY_NANOS)) {
                s.told = value;
                s.toldNanos = submitNanos;
                out.accept("dial", of(scene, dial, frame, submitNanos));
            }
            s.before = value;
            long driven = dial.seenNanos();
            if (driven != s.driven) {
                s.driven = driven;
                Map<String, Object> attributes = of(scene, dial, frame, submitNanos);
                attributes.put("featureNanos", driven);
                out.accept("driven", attributes);
            }
        }
    }

    private static Map<String, Object> of(String scene, Dial dial, long frame, long submitNanos) {
        Map<String, Object> attributes = new HashMap<>();
        attributes.put("scene", scene);
        attributes.put("dial", dial.name());
        attributes.put("value", dial.value());
        attributes.put("unit", dial.unit());
        attributes.put("frame", frame);
        attributes.put("submitNanos", submitNanos);
        return attributes;
    }
}
