package org.anodyne.plugins.goaltraining;

import java.util.ArrayList;
import java.util.List;
import org.joml.Vector3f;
import org.joml.Vector3fc;

/**
 * The task: when targets appear, when they count as reached or missed, and the score. Without OpenGL; one thread, called once
 * per frame.
 */
final class Exercise {
    /** Seconds before the first target (engineering default). */
    static final double LEAD_IN = 3;
    /** Seconds between a target's end and the next one when a goal leads (engineering default). */
    static final double PAUSE = 1;
    /** How far around a hand's middle it still is the hand, metres (engineering default). */
    private static final float HAND = 0.05f;

    /**
     * A hand, or the pointer on a screen.
     *
     * @param name left or right
     * @param place in the world, metres
     * @param from where the pointer's ray begins, which touches everything that it passes; {@code null} for a hand
     */
    record Reaching(String name, Vector3fc place, Vector3fc from) {}

    /** What happened in a frame. */
    sealed interface Happening {}

    /** A target appears with this frame. @param number from 1 on */
    record Shown(int number, Placement.Place place) implements Happening {}

    /**
     * It was reached and held.
     *
     * @param latencyNanos from the frame that showed it first to the one in which the hand came to it, to stay
     * @param pathLength how far the hand went meanwhile and while it held, metres
     */
    record Reached(int number, Placement.Place place, String hand, long latencyNanos, double pathLength)
            implements Happening {}

    /** It was not reached in time. */
    record Missed(int number, Placement.Place place) implements Happening {}

    /** All is over. */
    record Finished(int reached, int missed, long meanLatencyNanos) implements Happening {}

    private final Settings settings;
    private final Placement placement;
    private final float scale;
    private final Vector3f[] last = {null, null};
    private final double[] path = new double[2];
    private Shown target;
    private long shownNanos;
    private double shownSeconds;
    private double nextSeconds = LEAD_IN;
    private int holding = -1;
    private double heldSince;
    private long touchedNanos;
    private int number;
    private int reached;
    private int missed;
    private long latencySum;
    private boolean over;

    /** @param scale how much larger everything is than for a hand: above 1 on a screen, where a pointer reaches further */
    Exercise(Settings settings, Placement placement, float scale) {
        this.settings = settings;
        this.placement = placement;
        this.scale = scale;
    }

    /** Targets reached. */
    int reached() {
        return reached;
    }

    /** Targets missed. */
    int missed() {
        return missed;
    }

    /** Whether it is over. */
    boolean over() {
        return over;
    }

    /** How much of the time of holding is over, 0 to 1. */
    float held(double seconds) {
        return holding < 0 || settings.hold() <= 0 ? 0 : (float) Math.min(1, (seconds - heldSince) / settings.hold());
    }

    /** Radius of a target in the world, metres. */
    float radius() {
        return (float) settings.size() * scale;
    }

    /**
     * Goes on by one frame.
     *
     * @param seconds of the scene so far
     * @param displayNanos when the frame will be seen
     * @param hands those that are tracked
     */
    List<Happening> advance(double seconds, long displayNanos, Vector3fc head, float floor, List<Reaching> hands) {
        List<Happening> out = new ArrayList<>();
        if (over) {
            return out;
        }
        walk(hands);
        if (target != null) {
            touch(seconds, displayNanos, hands, out);
        }
        if (target != null && seconds - shownSeconds >= waits()) {
            missed++;
            placement.missed();
            out.add(new Missed(target.number(), target.place()));
            end(seconds);
        }
        if (target == null && finished(seconds)) {
            over = true;
            out.add(new Finished(reached, missed, reached == 0 ? 0 : latencySum / reached));
        } else if (target == null && seconds >= nextSeconds) {
            show(seconds, displayNanos, head, floor, out);
        }
        return out;
    }

    private double waits() {
        return switch (settings.mode()) {
            case GOAL -> settings.patience();
            case TIME -> settings.interval();
        };
    }

    private boolean finished(double seconds) {
        return switch (settings.mode()) {
            case GOAL -> reached >= settings.goals();
            case TIME -> nextSeconds >= LEAD_IN + settings.duration() && seconds >= LEAD_IN + settings.duration();
        };
    }

    private void walk(List<Reaching> hands) {
        boolean[] seen = new boolean[2];
        for (Reaching h : hands) {
            int i = index(h);
            seen[i] = true;
            if (last[i] != null) {
                path[i] += last[i].distance(h.place());
            }
            last[i] = new Vector3f(h.place());
        }
        for (int i = 0; i < 2; i++) {
            // A hand that was lost for a while is not known to have gone straight.
            last[i] = seen[i] ? last[i] : null;
        }
    }

    private static int index(Reaching h) {
        return h.name().equals("left") ? 0 : 1;
    }

    private void touch(double seconds, long displayNanos, List<Reaching> hands, List<Happening> out) {
        boolean still = false;
        for (Reaching h : hands) {
            if (!touches(h) || holding >= 0 && holding != index(h)) {
                continue;
            }
            still = true;
            if (holding < 0) {
                holding = index(h);
                heldSince = seconds;
                touchedNanos = displayNanos;
            }
            if (seconds - heldSince >= settings.hold()) {
                reached++;
                placement.succeeded();
                long latency = touchedNanos - shownNanos;
                latencySum += latency;
                out.add(new Reached(target.number(), target.place(), h.name(), latency, path[index(h)]));
                end(seconds);
                return;
            }
        }
        holding = still ? holding : -1;
    }

    private boolean touches(Reaching h) {
        Vector3f at = target.place().place();
        if (h.from() == null) {
            return h.place().distance(at) <= settings.size() + HAND;
        }
        Vector3f way = new Vector3f(h.place()).sub(h.from()).normalize();
        Vector3f to = new Vector3f(at).sub(h.from());
        float along = to.dot(way);
        return along > 0 && to.fma(-along, way).length() <= radius();
    }

    private void end(double seconds) {
        target = null;
        holding = -1;
        if (settings.mode() == Settings.Mode.GOAL) {
            nextSeconds = seconds + PAUSE;
        }
    }

    private void show(double seconds, long displayNanos, Vector3fc head, float floor, List<Happening> out) {
        Placement.Place p = placement.next(head, floor);
        Vector3f at = scale > 1 ? Placement.onScreen(head, p.place(), scale) : p.place();
        number++;
        target = new Shown(number, new Placement.Place(p.left(), at, p.reach()));
        shownNanos = displayNanos;
        // On the beat: a late frame does not shift those that follow.
        shownSeconds = settings.mode() == Settings.Mode.TIME ? nextSeconds : seconds;
        nextSeconds = settings.mode() == Settings.Mode.TIME ? nextSeconds + settings.interval() : Double.MAX_VALUE;
        path[0] = 0;
        path[1] = 0;
        holding = -1;
        out.add(target);
    }
}
