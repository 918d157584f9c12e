package org.anodyne.console.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.anodyne.console.store.Store;

/**
 * The browsers that were let in. Only a digest of each one's secret is stored, so that whoever reads the file cannot come in
 * with it. Thread: any.
 */
public final class Browsers {
    /** A working day; then one has to log in again. */
    public static final Duration STAFF = Duration.ofHours(12);
    /** A programme at home lasts for weeks; its device is the participant's own. */
    public static final Duration HOME = Duration.ofDays(120);

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Store store;
    private final Map<String, Browser> byDigest = new ConcurrentHashMap<>();
    private final Consumer<String> gone;

    /** @param gone told the id of each that may do nothing any more */
    public Browsers(Store store, Consumer<String> gone) {
        this.store = store;
        this.gone = gone;
        store.change("delete from browser where until < ?", Instant.now().toString());
        store.list(
                        "select digest, id, csrf, role, who, session, until from browser",
                        r -> Map.entry(
                                r.getString(1),
                                new Browser(
                                        r.getString(2),
                                        "",
                                        r.getString(3),
                                        Role.of(r.getString(4)),
                                        r.getString(5),
                                        r.getString(6),
                                        Instant.parse(r.getString(7)))))
                .forEach(e -> byDigest.put(e.getKey(), e.getValue()));
    }

    /** Lets one in. */
    public Browser letIn(Role role, String who, String session, Duration time) {
        Browser made = new Browser(
                secret(9),
                secret(32),
                secret(24),
                role,
                who,
                session,
                Instant.now().plus(time));
        String digest = digest(made.token());
        store.change(
                "insert into browser (digest, id, csrf, role, who, session, until) values (?, ?, ?, ?, ?, ?, ?)",
                digest,
                made.id(),
                made.csrf(),
                role.word(),
                who,
                session,
                made.until().toString());
        byDigest.put(digest, made);
        return made;
    }

    /** The browser with this secret, as long as it may come in. */
    public Optional<Browser> with(String token) {
        return Optional.ofNullable(token)
                .filter(t -> !t.isEmpty())
                .map(t -> byDigest.get(digest(t)))
                .filter(b -> b.until().isAfter(Instant.now()));
    }

    /** Whether this browser, once let in, may still come in. */
    public boolean holds(Browser browser) {
        return browser.until().isAfter(Instant.now())
                && byDigest.values().stream().anyMatch(b -> b.id().equals(browser.id()));
    }

    /** Shuts out those whose time is over. */
    public void shutOutLate() {
        shutOut(b -> !b.until().isAfter(Instant.now()));
    }

    /** Shuts out one. */
    public void shutOut(Browser browser) {
        shutOut(b -> b.id().equals(browser.id()));
    }

    /** Shuts out all of an account or participant. */
    public void shutOut(String who, Role role) {
        shutOut(b -> b.who().equals(who) && b.role() == role);
    }

    /** Shuts out all others of the one's account. */
    public void shutOutOthers(Browser browser) {
        shutOut(b -> b.who().equals(browser.who()) && b.role() == browser.role() && !b.id().equals(browser.id()));
    }

    /** Shuts out a participant's devices at home, such as one that was lost. */
    public void shutOutHome(String participant) {
        shutOut(b ->
                b.role() == Role.PARTICIPANT && b.session().isEmpty() && b.who().equals(participant));
    }

    private void shutOut(java.util.function.Predicate<Browser> which) {
        List<Browser> out = new ArrayList<>();
        byDigest.forEach((digest, browser) -> {
            if (which.test(browser) && byDigest.remove(digest, browser)) {
                store.change("delete from browser where digest = ?", digest);
                out.add(browser);
            }
        });
        // Not before none of them can ask any more: one that still could would be given another token.
        out.forEach(b -> gone.accept(b.id()));
    }

    /** A secret of so many random bytes, as letters that may stand in an address. */
    public static String secret(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    private static String digest(String token) {
        try {
            byte[] sha = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sha);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
