package org.anodyne.lsl.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import org.anodyne.lsl.Element;
import org.anodyne.lsl.MalformedException;

/**
 * A question for streams: what stands between the brackets of the XPath {@code /info[…]}. Understood are {@code and},
 * {@code or}, {@code not()}, comparisons, texts, numbers, paths of names ({@code name}, {@code desc/channels//label}) and the
 * functions {@code starts-with}, {@code contains} and {@code count}; anything else is no question that is answered.
 */
public final class Query {
    private static final int MOST_CHARACTERS = 2048;
    private static final int MOST_DEPTH = 24;

    /** Text, number or truth value, or the texts of the elements found. */
    private sealed interface Value {
        record Text(String text) implements Value {}

        record Real(double value) implements Value {}

        record Truth(boolean value) implements Value {}

        record Nodes(List<Element> found) implements Value {}
    }

    private interface Expression {
        Value on(Element info);
    }

    private final Expression expression;

    private Query(Expression expression) {
        this.expression = expression;
    }

    /**
     * Reads a question; an empty one is answered by every stream.
     *
     * @throws MalformedException when it cannot be understood
     */
    public static Query parse(String text) throws MalformedException {
        if (text.length() > MOST_CHARACTERS) {
            throw new MalformedException("a question of " + text.length() + " characters is too long");
        }
        if (text.isBlank()) {
            return new Query(info -> new Value.Truth(true));
        }
        Parser parser = new Parser(text);
        Expression whole = parser.or(0);
        parser.end();
        return new Query(whole);
    }

    /** Whether a stream with this description ({@link InfoXml#tree}) is meant. */
    public boolean matches(Element info) {
        return truth(expression.on(info));
    }

    /**
     * A text as it is written in a question.
     *
     * @throws IllegalArgumentException when it holds both kinds of quotation marks, for which there is no way
     */
    public static String quoted(String text) {
        if (text.indexOf('\'') < 0) {
            return "'" + text + "'";
        }
        if (text.indexOf('"') < 0) {
            return "\"" + text + "\"";
        }
        throw new IllegalArgumentException(
                "\"" + text + "\" holds both kinds of quotation marks and cannot be looked for");
    }

    private static boolean truth(Value value) {
        if (value instanceof Value.Truth t) {
            return t.value();
        }
        if (value instanceof Value.Real r) {
            return r.value() != 0 && !Double.isNaN(r.value());
        }
        if (value instanceof Value.Text t) {
            return !t.text().isEmpty();
        }
        return !((Value.Nodes) value).found().isEmpty();
    }

    private static String text(Value value) {
        if (value instanceof Value.Text t) {
            return t.text();
        }
        if (value instanceof Value.Nodes n) {
            return n.found().isEmpty() ? "" : whole(n.found().get(0));
        }
        if (value instanceof Value.Real r) {
            return r.value() == Math.rint(r.value()) ? Long.toString((long) r.value()) : Double.toString(r.value());
        }
        return Boolean.toString(((Value.Truth) value).value());
    }

    private static String whole(Element element) {
        if (element.children().isEmpty()) {
            return element.text();
        }
        StringBuilder all = new StringBuilder(element.text());
        element.children().forEach(c -> all.append(whole(c)));
        return all.toString();
    }

    private static double number(String text) {
        try {
            return Numbers.real(text.strip(), "");
        } catch (MalformedException e) {
            return Double.NaN;
        }
    }

    private static double number(Value value) {
        if (value instanceof Value.Real r) {
            return r.value();
        }
        if (value instanceof Value.Truth t) {
            return t.value() ? 1 : 0;
        }
        return number(text(value));
    }

