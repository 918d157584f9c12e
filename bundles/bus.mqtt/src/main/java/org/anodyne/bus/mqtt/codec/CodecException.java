package org.anodyne.bus.mqtt.codec;

/** A message cannot be written or read; the message says which field of what is wrong. */
public class CodecException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CodecException(String message) {
        super(message);
    }

    public CodecException(String message, Throwable cause) {
        super(message, cause);
    }
}
