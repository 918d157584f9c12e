package org.anodyne.plugins.attentiontask;

import java.util.ArrayList;
import java.util.List;

/** When symbols are shown, and what a press means. Without OpenGL; one thread, called once per frame. */
final class Task {
    /** What happens with a frame. */
    sealed interface Happening {}

    /** A symbol begins to be seen. @param number from 1 on */
    record Stimulus(int number, Symbol symbol, boolean target) implements Happening {}

    /** The symbol is seen no longer. */
    record Gone(int number) implements Happening {}

    /**
     * A press, the first one since a symbol.
     *
     * @param hit whether that was a target; else it is a false alarm
     * @param reactionNanos from the symbol's first frame to the frame that noticed the press, both by their display times
     */
    record Response(int number, boolean hit, long reactionNanos) implements Happening {}

    /** All symbols were shown and could be answered. */
    record Summary(Score score) implements Happening {}

    /** Sums of frames' times are not whole numbers: so much early, in seconds, is in time. */
    private static final double HAIR = 0.001;

    private final Sequence sequence;
    private final double leadIn;
    private final double stimulus;
    private final double interval;
    private int shown;
    private boolean visible;
    private boolean answered;
    private long onsetNanos;
    private double onsetSeconds;
    private boolean over;
    private int hits;
    private int falseAlarms;
    private int targetsOver;
    private int othersOver;
    private long reactionSum;

    /** @param leadIn seconds before the first symbol; {@code stimulus} and {@code interval} in seconds too */
    Task(Sequence sequence, double leadIn, double stimulus, double interval) {
        this.sequence = sequence;
        this.leadIn = leadIn;
        this.stimulus = stimulus;
        this.interval = interval;
    }

    /** Whether a symbol is to be seen now. */
    boolean visible() {
        return visible;
    }

    /** The symbol shown last; before the first one, the first one. */
    Symbol symbol() {
        return sequence.symbol(Math.max(0, shown - 1));
    }

    /** Whether it is over. */
    boolean over() {
        return over;
    }

    /** Part of the symbols shown so far, 0 to 1. */
    float done() {
        return (float) shown / sequence.size();
    }

    /** Goes on by one frame. @param pressed whether there was a press since the frame before */
    List<Happening> advance(double seconds, long displayNanos, boolean pressed) {
        List<Happening> out = new ArrayList<>();
        if (over) {
            return out;
        }
        // The press was made while the frame before was seen, so it belongs to the symbol of that one.
        if (pressed && shown > 0 && !answered) {
            answered = true;
            boolean hit = sequence.target(shown - 1);
            long reaction = displayNanos - onsetNanos;
            hits += hit ? 1 : 0;
            falseAlarms += hit ? 0 : 1;
            reactionSum += hit ? reaction : 0;
            out.add(new Response(shown, hit, reaction));
        }
        if (visible && seconds - onsetSeconds >= stimulus - HAIR) {
            visible = false;
            out.add(new Gone(shown));
        }
        if (seconds >= leadIn + shown * interval - HAIR) {
            close();
            if (shown == sequence.size()) {
                over = true;
                out.add(new Summary(
                        new Score(hits, targetsOver - hits, falseAlarms, othersOver - falseAlarms, reactionSum)));
                return out;
            }
            shown++;
            visible = true;
            answered = false;
            onsetNanos = displayNanos;
            onsetSeconds = seconds;
            out.add(new Stimulus(shown, symbol(), sequence.target(shown - 1)));
        }
        return out;
    }

    private void close() {
        if (shown > 0) {
            targetsOver += sequence.target(shown - 1) ? 1 : 0;
            othersOver += sequence.target(shown - 1) ? 0 : 1;
        }
    }
}
