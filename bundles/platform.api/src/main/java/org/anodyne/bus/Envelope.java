package org.anodyne.bus;

/**
 * What every message carries besides its payload.
 *
 * @param schema version of the payload's schema, 1
 * @param source id of the publishing process; sequence numbers count per source and topic
 * @param sequence from 1 upwards without a hole, per source and topic
 * @param madeNanos when the message was made, monotonic nanoseconds of the source's host
 * @param acquiredNanos when the newest sample that the message rests on was acquired, same clock as
 *     {@code madeNanos}; equal to it for what rests on no samples
 */
public record Envelope(int schema, String source, long sequence, long madeNanos, long acquiredNanos) {}
