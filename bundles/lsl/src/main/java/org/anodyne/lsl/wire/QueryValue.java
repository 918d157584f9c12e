package org.anodyne.lsl.wire;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.anodyne.lsl.Element;
import org.anodyne.lsl.MalformedException;

/** What a part of a question comes to, converted and compared as XPath 1.0 does. */
sealed interface QueryValue {
    record Text(String text) implements QueryValue {}

    record Real(double value) implements QueryValue {}

    record Truth(boolean value) implements QueryValue {}

    /** Nodes in the order of the document, each once. */
    record Nodes(List<Node> found) implements QueryValue {}

    /** An element, a text within one, or the document itself, whose name is empty. */
    final class Node {
        static final String TEXT = "#text";

        final String name;
        final String text;
        final Node parent;
        final List<Node> children = new ArrayList<>();
        final int order;

        private Node(String name, String text, Node parent, int order) {
            this.name = name;
            this.text = text;
            this.parent = parent;
            this.order = order;
        }

        /** The root element of a document made of this one. */
        static Node of(Element element) {
            return grown(element, new Node("", "", null, 0), new int[1]);
        }

        private static Node grown(Element element, Node parent, int[] last) {
            Node node = new Node(element.name(), "", parent, ++last[0]);
            parent.children.add(node);
            if (!element.text().isEmpty()) {
                node.children.add(new Node(TEXT, element.text(), node, ++last[0]));
            }
            element.children().forEach(child -> grown(child, node, last));
            return node;
        }

        private void collect(StringBuilder into) {
            into.append(text);
            children.forEach(child -> child.collect(into));
        }
    }

    /** Work that one question may cause; a question that is dearer is not answered, so that nobody is kept busy by one. */
    final class Budget {
        /** A question's work is used up. */
        static final class Spent extends RuntimeException {
            private static final long serialVersionUID = 1;

            Spent() {
                super("the question for streams takes too long to answer", null, false, false);
            }
        }

        private long left = 500_000;

        void spend(long steps) {
            left -= steps;
            if (left < 0) {
                throw new Spent();
            }
        }
    }

    static boolean truth(QueryValue value) {
        if (value instanceof Truth t) {
            return t.value();
        }
        if (value instanceof Real r) {
            return r.value() != 0 && !Double.isNaN(r.value());
        }
        if (value instanceof Text t) {
            return !t.text().isEmpty();
        }
        return !((Nodes) value).found().isEmpty();
    }

    static String text(QueryValue value, Budget budget) {
        if (value instanceof Text t) {
            return t.text();
        }
        if (value instanceof Nodes n) {
            return n.found().isEmpty() ? "" : text(n.found().get(0), budget);
        }
        if (value instanceof Real r) {
            if (Double.isNaN(r.value()) || Double.isInfinite(r.value())) {
                return Double.toString(r.value());
            }
            BigDecimal exact = new BigDecimal(Double.toString(r.value())).stripTrailingZeros();
            return exact.signum() == 0 ? "0" : exact.toPlainString();
        }
        return Boolean.toString(((Truth) value).value());
    }

    /** All characters within a node. */
    static String text(Node node, Budget budget) {
        StringBuilder all = new StringBuilder();
        node.collect(all);
        budget.spend(1 + all.length() / 16);
        return all.toString();
    }

    static double number(QueryValue value, Budget budget) {
        if (value instanceof Real r) {
            return r.value();
        }
        if (value instanceof Truth t) {
            return t.value() ? 1 : 0;
        }
        return number(text(value, budget));
    }

    static double number(String text) {
        String digits = text.strip();
        // Neither a plus sign nor an exponent is part of a number here.
        if (!digits.matches("-?([0-9]+\\.?[0-9]*|\\.[0-9]+)")) {
            return Double.NaN;
        }
        try {
            return Numbers.real(digits, "");
        } catch (MalformedException e) {
            return Double.NaN;
        }
    }

    /** Of several nodes it suffices that it holds for one. */
    static boolean compare(QueryValue left, QueryValue right, String operator, Budget budget) {
        boolean equality = operator.equals("=") || operator.equals("!=");
        if (left instanceof Truth || right instanceof Truth) {
            return holds(truth(left) ? 1 : 0, truth(right) ? 1 : 0, operator);
        }
        List<String> lefts = texts(left, budget);
        List<String> rights = texts(right, budget);
        if (equality && !(left instanceof Real) && !(right instanceof Real)) {
            for (String l : lefts) {
                budget.spend(rights.size() + (long) rights.size() * l.length() / 64);
                for (String r : rights) {
                    if (l.equals(r) == operator.equals("=")) {
                        return true;
                    }
                }
            }
            return false;
        }
        double[] first = numbers(left, lefts);
        double[] second = numbers(right, rights);
        for (double l : first) {
            budget.spend(second.length);
            for (double r : second) {
                if (holds(l, r, operator)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static List<String> texts(QueryValue value, Budget budget) {
        if (value instanceof Nodes nodes) {
            return nodes.found().stream().map(n -> text(n, budget)).toList();
        }
        return List.of(text(value, budget));
    }

    private static double[] numbers(QueryValue value, List<String> texts) {
        if (value instanceof Real r) {
            return new double[] {r.value()};
        }
        return texts.stream().mapToDouble(QueryValue::number).toArray();
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
}
