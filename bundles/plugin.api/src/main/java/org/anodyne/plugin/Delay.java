package org.anodyne.plugin;

/**
 * By how much an output of a plug-in comes later than what it tells of, as the plug-in states it of itself beforehand; one entry for each
 * cause. The entries of one output add up. A plug-in states what it knows, and nothing of what it does not: what is not stated
 * is shown as not stated, never as 0.
 *
 * @param output name of the feature, stream or action that comes late; empty for all of the plug-in's
 * @param stage which part of the way it belongs to
 * @param seconds how long, from 0; 0 is a statement, too
 * @param atMost whether it is the longest that it may be, such as the wait for a block to be full, instead of what it is
 * @param basis what it rests on, for people: from which parameter it follows, at which frequency a filter's delay was taken, which
 *     source a device's figure has
 */
public record Delay(String output, Stage stage, double seconds, boolean atMost, String basis) {
    public Delay {
        if (!(seconds >= 0) || Double.isInfinite(seconds)) {
            throw new IllegalArgumentException("a delay of " + seconds + " s is none; leave out what is not known");
        }
        if (basis.isBlank()) {
            throw new IllegalArgumentException("a delay needs a basis: what the figure rests on");
        }
    }

    /** What it is. */
    public static Delay of(String output, Stage stage, double seconds, String basis) {
        return new Delay(output, stage, seconds, false, basis);
    }

    /** What it is at most. */
    public static Delay atMost(String output, Stage stage, double seconds, String basis) {
        return new Delay(output, stage, seconds, true, basis);
    }

    /** Whether it counts for an output. */
    public boolean concerns(String name) {
        return output.isEmpty() || output.equals(name);
    }

    /** Parts of the way from a body to what it is answered with. Transport is not among them: it is the bus's. */
    public enum Stage {
        /** From the body to the program: amplifier, radio, driver. */
        ACQUISITION,
        /** Waiting until a block is full, or until the next value is due. */
        BLOCK,
        /** The group delay of a filter; half of a window that is analysed. */
        FILTER,
        /** Until a decision is taken on a value: smoothing, holding. */
        DECISION,
        /** From a command to what it does: the device's answer, a frame of the display. */
        OUTPUT
    }
}
