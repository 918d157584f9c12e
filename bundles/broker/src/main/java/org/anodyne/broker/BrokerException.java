package org.anodyne.broker;

/** The broker cannot run; the message says to a person what happened and what to do. */
class BrokerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BrokerException(String message) {
        super(message);
    }

    BrokerException(String message, Throwable cause) {
        super(message, cause);
    }
}
