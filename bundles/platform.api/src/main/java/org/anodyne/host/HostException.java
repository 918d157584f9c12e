package org.anodyne.host;

/** The host refused or failed; the message says to a person what happened, to what, and what to do. */
public class HostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public HostException(String message) {
        super(message);
    }

    public HostException(String message, Throwable cause) {
        super(message, cause);
    }
}
