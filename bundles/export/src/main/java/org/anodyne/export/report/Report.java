package org.anodyne.export.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.anodyne.export.facts.DisplayFacts;
import org.anodyne.export.facts.Facts;
import org.anodyne.export.facts.Percentiles;
import org.anodyne.export.facts.Series;
import org.anodyne.export.facts.SessionFacts;
import org.anodyne.export.facts.StreamFacts;
import org.anodyne.export.outcome.Sheet;
import org.anodyne.export.quantity.Value;
import org.anodyne.export.signal.Envelope;
import org.anodyne.export.signal.PhaseSpectra;
import org.anodyne.export.summary.Summary;

/** The session as one page for people: a single file without scripts that needs nothing from anywhere. */
public final class Report {
    private static final int MOST_FEATURES = 12;
    private static final List<String> DOSE_FIRST = List.of("charge_uC", "charge_mC", "pulses", "duration_s");
    private static final DateTimeFormatter STARTED =
            DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm:ss 'UTC'xxx", Locale.ENGLISH);

    private final SessionFacts facts;
    private final Map<StreamFacts, Envelope> envelopes;
    private final List<PhaseSpectra> spectra;
    private final Summary.Alpha alpha;
    private final Pictures pictures;
    private final List<Value> outcomes;
    private final StringBuilder out = new StringBuilder(1 << 18);

    /** @param outcomes that the protocol names; may be empty */
    public Report(
            SessionFacts facts,
            Map<StreamFacts, Envelope> envelopes,
            List<PhaseSpectra> spectra,
            Summary.Alpha alpha,
            List<Value> outcomes) {
        this.outcomes = outcomes;
        this.facts = facts;
        this.envelopes = envelopes;
        this.spectra = spectra;
        this.alpha = alpha;
        this.pictures = new Pictures(facts);
    }

    /** The whole page. */
    public String html() {
        String name = facts.protocol().title().isEmpty()
                ? facts.protocol().id()
                : facts.protocol().title();
        out.append(pageHead(name + ", " + facts.meta().participant()));
        head(name);
        banner();
        tiles();
        signals();
        features();
        spectrum();
        OutcomePage.section(outcomes, out);
        boolean acts = !facts.protocol().triggers().isEmpty()
                || !facts.decisions().isEmpty()
                || !facts.commands().isEmpty()
                || !facts.answers().isEmpty();
        if (acts) {
            latency();
            dose();
        }
        if (facts.display().any()) {
            display();
        }
        if (facts.feedback().any()) {
            new FeedbackSection(facts, out).write();
        }
        Tables tables = new Tables(facts, out);
        tables.phases();
        if (acts) {
            tables.triggers();
            tables.commands();
        } else {
            out.append(
                    "<section><h2>Triggers and commands</h2>\n<p>None: nothing in this protocol acts.</p></section>\n");
        }
        tables.rest();
        out.append(
                "<footer>Research use only. Anodyne is not a medical device, and nothing on this page is a diagnosis."
                        + " Made from the session's record; the same facts are in summary.json, the signals in bids/.</footer>\n"
                        + "</main></body></html>\n");
        return out.toString();
    }

    /** The beginning of a page, up to what it says. */
    static String pageHead(String title) {
        return "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>"
                + Html.text(title)
                + "</title>\n<style>\n"
                + css()
                + "</style></head><body><main>\n";
    }

