package org.anodyne.lsl.wire;

import java.util.List;
import java.util.stream.Collectors;
import org.anodyne.lsl.wire.Query.At;
import org.anodyne.lsl.wire.Query.Expression;

/** The functions of XPath 1.0 but {@code id} and {@code lang}. */
final class QueryFunctions {
    private QueryFunctions() {}

    /** A call; null when there is no such function of so many values. */
    static Expression call(String name, List<Expression> values) {
        return switch (name + "/" + values.size()) {
            case "last/0" -> at -> real(at.size());
            case "position/0" -> at -> real(at.position());
            case "true/0" -> at -> truth(true);
            case "false/0" -> at -> truth(false);
            case "count/1" -> at -> real(QueryPath.nodes(values.get(0), at).size());
            case "sum/1" ->
                at -> real(QueryPath.nodes(values.get(0), at).stream()
                        .mapToDouble(n -> QueryValue.number(QueryValue.text(n, at.budget())))
                        .sum());
            case "not/1" -> at -> truth(!QueryValue.truth(values.get(0).on(at)));
            case "boolean/1" -> at -> truth(QueryValue.truth(values.get(0).on(at)));
            case "name/0", "local-name/0" -> at -> text(named(at.node()));
            case "name/1", "local-name/1" ->
                at -> text(QueryPath.nodes(values.get(0), at).stream()
                        .findFirst()
                        .map(QueryFunctions::named)
                        .orElse(""));
            case "namespace-uri/0", "namespace-uri/1" -> at -> text("");
            case "string/0" -> at -> text(QueryValue.text(at.node(), at.budget()));
            case "string/1" -> at -> text(text(values, 0, at));
            case "number/0" -> at -> real(QueryValue.number(QueryValue.text(at.node(), at.budget())));
            case "number/1" -> at -> real(number(values, 0, at));
            case "floor/1" -> at -> real(Math.floor(number(values, 0, at)));
            case "ceiling/1" -> at -> real(Math.ceil(number(values, 0, at)));
            case "round/1" -> at -> real(Math.floor(number(values, 0, at) + 0.5));
            case "starts-with/2" -> at -> truth(text(values, 0, at).startsWith(text(values, 1, at)));
            case "contains/2" -> at -> truth(text(values, 0, at).contains(text(values, 1, at)));
            case "substring-before/2" ->
                at -> {
                    String whole = text(values, 0, at);
                    int found = whole.indexOf(text(values, 1, at));
                    return text(found < 0 ? "" : whole.substring(0, found));
                };
            case "substring-after/2" ->
                at -> {
                    String whole = text(values, 0, at);
                    String part = text(values, 1, at);
                    int found = whole.indexOf(part);
                    return text(found < 0 ? "" : whole.substring(found + part.length()));
                };
            case "substring/2" ->
                at -> text(part(text(values, 0, at), number(values, 1, at), Double.POSITIVE_INFINITY));
            case "substring/3" -> at -> text(part(text(values, 0, at), number(values, 1, at), number(values, 2, at)));
            case "string-length/0" -> at -> real(length(QueryValue.text(at.node(), at.budget())));
            case "string-length/1" -> at -> real(length(text(values, 0, at)));
            case "normalize-space/0" -> at -> text(calm(QueryValue.text(at.node(), at.budget())));
            case "normalize-space/1" -> at -> text(calm(text(values, 0, at)));
            case "translate/3" ->
                at -> text(translated(text(values, 0, at), text(values, 1, at), text(values, 2, at), at));
            default -> name.equals("concat") && values.size() > 1 ? concat(values) : null;
        };
    }

    private static Expression concat(List<Expression> values) {
        return at -> {
            String all = values.stream()
                    .map(v -> QueryValue.text(v.on(at), at.budget()))
                    .collect(Collectors.joining());
            at.budget().spend(all.length() / 16);
            return text(all);
        };
    }

    private static QueryValue real(double value) {
        return new QueryValue.Real(value);
    }

    private static QueryValue truth(boolean value) {
        return new QueryValue.Truth(value);
    }

    private static QueryValue text(String text) {
        return new QueryValue.Text(text);
    }

    private static String text(List<Expression> values, int which, At at) {
        String text = QueryValue.text(values.get(which).on(at), at.budget());
        at.budget().spend(1 + text.length() / 16);
        return text;
    }

    private static double number(List<Expression> values, int which, At at) {
        return QueryValue.number(values.get(which).on(at), at.budget());
    }

    private static String named(QueryValue.Node node) {
        return node.name.equals(QueryValue.Node.TEXT) ? "" : node.name;
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private static String calm(String text) {
        return text.strip().replaceAll("[ \t\r\n]+", " ");
    }

    /** Characters from the place that is rounded to on, the first of them being 1. */
    private static String part(String text, double from, double length) {
        double first = Math.floor(from + 0.5);
        double end = first + Math.floor(length + 0.5);
        int[] points = text.codePoints().toArray();
        StringBuilder part = new StringBuilder();
        for (int i = 0; i < points.length; i++) {
            if (i + 1 >= first && i + 1 < end) {
                part.appendCodePoint(points[i]);
            }
        }
        return part.toString();
    }

    private static String translated(String text, String from, String to, At at) {
        at.budget().spend((long) text.length() * (1 + from.length() / 16));
        StringBuilder out = new StringBuilder();
        text.chars().forEach(c -> {
            int found = from.indexOf(c);
            if (found < 0) {
                out.append((char) c);
            } else if (found < to.length()) {
                out.append(to.charAt(found));
            }
        });
        return out.toString();
    }
}
