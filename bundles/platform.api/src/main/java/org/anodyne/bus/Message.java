package org.anodyne.bus;

/**
 * A message as it was received, in order and once.
 *
 * @param topic where it was published
 * @param envelope who made it, when, and its place in the order
 * @param payload what it says
 * @param receivedNanos when this process received it, monotonic nanoseconds of this host
 */
public record Message(Topic topic, Envelope envelope, Payload payload, long receivedNanos) {}
