package org.anodyne.plugins.goaltraining;

import java.util.random.RandomGenerator;
import org.joml.Vector3f;
import org.joml.Vector3fc;

/**
 * Chooses where targets appear: on which side, how far from the shoulder, how high. Without OpenGL; one thread. The same under
 * the same random numbers and successes.
 */
final class Placement {
    /** Shoulders below the eyes and beside the middle, metres (engineering defaults). */
    static final float SHOULDER_BELOW = 0.22f;

    static final float SHOULDER_ASIDE = 0.19f;
    /** Where the adapting distance begins, as a part of its range (engineering default). */
    private static final double BEGINNING = 0.25;
    /** How much of the range the distance grows after a success and shrinks after a miss (engineering defaults). */
    private static final double GROWTH = 0.06;

    private static final double SHRINKING = 0.12;
    /** Nearest to straight ahead that a target is, degrees to its side. */
    private static final double NARROWEST = 6;
    /** A target is never right above or below the shoulder: least part of the distance that is level. */
    private static final double LEAST_LEVEL = 0.35;
    /** Part of a screen's picture of 60 degrees and 16 : 9 that is used: tangents to the side and up (engineering defaults). */
    static final float ASIDE_ON_SCREEN = 0.72f;

    static final float UPWARDS_ON_SCREEN = 0.30f;
    private static final float NEAREST_ON_SCREEN = 0.4f;

    private final Settings settings;
    private final RandomGenerator random;
    private final double widest;
    private double part = BEGINNING;
    private int leftMore;

    /**
     * A place.
     *
     * @param left on which side
     * @param place in the world, metres
     * @param reach its distance from the shoulder, metres
     */
    record Place(boolean left, Vector3f place, double reach) {}

    /** @param widestDegrees furthest to the side */
    Placement(Settings settings, RandomGenerator random, double widestDegrees) {
        this.settings = settings;
        this.random = random;
        widest = Math.toRadians(widestDegrees);
    }

    /** The distance of the next target when it adapts, metres. */
    double reach() {
        return settings.reachLeast() + part * (settings.reachMost() - settings.reachLeast());
    }

    /** A target was reached: the next ones are further. */
    void succeeded() {
        part = Math.min(1, part + GROWTH);
    }

    /** A target was missed: the next ones are nearer. */
    void missed() {
        part = Math.max(0, part - SHRINKING);
    }

    /**
     * Where the next target appears.
     *
     * @param head the eyes in the world, looking along −z when at rest
     * @param floor height of the floor
     */
    Place next(Vector3fc head, float floor) {
        boolean left = left();
        double reach = settings.adapt()
                ? reach()
                : settings.reachLeast() + random.nextDouble() * (settings.reachMost() - settings.reachLeast());
        double wanted =
                settings.heightLowest() + random.nextDouble() * (settings.heightHighest() - settings.heightLowest());
        double angle = Math.toRadians(NARROWEST) + random.nextDouble() * (widest - Math.toRadians(NARROWEST));
        double shoulder = head.y() - SHOULDER_BELOW - floor;
        double most = reach * Math.sqrt(1 - LEAST_LEVEL * LEAST_LEVEL);
        double up = Math.max(-most, Math.min(most, wanted - shoulder));
        double level = Math.sqrt(reach * reach - up * up);
        int way = left ? -1 : 1;
        return new Place(
                left,
                new Vector3f(
                        head.x() + (float) (way * (SHOULDER_ASIDE + level * Math.sin(angle))),
                        (float) (floor + shoulder + up),
                        head.z() - (float) (level * Math.cos(angle))),
                reach);
    }

    /**
     * Where a target is shown on a screen, which shows less than eyes see: turned towards the middle of the picture as far as
     * is needed, and further away.
     *
     * @param place where a hand would reach it
     */
    static Vector3f onScreen(Vector3fc head, Vector3fc place, float scale) {
        Vector3f away = new Vector3f(place).sub(head);
        away.z = -Math.max(Math.abs(away.z), Math.max(NEAREST_ON_SCREEN, Math.abs(away.x) / ASIDE_ON_SCREEN));
        away.y = Math.max(UPWARDS_ON_SCREEN * away.z, Math.min(-UPWARDS_ON_SCREEN * away.z, away.y));
        return away.mul(scale).add(head);
    }

    /** By chance, but no side ever has two more than the other. */
    private boolean left() {
        boolean left =
                switch (settings.side()) {
                    case LEFT -> true;
                    case RIGHT -> false;
                    case BOTH -> leftMore == 0 ? random.nextBoolean() : leftMore < 0;
                };
        leftMore += left ? 1 : -1;
        return left;
    }
}
