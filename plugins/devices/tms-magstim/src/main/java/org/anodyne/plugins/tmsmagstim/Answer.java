package org.anodyne.plugins.tmsmagstim;

/** What became of a request to the stimulator. */
sealed interface Answer {
    /** It answered. */
    record Given(Reply reply) implements Answer {}

    /** It said no, and did nothing. */
    record Refused(String reason) implements Answer {}

    /** The request was not sent. */
    record NotSent(String reason) implements Answer {}

    /** It was sent, but there is no valid answer: nobody knows what the stimulator did. */
    record Fault(String reason) implements Answer {}

    /** What is wrong; empty when nothing is. */
    default String problem() {
        if (this instanceof Refused refused) {
            return refused.reason();
        }
        if (this instanceof NotSent notSent) {
            return notSent.reason();
        }
        return this instanceof Fault fault ? fault.reason() : "";
    }
}
