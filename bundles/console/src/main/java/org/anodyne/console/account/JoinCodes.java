package org.anodyne.console.account;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.anodyne.console.store.Store;

/**
 * Codes by which participants join, read out or written down: eight letters and digits that are not mistaken for each other,
 * 39 bits. Thread: any.
 */
public final class JoinCodes {
    private static final String LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXY";
    private static final int LENGTH = 8;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Store store;

    /** @param store where they are kept */
    public JoinCodes(Store store) {
        this.store = store;
        // A session does not outlive the platform that ran it.
        store.change("delete from join_code where session <> ''");
    }

    /**
     * What a code opens.
     *
     * @param session the session; empty for home
     */
    public record Opens(String participant, String session) {}

    /** A new code; the one that opened the same before is of no use any more. */
    public String make(String participant, String session, Duration time) {
        StringBuilder code = new StringBuilder();
        for (int i = 0; i < LENGTH; i++) {
            code.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
        }
        store.change("delete from join_code where participant = ? and session = ?", participant, session);
        store.change(
                "insert into join_code (code, participant, session, until) values (?, ?, ?, ?)",
                code.toString(),
                participant,
                session,
                Instant.now().plus(time).toString());
        return code.substring(0, 4) + "-" + code.substring(4);
    }

    /** What a code opens now, however it was typed. */
    public Optional<Opens> opens(String typed) {
        String code = typed.toUpperCase(Locale.ROOT).replaceAll("[^0-9A-Z]", "");
        return store.first(
                "select participant, session from join_code where code = ? and until > ?",
                r -> new Opens(r.getString(1), r.getString(2)),
                code,
                Instant.now().toString());
    }

    /** Nobody joins from home as this participant any more. */
    public void endHome(String participant) {
        store.change("delete from join_code where participant = ? and session = ''", participant);
    }

    /** The session is over: its code opens nothing. */
    public void end(String session) {
        store.change("delete from join_code where session = ? and session <> ''", session);
    }
}
