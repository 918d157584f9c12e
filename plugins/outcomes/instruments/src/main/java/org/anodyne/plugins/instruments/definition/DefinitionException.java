package org.anodyne.plugins.instruments.definition;

import java.util.List;

/** An instrument or a wording that cannot be used; nothing of it is. */
public final class DefinitionException extends Exception {
    private static final long serialVersionUID = 1L;

    DefinitionException(String of, List<String> faults) {
        super(of + ": " + String.join("; ", faults));
    }

    /** @param cause may be null */
    public DefinitionException(String message, Throwable cause) {
        super(message, cause);
    }
}
