package org.anodyne.console.store;

import java.time.Instant;
import java.util.List;

/** What people did through the console: who, when, what. Only added to. Thread: any. */
public final class Audit {
    private final Store store;

    /** @param store where it is kept */
    public Audit(Store store) {
        this.store = store;
    }

    /** One thing done. */
    public record Entry(long number, String at, String who, String role, String what, String detail) {}

    /** Adds one. */
    public void add(String who, String role, String what, String detail) {
        store.change(
                "insert into audit (at, who, role, what, detail) values (?, ?, ?, ?, ?)",
                Instant.now().toString(),
                who,
                role,
                what,
                detail);
    }

    /** The newest, at most so many, those before a number when it is not 0. */
    public List<Entry> newest(int most, long before) {
        return store.list(
                "select number, at, who, role, what, detail from audit where number < ? order by number desc limit ?",
                r -> new Entry(
                        r.getLong(1), r.getString(2), r.getString(3), r.getString(4), r.getString(5), r.getString(6)),
                before == 0 ? Long.MAX_VALUE : before,
                most);
    }
}
