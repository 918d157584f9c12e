package org.anodyne.plugins.vr.comfort;

import org.anodyne.plugin.scene.Pose;
import org.anodyne.plugin.scene.Rig;
import org.anodyne.plugins.vr.surface.Tick;

/**
 * Moves the floor under the participant, within the comfort rules: a greatest speed, snap turns, a dark blink around jumps, a
 * dark edge that closes with the speed of turning. Thread: the render thread.
 */
public final class RigControl implements Rig {
    /** Speed of turning from which on the dark edge is as near as it comes, degrees per second (engineering default). */
    private static final float EDGE_FULL = 30;

    private static final float SMALLEST_OPENING = 0.45f;
    private static final float SNAP_DEGREES = 30;
    private static final float SMOOTH_DEGREES_PER_SECOND = 30;
    private static final float BLINK_SECONDS = 0.2f;
    /** Between two snap turns: their dark blinks stay below three a second, the limit for flashes. */
    private static final float SNAP_SECONDS = 0.4f;

    private static final float STICK = 0.5f;
    /** Between two frames the floor may be put elsewhere so much without a blink: less than one sees, metres and degrees. */
    private static final float UNSEEN = 0.02f;

    /** The rules, as the protocol sets them. */
    public record Rules(float maximumSpeed, Turning turning, boolean vignette) {}

    /** How participants turn by themselves. */
    public enum Turning {
        NONE,
        SNAP,
        SMOOTH
    }

    private final Rules rules;
    private float x;
    private float y;
    private float z;
    private float heading;
    private float goalX;
    private float goalY;
    private float goalZ;
    private float goalSpeed;
    private float homeX;
    private float homeZ;
    private float roam;
    private float speed;
    private float turnSpeed;
    private float opening = 1;
    private float blink;
    private float jumped;
    private float jumpedDegrees;
    private float frameSeconds;
    private boolean turnHeld;
    private float sinceSnap = SNAP_SECONDS;

    /** At the origin, facing −z. */
    public RigControl(Rules rules) {
        this.rules = rules;
    }

    @Override
    public void place(float toX, float toY, float toZ, float headingDegrees) {
        finite(toX, toY, toZ, headingDegrees);
        jumped += (float) Math.sqrt(square(toX - x) + square(toY - y) + square(toZ - z));
        jumpedDegrees += Math.abs(headingDegrees - heading);
        x = toX;
        y = toY;
        z = toZ;
        heading = headingDegrees;
        homeX = x;
        homeZ = z;
        goalSpeed = 0;
        // In small steps, too, it would be a glide without limits: it is a jump, and dark with the frame that shows it.
        if (jumped > UNSEEN + rules.maximumSpeed() * frameSeconds
                || jumpedDegrees > UNSEEN + SMOOTH_DEGREES_PER_SECOND * frameSeconds) {
            blink = BLINK_SECONDS;
        }
    }

    @Override
    public void glide(float toX, float toY, float toZ, float wanted) {
        finite(toX, toY, toZ, wanted);
        goalX = toX;
        goalY = toY;
        goalZ = toZ;
        goalSpeed = Math.min(Math.max(0, wanted), rules.maximumSpeed());
    }

    @Override
    public void roam(float radius) {
        finite(radius);
        roam = radius;
    }

    @Override
    public Pose floor() {
        double half = Math.toRadians(-heading) / 2;
        return new Pose(x, y, z, 0, (float) Math.sin(half), 0, (float) Math.cos(half));
    }

    @Override
    public float speed() {
        return speed;
    }

    /** Speed at which participants turn by stick or key, degrees per second; 0 for a snap. */
    public float turnSpeed() {
        return turnSpeed;
    }

    /** Where the floor faces, degrees to the right of −z. */
    public float heading() {
        return heading;
    }

    /** Back to the origin, for the next scene. */
    public void reset() {
        x = 0;
        y = 0;
        z = 0;
        heading = 0;
        goalSpeed = 0;
        roam = 0;
        speed = 0;
        blink = 0;
        opening = 1;
    }

