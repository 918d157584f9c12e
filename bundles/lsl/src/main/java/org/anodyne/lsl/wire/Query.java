package org.anodyne.lsl.wire;

import org.anodyne.lsl.Element;
import org.anodyne.lsl.MalformedException;

/**
 * A question for streams: what stands between the brackets of the XPath {@code /info[…]}. Understood is XPath 1.0 but for
 * variables, name spaces, the axes {@code following} and {@code preceding} and the functions {@code id} and {@code lang};
 * attributes are never found, because a description has none.
 */
public final class Query {
    private static final int MOST_CHARACTERS = 2048;

    /** Where a part of a question is answered: a node, and which of how many it is. */
    record At(QueryValue.Node node, int position, int size, QueryValue.Budget budget) {}

    /** A part of a question. */
    interface Expression {
        QueryValue on(At at);
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
            return new Query(at -> new QueryValue.Truth(true));
        }
        return new Query(new QueryParser(text).whole());
    }

    /**
     * Whether a stream with this description ({@link InfoXml#tree}) is meant; false also when it would take too much work to
     * tell.
     */
    public boolean matches(Element info) {
        try {
            return chosen(expression, new At(QueryValue.Node.of(info), 1, 1, new QueryValue.Budget()));
        } catch (QueryValue.Budget.Spent e) {
            return false;
        }
    }

    /** What brackets say of a node: a number means the one at that place. */
    static boolean chosen(Expression predicate, At at) {
        QueryValue value = predicate.on(at);
        return value instanceof QueryValue.Real r ? r.value() == at.position() : QueryValue.truth(value);
    }

    /** A text as it is written in a question; one that holds both kinds of quotation marks is put together of pieces. */
    public static String quoted(String text) {
        if (text.indexOf('\'') < 0) {
            return "'" + text + "'";
        }
        if (text.indexOf('"') < 0) {
            return "\"" + text + "\"";
        }
        return "concat('" + text.replace("'", "',\"'\",'") + "')";
    }
}
