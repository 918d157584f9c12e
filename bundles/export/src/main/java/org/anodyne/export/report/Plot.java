package org.anodyne.export.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One picture as SVG, styled by the page's CSS classes so that it follows light, dark and print. Coordinates are those of
 * the data; what lies outside the axes is cut off.
 */
final class Plot {
    static final int WIDTH = 960;
    private static final int LEFT = 62;
    private static final int RIGHT = 26;

    /** Rough width of a character of the page's labels, to see whether a label fits. */
    private static final double CHARACTER = 6.3;

    private final String says;
    private final int height;
    private final int top;

    /** Where the axes end, in pixels from above. */
    private final int base;

    private final double xLow;
    private final double xHigh;
    private final double yLow;
    private final double yHigh;
    private final StringBuilder under = new StringBuilder();
    private final StringBuilder inside = new StringBuilder();
    private final StringBuilder front = new StringBuilder();
    private final StringBuilder over = new StringBuilder();
    private final List<double[]> labelled = new ArrayList<>();

    /**
     * @param says what the picture shows, for those who cannot see it
     * @param top room above the axes, for labels
     * @param bottom room below the axes: 22 for ticks, 36 with the axis' name
     */
    Plot(String says, int height, int top, int bottom, double xLow, double xHigh, double yLow, double yHigh) {
        this.says = says;
        this.height = height;
        this.top = top;
        this.base = height - bottom;
        this.xLow = xLow;
        this.xHigh = xHigh > xLow ? xHigh : xLow + 1;
        this.yLow = yLow;
        this.yHigh = yHigh > yLow ? yHigh : yLow + 1;
    }

    double x(double v) {
        return LEFT + (v - xLow) / (xHigh - xLow) * (WIDTH - LEFT - RIGHT);
    }

    double y(double v) {
        return base - (v - yLow) / (yHigh - yLow) * (base - top);
    }

    /** A coordinate as text: a tenth of a pixel is enough. */
    static String px(double v) {
        double r = Math.rint(v * 10) / 10;
        return r == Math.rint(r) ? Long.toString((long) r) : String.format(Locale.ROOT, "%.1f", r);
    }

    Plot xAxis(Ticks ticks, String title) {
        for (int i = 0; i < ticks.values().length; i++) {
            String at = px(x(ticks.values()[i]));
            under.append("<path class=\"grid\" d=\"M" + at + " " + top + "V" + base + "\"/>");
            over.append("<text class=\"tick\" text-anchor=\"middle\" x=\"" + at + "\" y=\"" + (base + 15) + "\">"
                    + Html.text(ticks.labels().get(i)) + "</text>");
        }
        over.append("<path class=\"axis\" d=\"M" + LEFT + " " + base + "H" + (WIDTH - RIGHT) + "\"/>");
        if (!title.isEmpty()) {
            over.append("<text class=\"name\" text-anchor=\"end\" x=\"" + (WIDTH - RIGHT) + "\" y=\"" + (base + 31)
                    + "\">" + Html.text(title) + "</text>");
        }
        return this;
    }

    Plot yAxis(Ticks ticks, String title) {
        for (int i = 0; i < ticks.values().length; i++) {
            double at = y(ticks.values()[i]);
            under.append("<path class=\"grid\" d=\"M" + LEFT + " " + px(at) + "H" + (WIDTH - RIGHT) + "\"/>");
            over.append("<text class=\"tick\" text-anchor=\"end\" x=\"" + (LEFT - 7) + "\" y=\"" + px(at + 4) + "\">"
                    + Html.text(ticks.labels().get(i)) + "</text>");
        }
        if (!title.isEmpty()) {
            over.append("<text class=\"name\" x=\"2\" y=\"" + (top - 9) + "\">" + Html.text(title) + "</text>");
        }
        return this;
    }

