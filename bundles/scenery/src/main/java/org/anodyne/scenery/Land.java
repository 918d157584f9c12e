package org.anodyne.scenery;

import org.joml.Vector3f;

/** The height of the ground everywhere. Without state; any thread. */
@FunctionalInterface
public interface Land {
    /** Height at a place, metres. */
    float height(float x, float z);

    /** Which way up it is there, over a span of so many metres; length 1. */
    default Vector3f normal(float x, float z, float span) {
        float dx = height(x + span, z) - height(x - span, z);
        float dz = height(x, z + span) - height(x, z - span);
        return new Vector3f(-dx, 2 * span, -dz).normalize();
    }

    /** How steep it is there: 0 level to 1 upright. */
    default float steepness(float x, float z) {
        return 1 - normal(x, z, 1).y;
    }
}
