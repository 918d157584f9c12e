package org.anodyne.plugin.host.registry;

import org.anodyne.host.HostException;
import org.anodyne.plugin.PluginKind;

/** A jar was refused; the message says why, for a person. */
final class Refusal extends HostException {
    private static final long serialVersionUID = 1L;

    private final boolean unfinished;
    private final transient Claim claim;

    /** What the jar says it is, as far as that could be read; empty texts and null where not. */
    record Claim(String id, PluginKind kind, String title, String version, String bundle, String sha256) {
        static final Claim NONE = new Claim("", null, "", "", "", "");
    }

    Refusal(String message, Claim claim, Throwable cause) {
        super(message, cause);
        this.claim = claim;
        this.unfinished = false;
    }

    /** A file that may only not be complete yet. */
    Refusal(String message, Throwable cause) {
        super(message, cause);
        this.claim = Claim.NONE;
        this.unfinished = true;
    }

    /** Whether the file may still be in the course of being copied. */
    boolean unfinished() {
        return unfinished;
    }

    Claim claim() {
        return claim == null ? Claim.NONE : claim;
    }
}
