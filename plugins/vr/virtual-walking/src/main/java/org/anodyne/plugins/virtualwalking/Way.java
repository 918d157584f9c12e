package org.anodyne.plugins.virtualwalking;

import org.anodyne.scenery.Colours;
import org.anodyne.scenery.Land;
import org.anodyne.scenery.Noise;
import org.joml.Vector3f;

/**
 * How the land lies along the path. It repeats itself every {@link #LENGTH} metres, so that one can walk without end; the path
 * is level and winds a little about x = 0 ({@link #middle}); across, everything is reckoned from its middle.
 */
final class Way implements Land {
    /** After so many metres everything comes again: ripples and the largest waves of the water meet themselves, too. */
    static final float LENGTH = 400;
    /** Height of the path over the sea, metres. */
    static final float PATH = 1.6f;

    private static final float TURN = (float) (2 * Math.PI / LENGTH);
    /** Radius of the circle in which noise along the path is looked up, so that it closes. */
    private static final float ROUND = LENGTH / (float) (2 * Math.PI);

    /** How far the path winds to either side, metres, and how often in its length: long bends, and short ones on them. */
    private static final float BEND = 2.4f;

    private static final int BENDS = 5;
    private static final float WIGGLE = 0.5f;
    private static final int WIGGLES = 9;

    final boolean sea;
    private final Noise noise;

    Way(boolean sea, long seed) {
        this.sea = sea;
        noise = new Noise(seed);
    }

    /** Where the middle of the path is, metres to the right; 0 at the beginning, where it goes straight on. */
    static float middle(float z) {
        return BEND * ((float) Math.cos(BENDS * TURN * z) - 1) + WIGGLE * ((float) Math.cos(WIGGLES * TURN * z) - 1);
    }

    /** How far the path goes to the right with each metre ahead (towards −z). */
    static float slope(float z) {
        return TURN
                * (BEND * BENDS * (float) Math.sin(BENDS * TURN * z)
                        + WIGGLE * WIGGLES * (float) Math.sin(WIGGLES * TURN * z));
    }

    /** Noise over the land that repeats along the path. */
    float periodic(float x, float z, float perMetre) {
        double a = z * TURN;
        float c = ROUND * (float) Math.cos(a);
        float s = ROUND * (float) Math.sin(a);
        return noise.at(c * perMetre, x * perMetre + 31, s * perMetre);
    }

    private float rough(float x, float z, float perMetre) {
        return periodic(x, z, perMetre)
                + 0.5f * periodic(x, z, 2.1f * perMetre)
                + 0.25f * periodic(x, z, 4.3f * perMetre);
    }

    /** How far a place is from the edge of the path, metres; negative on it. */
    float offPath(float x, float z) {
        float half = 1.0f + 0.22f * periodic(0, z, 0.10f) + 0.20f * periodic(x, z, 0.7f);
        return Math.abs(x - middle(z)) - half;
    }

    @Override
    public float height(float x, float z) {
        return across(x - middle(z), x, z);
    }

    /** @param beside metres to the right of the path's middle */
    private float across(float beside, float x, float z) {
        float off = Math.max(0, Math.abs(beside) - 1.3f);
        float away = Colours.smooth(0, 6, off);
        float rim = 0.07f * Colours.smooth(0, 0.5f, offPath(x, z)) - 0.03f;
        if (!sea) {
            float hill =
                    3.2f * Colours.smooth(6, 40, off) * (0.7f + rough(x, z, 0.03f)) + 16 * Colours.smooth(35, 120, off);
            return PATH + rim + away * 0.45f * rough(x, z, 0.13f) + hill;
        }
        float dune = away * 0.35f * rough(x, z, 0.16f);
        if (beside > 0) {
            float shore = 13 + 2.5f * periodic(0, z, 0.03f);
            float beach = PATH
                    - (PATH + 1.2f) * Colours.smooth(1.5f, 2 * shore, beside)
                    - 0.07f * Math.max(0, beside - 1.4f * shore);
            float ridge = 0.55f
                    * Colours.smooth(2.0f, 4.5f, beside)
                    * Colours.smooth(9, 5.5f, beside)
                    * (0.7f + rough(x, z, 0.12f));
            return Math.max(-8, beach + rim + ridge + dune * Colours.smooth(9, 5, beside));
        }
        float hill = 5 * Colours.smooth(6, 45, off) * (0.8f + rough(x, z, 0.03f)) + 14 * Colours.smooth(40, 130, off);
        return PATH + rim + dune + hill;
    }

    /** Colour of the ground. */
    Vector3f cover(float x, float h, float z, Vector3f normal) {
        float patch = rough(x, z, 0.35f);
        float on = Colours.smooth(0.28f, -0.12f, offPath(x, z));
        if (!sea) {
            Vector3f soil = Colours.ramp(0.5f + 0.45f * periodic(x, z, 1.1f), 0x8a7152, 0xa68b66, 0xb89d78);
            Vector3f floor = Colours.ramp(0.5f + 0.5f * patch, 0x4a5a2c, 0x5f7434, 0x7d8c40, 0x7a6a40);
            return Colours.mix(floor, soil, on).mul(0.95f + 0.08f * periodic(x, z, 2.3f));
        }
        Vector3f sand = Colours.ramp(0.5f + 0.4f * patch, 0xc9b184, 0xd6c096, 0xdfcba4);
        Vector3f wet = Colours.of(0xb59c74);
        sand = Colours.mix(wet, sand, Colours.smooth(-0.05f, 0.5f, h));
        Vector3f grass = Colours.ramp(0.5f + 0.5f * patch, 0x7c8a48, 0x98a256, 0xb6b46c);
        float green = Colours.smooth(-0.1f, 0.35f, patch * 0.5f + 0.25f) * Colours.smooth(9, 5.5f, x - middle(z));
        Vector3f c = Colours.mix(sand, grass, green * Colours.smooth(0.1f, 0.9f, offPath(x, z)));
        Vector3f trodden = Colours.ramp(0.5f + 0.4f * periodic(x, z, 1.3f), 0xb79c72, 0xc2a980, 0xccb48c);
        return Colours.mix(c, trodden, on);
    }
}
