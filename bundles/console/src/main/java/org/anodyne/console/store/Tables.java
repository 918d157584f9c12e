package org.anodyne.console.store;

import java.util.List;

/** The tables, and the steps that led to them: a step that was shipped is never changed, a new one is added. */
final class Tables {
    private static final List<List<String>> STEPS = List.of(
            List.of(
                    "create table account (name text primary key, role text not null, hash text not null,"
                            + " disabled integer not null, made text not null)",
                    "create table browser (digest text primary key, id text not null, csrf text not null, role text not null,"
                            + " who text not null, session text not null, until text not null)",
                    "create table join_code (code text primary key, participant text not null, session text not null,"
                            + " until text not null)",
                    "create table audit (number integer primary key autoincrement, at text not null, who text not null,"
                            + " role text not null, what text not null, detail text not null)",
                    "create table participant (code text primary key, made text not null)",
                    "create table visit (session text primary key, participant text not null, protocol text not null,"
                            + " folder text not null, started text not null, ended text, state text not null, reason text not null,"
                            + " by text not null)",
                    // What a participant sent, by the number that the device gave it: sent twice, taken once.
                    "create table sent (id text primary key, participant text not null, session text not null, at text not null,"
                            + " answer text not null)",
                    "create table assessment (id text primary key, participant text not null, visit text not null,"
                            + " instrument text not null, version text not null, language text not null, at text not null,"
                            + " by text not null, answers text not null, scores text not null)",
                    "create table home_entry (id text primary key, participant text not null, kind text not null,"
                            + " made text not null, received text not null, body text not null)"),
            List.of(
                    // A correction is a row of its own; the form is kept as it was asked.
                    "alter table assessment add column corrects text not null default ''",
                    "alter table assessment add column why text not null default ''",
                    "alter table assessment add column form text not null default '{}'",
                    "create table home_plan (participant text primary key, plan text not null, made text not null,"
                            + " by text not null)"),
            // Trials of a protocol with nothing real stand among the visits, and are none.
            List.of("alter table visit add column dry_run integer not null default 0"),
            List.of("create table form_alert (id text primary key, participant text not null, place text not null,"
                    + " at text not null, instrument text not null, item text not null, value real not null,"
                    + " text text not null, seen_by text not null default '', seen_at text not null default '')"),
            // Operators enter adverse events, too; what they know of a session stays from assessors.
            List.of("alter table assessment add column role text not null default 'assessor'"));

    private Tables() {}

    static void bringUpToDate(Store store) {
        int done = (int) store.number("pragma user_version");
        if (done > STEPS.size()) {
            throw new StoreException(
                    "The console's database was made by a newer version of Anodyne (its tables are at step " + done
                            + ", this version knows " + STEPS.size() + "). Use that version, or another --home.");
        }
        for (int step = done; step < STEPS.size(); step++) {
            int next = step;
            store.whole(() -> {
                STEPS.get(next).forEach(store::statement);
                store.statement("pragma user_version = " + (next + 1));
                return null;
            });
        }
    }
}
