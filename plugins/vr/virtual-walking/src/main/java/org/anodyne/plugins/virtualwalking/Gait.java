package org.anodyne.plugins.virtualwalking;

import org.anodyne.scenery.Colours;
import org.joml.Vector3f;

/**
 * The cycle of walking: which foot strikes when, and where feet and hands are at each moment. A cycle is two steps; the left heel
 * strikes at phase 0, the right at a half. A foot stands for {@link #STANCE} of the cycle and swings for the rest. One thread.
 */
final class Gait {
    /** Part of the cycle for which a foot stands (about 60 % in normal gait; engineering default). */
    static final float STANCE = 0.60f;
    /** How high the ankle rises in the swing, as a part of the stature (engineering default). */
    private static final float LIFT = 0.075f;
    /** Angle of the foot at heel strike, toes up, and when the toes leave the ground, heel up; radians. */
    private static final float HEEL_STRIKE = 0.32f;

    private static final float TOE_OFF = 0.95f;
    /** Greatest swing of an arm, radians. */
    private static final float ARM_SWING = 0.42f;

    /** A heel that has just struck the ground. */
    record Strike(String side, long number) {}

    private double phase;
    private long number;
    private boolean begun;

    /** Begins anew, before a left step. */
    void restart() {
        phase = 0.5;
        number = 0;
        begun = false;
    }

    /** Where it is in the cycle, 0 to 1. */
    double phase() {
        return phase;
    }

    /** Steps so far. */
    long steps() {
        return number;
    }

    /**
     * Goes on by so many seconds; tells which heel has struck meanwhile, or null. A frame is shorter than a step.
     *
     * @param cadence steps per minute
     */
    Strike advance(double seconds, double cadence) {
        if (!begun) {
            begun = true;
            return null;
        }
        double before = phase;
        phase += Math.max(0, seconds) * cadence / 120;
        boolean left = phase >= 1;
        boolean right = before < 0.5 && phase >= 0.5;
        phase -= Math.floor(phase);
        return left ? new Strike("left", ++number) : right ? new Strike("right", ++number) : null;
    }

    /** Phase of one leg's own cycle, which begins with its heel strike; {@code side} −1 left, 1 right. */
    float leg(int side) {
        double p = side < 0 ? phase : phase + 0.5;
        return (float) (p - Math.floor(p));
    }

    /**
     * Where an ankle is, relative to the point on the ground under the hips: x is not set, y over the ground, z backwards.
     *
     * @param step length of a step, metres; 0 stands still
     * @param stature metres
     * @param ankle height of the ankle of a standing foot, metres
     */
    Vector3f ankle(int side, float step, float stature, float ankle) {
        float p = leg(side);
        // While a foot stands, it goes back as fast as the body goes on: two steps in a cycle.
        float front = -STANCE * step;
        float up = Math.min(1, step / 0.5f);
        if (p < STANCE) {
            float roll = Colours.smooth(0.40f, STANCE, p);
            return new Vector3f(
                    0, ankle + 0.055f * stature * roll * up, front + 2 * step * p - 0.03f * stature * roll * up);
        }
        float t = (p - STANCE) / (1 - STANCE);
        float ease = t * t * (3 - 2 * t);
        float back = STANCE * step - 0.03f * stature * up;
        // It leaves and arrives with the speed of the ground.
        float glide = 2 * step * (1 - STANCE);
        float carry = glide * (t * (1 - t) * (1 - 2 * t));
        float rise = 0.055f * (1 - ease)
                + LIFT * (float) Math.pow(Math.sin(Math.PI * Math.min(1, t * 1.02f)), 1.5) * (1 - 0.45f * t);
        return new Vector3f(0, ankle + rise * stature * up, back + (front - back) * ease + carry);
    }

    /** Angle of a foot, radians: above 0 toes up. */
    float foot(int side, float step) {
        float p = leg(side);
        float up = Math.min(1, step / 0.5f);
        if (p < 0.10f) {
            return up * HEEL_STRIKE * (1 - Colours.smooth(0, 0.10f, p));
        }
        if (p < STANCE) {
            return -up * TOE_OFF * 0.62f * Colours.smooth(0.36f, STANCE, p);
        }
        float t = (p - STANCE) / (1 - STANCE);
        float down = -0.62f * TOE_OFF * (1 - Colours.smooth(0, 0.55f, t));
        return up * (down + HEEL_STRIKE * Colours.smooth(0.45f, 1, t));
    }

    /** Angle of an arm at the shoulder, radians: above 0 forwards. It swings with the leg of the other side. */
    float arm(int side, float step) {
        float up = Math.min(1, step / 0.6f);
        return up * ARM_SWING * (float) (0.12 + 0.88 * Math.cos(2 * Math.PI * leg(-side)));
    }

    /** How far hips and head are over their mean height: highest in the middle of a stance; −1 to 1. */
    float rise() {
        return (float) -Math.cos(4 * Math.PI * phase);
    }
}
