package org.anodyne.console.account;

import java.time.Instant;

/**
 * Somebody's browser that was let in.
 *
 * @param id name of it on the bus; no secret
 * @param token the secret in its cookie; never stored as it is
 * @param csrf what its requests that change something have to carry
 * @param who name of the account; the participant's code for a participant
 * @param session the session that a participant's code opened; empty for others, and for a participant at home
 * @param until when it is forgotten
 */
public record Browser(String id, String token, String csrf, Role role, String who, String session, Instant until) {
    /** Whether it may see what belongs to a session. */
    public boolean of(String wanted) {
        return role != Role.PARTICIPANT || session.equals(wanted);
    }
}
