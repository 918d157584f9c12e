package org.anodyne.plugins.vr.frame;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anodyne.plugin.scene.Frame;
import org.anodyne.plugin.scene.Hand;
import org.anodyne.plugin.scene.Pose;

/** The frame that is being drawn. Thread: the render thread. */
public final class LiveFrame implements Frame {
    /** Something that begins to be seen with the frame. */
    public record Onset(String type, Map<String, Object> attributes) {}

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
        if (!type.matches("[a-z][a-z0-9-]*")) {
            throw new IllegalArgumentException("an event cannot be called '" + type + "'");
        }
        onsets.add(new Onset(type, Map.copyOf(attributes)));
    }

    /** What begins with it. */
    public List<Onset> onsets() {
        return onsets;
    }
}
