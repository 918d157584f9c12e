package org.anodyne.decoder;

/** A model or the data for one cannot be used; the message says why and what to do, in the words of a lab. */
public final class DecoderException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public DecoderException(String message) {
        super(message);
    }
}