    /** A stretch of x over the whole height; the label above it is left out where it does not fit. */
    Plot band(double from, double to, String style, String label, String tip) {
        double a = Math.max(LEFT, x(from));
        double b = Math.min(WIDTH - RIGHT, x(to));
        double width = Math.max(1, b - a);
        under.append("<rect class=\"" + style + "\" x=\"" + px(a) + "\" y=\"" + top + "\" width=\"" + px(width)
                + "\" height=\"" + (base - top) + "\">" + tip(tip) + "</rect>");
        if (!label.isEmpty() && label.length() * CHARACTER + 4 <= width) {
            over.append("<text class=\"phase\" text-anchor=\"middle\" x=\"" + px((a + b) / 2) + "\" y=\"" + (top - 6)
                    + "\">" + Html.text(label) + "</text>");
        }
        return this;
    }

    /** A vertical line over the whole height, in front of the data. */
    Plot vertical(double at, String style, String tip) {
        front.append("<path class=\"" + style + "\" d=\"M" + px(x(at)) + " " + top + "V" + base + "\">" + tip(tip)
                + "</path>");
        return this;
    }

    /** A vertical line behind the data that are drawn after it. */
    Plot behind(double at, String style, String tip) {
        inside.append("<path class=\"" + style + "\" d=\"M" + px(x(at)) + " " + top + "V" + base + "\">" + tip(tip)
                + "</path>");
        return this;
    }

    /** A short line at the lower edge, behind the data that are drawn after it. */
    Plot tick(double at, String style, String tip) {
        inside.append(
                "<path class=\"" + style + "\" d=\"M" + px(x(at)) + " " + base + "v-14\">" + tip(tip) + "</path>");
        return this;
    }

    /** A small mark at the upper edge: {@code down} a triangle, else a diamond. */
    Plot flag(double at, boolean down, String style, String tip) {
        double cx = x(at);
        String shape = down
                ? "M" + px(cx - 4) + " " + (top - 1) + "h8l-4 7z"
                : "M" + px(cx) + " " + (top - 5) + "l4.5 5l-4.5 5l-4.5 -5z";
        over.append("<path class=\"" + style + "\" d=\"" + shape + "\">" + tip(tip) + "</path>");
        return this;
    }

    /** A line with a label at its upper end; labels that would overlap go to the next row. */
    Plot labelled(double at, String style, String label) {
        vertical(at, style, label);
        double width = label.length() * CHARACTER + 8;
        boolean left = x(at) + 4 + width > WIDTH - RIGHT;
        double from = left ? x(at) - 4 - width : x(at) + 4;
        int row = 0;
        while (taken(row, from, from + width)) {
            row++;
        }
        labelled.add(new double[] {row, from, from + width});
        over.append("<text class=\"mark\" text-anchor=\"" + (left ? "end" : "start") + "\" x=\""
                + px(left ? x(at) - 4 : x(at) + 4) + "\" y=\"" + (top + 12 + row * 15) + "\">" + Html.text(label)
                + "</text>");
        return this;
    }

    private boolean taken(int row, double from, double to) {
        return labelled.stream().anyMatch(l -> l[0] == row && from < l[2] && to > l[1]);
    }

    /** A level from one x to another, in front of the data. */
    Plot level(double from, double to, double at, String style, String tip) {
        front.append("<path class=\"" + style + "\" d=\"M" + px(x(from)) + " " + px(y(at)) + "H" + px(x(to)) + "\">"
                + tip(tip) + "</path>");
        return this;
    }

    /** A line through points in the order of x; values that are not finite break it, many points become their extremes. */
    Plot line(double[] xs, double[] ys, String style) {
        StringBuilder d = new StringBuilder();
        int i = 0;
        boolean pen = false;
        while (i < xs.length) {
            if (!Double.isFinite(ys[i])) {
                pen = false;
                i++;
                continue;
            }
            // All points of one half pixel: only the first, least, greatest and last can be seen.
            long column = (long) (x(xs[i]) * 2);
            int end = i;
            int least = i;
            int greatest = i;
            while (end + 1 < xs.length && Double.isFinite(ys[end + 1]) && (long) (x(xs[end + 1]) * 2) == column) {
                end++;
                least = ys[end] < ys[least] ? end : least;
                greatest = ys[end] > ys[greatest] ? end : greatest;
            }
            int last = -1;
            for (int k : new int[] {i, Math.min(least, greatest), Math.max(least, greatest), end}) {
                if (k > last) {
                    d.append(pen ? 'L' : 'M').append(px(x(xs[k]))).append(' ').append(px(y(ys[k])));
                    pen = true;
                    last = k;
                }
            }
            i = end + 1;
        }
        inside.append("<path class=\"" + style + "\" d=\"" + d + "\"/>");
        return this;
    }

