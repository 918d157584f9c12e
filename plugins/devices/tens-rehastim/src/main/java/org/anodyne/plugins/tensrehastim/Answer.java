package org.anodyne.plugins.tensrehastim;

/** What became of a request to the stimulator. */
sealed interface Answer {
    /** It answered. */
    record Reply(Packet packet) implements Answer {}

    /** The request was not sent. */
    record NotSent(String reason) implements Answer {}

    /** It was sent, but there is no valid answer: nobody knows what the stimulator did. */
    record Fault(String reason) implements Answer {}
}
