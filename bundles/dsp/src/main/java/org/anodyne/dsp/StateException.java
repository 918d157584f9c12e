package org.anodyne.dsp;

/** A saved memory was refused; the instance that was to take it over is unchanged. */
public final class StateException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** Why the bytes were refused. */
    public enum Reason {
        /** Saved by another function. */
        KIND,
        /** Saved by an incompatible release of the same function. */
        VERSION,
        /** Saved with other settings, for instance another segment length. */
        SETTINGS,
        /** Too short, too long, or with impossible values. */
        DAMAGED
    }

    private final Reason reason;

    StateException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
