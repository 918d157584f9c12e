package org.anodyne.export.report;

import java.util.List;
import org.anodyne.export.facts.Facts;
import org.anodyne.export.facts.SessionFacts;

/** Pictures over session time: all with the same axis, phases shaded, gaps and swaps marked. */
final class Timeline {
    private static final int TOP = 24;

    /** More lines than this would hide what they mark. */
    private static final int MANY = 40;

    private final SessionFacts facts;
    private final double seconds;

    Timeline(SessionFacts facts) {
        this.facts = facts;
        this.seconds = Math.max(0.1, facts.durationNanos() / 1e9);
    }

    double seconds() {
        return seconds;
    }

    /**
     * An empty picture over the session.
     *
     * @param stream {@code slot/stream} whose gaps are marked; empty for those of all
     */
    Plot plot(String says, int height, double yLow, double yHigh, String stream) {
        Plot plot = new Plot(says, height, TOP, 22, 0, seconds, yLow, yHigh);
        int n = 0;
        for (Facts.Phase p : facts.phases()) {
            double from = p.startNanos() / 1e9;
            double to = p.endNanos() / 1e9;
            plot.band(
                    from,
                    to,
                    n++ % 2 == 0 ? "even" : "odd",
                    p.label(),
                    "phase " + p.label() + ", " + Html.clock(from) + " to " + Html.clock(to));
        }
        for (Facts.Gap g : facts.gaps()) {
            if (stream.isEmpty() && g.loss() || g.stream().equals(stream)) {
                double from = g.fromNanos() / 1e9;
                double to = g.toNanos() / 1e9;
                plot.band(
                        from,
                        to,
                        g.loss() ? "gap" : "pause",
                        "",
                        g.stream() + ", " + Html.clock(from) + " to " + Html.clock(to) + ": " + g.reason());
            }
        }
        for (Facts.Happening s : facts.swaps()) {
            double at = s.timeNanos() / 1e9;
            String tip = "swap in " + s.slot() + " at " + Html.clock(at) + ": " + s.text("plugin") + " "
                    + s.text("fromVersion") + " to " + s.text("toVersion");
            plot.vertical(at, "swap", tip).flag(at, false, "swapmark", tip);
        }
        return plot.xAxis(Ticks.time(seconds, 12), "");
    }

    /** Adds the firings of triggers, and at the lower edge what was held back; before the feature, which stays in front. */
    void decisions(Plot plot, List<Facts.Decision> decisions) {
        long fired = decisions.stream().filter(Facts.Decision::fired).count();
        for (Facts.Decision d : decisions) {
            double at = d.timeNanos() / 1e9;
            if (!d.fired()) {
                plot.tick(
                        at,
                        "held",
                        d.trigger() + " held back at " + Html.clock(at) + ": " + Words.verdict(d.verdict()));
                continue;
            }
            String tip = d.trigger() + " fired at " + Html.clock(at) + ": " + Html.number(d.measured()) + " against "
                    + Html.number(d.threshold());
            plot.behind(at, fired > MANY ? "fired many" : "fired", tip).flag(at, true, "firedmark", tip);
        }
    }
}
