package org.anodyne.bus;

/** The bus could not do what it was asked; the message says to a person what happened and what to do. */
public class BusException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BusException(String message) {
        super(message);
    }

    public BusException(String message, Throwable cause) {
        super(message, cause);
    }
}
