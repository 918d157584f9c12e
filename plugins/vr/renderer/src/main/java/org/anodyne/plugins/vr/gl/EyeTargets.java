package org.anodyne.plugins.vr.gl;

import java.util.HashMap;
import java.util.Map;
import org.anodyne.plugin.scene.Resources;

/** Pictures of all eyes in the resolutions that were asked for. Thread: the render thread. */
public final class EyeTargets {
    private final Resources resources;
    private final int eyes;
    private final int width;
    private final int height;
    private final Map<Double, Target[]> made = new HashMap<>();

    /** @param width of the surface, pixels; so the height */
    public EyeTargets(Resources resources, int eyes, int width, int height) {
        this.resources = resources;
        this.eyes = eyes;
        this.width = width;
        this.height = height;
    }

    /** One picture for each eye, in this part of the surface's width and height. */
    public Target[] at(double scale) {
        return made.computeIfAbsent(scale, s -> {
            Target[] targets = new Target[eyes];
            for (int i = 0; i < eyes; i++) {
                targets[i] = new Target(
                        resources, (int) Math.max(1, Math.round(s * width)), (int) Math.max(1, Math.round(s * height)));
            }
            return targets;
        });
    }
}
