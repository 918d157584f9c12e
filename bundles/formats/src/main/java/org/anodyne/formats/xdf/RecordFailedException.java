package org.anodyne.formats.xdf;

/** A record was not taken, or not made durable. The reason says which, and so what can be done. */
public final class RecordFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Reason {
        /** Writing or forcing failed: the record is broken from here on; recover the file or begin another. */
        DISK,
        /** The queue stayed full until the deadline: the disk is slower than the data; the record goes on. */
        QUEUE_FULL,
        /** The deadline passed before everything was durable; it may become so later. */
        DEADLINE,
        /** The record was closed before. */
        CLOSED,
        /** The thread was interrupted while it waited. */
        INTERRUPTED
    }

    private final Reason reason;

    RecordFailedException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** Why. */
    public Reason reason() {
        return reason;
    }
}
