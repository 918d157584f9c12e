package org.anodyne.export.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.anodyne.dsp.AlphaPeak;
import org.anodyne.dsp.Spectrum;
import org.anodyne.export.facts.Facts;
import org.anodyne.export.facts.Percentiles;
import org.anodyne.export.facts.Series;
import org.anodyne.export.facts.SessionFacts;
import org.anodyne.export.facts.StreamFacts;
import org.anodyne.export.signal.Envelope;
import org.anodyne.export.signal.PhaseSpectra;

/** The pictures of a report. */
final class Pictures {
    /** Colours in the style sheet. */
    static final int COLOURS = 6;

    private static final int LANE = 46;
    private static final int MOST_POINTS = 3000;
    private static final double SPECTRUM_LOW = 1;
    private static final double SPECTRUM_HIGH = 45;

    private final SessionFacts facts;
    private final Timeline time;

    Pictures(SessionFacts facts) {
        this.facts = facts;
        this.time = new Timeline(facts);
    }

    /** Least and greatest values of a stream over the session: one channel with its axis, several as lanes of one scale. */
    String signal(StreamFacts stream, Envelope e) {
        String name = stream.key().name();
        if (e.channels() == 1) {
            double[] range = range(e, 0);
            Plot plot = time.plot(name + " over the session", 145, range[0], range[1], name)
                    .yAxis(
                            Ticks.linear(range[0], range[1], 4),
                            axisUnit(stream.info().channels().get(0).unit()));
            trace(plot, e, 0, 0, 1);
            return plot.svg();
        }
        double[] centres = new double[e.channels()];
        double half = 0;
        for (int c = 0; c < e.channels(); c++) {
            double[] r = range(e, c);
            centres[c] = (r[0] + r[1]) / 2;
            half = Math.max(half, (r[1] - r[0]) / 2);
        }
        Plot plot = time.plot(name + " over the session", 46 + LANE * e.channels(), -e.channels(), 0, name);
        for (int c = 0; c < e.channels(); c++) {
            double middle = -c - 0.5;
            plot.rowLabel(middle, stream.info().channels().get(e.channel(c)).label());
            trace(plot, e, c, middle - centres[c] * 0.48 / half, 0.48 / half);
        }
        return plot.svg();
    }

    private static String axisUnit(String unit) {
        String words = Words.unit(unit);
        return words.equals("arbitrary units") ? "a.u." : words;
    }

    /** What one lane of {@link #signal} spans, in the stream's unit. */
    static double span(Envelope e) {
        double span = 0;
        for (int c = 0; c < e.channels(); c++) {
            double[] r = range(e, c);
            span = Math.max(span, r[1] - r[0]);
        }
        return span / 0.96;
    }

    /** The whole range; without the most extreme hundredth where that would flatten all the rest. */
    private static double[] range(Envelope e, int c) {
        double[] low = new double[e.slices()];
        double[] high = new double[e.slices()];
        int n = 0;
        for (int i = 0; i < e.slices(); i++) {
            if (Float.isFinite(e.least(c, i))) {
                low[n] = e.least(c, i);
                high[n++] = e.greatest(c, i);
            }
        }
        if (n == 0) {
            return new double[] {-1, 1};
        }
        Arrays.sort(low, 0, n);
        Arrays.sort(high, 0, n);
        double from = low[n / 100];
        double to = high[n - 1 - n / 100];
        if (high[n - 1] - low[0] <= 2 * (to - from)) {
            from = low[0];
            to = high[n - 1];
        }
        double room = to > from ? (to - from) * 0.05 : Math.max(1e-6, Math.abs(to) * 0.1);
        return new double[] {from - room, to + room};
    }

