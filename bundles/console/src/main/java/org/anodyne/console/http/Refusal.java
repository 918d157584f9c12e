package org.anodyne.console.http;

import java.util.Map;

/** A request that is not done; the message says to a person what happened and what to do. */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient Map<String, Object> more;

    /** @param status HTTP status */
    public Refusal(int status, String message) {
        this(status, message, Map.of());
    }

    /** @param more fields of the answer besides the message */
    public Refusal(int status, String message, Map<String, Object> more) {
        super(message);
        this.status = status;
        this.more = Map.copyOf(more);
    }

    /** HTTP status. */
    public int status() {
        return status;
    }

    /** Fields of the answer besides the message. */
    public Map<String, Object> more() {
        return more;
    }
}
