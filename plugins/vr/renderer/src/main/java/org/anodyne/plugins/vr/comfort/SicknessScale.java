package org.anodyne.plugins.vr.comfort;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.anodyne.plugins.vr.surface.Tick;

/**
 * Asks at a fixed interval how sick the participant feels, from 0 to 20, as the fast motion sickness scale does (Keshavarz
 * and Hecht 2011), and says when to pause and when to stop. A digit key enters a digit, a stick or W and S change the number by
 * one, trigger, mouse button or space bar give the answer. Thread: the render thread.
 */
public final class SicknessScale {
    /** Greatest rating. */
    public static final int MOST = 20;

    private static final float PUSHED = 0.5f;
    /** After which a stick that is held changes the number again, seconds. */
    private static final double REPEAT = 0.25;

    /**
     * The rules of the protocol.
     *
     * @param every from one question to the next, seconds
     * @param within which it is to be answered, seconds
     * @param pauseAt rating from which on the worlds pause until one is lower or a person resumes
     * @param stopAt rating from which on the worlds stop until a person resumes
     */
    public record Rules(double every, double within, OptionalDouble pauseAt, OptionalDouble stopAt) {}

    /** What is to be done about a rating. */
    public enum Effect {
        NONE,
        PAUSE,
        STOP,
        GO_ON
    }

    /** Something that happened, as an event, and what is to be done. */
    public record Outcome(String type, Map<String, Object> attributes, Effect effect) {}

    private final Rules rules;
    private final List<Outcome> outcomes = new ArrayList<>();
    private double began = Double.NaN;
    private long number;
    private boolean asking;
    private double askedAt;
    private int entered = -1;
    private int pushed;
    private double pushedAt;
    private boolean paused;

    /** Not yet asking. */
    public SicknessScale(Rules rules) {
        this.rules = rules;
    }

    /** Whether a question is open. */
    public boolean asking() {
        return asking;
    }

    /** The number that was entered but not yet given as the answer. */
    public OptionalInt entered() {
        return entered < 0 ? OptionalInt.empty() : OptionalInt.of(entered);
    }

    /**
     * A frame.
     *
     * @param seconds on any clock; the first question comes one interval after the first frame
     * @return what happened with it, in order
     */
    public List<Outcome> advance(double seconds, Tick.Keys keys) {
        outcomes.clear();
        if (Double.isNaN(began)) {
            began = seconds;
        }
        if (asking) {
            enter(seconds, keys);
            if (keys.select() && entered >= 0) {
                answer(seconds);
            } else if (seconds - askedAt >= rules.within()) {
                asking = false;
                Map<String, Object> a = attributes();
                if (entered >= 0) {
                    a.put("unconfirmed", (long) entered);
                }
                outcomes.add(new Outcome("fms-missed", a, Effect.NONE));
            }
        }
        if (!asking && seconds - began >= (number + 1) * rules.every()) {
            number = (long) Math.floor((seconds - began) / rules.every());
            asking = true;
            askedAt = seconds;
            entered = -1;
            outcomes.add(new Outcome("fms-asked", attributes(), Effect.NONE));
        }
        return List.copyOf(outcomes);
    }

    private Map<String, Object> attributes() {
        Map<String, Object> a = new HashMap<>();
        a.put("number", number);
        return a;
    }

    private void enter(double seconds, Tick.Keys keys) {
        if (keys.digit() >= 0) {
            int more = entered * 10 + keys.digit();
            entered = entered > 0 && more <= MOST ? more : keys.digit();
        }
        int push = keys.forward() > PUSHED ? 1 : keys.forward() < -PUSHED ? -1 : 0;
        if (push != 0 && (push != pushed || seconds - pushedAt >= REPEAT)) {
            entered = Math.max(0, Math.min(MOST, Math.max(0, entered) + push));
            pushedAt = seconds;
        }
        pushed = push;
    }

    private void answer(double seconds) {
        asking = false;
        Map<String, Object> a = attributes();
        a.put("rating", (long) entered);
        a.put("seconds", seconds - askedAt);
        outcomes.add(new Outcome("fms", a, Effect.NONE));
        if (rules.stopAt().isPresent() && entered >= rules.stopAt().getAsDouble()) {
            paused = false;
            outcomes.add(limit("fms-stop", rules.stopAt().getAsDouble(), Effect.STOP));
        } else if (rules.pauseAt().isPresent() && entered >= rules.pauseAt().getAsDouble()) {
            paused = true;
            outcomes.add(limit("fms-pause", rules.pauseAt().getAsDouble(), Effect.PAUSE));
        } else if (paused) {
            paused = false;
            outcomes.add(new Outcome("fms-resume", Map.of("rating", (long) entered), Effect.GO_ON));
        }
    }

    private Outcome limit(String type, double limit, Effect effect) {
        return new Outcome(type, Map.of("rating", (long) entered, "limit", limit), effect);
    }
}