    private static void trace(Plot plot, Envelope e, int c, double shift, double scale) {
        int i = 0;
        while (i < e.slices()) {
            int end = i;
            while (end < e.slices() && Float.isFinite(e.least(c, end))) {
                end++;
            }
            if (end > i) {
                double[] x = new double[end - i];
                double[] low = new double[end - i];
                double[] high = new double[end - i];
                for (int k = i; k < end; k++) {
                    x[k - i] = e.middleNanos(k) / 1e9;
                    low[k - i] = shift + scale * e.least(c, k);
                    high[k - i] = shift + scale * e.greatest(c, k);
                }
                plot.area(x, low, high, "trace");
            }
            i = end + 1;
        }
    }

    /** A feature over time, with the thresholds of the triggers that watch it and their firings. */
    String feature(Series s, boolean watched) {
        List<Facts.Decision> decisions = watched ? decisionsOn(s.name()) : List.of();
        double[] x = new double[s.size()];
        double[] y = new double[s.size()];
        long usual = usualStep(s);
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < s.size(); i++) {
            x[i] = s.timeNanos(i) / 1e9;
            y[i] = s.value(i);
            if (Double.isFinite(y[i])) {
                low = Math.min(low, y[i]);
                high = Math.max(high, y[i]);
            }
        }
        for (Facts.Decision d : decisions) {
            if (Double.isFinite(d.threshold())) {
                low = Math.min(low, d.threshold());
                high = Math.max(high, d.threshold());
            }
        }
        if (low > high) {
            return "";
        }
        double room = high > low ? (high - low) * 0.08 : Math.max(1e-6, Math.abs(high) * 0.1);
        // A feature that is never negative needs no room below zero.
        low = low >= 0 && low - room < 0 ? 0 : low - room;
        high += room;
        Plot plot = time.plot(s.name() + " over the session", watched ? 220 : 125, low, high, "")
                .yAxis(Ticks.linear(low, high, watched ? 5 : 4), Words.featureUnit(facts, s.name()));
        if (watched) {
            time.decisions(plot, decisions);
            thresholds(plot, s.name(), decisions);
        }
        boolean scattered = scattered(s, usual);
        if (!scattered) {
            plot.line(x, broken(s, y, usual), "feature");
        }
        if (scattered || s.size() < 60) {
            for (int i = 0; i < s.size(); i++) {
                if (Double.isFinite(y[i])) {
                    String value = Words.value(facts, s.name(), y[i]);
                    plot.point(x[i], y[i], "dot", value + " at " + Html.clock(x[i]));
                }
            }
        }
        return plot.svg();
    }

    private static long usualStep(Series s) {
        long[] steps = new long[Math.max(0, s.size() - 1)];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = s.timeNanos(i + 1) - s.timeNanos(i);
        }
        Arrays.sort(steps);
        return steps.length == 0 ? 0 : steps[steps.length / 2];
    }

    /** Whether the values come one by one, as responses do, so that a line between them would say nothing. */
    private static boolean scattered(Series s, long usual) {
        int far = 0;
        for (int i = 1; i < s.size(); i++) {
            far += s.timeNanos(i) - s.timeNanos(i - 1) > 2 * usual ? 1 : 0;
        }
        return s.size() < MOST_POINTS && far * 10 > s.size();
    }

    /** The values with a break after a long silence: a line across it would show what was never computed. */
    private static double[] broken(Series s, double[] y, long usual) {
        double[] values = y.clone();
        for (int i = 1; i < values.length; i++) {
            if (s.size() >= 60 && s.timeNanos(i) - s.timeNanos(i - 1) > 8 * usual) {
                values[i - 1] = Double.NaN;
            }
        }
        return values;
    }

    /** A trigger's threshold, over the phases in which it was met, where it stays the same. */
    private void thresholds(Plot plot, String feature, List<Facts.Decision> decisions) {
        Map<String, double[]> levels = new LinkedHashMap<>();
        for (Facts.Decision d : decisions) {
            if (!Double.isFinite(d.threshold())) {
                continue;
            }
            double at = d.timeNanos() / 1e9;
            double from =
                    facts.phaseAt(d.timeNanos()).map(p -> p.startNanos() / 1e9).orElse(at - 1);
            double to =
                    facts.phaseAt(d.timeNanos()).map(p -> p.endNanos() / 1e9).orElse(at + 1);
            levels.putIfAbsent(d.trigger() + " " + d.threshold() + " " + from, new double[] {d.threshold(), from, to});
        }
        levels.forEach((key, l) ->
                plot.level(l[1], l[2], l[0], "threshold", "threshold " + Words.value(facts, feature, l[0])));
    }

    /** Decisions of triggers on this feature; of all triggers whose feature the protocol's text does not tell. */
    List<Facts.Decision> decisionsOn(String feature) {
        return facts.decisions().stream()
                .filter(d -> {
                    var text = facts.protocol().triggers().get(d.trigger());
                    return text != null && text.feature().equals(feature);
                })
                .toList();
    }

    /** Features that triggers watch and that were recorded. */
    Set<String> watched() {
        Set<String> names = new TreeSet<>();
        facts.protocol().triggers().values().forEach(t -> names.add(t.feature()));
        names.retainAll(facts.features().keySet());
        return names;
    }

    /** Power density from 1 to 45 Hz, one line per phase, peaks between 7 and 13 Hz marked. */
    String spectrum(PhaseSpectra spectra) {
        Map<String, Spectrum> lines = new LinkedHashMap<>();
        lines.putAll(spectra.phases());
        // More lines than colours cannot be told apart: the shortest phases are left out.
        while (lines.size() > COLOURS) {
            lines.entrySet().stream()
                    .min((a, b) ->
                            Long.compare(a.getValue().averaged(), b.getValue().averaged()))
                    .ifPresent(e -> lines.remove(e.getKey()));
        }
        if (lines.isEmpty()) {
            spectra.whole().ifPresent(s -> lines.put("whole session", s));
        }
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (Spectrum s : lines.values()) {
            for (int k = 0; k < s.size(); k++) {
                if (within(s.frequency(k)) && s.density(k) > 0) {
                    low = Math.min(low, Math.log10(s.density(k)));
                    high = Math.max(high, Math.log10(s.density(k)));
                }
            }
        }
        if (low > high) {
            return "";
        }
        low = Math.floor(low * 2) / 2;
        high = Math.ceil(high * 2 + 0.2) / 2;
        String unit = axisUnit(spectra.info().channels().get(0).unit());
        Plot plot = new Plot("power spectrum of " + spectra.info().slot(), 310, 24, 36, 0, SPECTRUM_HIGH, low, high)
                .band(AlphaPeak.LOW, AlphaPeak.HIGH, "alpha", "", "7 to 13 Hz")
                .xAxis(Ticks.linear(0, SPECTRUM_HIGH, 9), "frequency, Hz")
                .yAxis(Ticks.decades(low, high), "power density, " + unit + "²/Hz");
        int colour = 0;
        for (Map.Entry<String, Spectrum> line : lines.entrySet()) {
            Spectrum s = line.getValue();
            List<double[]> points = new ArrayList<>();
            for (int k = 0; k < s.size(); k++) {
                if (within(s.frequency(k))) {
                    points.add(new double[] {s.frequency(k), s.density(k) > 0 ? Math.log10(s.density(k)) : Double.NaN});
                }
            }
            String style = "c" + ++colour;
            plot.line(
                    points.stream().mapToDouble(p -> p[0]).toArray(),
                    points.stream().mapToDouble(p -> p[1]).toArray(),
                    "curve " + style);
            AlphaPeak.find(s)
                    .filter(AlphaPeak::local)
                    .ifPresent(p -> plot.point(
                            p.frequency(),
                            Math.log10(p.density()),
                            "peak " + style,
                            line.getKey() + ": peak at " + Html.number(p.frequency()) + " Hz"));
        }
        return plot.svg() + legend(lines);
    }

    private static boolean within(double hertz) {
        return hertz >= SPECTRUM_LOW && hertz <= SPECTRUM_HIGH;
    }

    private static String legend(Map<String, Spectrum> lines) {
        StringBuilder s = new StringBuilder("<p class=\"legend\">");
        int colour = 0;
        for (Map.Entry<String, Spectrum> line : lines.entrySet()) {
            String peak = AlphaPeak.find(line.getValue())
                    .filter(AlphaPeak::local)
                    .map(p -> ": peak at " + Html.number(p.frequency()) + " Hz")
                    .orElse(": no peak");
            s.append("<span><svg class=\"key\" viewBox=\"0 0 22 10\"><path class=\"curve c" + ++colour
                    + "\" d=\"M1 5H21\"/></svg>" + Html.text(line.getKey() + peak) + "</span> ");
        }
        return s.append("</p>\n").toString();
    }

    /** How often each latency occurred. */
    String latency() {
        Percentiles p = facts.latency();
        double[] values = p.values();
        double p50 = p.at(0.5);
        double max = p.at(1);
        // With a long tail, even steps would put nearly everything into one bar.
        boolean log = max > 20 * Math.max(p50, 1e-3);
        double low = log ? Math.floor(Math.log10(Math.max(1e-3, values[0])) * 5) / 5 : 0;
        double step = log ? 0.1 : Ticks.step(max / 30);
        double high = log ? Math.ceil(Math.log10(max) * 5 + 0.5) / 5 : (Math.floor(max / step) + 2) * step;
        int[] counts = new int[(int) Math.ceil((high - low) / step + 1e-9)];
        int most = 1;
        for (double v : values) {
            int bin = (int) Math.floor(((log ? Math.log10(Math.max(1e-3, v)) : v) - low) / step + 1e-9);
            most = Math.max(most, ++counts[Math.min(counts.length - 1, Math.max(0, bin))]);
        }
        Plot plot = new Plot("histogram of latencies", 240, 24, 36, low, high, 0, most * 1.35)
                .xAxis(
                        log ? Ticks.decades(low, high) : Ticks.linear(0, high, 10),
                        "latency, ms" + (log ? " (logarithmic)" : ""))
                .yAxis(Ticks.whole(most * 1.35, 5), "commands");
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0) {
                double from = low + i * step;
                String tip = counts[i] + " × " + Html.number(log ? Math.pow(10, from) : from) + " to "
                        + Html.number(log ? Math.pow(10, from + step) : from + step) + " ms";
                plot.bar(from, from + step, counts[i], "bar", tip);
            }
        }
        Map<String, Double> marks = new LinkedHashMap<>();
        marks.put("median", p50);
        marks.put("99 %", p.at(0.99));
        marks.put("longest", max);
        if (marks.get("99 %").equals(max)) {
            marks.remove("99 %");
            marks.remove("longest");
            marks.put(p.count() > 1 ? "99 % and longest" : "only one", max);
        }
        marks.forEach(
                (name, v) -> plot.labelled(log ? Math.log10(v) : v, "percentile", name + " " + Html.millis(v) + " ms"));
        return plot.svg();
    }

    /** What an actuator delivered, added up over time. */
    String dose(Facts.Dose dose, String quantity) {
        List<Facts.Answered> all = dose.deliveries().stream()
                .filter(a -> a.acknowledgement().delivered().containsKey(quantity))
                .sorted((a, b) -> Long.compare(
                        a.acknowledgement().timeNanos(), b.acknowledgement().timeNanos()))
                .toList();
        double[] x = new double[all.size()];
        double[] y = new double[all.size()];
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            x[i] = all.get(i).acknowledgement().timeNanos() / 1e9;
            sum += all.get(i).acknowledgement().delivered().get(quantity);
            y[i] = sum;
        }
        double high = sum > 0 ? sum * 1.1 : 1;
        return time.plot(dose.slot() + " " + quantity + " delivered", 180, 0, high, "")
                .yAxis(Ticks.linear(0, high, 4), Words.quantity(quantity))
                .steps(x, y, time.seconds(), "dose")
                .svg();
    }
}