    /** As XPath compares: of several elements one suffices; truth values and numbers before texts. */
    private static boolean compare(Value left, Value right, String operator) {
        if (left instanceof Value.Truth || right instanceof Value.Truth) {
            return holds(truth(left) ? 1 : 0, truth(right) ? 1 : 0, operator);
        }
        for (Value l : each(left)) {
            for (Value r : each(right)) {
                boolean asText = (operator.equals("=") || operator.equals("!="))
                        && !(l instanceof Value.Real)
                        && !(r instanceof Value.Real);
                if (asText ? text(l).equals(text(r)) == operator.equals("=") : holds(number(l), number(r), operator)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static List<Value> each(Value value) {
        if (value instanceof Value.Nodes n) {
            List<Value> texts = new ArrayList<>();
            n.found().forEach(e -> texts.add(new Value.Text(whole(e))));
            return texts;
        }
        return List.of(value);
    }

    private static boolean holds(double left, double right, String operator) {
        return switch (operator) {
            case "=" -> left == right;
            case "!=" -> left != right;
            case "<" -> left < right;
            case "<=" -> left <= right;
            case ">" -> left > right;
            default -> left >= right;
        };
    }

    private static final class Parser {
        private final String text;
        private int at;

        private Parser(String text) {
            this.text = text;
        }

        private Expression or(int depth) throws MalformedException {
            Expression left = and(depth);
            while (word("or")) {
                Expression a = left;
                Expression b = and(depth);
                left = info -> new Value.Truth(truth(a.on(info)) || truth(b.on(info)));
            }
            return left;
        }

        private Expression and(int depth) throws MalformedException {
            Expression left = comparison(depth);
            while (word("and")) {
                Expression a = left;
                Expression b = comparison(depth);
                left = info -> new Value.Truth(truth(a.on(info)) && truth(b.on(info)));
            }
            return left;
        }

        private Expression comparison(int depth) throws MalformedException {
            Expression left = operand(depth);
            for (String operator : List.of("!=", "<=", ">=", "=", "<", ">")) {
                if (taken(operator)) {
                    Expression right = operand(depth);
                    return info -> new Value.Truth(compare(left.on(info), right.on(info), operator));
                }
            }
            return left;
        }

        private Expression operand(int depth) throws MalformedException {
            if (depth > MOST_DEPTH) {
                throw fault("too deep");
            }
            blanks();
            if (at >= text.length()) {
                throw fault("an end");
            }
            char c = text.charAt(at);
            if (c == '(') {
                at++;
                Expression inner = or(depth + 1);
                need(")");
                return inner;
            }
            if (c == '\'' || c == '"') {
                int end = text.indexOf(c, at + 1);
                if (end < 0) {
                    throw fault("a text without end");
                }
                Value literal = new Value.Text(text.substring(at + 1, end));
                at = end + 1;
                return info -> literal;
            }
            if (c >= '0' && c <= '9' || c == '.' && digit(at + 1) || c == '-' && digit(at + 1)) {
                int from = at++;
                while (at < text.length() && (digit(at) || text.charAt(at) == '.')) {
                    at++;
                }
                Value literal = new Value.Real(Numbers.real(text.substring(from, at), "a number of the question"));
                return info -> literal;
            }
            return function(depth);
        }

        private Expression function(int depth) throws MalformedException {
            int from = at;
            String name = name();
            if (!name.isEmpty() && taken("(")) {
                switch (name) {
                    case "not" -> {
                        Expression inner = or(depth + 1);
                        need(")");
                        return info -> new Value.Truth(!truth(inner.on(info)));
                    }
                    case "count" -> {
                        Expression inner = or(depth + 1);
                        need(")");
                        return info -> new Value.Real(
                                inner.on(info) instanceof Value.Nodes n
                                        ? n.found().size()
                                        : Double.NaN);
                    }
                    case "contains" -> {
                        return texts(depth, String::contains);
                    }
                    case "starts-with" -> {
                        return texts(depth, String::startsWith);
                    }
                    default -> throw fault("the function " + name);
                }
            }
            at = from;
            return path();
        }

        private Expression texts(int depth, BiPredicate<String, String> test) throws MalformedException {
            Expression a = or(depth + 1);
            need(",");
            Expression b = or(depth + 1);
            need(")");
            return info -> new Value.Truth(test.test(text(a.on(info)), text(b.on(info))));
        }

        private record Step(String name, boolean anywhere) {}

        private Expression path() throws MalformedException {
            List<Step> steps = new ArrayList<>();
            boolean anywhere = taken("//");
            boolean absolute = !anywhere && taken("/");
            do {
                String name = taken("*") ? "*" : name();
                if (name.isEmpty()) {
                    throw fault(at < text.length() ? "'" + text.charAt(at) + "'" : "an end");
                }
                steps.add(new Step(name, anywhere));
                anywhere = taken("//");
            } while (anywhere || taken("/"));
            return info -> {
                List<Element> found = List.of(absolute ? Element.of("", List.of(info)) : info);
                for (Step step : steps) {
                    List<Element> next = new ArrayList<>();
                    found.forEach(e -> collect(e, step, next));
                    found = next;
                }
                return new Value.Nodes(found);
            };
        }

        private static void collect(Element within, Step step, List<Element> into) {
            for (Element child : within.children()) {
                if (step.name.equals("*") || step.name.equals(child.name())) {
                    into.add(child);
                }
                if (step.anywhere) {
                    collect(child, step, into);
                }
            }
        }

        private String name() {
            blanks();
            int from = at;
            while (at < text.length()) {
                char c = text.charAt(at);
                boolean inner = c >= '0' && c <= '9' || c == '-' || c == '.';
                if (Character.isLetter(c) || c == '_' || (inner && at > from)) {
                    at++;
                } else {
                    break;
                }
            }
            return text.substring(from, at);
        }

        private boolean word(String word) {
            int from = at;
            if (name().equals(word)) {
                return true;
            }
            at = from;
            return false;
        }

        private boolean taken(String token) {
            blanks();
            if (text.startsWith(token, at)) {
                at += token.length();
                return true;
            }
            return false;
        }

        private void need(String token) throws MalformedException {
            if (!taken(token)) {
                throw fault("no '" + token + "'");
            }
        }

        private void end() throws MalformedException {
            blanks();
            if (at < text.length()) {
                throw fault("'" + text.charAt(at) + "'");
            }
        }

        private boolean digit(int index) {
            return index < text.length() && text.charAt(index) >= '0' && text.charAt(index) <= '9';
        }

        private void blanks() {
            while (at < text.length() && text.charAt(at) <= ' ') {
                at++;
            }
        }

        private MalformedException fault(String what) {
            return new MalformedException("the question for streams cannot be understood: " + what + " at character "
                    + (at + 1) + " of " + text.length());
        }
    }
}
