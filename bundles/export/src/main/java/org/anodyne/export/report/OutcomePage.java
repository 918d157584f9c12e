package org.anodyne.export.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anodyne.export.quantity.Change;
import org.anodyne.export.quantity.Definition;
import org.anodyne.export.quantity.Study;
import org.anodyne.export.quantity.Value;

/** Outcomes for people: as a section of a session's report, and over sessions as a page of their own. */
public final class OutcomePage {
    private static final int MOST_COLOURS = 6;

    private OutcomePage() {}

    /** The section of one session; nothing where no outcome is named. */
    static void section(List<Value> values, StringBuilder out) {
        if (values.isEmpty()) {
            return;
        }
        List<List<String>> rows = new ArrayList<>();
        for (Value v : values) {
            Optional<Change> c = v.change();
            rows.add(List.of(
                    name(v.definition()),
                    v.there() ? Html.number(v.value()) : Html.text("missing: " + v.missing()),
                    Html.text(v.unit().equals("1") ? "" : v.unit()),
                    c.map(x -> Html.number(x.baseline())).orElse(""),
                    c.map(x -> Html.number(x.percent())).orElse(""),
                    Html.text(what(v.definition()))));
        }
        out.append("<section><h2>Outcomes</h2>\n")
                .append(Html.table(List.of("Outcome", "#Value", "Unit", "#Baseline", "#Change, %", "What"), rows))
                .append("</section>\n");
    }

    private static String name(Definition d) {
        return Html.text(d.title().isEmpty() ? d.id() : d.title());
    }

    /** A definition in words. */
    private static String what(Definition d) {
        List<String> parts = new ArrayList<>();
        switch (d.kind()) {
            case BAND_POWER ->
                parts.add((d.reference().isPresent() ? "relative power " : "power ")
                        + d.band().orElseThrow().told());
            case CONNECTIVITY ->
                parts.add((d.measure() == Definition.Measure.COHERENCE ? "coherence " : "debiased wPLI ")
                        + d.band().orElseThrow().told());
            case FEATURE -> parts.add("mean of " + d.of());
            case RATING, SCORE -> parts.add(d.of() + " " + d.item());
            case ADHERENCE -> parts.add("sessions that came to their end");
        }
        add(parts, "", String.join(", ", d.channels()));
        add(parts, "with ", String.join(", ", d.with()));
        add(parts, "", d.condition());
        add(parts, "phase ", d.phase());
        add(parts, "against ", d.baseline());
        if (d.benefit() != Definition.Benefit.NONE) {
            parts.add(d.benefit() == Definition.Benefit.UP ? "more is better" : "less is better");
        }
        if (!d.source().isEmpty()) {
            parts.add((d.verified() ? "source: " : "unverified; source: ") + d.source());
        }
        return String.join("; ", parts);
    }

    private static void add(List<String> parts, String before, String text) {
        if (!text.isEmpty()) {
            parts.add(before + text);
        }
    }

    /** The page over all sessions: a single file without scripts that needs nothing from anywhere. */
    public static String html(Study study) {
        StringBuilder out = new StringBuilder(
                Report.pageHead("Outcomes") + "<header><h1>Outcomes</h1>\n<p class=\"facts\">"
                        + Html.count(study.participants(), "participant", "participants") + ", "
                        + Html.count(study.sessions(), "session", "sessions")
                        + "</p>\n<p class=\"note\">A value that is missing is a row with its reason. Shares are told of those of whom it is known,"
                        + " and of all participants, where who is missing counts as not having responded.</p></header>\n");
        Map<String, List<Study.Row>> byOutcome = new LinkedHashMap<>();
        study.rows().forEach(r -> byOutcome
                .computeIfAbsent(r.value().definition().id(), k -> new ArrayList<>())
                .add(r));
        byOutcome.forEach((id, rows) -> {
            Definition d = rows.get(0).value().definition();
            out.append("<section><h2>")
                    .append(name(d))
                    .append("</h2>\n<p class=\"note\">")
                    .append(Html.text(what(d)))
                    .append("</p>\n");
            if (d.kind() != Definition.Kind.ADHERENCE) {
                out.append(picture(rows));
            }
            out.append(counts(study, id)).append(table(rows)).append("</section>\n");
        });
        adherence(study, out);
        return out.append(
                        "<footer>Research use only. Anodyne is not a medical device, and nothing on this page is a diagnosis."
                                + " The same figures are in outcomes.tsv.</footer>\n</main></body></html>\n")
                .toString();
    }