    /** Goes on by so many seconds with what the participant does. */
    public void advance(float seconds, Tick.Keys keys, Pose head) {
        jumped = 0;
        jumpedDegrees = 0;
        frameSeconds = seconds;
        float beforeX = x;
        float beforeY = y;
        float beforeZ = z;
        glideOn(seconds);
        walk(seconds, keys, head);
        turn(seconds, keys);
        slowDown(seconds, beforeX, beforeY, beforeZ);
        float closing = rules.vignette() ? Math.min(1, turnSpeed / EDGE_FULL) : 0;
        float wanted = 1 - closing * (1 - SMALLEST_OPENING);
        // Closes at once and opens slowly, so that it does not flutter.
        opening = wanted < opening ? wanted : Math.min(wanted, opening + seconds);
        blink = Math.max(0, blink - seconds);
    }

    /** What glides and walks at once goes no faster than one alone. */
    private void slowDown(float seconds, float fromX, float fromY, float fromZ) {
        float moved = (float) Math.sqrt(square(x - fromX) + square(y - fromY) + square(z - fromZ));
        float most = rules.maximumSpeed() * seconds;
        if (moved > most) {
            float part = most / moved;
            x = fromX + (x - fromX) * part;
            y = fromY + (y - fromY) * part;
            z = fromZ + (z - fromZ) * part;
            moved = most;
        }
        speed = seconds > 0 ? moved / seconds : 0;
    }

    private void glideOn(float seconds) {
        if (goalSpeed <= 0) {
            return;
        }
        float dx = goalX - x;
        float dy = goalY - y;
        float dz = goalZ - z;
        float distance = (float) Math.sqrt(dx * dx + dy * dy + dz * dz);
        float step = goalSpeed * seconds;
        if (distance <= step) {
            x = goalX;
            y = goalY;
            z = goalZ;
            goalSpeed = 0;
        } else {
            x += dx / distance * step;
            y += dy / distance * step;
            z += dz / distance * step;
        }
    }

    private void walk(float seconds, Tick.Keys keys, Pose head) {
        if (roam <= 0 || keys.forward() == 0 && keys.sideways() == 0) {
            return;
        }
        float[] ahead = head.turned(0, 0, -1);
        double look = Math.atan2(ahead[0], -ahead[2]) + Math.toRadians(heading);
        float pushed = Math.max(1, (float) Math.hypot(keys.forward(), keys.sideways()));
        float step = rules.maximumSpeed() * seconds / pushed;
        float forward = keys.forward() * step;
        float right = keys.sideways() * step;
        float toX = x + (float) (Math.sin(look) * forward + Math.cos(look) * right);
        float toZ = z + (float) (-Math.cos(look) * forward + Math.sin(look) * right);
        if (Math.hypot(toX - homeX, toZ - homeZ) <= roam) {
            x = toX;
            z = toZ;
        }
    }

    private void turn(float seconds, Tick.Keys keys) {
        turnSpeed = 0;
        sinceSnap += seconds;
        boolean pushed = Math.abs(keys.turn()) > STICK;
        if (rules.turning() == Turning.SNAP && pushed && !turnHeld && sinceSnap >= SNAP_SECONDS) {
            sinceSnap = 0;
            heading += Math.signum(keys.turn()) * SNAP_DEGREES;
            blink = BLINK_SECONDS;
        } else if (rules.turning() == Turning.SMOOTH && pushed) {
            turnSpeed = SMOOTH_DEGREES_PER_SECOND * Math.abs(keys.turn());
            heading += Math.signum(keys.turn()) * turnSpeed * seconds;
        }
        turnHeld = pushed;
    }

    /** How far the dark edge is open, 1 for not there. */
    public float opening() {
        return opening;
    }

    /** How bright the picture is around a jump, 0 to 1. */
    public float light() {
        return blink <= 0 ? 1 : 1 - blink / BLINK_SECONDS;
    }

    /** From relative to the floor's middle to the world. */
    public Pose toWorld(Pose p) {
        Pose floor = floor();
        float[] at = floor.turned(p.x(), p.y(), p.z());
        float w = floor.qw();
        float v = floor.qy();
        return new Pose(
                x + at[0],
                y + at[1],
                z + at[2],
                w * p.qx() + v * p.qz(),
                w * p.qy() + v * p.qw(),
                w * p.qz() - v * p.qx(),
                w * p.qw() - v * p.qy());
    }

    /** With one number that is none the participant would be nowhere, in this scene and the next. */
    private static void finite(float... values) {
        for (float v : values) {
            if (!Float.isFinite(v)) {
                throw new IllegalArgumentException("the floor cannot be moved by " + v);
            }
        }
    }

    private static float square(float a) {
        return a * a;
    }
}
