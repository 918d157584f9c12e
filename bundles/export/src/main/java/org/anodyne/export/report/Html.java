package org.anodyne.export.report;

import java.util.List;
import java.util.Locale;

/** Text as HTML and numbers as people read them. */
final class Html {
    private Html() {}

    /** Text that cannot become markup, also within attribute values. */
    static String text(Object value) {
        String s = value == null ? "" : String.valueOf(value);
        StringBuilder out = new StringBuilder(s.length() + 16);
        for (int i = 0; i < s.length(); i++) {
            char c = s.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> {
                    // Control characters are no HTML, whatever a name holds.
                    out.append(c < 0x20 && c != '\n' && c != '\t' ? '\uFFFD' : c);
                }
            }
        }
        return out.toString();
    }

    /** A number with as many digits as a person compares: four significant ones, without exponent where it is short. */
    static String number(double v) {
        if (!Double.isFinite(v)) {
            return "–";
        }
        if (v == Math.rint(v) && Math.abs(v) < 1e7) {
            return String.format(Locale.ROOT, "%d", (long) v);
        }
        double a = Math.abs(v);
        if (a >= 1e7 || a < 1e-4) {
            return String.format(Locale.ROOT, "%.3g", v);
        }
        int decimals = Math.max(0, 3 - (int) Math.floor(Math.log10(a)));
        String s = String.format(Locale.ROOT, "%." + Math.min(6, decimals) + "f", v);
        return s.contains(".") ? s.replaceAll("0+$", "").replaceAll("\\.$", "") : s;
    }

    /** Milliseconds with three digits that count. */
    static String millis(double v) {
        int decimals = v < 10 ? 2 : v < 100 ? 1 : 0;
        String s = String.format(Locale.ROOT, "%." + decimals + "f", v);
        return s.contains(".") ? s.replaceAll("0+$", "").replaceAll("\\.$", "") : s;
    }

    /** Session time as m:ss or h:mm:ss, with a tenth where it is not whole. */
    static String clock(double seconds) {
        double tenths = Math.rint(seconds * 10) / 10;
        long whole = (long) Math.floor(tenths);
        String fraction = tenths == whole ? "" : "." + Math.round((tenths - whole) * 10);
        String s = whole >= 3600
                ? String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60)
                : String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60);
        return s + fraction;
    }

    /** A length of time in words. */
    static String duration(double seconds) {
        if (seconds < 60) {
            return number(Math.rint(seconds * 10) / 10) + " s";
        }
        long whole = Math.round(seconds);
        return whole >= 3600
                ? whole / 3600 + " h " + whole / 60 % 60 + " min"
                : whole / 60 + " min " + whole % 60 + " s";
    }

    /** {@code 1 gap}, {@code 2 gaps}. */
    static String count(long n, String one, String many) {
        return n + " " + (n == 1 ? one : many);
    }

    /** A table; cells are markup already. Cells of columns whose heading begins with # are numbers. */
    static String table(List<String> heads, List<List<String>> rows) {
        StringBuilder s = new StringBuilder("<div class=\"scroll\"><table><thead><tr>");
        heads.forEach(h -> s.append(h.startsWith("#") ? "<th class=\"n\" scope=\"col\">" : "<th scope=\"col\">")
                .append(text(h.startsWith("#") ? h.substring(1) : h))
                .append("</th>"));
        s.append("</tr></thead><tbody>\n");
        for (List<String> row : rows) {
            s.append("<tr>");
            for (int i = 0; i < row.size(); i++) {
                s.append(heads.get(i).startsWith("#") ? "<td class=\"n\">" : "<td>")
                        .append(row.get(i))
                        .append("</td>");
            }
            s.append("</tr>\n");
        }
        return s.append("</tbody></table></div>\n").toString();
    }
}
