package org.anodyne.runtime;

/** The platform could not be started; the message says to a person why and what to do. */
class LaunchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LaunchException(String message) {
        super(message);
    }

    LaunchException(String message, Throwable cause) {
        super(message, cause);
    }
}
