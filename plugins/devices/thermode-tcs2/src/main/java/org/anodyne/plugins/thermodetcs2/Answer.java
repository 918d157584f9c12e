package org.anodyne.plugins.thermodetcs2;

/** What became of a request to the thermode. */
sealed interface Answer {
    /** It answered; for a stimulus: the skin warms. */
    record Reply(String text) implements Answer {}

    /** The request was not sent. */
    record NotSent(String reason) implements Answer {}

    /** It was sent, but nobody knows what the thermode did. */
    record Fault(String reason) implements Answer {}
}
