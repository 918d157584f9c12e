package org.anodyne.plugins.virtualwalking;

import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.scene.Resources;
import org.anodyne.scenery.Hands;
import org.anodyne.scenery.Limbs;
import org.anodyne.scenery.Mesh;
import org.anodyne.scenery.Shape;
import org.anodyne.scenery.Surface;
import org.joml.Matrix4f;
import org.joml.Vector3f;

/** The walker's body: its parts put in place by the gait. Made on the lane, drawn on the render thread. */
final class Body {
    /** How much lower hips are than those of one who stands straight, as a part of the stature, so that knees bend. */
    private static final float BENT = 0.014f;
    /** How far hips rise and sink, as a part of the stature. */
    private static final float RISE = 0.008f;

    private static final float ELBOW = 0.35f;
    /** A chest seen from its own eyes is drawn flatter, so that it does not hide the legs. */
    private static final float FLAT = 0.75f;

    private static final Vector3f FORWARDS = new Vector3f(0, 0, -1);

    final Limbs.Look look;
    private final Shape[] shapes;
    private Mesh[] meshes = new Mesh[0];
    private final Matrix4f at = new Matrix4f();
    private final Matrix4f turned = new Matrix4f();
    private final Matrix4f placed = new Matrix4f();

    /** What of it is seen. */
    enum Seen {
        /** All of it, from outside. */
        WHOLE,
        /** All but head and neck: by the walker's own eyes. */
        OWN,
        /** Legs and feet alone: by those who look into a screen. */
        LEGS
    }

    private enum Part {
        TRUNK,
        THIGH,
        SHANK,
        LEFT_SHOE,
        RIGHT_SHOE,
        UPPER_ARM,
        FOREARM,
        LEFT_HAND,
        RIGHT_HAND,
        HEAD
    }

    Body(Parameters p) {
        look = new Limbs.Look(
                p.text("sex").equals("female"),
                (float) p.number("height"),
                skin(p.text("skin")),
                top(p.text("top")),
                trousers(p.text("trousers")),
                0x55606e,
                0x4a3426);
        shapes = new Shape[] {
            Limbs.trunk(look),
            Limbs.thigh(look),
            Limbs.shank(look),
            Limbs.shoe(look, -1),
            Limbs.shoe(look, 1),
            Limbs.upperArm(look),
            Limbs.forearm(look),
            Hands.hand(look, -1),
            Hands.hand(look, 1),
            Limbs.head(look)
        };
    }

    private static int skin(String name) {
        return switch (name) {
            case "very-light" -> 0xf4d3c0;
            case "medium" -> 0xd9a680;
            case "tan" -> 0xbf8a62;
            case "brown" -> 0x8d5c3e;
            case "dark" -> 0x5c3b2a;
            default -> 0xe8bda0;
        };
    }

    private static int top(String name) {
        return switch (name) {
            case "grey" -> 0x9a9da2;
            case "green" -> 0x5f8667;
            case "red" -> 0xb0544c;
            case "white" -> 0xebe8e2;
            default -> 0x5a7fb0;
        };
    }

    private static int trousers(String name) {
        return switch (name) {
            case "black" -> 0x34363c;
            case "khaki" -> 0xa08d68;
            case "grey" -> 0x777b82;
            default -> 0x44587c;
        };
    }

    void begin(Resources resources) {
        meshes = new Mesh[shapes.length];
        for (int i = 0; i < shapes.length; i++) {
            meshes[i] = Mesh.of(resources, shapes[i]);
        }
    }

    /** Height of the eyes over the ground, metres. */
    float eyes() {
        return Limbs.EYE * look.stature();
    }