    private static String css() {
        try (InputStream in = Report.class.getResourceAsStream("report.css")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void head(String name) {
        out.append("<header><h1>").append(Html.text(name)).append("</h1>\n<p class=\"facts\">");
        List<String> parts = new ArrayList<>();
        parts.add("Participant " + facts.meta().participant());
        parts.add("session " + facts.meta().session());
        parts.add("site " + facts.meta().site());
        parts.add("started " + started());
        parts.add("lasted " + Html.duration(facts.durationNanos() / 1e9) + " of session time");
        if (!realTime()) {
            parts.add("run at speed " + facts.meta().speed());
        }
        out.append(Html.text(String.join(" · ", parts))).append("</p>\n<p>");
        List<String> synthetic = facts.streams().stream()
                .filter(s -> s.info().synthetic())
                .map(s -> s.key().name())
                .distinct()
                .toList();
        if (!synthetic.isEmpty()) {
            out.append("<span class=\"tag\">Synthetic signals</span> ")
                    .append(Html.text(String.join(", ", synthetic)))
                    .append(synthetic.size() == 1 ? " was" : " were")
                    .append(" computed by a generator, not measured on a person. ");
        }
        if (facts.simulatedDevices() && !facts.doses().isEmpty()) {
            out.append(
                            "<span class=\"tag\">Simulated devices</span> What acted were simulators: nobody was stimulated, and")
                    .append(" doses below are what they were told to deliver. ");
        }
        if (facts.simulatedParticipant()) {
            out.append("<span class=\"tag\">Simulated participant</span> Every answer was made up by the platform. ");
        }
        facts.meta().inputs().forEach((slot, input) -> out.append("Input of slot ")
                .append(Html.text(slot))
                .append(": <code title=\"")
                .append(Html.text(input))
                .append("\">")
                .append(Html.text(input.substring(input.lastIndexOf('/') + 1)))
                .append("</code>. "));
        out.append("Research use only, not a medical device.</p></header>\n");
    }

    private boolean realTime() {
        return facts.realTime();
    }

    private String started() {
        try {
            return STARTED.format(OffsetDateTime.parse(facts.meta().startedAt()));
        } catch (DateTimeException e) {
            return facts.meta().startedAt();
        }
    }

    private void banner() {
        List<String> issues = new ArrayList<>(facts.problems());
        // Where a source told of its gaps, the problems have them already.
        List<Facts.Gap> untold = facts.losses().stream()
                .filter(g -> facts.problems().stream().noneMatch(p -> p.startsWith("stream " + g.stream() + " has ")))
                .toList();
        untold.stream()
                .limit(5)
                .forEach(g -> issues.add("data missing in " + g.stream() + " from "
                        + Html.clock(g.fromNanos() / 1e9) + " to " + Html.clock(g.toNanos() / 1e9) + ": "
                        + g.reason()));
        if (untold.size() > 5) {
            issues.add("and " + (untold.size() - 5) + " more gaps, listed below");
        }
        issues.addAll(facts.damage());
        String said;
        String style;
        switch (facts.state()) {
            case "COMPLETED" -> {
                said = issues.isEmpty() ? "Completed, nothing went wrong" : "Completed, with problems";
                style = issues.isEmpty() ? "ok" : "warn";
            }
            case "ABORTED" -> {
                said = "Aborted" + (facts.reason().isEmpty() ? "" : ": " + facts.reason());
                style = "bad";
            }
            default -> {
                said = "Broken off" + (facts.reason().isEmpty() ? "" : ": " + facts.reason());
                style = "bad";
            }
        }
        out.append("<div class=\"banner ").append(style).append("\" role=\"status\"><strong>");
        out.append(Html.text(said)).append("</strong>");
        if (!issues.isEmpty()) {
            out.append("<ul>");
            issues.forEach(i -> out.append("<li>").append(Html.text(i)).append("</li>"));
            out.append("</ul>");
        }
        out.append("</div>\n");
    }

    private void tiles() {
        out.append("<ul class=\"tiles\">");
        tile(
                alpha.hertz() == null ? "–" : Html.number(alpha.hertz()) + " Hz",
                "alpha peak",
                alpha.hertz() == null ? "none: " + alpha.from() : alpha.where());
        long fired = facts.decisions().stream().filter(Facts.Decision::fired).count();
        tile(Long.toString(fired), "triggers fired", (facts.decisions().size() - fired) + " held back");
        Percentiles p = facts.latency();
        tile(
                p.count() == 0 ? "–" : Html.millis(p.at(0.5)) + " ms",
                "median latency",
                p.count() == 0
                        ? "no command was executed"
                        : realTime()
                                ? "99 %: " + Html.millis(p.at(0.99)) + " ms"
                                : "of no meaning at speed " + facts.meta().speed());
        for (Facts.Dose d : facts.doses()) {
            if (!d.totals().isEmpty()) {
                String q = quantities(d).get(0);
                String[] words = Words.quantity(q).split(", ");
                tile(
                        Html.number(d.totals().get(q)) + (words.length > 1 ? " " + words[1] : ""),
                        words[0] + " delivered",
                        "by " + d.slot());
            }
        }
        long blocks = facts.streams().stream().mapToLong(StreamFacts::blocks).sum();
        tile(
                Long.toString(blocks),
                "blocks of samples",
                Html.count(facts.streams().size(), "stream", "streams"));
        tile(
                Integer.toString(facts.losses().size()),
                "gaps",
                facts.losses().isEmpty() ? "nothing lost" : "data missing");
        tile(Integer.toString(facts.swaps().size()), "plug-ins swapped", "while the session ran");
        out.append("</ul>\n");
    }

    private void tile(String value, String what, String more) {
        out.append("<li><b>").append(Html.text(value)).append("</b><span>").append(Html.text(what));
        out.append("</span><span>").append(Html.text(more)).append("</span></li>");
    }

    private void figure(String svg) {
        out.append("<figure>").append(svg).append("</figure>\n");
    }

    private void heading(String title, String note) {
        out.append("<section><h2>").append(Html.text(title)).append("</h2>\n");
        if (!note.isEmpty()) {
            out.append("<p class=\"note\">").append(Html.text(note)).append("</p>\n");
        }
    }

    private void signals() {
        heading("Signals", "");
        if (facts.streams().isEmpty()) {
            out.append("<p>No samples were recorded.</p></section>\n");
            return;
        }
        legend();
        envelopes.forEach((s, e) -> {
            int of = s.key().channels();
            String what = s.info().type() + ", " + Html.number(s.key().rateHz()) + " Hz, "
                    + (of > e.channels()
                            ? "the first " + e.channels() + " of " + of + " channels"
                            : Html.count(of, "channel", "channels"))
                    + (of > 1
                            ? ", each row " + Html.number(round(Pictures.span(e))) + " "
                                    + Words.unit(s.info().channels().get(0).unit()) + " high"
                            : "")
                    + (s.info().synthetic() ? ", synthetic" : "");
            out.append("<h3>").append(Html.text(s.key().name()));
            out.append(" <small>").append(Html.text(what)).append("</small></h3>\n");
            figure(pictures.signal(s, e));
        });
        out.append("</section>\n");
    }

    private static double round(double v) {
        double power = Math.pow(10, Math.floor(Math.log10(v)) - 1);
        return Math.rint(v / power) * power;
    }

    private void legend() {
        out.append(
                "<p class=\"note\">Least and greatest value in each of 1000 slices of the session. Times are session time,"
                        + " minutes:seconds; phases are shaded.</p>\n<p class=\"legend\">");
        boolean loss = facts.gaps().stream().anyMatch(Facts.Gap::loss);
        boolean pause = facts.gaps().stream().anyMatch(g -> !g.loss());
        if (loss) {
            out.append(key("<rect class=\"gap\" x=\"3\" width=\"16\" height=\"10\"/>", "data missing"));
        }
        if (pause) {
            out.append(key(
                    "<rect class=\"pause\" x=\"3\" width=\"16\" height=\"10\"/>", "source stood still or began anew"));
        }
        if (!facts.swaps().isEmpty()) {
            out.append(key(
                    "<path class=\"swap\" d=\"M11 0V10\"/><path class=\"swapmark\" d=\"M11 0l4.5 5l-4.5 5l-4.5 -5z\"/>",
                    "plug-in swapped"));
        }
        out.append("</p>\n");
    }

    private static String key(String shape, String text) {
        return "<span><svg class=\"key\" viewBox=\"0 0 22 10\">" + shape + "</svg>" + Html.text(text) + "</span> ";
    }

    private void features() {
        heading("Features and triggers", "");
        List<String> sealed = facts.features().values().stream()
                .filter(s -> facts.sealed(s.slot()))
                .map(Series::name)
                .toList();
        Set<String> watched = pictures.watched();
        watched.removeAll(sealed);
        // Answers and scores of questionnaires stand in tables; a point each makes no picture.
        Set<String> asked = Sheet.of(facts).stream().map(Sheet::slot).collect(Collectors.toSet());
        List<Series> others = facts.features().values().stream()
                .filter(s -> !watched.contains(s.name()) && !s.feature().startsWith("phase-"))
                .filter(s -> !asked.contains(s.slot()))
                .filter(s -> !sealed.contains(s.name()))
                .toList();
        if (!sealed.isEmpty()) {
            out.append(
                            "<p class=\"note\">Not shown, since a sealed allocation code decides them and they would tell the arm: ")
                    .append(Html.text(String.join(", ", sealed)))
                    .append(". They are in the record.</p>\n");
        }
        if (watched.isEmpty() && others.isEmpty() && sealed.isEmpty()) {
            out.append(
                            asked.isEmpty()
                                    ? "<p>No feature was computed"
                                    : "<p>Nothing but answers and scores, which are below")
                    .append(".</p></section>\n");
            return;
        }
        if (!watched.isEmpty()) {
            out.append("<p class=\"legend\">")
                    .append(key("<path class=\"threshold\" d=\"M1 5H21\"/>", "threshold"))
                    .append(key(
                            "<path class=\"fired\" d=\"M11 2V10\"/><path class=\"firedmark\" d=\"M7 0h8l-4 7z\"/>",
                            "trigger fired"))
                    .append(key("<path class=\"held\" d=\"M11 0V10\"/>", "condition met, held back (lower edge)"))
                    .append("</p>\n");
        }
        for (String name : watched) {
            long fired = pictures.decisionsOn(name).stream()
                    .filter(Facts.Decision::fired)
                    .count();
            featureFigure(
                    facts.features().get(name),
                    true,
                    "watched by a trigger: fired " + Html.count(fired, "time", "times") + ", held back "
                            + (pictures.decisionsOn(name).size() - fired));
        }
        others.stream().limit(MOST_FEATURES).forEach(s -> featureFigure(s, false, ""));
        if (others.size() > MOST_FEATURES) {
            out.append("<p class=\"note\">Not shown: ")
                    .append(Html.text(String.join(
                            ", ",
                            others.stream()
                                    .skip(MOST_FEATURES)
                                    .map(Series::name)
                                    .toList())))
                    .append("</p>\n");
        }
        out.append("</section>\n");
    }

    private void featureFigure(Series s, boolean watched, String note) {
        String svg = pictures.feature(s, watched);
        out.append("<h3>").append(Html.text(s.name()));
        out.append(note.isEmpty() ? "" : " <small>" + Html.text(note) + "</small>")
                .append("</h3>\n");
        if (svg.isEmpty()) {
            out.append("<p class=\"note\">No value could be computed.</p>\n");
        } else {
            figure(svg);
        }
    }

    private void spectrum() {
        for (PhaseSpectra s : spectra) {
            String svg = pictures.spectrum(s);
            heading(
                    "Power spectrum of " + s.info().slot() + "/" + s.info().name(),
                    "Mean of " + String.join(", ", s.labels())
                            + "; Welch's method, Hann windows of 4 s, half overlapping."
                            + " The alpha range from 7 to 13 Hz is shaded, its peak is marked.");
            if (svg.isEmpty()) {
                out.append("<p>No phase holds 4 s of signal without a gap.</p>\n");
            } else {
                figure(svg);
            }
            out.append("</section>\n");
        }
    }

    private void latency() {
        heading(
                "Latency",
                "From the acquisition of the newest sample that a decision rests on to the actuator's acknowledgement.");
        Percentiles p = facts.latency();
        if (p.count() == 0) {
            out.append("<p>No command was executed, so there is no latency.</p></section>\n");
            return;
        }
        if (!realTime()) {
            out.append("<p class=\"note\">")
                    .append(Html.text(
                            "The session was run at speed " + facts.meta().speed()
                                    + ": everything was computed as fast as the machine could, so these are not the latencies of a"
                                    + " live session."))
                    .append("</p>\n");
        }
        figure(pictures.latency());
        List<List<String>> rows = new ArrayList<>();
        rows.add(row("sample acquired → decision", facts.latency(Facts.Latency::acquisitionToDecision)));
        rows.add(row("decision → command", facts.latency(Facts.Latency::decisionToCommand)));
        rows.add(row("command → acknowledgement", facts.latency(Facts.Latency::commandToAck)));
        rows.add(row("all", p));
        out.append(Html.table(List.of("Stage", "#Median, ms", "#99 %, ms", "#99.9 %, ms", "#Longest, ms"), rows));
        out.append("</section>\n");
    }

    private void display() {
        DisplayFacts d = facts.display();
        heading(
                "Display",
                d.device() + "; " + d.frames() + " frames, " + d.dropped() + " of those that were wanted at "
                        + Html.number(d.rateHz()) + " Hz were not there in time.");
        List<List<String>> rows = new ArrayList<>();
        if (!d.featureToFrame().isEmpty()) {
            rows.add(row("feature published → frame submitted", Percentiles.ofNanos(d.featureToFrame())));
        }
        rows.add(row("frame submitted → next frame submitted", Percentiles.ofNanos(d.intervals())));
        if (!d.gpu().isEmpty()) {
            rows.add(row("graphics card at work on a frame", Percentiles.ofNanos(d.gpu())));
        }
        out.append(Html.table(List.of("Stage", "#Median, ms", "#99 %, ms", "#99.9 %, ms", "#Longest, ms"), rows));
        out.append("<p>")
                .append(Html.text("Frames by scene: "
                        + d.scenes().entrySet().stream()
                                .map(e -> (e.getKey().isEmpty() ? "none" : e.getKey()) + " " + e.getValue())
                                .collect(Collectors.joining(", "))
                        + "."))
                .append("</p></section>\n");
    }

    private static List<String> row(String stage, Percentiles p) {
        return List.of(
                Html.text(stage),
                Html.millis(p.at(0.5)),
                Html.millis(p.at(0.99)),
                Html.millis(p.at(0.999)),
                Html.millis(p.at(1)));
    }

    private void dose() {
        heading("Dose", "What the actuators delivered, added up. A command without an answer counts as delivered.");
        boolean any = false;
        for (Facts.Dose d : facts.doses()) {
            for (String q : quantities(d).stream().limit(2).toList()) {
                any = true;
                out.append("<h3>").append(Html.text(d.slot())).append(" <small>");
                out.append(Html.text(
                        Words.quantity(q) + ": " + Html.number(d.totals().get(q)) + " in all"));
                out.append("</small></h3>\n");
                figure(pictures.dose(d, q));
            }
        }
        out.append(any ? "" : "<p>Nothing was delivered.</p>\n").append("</section>\n");
    }

    /** Quantities of a dose, the telling ones first. */
    private static List<String> quantities(Facts.Dose d) {
        List<String> all = new ArrayList<>(
                DOSE_FIRST.stream().filter(d.totals()::containsKey).toList());
        d.totals().keySet().stream().filter(q -> !all.contains(q)).forEach(all::add);
        return all;
    }
}
