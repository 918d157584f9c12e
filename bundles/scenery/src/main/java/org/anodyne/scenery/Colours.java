package org.anodyne.scenery;

import org.joml.Vector3f;

/** Colours as they are on the screen (sRGB), each part 0 to 1. */
public final class Colours {
    private Colours() {}

    /** From three bytes, {@code 0xrrggbb}. */
    public static Vector3f of(int rgb) {
        return new Vector3f((rgb >> 16 & 255) / 255f, (rgb >> 8 & 255) / 255f, (rgb & 255) / 255f);
    }

    /** Between two colours, 0 for the first, 1 for the second. */
    public static Vector3f mix(Vector3f a, Vector3f b, float part) {
        return new Vector3f(a).lerp(b, Math.max(0, Math.min(1, part)));
    }

    /** From a row of colours at even steps from 0 to 1. */
    public static Vector3f ramp(float part, int... rgb) {
        float at = Math.max(0, Math.min(1, part)) * (rgb.length - 1);
        int i = Math.min(rgb.length - 2, (int) at);
        return mix(of(rgb[i]), of(rgb[i + 1]), at - i);
    }

    /** A soft step: 0 below {@code from}, 1 above {@code to}. */
    public static float smooth(float from, float to, float v) {
        float t = Math.max(0, Math.min(1, (v - from) / (to - from)));
        return t * t * (3 - 2 * t);
    }
}