    /**
     * Draws it.
     *
     * @param x of the hips
     * @param floor height of the ground
     * @param z of the hips
     * @param heading how far it is turned to the left of straight ahead, radians
     * @param step length of a step, metres
     * @param seen which of it
     */
    void draw(Surface surface, Gait gait, float x, float floor, float z, float heading, float step, Seen seen) {
        turned.translation(x, floor, z).rotateY(heading).translate(-x, -floor, -z);
        float tall = look.stature();
        float rise = RISE * tall * gait.rise() * Math.min(1, step / 0.6f);
        float hips = floor + tall * (Limbs.HIP - BENT) + rise;
        float swing = Math.min(1, step / 0.6f) * (float) Math.cos(2 * Math.PI * gait.leg(-1));
        surface.grain(9, 0.16f, 0.05f);
        for (int side = -1; side <= 1; side += 2) {
            leg(surface, gait, side, new Vector3f(x, floor, z), hips, step, swing);
        }
        if (seen == Seen.LEGS) {
            return;
        }
        boolean whole = seen == Seen.WHOLE;
        // Hips turn with the leg that goes on, shoulders against it.
        Matrix4f trunk =
                new Matrix4f().translation(x, hips, z).rotateY(0.05f * swing).rotateX(-0.03f);
        if (!whole) {
            trunk.scale(1, 1, FLAT);
        }
        put(surface, Part.TRUNK, trunk);
        float up = (Limbs.SHOULDER - Limbs.HIP) * tall;
        Matrix4f shoulders = new Matrix4f()
                .translation(x, hips, z)
                .rotateY(-0.07f * swing)
                .rotateX(-0.03f)
                .translate(0, up, 0);
        for (int side = -1; side <= 1; side += 2) {
            arm(surface, gait, side, shoulders, step);
        }
        if (whole) {
            surface.grain(1, 0, 0);
            put(
                    surface,
                    Part.HEAD,
                    new Matrix4f(shoulders).rotateY(0.07f * swing).translate(0, 0.006f * tall, 0));
        }
    }

    private void leg(Surface surface, Gait gait, int side, Vector3f ground, float hips, float step, float swing) {
        float tall = look.stature();
        float aside = side * Limbs.HALF_HIPS * tall;
        Vector3f hip = new Vector3f(ground.x + aside, hips, ground.z + side * swing * -0.012f);
        Vector3f ankle = gait.ankle(side, step, tall, Limbs.ANKLE * tall);
        ankle.add(ground.x + 0.75f * aside, ground.y, ground.z + 0.01f);
        float thigh = Limbs.THIGH * tall;
        float shank = Limbs.SHANK * tall;
        // A leg that would not reach is not stretched: the ankle follows the hip.
        Vector3f way = new Vector3f(ankle).sub(hip);
        if (way.length() > 0.998f * (thigh + shank)) {
            way.normalize(0.998f * (thigh + shank));
            ankle.set(hip).add(way);
        }
        Vector3f knee = Limbs.joint(hip, ankle, thigh, shank, FORWARDS);
        bone(surface, Part.THIGH, hip, knee, side);
        bone(surface, Part.SHANK, knee, ankle, side);
        at.translation(ankle).rotateY(-side * 0.09f).rotateX(gait.foot(side, step));
        put(surface, side < 0 ? Part.LEFT_SHOE : Part.RIGHT_SHOE, at);
    }

    /** Puts a part that hangs down from its joint so that it hangs towards another; its front stays in front. */
    private void bone(Surface surface, Part part, Vector3f from, Vector3f to, int side) {
        Vector3f up = new Vector3f(from).sub(to).normalize();
        Vector3f back = new Vector3f(0, 0, 1).fma(-up.z, up).normalize();
        Vector3f right = new Vector3f(up).cross(back);
        at.set(right.x, right.y, right.z, 0, up.x, up.y, up.z, 0, back.x, back.y, back.z, 0, from.x, from.y, from.z, 1);
        put(surface, part, at);
    }

    private void arm(Surface surface, Gait gait, int side, Matrix4f shoulders, float step) {
        float tall = look.stature();
        float angle = gait.arm(side, step);
        Matrix4f arm = new Matrix4f(shoulders)
                .translate(side * Limbs.HALF_SHOULDERS * tall, -0.005f * tall, 0)
                .rotateZ(side * 0.10f)
                .rotateX(angle);
        put(surface, Part.UPPER_ARM, arm);
        arm.translate(0, -Limbs.UPPER_ARM * tall, 0).rotateX(ELBOW + 0.5f * Math.max(0, angle));
        put(surface, Part.FOREARM, arm);
        arm.translate(0, -Limbs.FOREARM * tall, 0).rotateX(0.05f);
        put(surface, side < 0 ? Part.LEFT_HAND : Part.RIGHT_HAND, Limbs.hanging(arm, side));
    }

    private void put(Surface surface, Part part, Matrix4f where) {
        surface.put(turned.mul(where, placed));
        meshes[part.ordinal()].draw();
    }
}
