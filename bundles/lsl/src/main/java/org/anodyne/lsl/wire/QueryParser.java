package org.anodyne.lsl.wire;

import java.util.ArrayList;
import java.util.List;
import org.anodyne.lsl.MalformedException;
import org.anodyne.lsl.wire.Query.Expression;

/** Reads a question from left to right, loosest binding first. */
final class QueryParser {
    private static final int MOST_DEPTH = 24;

    private final String text;
    private int at;
    private int depth;

    QueryParser(String text) {
        this.text = text;
    }

    Expression whole() throws MalformedException {
        Expression whole = or();
        blanks();
        if (at < text.length()) {
            throw fault("'" + text.charAt(at) + "'");
        }
        return whole;
    }

    private Expression or() throws MalformedException {
        if (++depth > MOST_DEPTH) {
            throw fault("too deep");
        }
        Expression left = and();
        while (word("or")) {
            Expression a = left;
            Expression b = and();
            left = on -> new QueryValue.Truth(QueryValue.truth(a.on(on)) || QueryValue.truth(b.on(on)));
        }
        depth--;
        return left;
    }

    private Expression and() throws MalformedException {
        Expression left = equality();
        while (word("and")) {
            Expression a = left;
            Expression b = equality();
            left = on -> new QueryValue.Truth(QueryValue.truth(a.on(on)) && QueryValue.truth(b.on(on)));
        }
        return left;
    }

    private Expression equality() throws MalformedException {
        Expression left = relation();
        for (String operator = one("=", "!="); !operator.isEmpty(); operator = one("=", "!=")) {
            left = compared(left, operator, relation());
        }
        return left;
    }

    private Expression relation() throws MalformedException {
        Expression left = sum();
        for (String operator = one("<=", ">=", "<", ">"); !operator.isEmpty(); operator = one("<=", ">=", "<", ">")) {
            left = compared(left, operator, sum());
        }
        return left;
    }

    private static Expression compared(Expression left, String operator, Expression right) {
        return on -> new QueryValue.Truth(QueryValue.compare(left.on(on), right.on(on), operator, on.budget()));
    }

    private Expression sum() throws MalformedException {
        Expression left = product();
        for (String operator = one("+", "-"); !operator.isEmpty(); operator = one("+", "-")) {
            left = reckoned(left, operator, product());
        }
        return left;
    }

    private Expression product() throws MalformedException {
        Expression left = negated();
        while (true) {
            String operator = taken("*") ? "*" : word("div") ? "div" : word("mod") ? "mod" : "";
            if (operator.isEmpty()) {
                return left;
            }
            left = reckoned(left, operator, negated());
        }
    }

    private static Expression reckoned(Expression left, String operator, Expression right) {
        return on -> {
            double a = QueryValue.number(left.on(on), on.budget());
            double b = QueryValue.number(right.on(on), on.budget());
            return new QueryValue.Real(
                    switch (operator) {
                        case "+" -> a + b;
                        case "-" -> a - b;
                        case "*" -> a * b;
                        case "div" -> a / b;
                        default -> a % b;
                    });
        };
    }

    private Expression negated() throws MalformedException {
        int signs = 0;
        while (taken("-")) {
            signs++;
        }
        Expression inner = union();
        if (signs == 0) {
            return inner;
        }
        int sign = signs % 2 == 0 ? 1 : -1;
        return on -> new QueryValue.Real(sign * QueryValue.number(inner.on(on), on.budget()));
    }

    private Expression union() throws MalformedException {
        Expression left = path();
        while (taken("|")) {
            Expression a = left;
            Expression b = path();
            left = on -> {
                List<QueryValue.Node> both = new ArrayList<>(QueryPath.nodes(a, on));
                both.addAll(QueryPath.nodes(b, on));
                return new QueryValue.Nodes(QueryPath.ordered(both, on.budget()));
            };
        }
        return left;
    }

