package org.anodyne.plugins.tmsmagventure;

/** What became of a request to the stimulator. */
sealed interface Answer {
    /** It shows that it did. */
    record Done() implements Answer {}

    /** The request was not sent. */
    record NotSent(String reason) implements Answer {}

    /** It was sent, but nothing shows that it was carried out: nobody knows what the stimulator did. */
    record Fault(String reason) implements Answer {}

    /** What is wrong; empty when nothing is. */
    default String problem() {
        if (this instanceof NotSent notSent) {
            return notSent.reason();
        }
        return this instanceof Fault fault ? fault.reason() : "";
    }
}
