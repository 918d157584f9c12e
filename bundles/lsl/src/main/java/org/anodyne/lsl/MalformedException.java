package org.anodyne.lsl;

import java.io.IOException;

/** What the other end sent does not follow the protocol; the message says what, for a person. */
public final class MalformedException extends IOException {
    private static final long serialVersionUID = 1L;

    public MalformedException(String message) {
        super(message);
    }

    public MalformedException(String message, Throwable cause) {
        super(message, cause);
    }
}