    /** Begins at 0 and holds each value until the next point. */
    Plot steps(double[] xs, double[] ys, double until, String style) {
        StringBuilder d = new StringBuilder("M" + px(x(xLow)) + " " + px(y(0)));
        for (int i = 0; i < xs.length; i++) {
            d.append('H').append(px(x(xs[i]))).append('V').append(px(y(ys[i])));
        }
        inside.append("<path class=\"" + style + "\" d=\"" + d + "H" + px(x(until)) + "\"/>");
        return this;
    }

    /** The area between two lines over one run of points. */
    Plot area(double[] xs, double[] low, double[] high, String style) {
        StringBuilder d = new StringBuilder();
        for (int i = 0; i < xs.length; i++) {
            d.append(i == 0 ? 'M' : 'L').append(px(x(xs[i]))).append(' ').append(px(y(high[i])));
        }
        for (int i = xs.length - 1; i >= 0; i--) {
            d.append('L').append(px(x(xs[i]))).append(' ').append(px(y(low[i])));
        }
        inside.append("<path class=\"" + style + "\" d=\"" + d + "z\"/>");
        return this;
    }

    Plot point(double px, double py, String style, String tip) {
        inside.append("<circle class=\"" + style + "\" cx=\"" + px(x(px)) + "\" cy=\"" + px(y(py)) + "\" r=\"3\">"
                + tip(tip) + "</circle>");
        return this;
    }

    Plot bar(double from, double to, double high, String style, String tip) {
        double a = x(from) + 0.5;
        double width = Math.max(1, x(to) - x(from) - 1);
        inside.append("<rect class=\"" + style + "\" x=\"" + px(a) + "\" y=\"" + px(y(high)) + "\" width=\"" + px(width)
                + "\" height=\"" + px(Math.max(0, y(0) - y(high))) + "\">" + tip(tip) + "</rect>");
        return this;
    }

    /** Text at a place of the data. */
    Plot label(double atX, double atY, String anchor, String style, String text) {
        over.append("<text class=\"" + style + "\" text-anchor=\"" + anchor + "\" x=\"" + px(x(atX)) + "\" y=\""
                + px(y(atY)) + "\">" + Html.text(text) + "</text>");
        return this;
    }

    /** Text left of the axis. */
    Plot rowLabel(double atY, String text) {
        String shown = text.length() > 7 ? text.substring(0, 6) + "…" : text;
        over.append("<text class=\"tick\" text-anchor=\"end\" x=\"" + (LEFT - 7) + "\" y=\"" + px(y(atY) + 4) + "\">"
                + Html.text(shown) + "</text>");
        return this;
    }

    private static String tip(String tip) {
        return tip.isEmpty() ? "" : "<title>" + Html.text(tip) + "</title>";
    }

    String svg() {
        // A nested picture cuts off what lies outside it, without ids that would have to be unique on the page.
        String area = LEFT + " " + top + " " + (WIDTH - LEFT - RIGHT) + " " + (base - top);
        String[] a = area.split(" ");
        return "<svg viewBox=\"0 0 " + WIDTH + " " + height + "\" role=\"img\" aria-label=\"" + Html.text(says) + "\">"
                + under + "<svg x=\"" + a[0] + "\" y=\"" + a[1] + "\" width=\"" + a[2] + "\" height=\"" + a[3]
                + "\" viewBox=\"" + area + "\">" + inside + front + "</svg>" + over + "</svg>\n";
    }
}
