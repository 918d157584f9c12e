package org.anodyne.host;

/**
 * A swap that was carried out; also an event {@code swap} in the record.
 *
 * @param fromVersion version replaced
 * @param toVersion version at work now
 * @param fromSha256 hash of the jar replaced
 * @param toSha256 hash of the jar at work now
 * @param handedOver whether the successor took the state over
 * @param gapNanos session time for which the slot gave nothing that it should have given; 0 when there was none
 * @param tookNanos real time from request to the successor being in use
 */
public record SwapReport(
        String slot,
        String plugin,
        String fromVersion,
        String toVersion,
        String fromSha256,
        String toSha256,
        boolean handedOver,
        long gapNanos,
        long tookNanos) {}