    /** A line for each participant over the visits; a visit without a value breaks it. */
    private static String picture(List<Study.Row> rows) {
        Map<String, List<Study.Row>> lines = new LinkedHashMap<>();
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        int visits = 1;
        for (Study.Row r : rows) {
            lines.computeIfAbsent(r.participant(), p -> new ArrayList<>()).add(r);
            visits = Math.max(visits, r.visit());
            if (r.value().there()) {
                low = Math.min(low, r.value().value());
                high = Math.max(high, r.value().value());
            }
        }
        if (low > high) {
            return "<p>No session has a value.</p>\n";
        }
        double room = high > low ? (high - low) * 0.08 : Math.max(1e-12, Math.abs(high) * 0.1);
        String unit = rows.stream()
                .map(r -> r.value().unit())
                .filter(u -> !u.isEmpty() && !u.equals("1"))
                .findFirst()
                .orElse("");
        Plot plot = new Plot("Value by visit", 230, 26, 36, 0.5, visits + 0.5, low - room, high + room)
                .xAxis(Ticks.whole(visits, 12), "visit")
                .yAxis(Ticks.linear(low - room, high + room, 5), unit);
        int colour = 0;
        for (Map.Entry<String, List<Study.Row>> line : lines.entrySet()) {
            double[] xs = line.getValue().stream().mapToDouble(Study.Row::visit).toArray();
            double[] ys =
                    line.getValue().stream().mapToDouble(r -> r.value().value()).toArray();
            plot.line(xs, ys, "curve c" + (colour++ % MOST_COLOURS + 1));
            for (int i = 0; i < xs.length; i++) {
                if (Double.isFinite(ys[i])) {
                    plot.point(
                            xs[i], ys[i], "dot", line.getKey() + ", visit " + (int) xs[i] + ": " + Html.number(ys[i]));
                }
            }
        }
        return "<figure>" + plot.svg() + "</figure>\n";
    }

    private static String counts(Study study, String outcome) {
        List<List<String>> rows = new ArrayList<>();
        for (Study.Count c : study.counts()) {
            if (c.outcome().equals(outcome)) {
                rows.add(List.of(
                        Html.text(c.measure().replace('_', ' ')),
                        Html.number(c.visit()),
                        c.yes() + " of " + c.known(),
                        Html.number(100 * c.ofKnown()),
                        Html.number(100 * c.ofAll())));
            }
        }
        return rows.isEmpty()
                ? ""
                : Html.table(List.of("Who", "#Visit", "#Known", "#% of known", "#% of all participants"), rows);
    }

    private static String table(List<Study.Row> rows) {
        List<List<String>> cells = new ArrayList<>();
        for (Study.Row r : rows) {
            cells.add(List.of(
                    Html.text(r.participant()),
                    Html.number(r.visit()),
                    r.value().there()
                            ? Html.number(r.value().value())
                            : Html.text("missing: " + r.value().missing()),
                    r.change().map(c -> Html.number(c.baseline())).orElse(""),
                    r.change().map(c -> Html.number(c.absolute())).orElse(Html.text(r.noChange())),
                    r.change().map(c -> Html.number(c.percent())).orElse(""),
                    r.change().map(c -> Html.number(c.logRatio())).orElse("")));
        }
        return "<div class=\"long\">"
                + Html.table(
                        List.of("Participant", "#Visit", "#Value", "#Baseline", "#Change", "#Change, %", "#Log ratio"),
                        cells)
                + "</div>\n";
    }

    private static void adherence(Study study, StringBuilder out) {
        List<List<String>> rows = new ArrayList<>();
        for (Study.Adherence a : study.adherence()) {
            rows.add(List.of(
                    Html.text(a.participant()),
                    Html.text(a.outcome()),
                    Html.number(a.completed()),
                    Html.number(a.begun()),
                    a.planned() == 0 ? "" : Html.number(a.planned()),
                    Html.number(100 * a.share())));
        }
        if (!rows.isEmpty()) {
            out.append("<section><h2>Adherence</h2>\n")
                    .append(Html.table(
                            List.of("Participant", "Outcome", "#Completed", "#Begun", "#Planned", "#% of planned"),
                            rows))
                    .append("</section>\n");
        }
    }
}
