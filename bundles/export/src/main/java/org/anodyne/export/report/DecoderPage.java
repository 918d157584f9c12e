package org.anodyne.export.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.anodyne.decoder.DecoderModel;
import org.anodyne.decoder.train.Scored;
import org.anodyne.decoder.train.Training.Chance;
import org.anodyne.decoder.train.Training.Fold;
import org.anodyne.decoder.train.Training.Trained;

/** A trained decoder as one page for people, in the manner of the session's report. */
public final class DecoderPage {
    private static final int HEIGHT = 420;

    private final Map<String, Object> file;
    private final Trained trained;
    private final String sha256;
    private final StringBuilder out = new StringBuilder(1 << 16);

    /**
     * @param file the model file
     * @param sha256 its hash
     */
    public DecoderPage(Map<String, Object> file, Trained trained, String sha256) {
        this.file = file;
        this.trained = trained;
        this.sha256 = sha256;
    }

    /** The whole page. */
    public String html() {
        String title = "Decoder of participant " + file.get("participant");
        out.append(Report.pageHead(title))
                .append("<header><h1>")
                .append(Html.text(title))
                .append("</h1>\n<p class=\"facts\">Logistic regression on ")
                .append(Html.count(trained.weights().length, "feature", "features"))
                .append(", trained on ")
                .append(Html.count(((List<?>) file.get("records")).size(), "record", "records"))
                .append(". SHA-256 of the model file <code>")
                .append(sha256)
                .append("</code></p>\n<p><span class=\"tag\">not validated: research only</span>");
        if (Boolean.TRUE.equals(file.get("simulated"))) {
            out.append(" <span class=\"tag\">trained on simulated data</span>");
        }
        out.append("</p></header>\n");
        tiles();
        roc();
        calibration();
        weights();
        folds();
        chance();
        origin();
        return out.append("</main></body></html>\n").toString();
    }

    private Map<?, ?> figures() {
        return (Map<?, ?>) file.get("figures");
    }

    private double figure(String name) {
        return ((Number) figures().get(name)).doubleValue();
    }

    private void tiles() {
        out.append("<ul class=\"tiles\">");
        tile(Html.number(round(figure("auc"))), "area under the ROC curve, cross-validated");
        tile(Html.number(round(trained.chance().upper95())), "is reached by chance in 5 of 100 calibrations");
        tile(percent(figure("balancedAccuracy")), "balanced accuracy");
        tile(percent(figure("sensitivity")), "sensitivity");
        tile(percent(figure("specificity")), "specificity");
        tile(Html.number(round(figure("brier"))), "Brier score; 0.25 says nothing");
        tile(Html.number(round(figure("falseTriggersPerHour"))), "false triggers per hour without pain");
        tile(figures().get("rowsHigh") + " / " + figures().get("rowsLow"), "rows of high / low pain");
        out.append(
                        "</ul>\n<p class=\"note\">Figures are of nested cross-validation: each row is judged by a model that has"
                                + " seen neither its fold nor what borders on it. Accuracy, sensitivity, specificity and false triggers at a"
                                + " probability above ")
                .append(Html.number(figure("threshold")))
                .append(".</p>\n");
    }

    private static double round(double v) {
        return Math.rint(v * 1000) / 1000;
    }

    private void tile(String value, String of) {
        out.append("<li><b>")
                .append(Html.text(value))
                .append("</b><span>")
                .append(Html.text(of))
                .append("</span></li>");
    }

    private static String percent(double v) {
        return Math.round(v * 100) + " %";
    }

    private void roc() {
        List<Scored.Point> points = trained.crossValidated().roc();
        double[] x = points.stream().mapToDouble(Scored.Point::falsePositives).toArray();
        double[] y = points.stream().mapToDouble(Scored.Point::truePositives).toArray();
        double at = trained.crossValidated().above(trained.threshold(), false);
        double hit = trained.crossValidated().above(trained.threshold(), true);
        Plot plot = new Plot("ROC curve of the cross-validated scores", HEIGHT, 24, 36, 0, 1, 0, 1)
                .xAxis(Ticks.linear(0, 1, 10), "share of rows of low pain above the threshold")
                .yAxis(Ticks.linear(0, 1, 5), "share of rows of high pain above it")
                .line(new double[] {0, 1}, new double[] {0, 1}, "axis")
                .line(x, y, "curve c1")
                .point(at, hit, "dot", "threshold " + Html.number(figure("threshold")))
                .label(
                        Math.min(0.8, at + 0.015),
                        Math.max(0.06, hit - 0.06),
                        "start",
                        "mark",
                        "threshold " + Html.number(figure("threshold")));
        section("ROC curve", plot, "The line from corner to corner is a decoder that knows nothing.");
    }

    private void calibration() {
        List<Scored.Bin> bins = trained.crossValidated().calibration();
        Plot plot = new Plot("Probability said against share that was high", HEIGHT - 100, 24, 36, 0, 1, 0, 1)
                .xAxis(Ticks.linear(0, 1, 10), "probability that the decoder said, mean of a tenth of the rows")
                .yAxis(Ticks.linear(0, 1, 5), "share of high pain among them")
                .line(new double[] {0, 1}, new double[] {0, 1}, "axis")
                .line(
                        bins.stream().mapToDouble(Scored.Bin::said).toArray(),
                        bins.stream().mapToDouble(Scored.Bin::was).toArray(),
                        "curve c1");
        bins.forEach(b -> plot.point(b.said(), b.was(), "dot", b.rows() + " rows"));
        section("Calibration", plot, "On the line from corner to corner, what is called 70 % is high in 70 of 100.");
    }

