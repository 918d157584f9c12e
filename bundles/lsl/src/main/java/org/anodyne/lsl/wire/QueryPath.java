package org.anodyne.lsl.wire;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import org.anodyne.lsl.wire.Query.At;
import org.anodyne.lsl.wire.Query.Expression;
import org.anodyne.lsl.wire.QueryValue.Budget;
import org.anodyne.lsl.wire.QueryValue.Node;

/**
 * Steps from node to node.
 *
 * @param start where it begins; null for the node that is asked about
 * @param absolute whether it begins at the document itself
 */
record QueryPath(Expression start, boolean absolute, List<QueryPath.Step> steps) implements Expression {
    /** Test that every node passes. */
    static final String NODE = "#node";

    /** Test that every element passes. */
    static final String ANY_ELEMENT = "*";

    /** What two slashes mean. */
    static final Step ANYWHERE = new Step(Axis.DESCENDANT_OR_SELF, NODE, List.of());

    /** Where a step leads. */
    enum Axis {
        CHILD,
        DESCENDANT,
        DESCENDANT_OR_SELF,
        SELF,
        PARENT,
        ANCESTOR,
        ANCESTOR_OR_SELF,
        FOLLOWING_SIBLING,
        PRECEDING_SIBLING,
        ATTRIBUTE;

        /** The axis of this name; null when there is none. */
        static Axis named(String name) {
            for (Axis each : values()) {
                if (each.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(name)) {
                    return each;
                }
            }
            return null;
        }
    }

    /** A step: where to, to what, and which of these. */
    record Step(Axis axis, String test, List<Expression> predicates) {}

    @Override
    public QueryValue on(At at) {
        List<Node> found;
        if (absolute) {
            Node top = at.node();
            while (top.parent != null) {
                top = top.parent;
            }
            found = List.of(top);
        } else {
            found = start == null ? List.of(at.node()) : nodes(start, at);
        }
        for (Step step : steps) {
            List<Node> next = new ArrayList<>();
            for (Node from : found) {
                List<Node> reached = new ArrayList<>();
                walk(from, step, reached, at.budget());
                next.addAll(chosen(reached, step.predicates(), at.budget()));
            }
            found = ordered(next, at.budget());
        }
        return new QueryValue.Nodes(found);
    }

    /** The nodes of a value; none when it is a text, number or truth value. */
    static List<Node> nodes(Expression expression, At at) {
        return expression.on(at) instanceof QueryValue.Nodes nodes ? nodes.found() : List.of();
    }

    /** Each once, in the order of the document. */
    static List<Node> ordered(List<Node> nodes, Budget budget) {
        budget.spend(nodes.size());
        List<Node> once = new ArrayList<>(new LinkedHashSet<>(nodes));
        once.sort(Comparator.comparingInt(n -> n.order));
        return once;
    }

    /** Those of which every predicate holds. */
    static List<Node> chosen(List<Node> nodes, List<Expression> predicates, Budget budget) {
        List<Node> left = nodes;
        for (Expression predicate : predicates) {
            List<Node> kept = new ArrayList<>();
            for (int i = 0; i < left.size(); i++) {
                budget.spend(1);
                if (Query.chosen(predicate, new At(left.get(i), i + 1, left.size(), budget))) {
                    kept.add(left.get(i));
                }
            }
            left = kept;
        }
        return left;
    }

    private static void walk(Node from, Step step, List<Node> into, Budget budget) {
        switch (step.axis()) {
            case CHILD -> from.children.forEach(child -> take(child, step, into, budget));
            case DESCENDANT -> below(from, step, into, budget);
            case DESCENDANT_OR_SELF -> {
                take(from, step, into, budget);
                below(from, step, into, budget);
            }
            case SELF -> take(from, step, into, budget);
            case PARENT -> take(from.parent, step, into, budget);
            case ANCESTOR -> above(from.parent, step, into, budget);
            case ANCESTOR_OR_SELF -> above(from, step, into, budget);
            case FOLLOWING_SIBLING, PRECEDING_SIBLING -> {
                List<Node> all = from.parent == null ? List.of() : from.parent.children;
                int at = all.indexOf(from);
                budget.spend(all.size());
                if (step.axis() == Axis.FOLLOWING_SIBLING) {
                    for (int i = at + 1; i < all.size(); i++) {
                        take(all.get(i), step, into, budget);
                    }
                } else {
                    for (int i = at - 1; i >= 0; i--) {
                        take(all.get(i), step, into, budget);
                    }
                }
            }
            case ATTRIBUTE -> {
                // No element of a description has any.
            }
        }
    }

    private static void below(Node from, Step step, List<Node> into, Budget budget) {
        for (Node child : from.children) {
            take(child, step, into, budget);
            below(child, step, into, budget);
        }
    }

    private static void above(Node from, Step step, List<Node> into, Budget budget) {
        for (Node each = from; each != null; each = each.parent) {
            take(each, step, into, budget);
        }
    }

    private static void take(Node node, Step step, List<Node> into, Budget budget) {
        budget.spend(1);
        if (node == null) {
            return;
        }
        boolean element = !node.name.isEmpty() && !node.name.equals(Node.TEXT);
        if (step.test().equals(NODE)
                || step.test().equals(ANY_ELEMENT) && element
                || step.test().equals(node.name)) {
            into.add(node);
        }
    }
}
