package org.anodyne.plugins.vr.frame;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.anodyne.plugin.scene.Frame;
import org.anodyne.plugin.scene.Hand;
import org.anodyne.plugin.scene.Pose;

/** The frame that is being drawn. Thread: the render thread. */
public final class LiveFrame implements Frame {
    /** Something that begins to be seen with the frame. */
    public record Onset(String type, Map<String, Object> attributes) {}

    /** Types of the display's own events; panic, told by a scene, would stop a session. */
    private static final Set<String> OWN = Set.of(
            "dial",
            "display-back",
            "display-failed",
            "display-hidden",
            "display-lost",
            "display-opened",
            "display-seen",
            "driven",
            "eye-distance",
            "flash-limit",
            "fms",
            "fms-asked",
            "fms-missed",
            "fms-pause",
            "fms-resume",
            "fms-stop",
            "focus-back",
            "focus-lost",
            "frames",
            "message-gone",
            "message-shown",
            "noise-begun",
            "panic",
            "picture",
            "picture-failed",
            "recentred",
            "scene-ended",
            "scene-failed",
            "scene-shown",
            "sound-level",
            "sound-lost",
            "sound-opened");

    /** More with one frame cannot be seen apart (engineering default). */
    private static final int MOST_ONSETS = 32;

    private final long number;
    private final long displayNanos;
    private final float deltaSeconds;
    private final double sceneSeconds;
    private final Pose head;
    private final Hand left;
    private final Hand right;
    private final Pose gaze;
    private final boolean selected;
    private final List<Onset> onsets = new ArrayList<>();

    /** Poses in the world; {@code gaze} null where it is not known; times of the session. */
    public LiveFrame(
            long number,
            long displayNanos,
            float deltaSeconds,
            double sceneSeconds,
            Pose head,
            Hand left,
            Hand right,
            Pose gaze,
            boolean selected) {
        this.number = number;
        this.displayNanos = displayNanos;
        this.deltaSeconds = deltaSeconds;
        this.sceneSeconds = sceneSeconds;
        this.head = head;
        this.left = left;
        this.right = right;
        this.gaze = gaze;
        this.selected = selected;
    }

    @Override
    public long number() {
        return number;
    }

    @Override
    public long displayNanos() {
        return displayNanos;
    }

    @Override
    public float deltaSeconds() {
        return deltaSeconds;
    }

    @Override
    public double sceneSeconds() {
        return sceneSeconds;
    }

    @Override
    public Pose head() {
        return head;
    }

    @Override
    public Hand left() {
        return left;
    }

    @Override
    public Hand right() {
        return right;
    }

    @Override
    public Optional<Pose> gaze() {
        return Optional.ofNullable(gaze);
    }

    @Override
    public boolean selected() {
        return selected;
    }

    @Override
    public void onset(String type, Map<String, Object> attributes) {
        if (!type.matches("[a-z][a-z0-9-]*") || OWN.contains(type)) {
            throw new IllegalArgumentException("an onset cannot be called '" + type + "'"
                    + (OWN.contains(type) ? ": the display tells of itself by that name" : ""));
        }
        if (onsets.size() >= MOST_ONSETS) {
            throw new IllegalStateException("more than " + MOST_ONSETS + " onsets with one frame");
        }
        attributes.forEach(LiveFrame::check);
        onsets.add(new Onset(type, Map.copyOf(attributes)));
    }

    private static void check(String name, Object value) {
        if (value instanceof List<?> list) {
            list.forEach(v -> check(name, v));
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((k, v) -> check(name + "." + k, v));
        } else if (!(value instanceof String || value instanceof Boolean || value instanceof Number)) {
            throw new IllegalArgumentException(
                    "attribute '" + name + "' of an onset is no text, truth value, number, list or" + " map but "
                            + (value == null ? "null" : value.getClass().getName()));
        }
    }

    /** The frame is not seen, so nothing begins with it. */
    public void unseen() {
        onsets.clear();
    }

    /** What begins with it. */
    public List<Onset> onsets() {
        return onsets;
    }
}
