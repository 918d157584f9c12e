package org.anodyne.export.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.anodyne.export.facts.Facts;
import org.anodyne.export.facts.FeedbackFacts;
import org.anodyne.export.facts.Percentiles;
import org.anodyne.export.facts.SessionFacts;

/** Neurofeedback in the report: how long it took in each block, and what training came to. */
final class FeedbackSection {
    private final SessionFacts facts;
    private final FeedbackFacts feedback;
    private final StringBuilder out;

    FeedbackSection(SessionFacts facts, StringBuilder out) {
        this.facts = facts;
        this.feedback = facts.feedback();
        this.out = out;
    }

    void write() {
        out.append("<section><h2>Feedback</h2>\n");
        latency();
        if (!feedback.blocks().isEmpty()) {
            training();
            targets();
        }
        out.append("</section>\n");
    }

    private void latency() {
        boolean stated = !Double.isNaN(feedback.limitMillis());
        boolean limited = stated && facts.realTime();
        out.append("<p class=\"note\">")
                .append(Html.text(
                        "From the acquisition of the newest sample that a value rests on to its publication, and to the"
                                + " submission of the first frame that shows it; the delay of filters and windows is not in it. "
                                + (stated
                                        ? "The protocol allows " + Html.number(feedback.limitMillis())
                                                + " ms; a block is late when more than one value in a hundred took longer."
                                        : "The protocol states no limit.")
                                + (facts.realTime()
                                        ? ""
                                        : " The session was run at speed "
                                                + facts.meta().speed()
                                                + ", so these are not the latencies of a live session.")))
                .append("</p>\n");
        List<List<String>> rows = new ArrayList<>();
        for (Facts.Phase p : facts.phases()) {
            for (FeedbackFacts.Way w : feedback.ways()) {
                Percentiles some = w.within(p);
                if (some.count() > 0) {
                    rows.add(List.of(
                            Html.text(p.label()),
                            Html.text("sample → " + w.name()),
                            Integer.toString(some.count()),
                            Html.millis(some.at(0.5)),
                            Html.millis(some.at(0.99)),
                            Html.millis(some.at(1)),
                            !limited ? "" : some.at(0.99) > feedback.limitMillis() ? "<strong>late</strong>" : "kept"));
                }
            }
        }
        out.append(Html.table(
                List.of("Block", "Way", "#Values", "#Median, ms", "#99 %, ms", "#Longest, ms", "Limit"), rows));
    }

    private void training() {
        List<List<String>> rows = new ArrayList<>();
        for (Facts.Happening b : feedback.blocks()) {
            rows.add(List.of(
                    Html.text(b.text("phase")),
                    Html.text(b.text("block")),
                    number(b.number("seconds")),
                    number(b.number("secondsRejected")),
                    Long.toString(b.whole("rewards", 0)),
                    percent(b.number("rewardShare")),
                    number(b.number("meanScore"))));
        }
        out.append("<h3>Blocks</h3>\n");
        out.append(Html.table(
                List.of("Block", "Kind", "#Seconds", "#Rejected, s", "#Rewards", "#Reward share", "#Mean score"),
                rows));
    }

    private void targets() {
        List<List<String>> rows = new ArrayList<>();
        for (Facts.Happening b : feedback.blocks()) {
            if (b.attributes().get("targets") instanceof List<?> targets) {
                for (Object t : targets) {
                    if (t instanceof Map<?, ?> target) {
                        rows.add(List.of(
                                Html.text(b.text("phase")),
                                Html.text(target.get("feature") + ", " + target.get("direction")),
                                number(value(target, "mean")),
                                number(value(target, "standardDeviation")),
                                number(value(target, "threshold")),
                                percent(value(target, "metShare"))));
                    }
                }
            }
        }
        out.append("<h3>Targets</h3>\n");
        out.append(Html.table(List.of("Block", "Target", "#Mean", "#SD", "#Threshold at its end", "#Met"), rows));
    }

    private static double value(Map<?, ?> m, String name) {
        return m.get(name) instanceof Number n ? n.doubleValue() : Double.NaN;
    }

    private static String number(double v) {
        return Double.isFinite(v) ? Html.number(v) : "–";
    }

    private static String percent(double v) {
        return Double.isFinite(v) ? Math.round(100 * v) + " %" : "–";
    }
}
