package org.anodyne.plugins.goaltraining;

import java.util.Locale;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.PluginException;

/**
 * What the protocol asks for. Lengths in metres, times in seconds.
 *
 * @param reachLeast distance from the shoulder
 * @param heightLowest above the floor
 * @param size radius of a target
 */
record Settings(
        Mode mode,
        int goals,
        double patience,
        double duration,
        double interval,
        Side side,
        double reachLeast,
        double reachMost,
        double heightLowest,
        double heightHighest,
        double size,
        double hold,
        boolean adapt) {
    /** When it is over. */
    enum Mode {
        /** When enough targets were reached. */
        GOAL,
        /** When the time is. */
        TIME
    }

    /** Where targets appear. */
    enum Side {
        LEFT,
        RIGHT,
        BOTH
    }

    static Settings of(Parameters p) {
        return new Settings(
                Mode.valueOf(p.text("mode").toUpperCase(Locale.ROOT)),
                p.integer("goals"),
                p.number("patience"),
                p.number("duration"),
                p.number("interval"),
                Side.valueOf(p.text("side").toUpperCase(Locale.ROOT)),
                p.number("reachLeast"),
                p.number("reachMost"),
                p.number("heightLowest"),
                p.number("heightHighest"),
                p.number("size"),
                p.number("hold"),
                p.flag("adapt"));
    }

    /** @throws PluginException when two of them contradict each other, with what to change */
    Settings checked() throws PluginException {
        if (reachLeast > reachMost) {
            throw new PluginException("targets from " + reachLeast + " m to " + reachMost
                    + " m cannot be placed: 'reachLeast' must not be greater than 'reachMost'");
        }
        if (heightLowest > heightHighest) {
            throw new PluginException("targets from " + heightLowest + " m to " + heightHighest
                    + " m high cannot be placed: 'heightLowest' must not be greater than 'heightHighest'");
        }
        double waits = mode == Mode.GOAL ? patience : interval;
        if (hold >= waits) {
            throw new PluginException("a target that waits " + waits + " s cannot be held for " + hold
                    + " s: shorten 'hold' or lengthen '" + (mode == Mode.GOAL ? "patience" : "interval") + "'");
        }
        return this;
    }
}
