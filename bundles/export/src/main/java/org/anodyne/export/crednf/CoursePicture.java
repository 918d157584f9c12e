package org.anodyne.export.crednf;

import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * The course of one trained feature as SVG that stands by itself: mean and standard deviation of each block, rests hollow, transfer
 * square, and the threshold at the end of each block as a dash.
 */
final class CoursePicture {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 240;
    private static final int LEFT = 64;
    private static final int RIGHT = 12;
    private static final int TOP = 28;
    private static final int BASE = HEIGHT - 52;

    /** So many names of phases fit below the axis; with more, blocks are numbered. */
    private static final int MOST_NAMES = 12;

    private final TargetCourse course;
    private final double low;
    private final double high;
    private final StringBuilder out = new StringBuilder(1 << 12);

    private CoursePicture(TargetCourse course) {
        this.course = course;
        double[] values = course.points().stream()
                .flatMapToDouble(p ->
                        DoubleStream.of(p.mean(), p.mean() - p.deviation(), p.mean() + p.deviation(), p.threshold()))
                .filter(Double::isFinite)
                .toArray();
        double least = DoubleStream.of(values).min().orElse(0);
        double most = DoubleStream.of(values).max().orElse(1);
        low = least;
        high = most > least ? most : least + 1;
    }

    static String svg(TargetCourse course) {
        return new CoursePicture(course).draw();
    }

    private String draw() {
        String title = course.feature() + " (" + course.direction() + ") by block";
        out.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + WIDTH + " " + HEIGHT
                + "\" role=\"img\" font-family=\"sans-serif\" font-size=\"11\"><title>" + text(title)
                + "</title><rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>");
        label(LEFT, 16, "start", title + ": mean and SD; rests hollow, transfer square, dashes are thresholds");
        for (double at : new double[] {low, (low + high) / 2, high}) {
            out.append("<path stroke=\"#ddd\" d=\"M" + LEFT + " " + px(y(at)) + "H" + (WIDTH - RIGHT) + "\"/>");
            label(LEFT - 6, y(at) + 4, "end", String.format(Locale.ROOT, "%.3g", at));
        }
        List<TargetCourse.Point> points = course.points();
        for (int i = 0; i < points.size(); i++) {
            point(points.get(i), x(i));
            // In two rows, so that neighbours do not run into each other.
            label(x(i), BASE + 16 + i % 2 * 13, "middle", name(points.get(i), i));
        }
        label(WIDTH - RIGHT, HEIGHT - 8, "end", "blocks in their order");
        return out.append("</svg>\n").toString();
    }

    private void point(TargetCourse.Point p, double x) {
        if (Double.isFinite(p.threshold())) {
            out.append("<path stroke=\"#b45309\" stroke-width=\"2\" d=\"M" + px(x - 9) + " " + px(y(p.threshold()))
                    + "H" + px(x + 9) + "\"/>");
        }
        if (!Double.isFinite(p.mean())) {
            return;
        }
        if (Double.isFinite(p.deviation())) {
            out.append("<path stroke=\"#1d4ed8\" d=\"M" + px(x) + " " + px(y(p.mean() - p.deviation())) + "V"
                    + px(y(p.mean() + p.deviation())) + "\"/>");
        }
        String fill = p.rest() ? "#fff" : "#1d4ed8";
        out.append(
                p.block().text("block").equals("transfer")
                        ? "<rect x=\"" + px(x - 4) + "\" y=\"" + px(y(p.mean()) - 4)
                                + "\" width=\"8\" height=\"8\" fill=\"" + fill + "\"/>"
                        : "<circle cx=\"" + px(x) + "\" cy=\"" + px(y(p.mean()))
                                + "\" r=\"4\" stroke=\"#1d4ed8\" fill=\"" + fill + "\"/>");
    }

    private String name(TargetCourse.Point p, int i) {
        return course.points().size() > MOST_NAMES ? Integer.toString(i + 1) : p.phase();
    }

    private void label(double x, double y, String anchor, String what) {
        out.append("<text x=\"" + px(x) + "\" y=\"" + px(y) + "\" text-anchor=\"" + anchor + "\">" + text(what)
                + "</text>");
    }

    private double x(int i) {
        return LEFT + (i + 0.5) / course.points().size() * (WIDTH - LEFT - RIGHT);
    }

    private double y(double v) {
        return BASE - (v - low) / (high - low) * (BASE - TOP - 8);
    }

    private static String px(double v) {
        return String.format(Locale.ROOT, "%.1f", v);
    }

    private static String text(String s) {
        return s.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