    private void section(String title, Plot plot, String note) {
        out.append("<section><h2>")
                .append(title)
                .append("</h2>\n<figure>")
                .append(plot.svg())
                .append("<figcaption>")
                .append(Html.text(note))
                .append("</figcaption></figure></section>\n");
    }

    private void weights() {
        List<List<String>> rows = new ArrayList<>();
        for (Object f : (List<?>) file.get("features")) {
            Map<?, ?> t = (Map<?, ?>) f;
            rows.add(List.of(
                    Html.text(t.get("name")),
                    Html.text(t.get("unit")),
                    Html.number((Double) t.get("mean")),
                    Html.number((Double) t.get("standardDeviation")),
                    Html.number((Double) t.get("weight"))));
        }
        out.append(
                        "<section><h2>Weights</h2>\n<p>What one standard deviation of a feature adds to the log odds of high pain;"
                                + " the intercept is ")
                .append(Html.number(trained.intercept()))
                .append(".</p>\n")
                .append(Html.table(List.of("Feature", "Unit", "#Mean", "#Standard deviation", "#Weight"), rows))
                .append("</section>\n");
    }

    private void folds() {
        List<List<String>> rows = new ArrayList<>();
        int n = 1;
        for (Fold f : trained.folds()) {
            rows.add(List.of(
                    Integer.toString(n++),
                    Integer.toString(f.high()),
                    Integer.toString(f.rows() - f.high()),
                    Integer.toString(f.trainedOn()),
                    Html.number(f.c()),
                    Double.isNaN(f.auc()) ? "one class" : Html.number(round(f.auc())),
                    Html.number(round(f.logLoss()))));
        }
        out.append(
                        "<section><h2>Folds</h2>\n<p>Each is a contiguous stretch of whole periods; what borders on it is not trained"
                                + " on. C, the inverse of the penalty, is chosen without the fold; the model itself has C = ")
                .append(Html.number(trained.c()))
                .append(".</p>\n")
                .append(Html.table(List.of("#Fold", "#High", "#Low", "#Trained on", "#C", "#AUC", "#Log loss"), rows))
                .append("</section>\n");
    }

    private void chance() {
        Chance c = trained.chance();
        out.append("<section><h2>Chance</h2>\n<p>With the labels of whole periods permuted ")
                .append(c.auc().length)
                .append(" times, the AUC is ")
                .append(Html.number(round(c.mean())))
                .append(" on average and ")
                .append(Html.number(round(c.upper95())))
                .append(" at the 95th percentile; the true labels give ")
                .append(Html.number(round(figure("auc"))))
                .append(" (p = ")
                .append(Html.number(c.p()))
                .append(").</p>\n");
        Plot plot = new Plot("AUC of permuted labels", 220, 24, 36, 0, 1, 0, most(c))
                .xAxis(Ticks.linear(0, 1, 10), "AUC")
                .yAxis(Ticks.linear(0, most(c), 4), "permutations");
        int[] counts = counts(c);
        for (int b = 0; b < counts.length; b++) {
            plot.bar(b / 20.0, (b + 1) / 20.0, counts[b], "bar", counts[b] + " permutations");
        }
        plot.labelled(figure("auc"), "percentile", "true labels");
        out.append("<figure>").append(plot.svg()).append("</figure></section>\n");
    }

    private static int[] counts(Chance c) {
        int[] counts = new int[20];
        for (double auc : c.auc()) {
            counts[(int) Math.min(19, Math.floor(auc * 20))]++;
        }
        return counts;
    }

    private static double most(Chance c) {
        int most = 1;
        for (int n : counts(c)) {
            most = Math.max(most, n);
        }
        return most;
    }

    private void origin() {
        List<List<String>> rows = new ArrayList<>();
        ((Map<?, ?>) file.get("slots")).forEach((slot, told) -> {
            Map<?, ?> m = (Map<?, ?>) told;
            rows.add(List.of(
                    Html.text(slot),
                    Html.text(m.get("plugin")),
                    Html.text(m.get("version")),
                    "<code>" + Html.text(m.get("parameters")) + "</code>"));
        });
        List<List<String>> records = new ArrayList<>();
        for (Object r : (List<?>) file.get("records")) {
            Map<?, ?> m = (Map<?, ?>) r;
            records.add(List.of(Html.text(m.get("session")), "<code>" + Html.text(m.get("files")) + "</code>"));
        }
        out.append("<section><h2>Where it comes from</h2>\n")
                .append(Html.table(List.of("Slot", "Plug-in", "Version", "Parameters"), rows))
                .append(Html.table(List.of("Session", "Files and their SHA-256"), records))
                .append("<p>Format ")
                .append(DecoderModel.FORMAT)
                .append(' ')
                .append(DecoderModel.VERSION)
                .append("; ")
                .append(Html.text(((Map<?, ?>) file.get("training")).get("solver")))
                .append("; seed ")
                .append(Html.text(((Map<?, ?>) file.get("training")).get("seed")))
                .append("; rows without a value, left out: ")
                .append(Html.text(((Map<?, ?>) file.get("training")).get("rowsLeftOut")))
                .append(".</p></section>\n");
    }
}
