package org.anodyne.plugins.tdcsreference;

/** What became of a request to the stimulator. */
sealed interface Answer {
    /** It answered. */
    record Reply(String text) implements Answer {}

    /** It said no. */
    record Refused(String text) implements Answer {}

    /** The request was not sent. */
    record NotSent(String reason) implements Answer {}

    /** It was sent, but there is no valid answer: nobody knows what the stimulator did. */
    record Fault(String reason) implements Answer {}
}