    private Expression path() throws MalformedException {
        blanks();
        if (at >= text.length()) {
            throw fault("an end");
        }
        Expression first = primary();
        List<QueryPath.Step> steps = new ArrayList<>();
        if (first == null) {
            boolean anywhere = taken("//");
            boolean absolute = anywhere || taken("/");
            if (anywhere) {
                steps.add(QueryPath.ANYWHERE);
            }
            if (!absolute || anywhere || stepFollows()) {
                steps(steps);
            }
            return new QueryPath(null, absolute, List.copyOf(steps));
        }
        List<Expression> predicates = predicates();
        boolean anywhere = taken("//");
        if (anywhere) {
            steps.add(QueryPath.ANYWHERE);
        }
        if (anywhere || taken("/")) {
            steps(steps);
        } else if (predicates.isEmpty()) {
            return first;
        }
        Expression start = predicates.isEmpty()
                ? first
                : on -> new QueryValue.Nodes(QueryPath.chosen(QueryPath.nodes(first, on), predicates, on.budget()));
        return new QueryPath(start, false, List.copyOf(steps));
    }

    private boolean stepFollows() {
        blanks();
        return at < text.length() && (Character.isLetter(text.charAt(at)) || "_*.@".indexOf(text.charAt(at)) >= 0);
    }

    private void steps(List<QueryPath.Step> steps) throws MalformedException {
        steps.add(step());
        while (true) {
            if (taken("//")) {
                steps.add(QueryPath.ANYWHERE);
            } else if (!taken("/")) {
                return;
            }
            steps.add(step());
        }
    }

    private QueryPath.Step step() throws MalformedException {
        if (taken("..")) {
            return new QueryPath.Step(QueryPath.Axis.PARENT, QueryPath.NODE, List.of());
        }
        if (taken(".")) {
            return new QueryPath.Step(QueryPath.Axis.SELF, QueryPath.NODE, List.of());
        }
        QueryPath.Axis axis = taken("@") ? QueryPath.Axis.ATTRIBUTE : QueryPath.Axis.CHILD;
        int from = at;
        String name = name();
        if (!name.isEmpty() && taken("::")) {
            axis = QueryPath.Axis.named(name);
            if (axis == null) {
                at = from;
                throw fault("the axis " + name);
            }
            name = name();
        }
        String test = name.isEmpty() && taken("*") ? QueryPath.ANY_ELEMENT : name;
        if (test.isEmpty()) {
            throw fault(at < text.length() ? "'" + text.charAt(at) + "'" : "an end");
        }
        if (!name.isEmpty() && taken("(")) {
            need(")");
            test = switch (name) {
                case "node" -> QueryPath.NODE;
                case "text" -> QueryValue.Node.TEXT;
                default -> throw fault("the function " + name);
            };
        }
        return new QueryPath.Step(axis, test, predicates());
    }

    private List<Expression> predicates() throws MalformedException {
        List<Expression> predicates = new ArrayList<>();
        while (taken("[")) {
            predicates.add(or());
            need("]");
        }
        return List.copyOf(predicates);
    }

    /** What is no path; null when it is one. */
    private Expression primary() throws MalformedException {
        char c = text.charAt(at);
        if (c == '(') {
            at++;
            Expression inner = or();
            need(")");
            return inner;
        }
        if (c == '\'' || c == '"') {
            int end = text.indexOf(c, at + 1);
            if (end < 0) {
                throw fault("a text without end");
            }
            QueryValue literal = new QueryValue.Text(text.substring(at + 1, end));
            at = end + 1;
            return on -> literal;
        }
        if (digit(at) || c == '.' && digit(at + 1)) {
            int from = at;
            while (digit(at)) {
                at++;
            }
            if (at < text.length() && text.charAt(at) == '.') {
                at++;
            }
            while (digit(at)) {
                at++;
            }
            QueryValue literal =
                    new QueryValue.Real(Numbers.real(text.substring(from, at), "a number of the question"));
            return on -> literal;
        }
        int from = at;
        String name = name();
        if (name.isEmpty() || name.equals("node") || name.equals("text") || !taken("(")) {
            at = from;
            return null;
        }
        List<Expression> arguments = new ArrayList<>();
        if (!taken(")")) {
            do {
                arguments.add(or());
            } while (taken(","));
            need(")");
        }
        Expression call = QueryFunctions.call(name, List.copyOf(arguments));
        if (call == null) {
            at = from;
            throw fault("the function " + name + " of " + arguments.size() + " values");
        }
        return call;
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

    private String one(String... tokens) {
        for (String token : tokens) {
            if (taken(token)) {
                return token;
            }
        }
        return "";
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
