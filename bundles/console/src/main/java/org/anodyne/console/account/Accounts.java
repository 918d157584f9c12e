package org.anodyne.console.account;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.anodyne.console.store.Store;

/** The accounts of those who work here. Thread: any. */
public final class Accounts {
    private static final String NAME = "[\\p{L}\\p{N}][\\p{L}\\p{N} ._@-]{0,63}";

    private final Store store;

    /** @param store where they are kept */
    public Accounts(Store store) {
        this.store = store;
    }

    /**
     * An account.
     *
     * @param disabled whether it is closed
     */
    public record Account(String name, Role role, boolean disabled, String made) {}

    /** Whether nobody can manage accounts yet. */
    public boolean none() {
        return store.number("select count(*) from account where role = ? and disabled = 0", Role.ADMINISTRATOR.word())
                == 0;
    }

    /** All, by name. */
    public List<Account> all() {
        return store.list(
                "select name, role, disabled, made from account order by name",
                r -> new Account(r.getString(1), Role.of(r.getString(2)), r.getInt(3) != 0, r.getString(4)));
    }

    /** The account of this name, open or closed. */
    public Optional<Account> find(String name) {
        return all().stream().filter(a -> a.name().equals(name)).findFirst();
    }

    /**
     * Makes an account.
     *
     * @throws IllegalArgumentException when name or password will not do, or the name is taken
     */
    public void make(String name, Role role, String password) {
        if (!name.matches(NAME)) {
            throw new IllegalArgumentException("'" + name
                    + "' cannot be a name: at most 64 letters, digits, spaces and . _ @ -, a letter or digit first");
        }
        if (role == Role.PARTICIPANT) {
            throw new IllegalArgumentException("participants join by a code, they have no account");
        }
        String hash = Passwords.accepted(password);
        if (find(name).isPresent()) {
            throw new IllegalArgumentException("there is an account '" + name + "' already");
        }
        store.change(
                "insert into account (name, role, hash, disabled, made) values (?, ?, ?, 0, ?)",
                name,
                role.word(),
                hash,
                Instant.now().toString());
    }

    /**
     * Gives an account another password.
     *
     * @throws IllegalArgumentException when the password will not do or there is no such account
     */
    public void password(String name, String password) {
        known(store.change("update account set hash = ? where name = ?", Passwords.accepted(password), name), name);
    }

    /**
     * Closes an account or opens it again.
     *
     * @throws IllegalArgumentException when there is no such account, or nobody could manage accounts then
     */
    public synchronized void disable(String name, boolean disabled) {
        boolean last = disabled
                && find(name)
                        .filter(a -> a.role() == Role.ADMINISTRATOR && !a.disabled())
                        .isPresent()
                && all().stream()
                                .filter(a -> a.role() == Role.ADMINISTRATOR && !a.disabled())
                                .count()
                        == 1;
        if (last) {
            throw new IllegalArgumentException("'" + name + "' is the only administrator; make another one first");
        }
        known(store.change("update account set disabled = ? where name = ?", disabled ? 1 : 0, name), name);
    }

    /** The account whose name and password these are; takes as long when there is none. */
    public Optional<Account> with(String name, String password) {
        String stored = store.first(
                        "select hash from account where name = ? and disabled = 0", r -> r.getString(1), name)
                .orElse(null);
        return Passwords.right(password, stored) ? find(name) : Optional.empty();
    }

    private static void known(int changed, String name) {
        if (changed == 0) {
            throw new IllegalArgumentException("there is no account '" + name + "'");
        }
    }
}
