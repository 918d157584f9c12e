package org.anodyne.plugins.vr.frame;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.anodyne.plugin.scene.Hand;
import org.anodyne.plugin.scene.Pose;

/**
 * The log of all frames, told once a second as an event {@code frames} of lists with one entry per frame: {@code number},
 * {@code displayNanos}, {@code submitNanos} (session time), {@code gpuNanos} of the frame (−1 where the driver does not
 * tell), {@code dropped} frames before it, {@code scene}, and poses as seven numbers each (metres and a unit quaternion, in
 * the world): {@code head}, {@code left}, {@code right}, {@code gaze} where they are tracked. {@code headTracked} says whether
 * the head's pose was measured: where it is false, the frame was drawn for where the head was believed to be (the last place
 * known; on a screen, where the mouse turns it). {@code leftControls} and {@code rightControls}, where a hand is tracked or
 * something of it is pressed, are four numbers each: trigger and grip, 0 to 1, and the stick to the right and ahead, −1 to 1.
 * Thread: the render thread.
 */
public final class FrameLog {
    private static final long BATCH_NANOS = 1_000_000_000L;
    /** Results of the graphics card come some frames late. */
    private static final int BEHIND = 4;

    private final BiConsumer<Long, Map<String, Object>> out;
    private final List<Entry> entries = new ArrayList<>();
    private long total;
    private long droppedTotal;

    private static final class Entry {
        private final long number;
        private final long displayNanos;
        private final long submitNanos;
        private final long dropped;
        private final String scene;
        private final boolean headTracked;
        private final Pose head;
        private final Hand left;
        private final Hand right;
        private final Pose gaze;
        private long gpuNanos = -1;

        private Entry(Line line) {
            number = line.number();
            displayNanos = line.displayNanos();
            submitNanos = line.submitNanos();
            dropped = line.dropped();
            scene = line.scene();
            headTracked = line.headTracked();
            head = line.head();
            left = line.left();
            right = line.right();
            gaze = line.gaze();
        }
    }

    /** One frame; {@code headTracked} whether its head is measured, {@code gaze} null where it is not known. */
    public record Line(
            long number,
            long displayNanos,
            long submitNanos,
            long dropped,
            String scene,
            boolean headTracked,
            Pose head,
            Hand left,
            Hand right,
            Pose gaze) {}

    /** @param out takes the time and the attributes of each event */
    public FrameLog(BiConsumer<Long, Map<String, Object>> out) {
        this.out = out;
    }

    /** A frame was submitted. */
    public void add(Line line) {
        entries.add(new Entry(line));
        total++;
        droppedTotal += line.dropped();
        Entry oldest = entries.get(0);
        if (line.submitNanos() - oldest.submitNanos >= BATCH_NANOS && entries.size() > BEHIND) {
            tell(entries.size() - BEHIND);
        }
    }

    /** The graphics card tells how long it worked on a frame. */
    public void gpu(long number, long nanos) {
        for (int i = entries.size() - 1; i >= 0 && entries.get(i).number >= number; i--) {
            if (entries.get(i).number == number) {
                entries.get(i).gpuNanos = nanos;
            }
        }
    }

    /** Tells what is left. */
    public void flush() {
        if (!entries.isEmpty()) {
            tell(entries.size());
        }
    }

    /** Frames so far. */
    public long total() {
        return total;
    }

    /** Frames that were not there when the screen wanted them. */
    public long dropped() {
        return droppedTotal;
    }

    private void tell(int count) {
        List<Entry> some = entries.subList(0, count);
        Map<String, Object> attributes = new HashMap<>();
        attributes.put("number", longs(some, e -> e.number));
        attributes.put("displayNanos", longs(some, e -> e.displayNanos));
        attributes.put("submitNanos", longs(some, e -> e.submitNanos));
        attributes.put("gpuNanos", longs(some, e -> e.gpuNanos));
        attributes.put("dropped", longs(some, e -> e.dropped));
        attributes.put("scene", some.stream().map(e -> (Object) e.scene).toList());
        attributes.put(
                "headTracked", some.stream().map(e -> (Object) e.headTracked).toList());
        attributes.put("head", poses(some, e -> e.head));
        if (some.stream().anyMatch(e -> e.left.tracked())) {
            attributes.put("left", poses(some, e -> e.left.tracked() ? e.left.pose() : null));
        }
        if (some.stream().anyMatch(e -> e.right.tracked())) {
            attributes.put("right", poses(some, e -> e.right.tracked() ? e.right.pose() : null));
        }
        controls(attributes, "leftControls", some.stream().map(e -> e.left).toList());
        controls(attributes, "rightControls", some.stream().map(e -> e.right).toList());
        if (some.stream().anyMatch(e -> e.gaze != null)) {
            attributes.put("gaze", poses(some, e -> e.gaze));
        }
        out.accept(some.get(0).submitNanos, attributes);
        some.clear();
    }

    private static List<Object> longs(List<Entry> some, java.util.function.ToLongFunction<Entry> what) {
        List<Object> all = new ArrayList<>(some.size());
        some.forEach(e -> all.add(what.applyAsLong(e)));
        return all;
    }

    /** Four numbers for each, when there is anything to tell. */
    private static void controls(Map<String, Object> into, String name, List<Hand> hands) {
        if (hands.stream().noneMatch(FrameLog::inUse)) {
            return;
        }
        List<Object> all = new ArrayList<>(4 * hands.size());
        for (Hand h : hands) {
            for (float v : new float[] {h.trigger(), h.grip(), h.stickX(), h.stickY()}) {
                all.add((double) v);
            }
        }
        into.put(name, all);
    }

    private static boolean inUse(Hand h) {
        return h.tracked() || h.trigger() != 0 || h.grip() != 0 || h.stickX() != 0 || h.stickY() != 0;
    }

    /** Seven numbers for each, not-a-number where it is not known. */
    private static List<Object> poses(List<Entry> some, java.util.function.Function<Entry, Pose> what) {
        List<Object> all = new ArrayList<>(7 * some.size());
        for (Entry e : some) {
            Pose p = what.apply(e);
            float[] seven = p == null
                    ? new float[] {Float.NaN, Float.NaN, Float.NaN, Float.NaN, Float.NaN, Float.NaN, Float.NaN}
                    : new float[] {p.x(), p.y(), p.z(), p.qx(), p.qy(), p.qz(), p.qw()};
            for (float v : seven) {
                all.add((double) v);
            }
        }
        return all;
    }
}
