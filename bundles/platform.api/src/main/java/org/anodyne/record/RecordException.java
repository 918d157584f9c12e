package org.anodyne.record;

/** A record could not be written or read; the message says which, why, and what to do. */
public class RecordException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RecordException(String message) {
        super(message);
    }

    public RecordException(String message, Throwable cause) {
        super(message, cause);
    }
}
