package org.anodyne.simulator.rehastim;

/** What the reader made of a stretch of bytes. */
sealed interface Reading {

    /** A packet that passed length and check. */
    record Received(Packet packet) implements Reading {}

    /**
     * Bytes that are no packet.
     *
     * @param reason what was wrong, for the trace
     * @param bytes the bytes up to where it showed
     */
    record Damaged(String reason, byte[] bytes) implements Reading {}
}
