package org.anodyne.safety;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.anodyne.plugin.safety.Limit;
import org.anodyne.safety.ledger.DoseLedger.Account;
import org.anodyne.safety.ledger.DoseLedger.Statement;
import org.anodyne.safety.ledger.LedgerBook;
import org.anodyne.safety.ledger.LedgerBook.Open;
import org.anodyne.safety.ledger.LedgerBook.Row;
import org.anodyne.safety.limit.SitePolicy;

/**
 * What the ledger says of one participant, for people: doses by day, session and kind, what is unsettled, and what remains
 * until the limits that add up. What was delivered and what is unsettled stand apart; the remainders count both, as the
 * gate does. Thread: one at a time.
 */
final class DoseReport {
    private static final double SECONDS_PER_MINUTE = 60;

    private final LedgerBook book;
    private final String participant;
    private final Instant now;
    private final LocalDate today;
    private final SitePolicy policy;
    private final Map<String, Limit> limits;

    DoseReport(LedgerBook book, String participant, Clock clock, SitePolicy policy) {
        this.book = book;
        this.participant = participant;
        this.now = clock.instant();
        this.today = LocalDate.ofInstant(now, clock.getZone());
        this.policy = policy;
        this.limits = policy.on(today);
    }

    private List<Row> rows() {
        return book.rows(participant).stream()
                .sorted(Comparator.comparing(Row::day)
                        .thenComparing(Row::session)
                        .thenComparing(r -> r.account().modality()))
                .toList();
    }

    private List<Open> open() {
        return book.openOrders()
                .filter(o -> o.entry().account().participant().equals(participant))
                .toList();
    }

    /** Whether the ledger has never heard of the participant. */
    boolean isEmpty() {
        return book.rows(participant).isEmpty() && open().isEmpty();
    }

    /** The report: {@code today}, {@code doses}, {@code unsettled}, {@code remaining}, {@code policyFaults}. */
    Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("participant", participant);
        facts.put("today", today.toString());
        facts.put("doses", rows().stream().map(DoseReport::dose).toList());
        facts.put("unsettled", open().stream().map(DoseReport::unsettled).toList());
        facts.put("remaining", remaining());
        facts.put("policyFaults", policy.faults());
        return facts;
    }

    private static Map<String, Object> dose(Row r) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("day", r.day().toString());
        facts.put("session", r.session());
        facts.put("kind", r.account().modality());
        facts.put("simulated", r.account().simulated());
        facts.put("amounts", r.amounts());
        return facts;
    }

    private static Map<String, Object> unsettled(Open o) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("day", o.day().toString());
        facts.put("at", o.at().toString());
        facts.put("session", o.entry().session());
        facts.put("slot", o.entry().slot());
        facts.put("command", o.entry().command());
        facts.put("kind", o.entry().account().modality());
        facts.put("simulated", o.entry().account().simulated());
        facts.put("amounts", o.most());
        return facts;
    }

    private List<Map<String, Object>> remaining() {
        List<Map<String, Object>> all = new ArrayList<>();
        for (boolean simulated : new boolean[] {false, true}) {
            for (String kind : kinds(simulated)) {
                Account account = new Account(participant, simulated, kind);
                remaining(account, session(account), all);
            }
        }
        return all;
    }

    private TreeSet<String> kinds(boolean simulated) {
        TreeSet<String> kinds = new TreeSet<>();
        rows().stream().map(Row::account).forEach(a -> add(kinds, a, simulated));
        open().stream().map(o -> o.entry().account()).forEach(a -> add(kinds, a, simulated));
        return kinds;
    }

    private static void add(TreeSet<String> kinds, Account a, boolean simulated) {
        if (a.simulated() == simulated) {
            kinds.add(a.modality());
        }
    }

    /** The last session of today; empty when there was none, so that what remains is that of a new one. */
    private String session(Account account) {
        String last = "";
        for (Row r : book.rows(participant)) {
            last = r.account().equals(account) && r.day().equals(today) ? r.session() : last;
        }
        for (Open o : open()) {
            last = o.entry().account().equals(account) && o.day().equals(today)
                    ? o.entry().session()
                    : last;
        }
        return last;
    }

    private void remaining(Account account, String session, List<Map<String, Object>> all) {
        Statement said = book.statement(account, session, now, today);
        Counting c = new Counting(account, session.isEmpty() ? "a new session" : "session " + session, all);
        Map<String, Double> inSession = said.session();
        switch (account.modality()) {
            case Dose.TMS -> {
                c.sum("tms.pulses.perSession", c.session, inSession.getOrDefault(Dose.PULSES, 0.0), "pulses");
                Long since = said.secondsSince().get(Dose.THETA_BURSTS);
                if (since != null) {
                    c.interval("tms.thetaBurst.interval.hours", "the next theta burst", OptionalLong.of(since));
                }
            }
            case Dose.TES -> {
                double seconds = inSession.getOrDefault(Dose.SECONDS, 0.0);
                c.sum("tes.duration.minutes", c.session, seconds / SECONDS_PER_MINUTE, "min");
                c.sum("tes.charge.millicoulomb", c.session, inSession.getOrDefault(Dose.MILLICOULOMB, 0.0), "mC");
                c.sum(
                        "tes.day.minutes",
                        "today",
                        said.today().getOrDefault(Dose.SECONDS, 0.0) / SECONDS_PER_MINUTE,
                        "min");
                // Of a session to come, whatever today's was.
                c.interval(
                        "tes.interval.hours",
                        "the next session",
                        book.statement(account, "", now, today).secondsSinceOther());
            }
            case Dose.THERMAL -> {
                c.sum("thermal.doseFrom48.seconds", "today", greater(said, Dose.SECONDS_HOT), "s");
                c.sum("thermal.doseFrom44.seconds", "today", greater(said, Dose.SECONDS_WARM), "s");
            }
            default -> {
                // No limit of this kind adds up over commands.
            }
        }
    }

    private static double greater(Statement said, String quantity) {
        return Math.max(said.session().getOrDefault(quantity, 0.0), said.today().getOrDefault(quantity, 0.0));
    }

    private final class Counting {
        private final Account account;
        private final String session;
        private final List<Map<String, Object>> all;

        private Counting(Account account, String session, List<Map<String, Object>> all) {
            this.account = account;
            this.session = session;
            this.all = all;
        }

        private void sum(String name, String of, double used, String unit) {
            Limit limit = limits.get(name);
            add(limit, of, unit, used, Math.max(0, limit.value() - used));
        }

        /** Of an interval, what is used is the time since, and what remains the time to wait. */
        private void interval(String name, String of, OptionalLong since) {
            Limit limit = limits.get(name);
            if (since.isPresent()) {
                double hours = since.getAsLong() / 3600.0;
                add(limit, of, "h to wait", hours, Math.max(0, limit.value() - hours));
            }
        }

        private void add(Limit limit, String of, String unit, double used, double left) {
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("kind", account.modality());
            facts.put("simulated", account.simulated());
            facts.put("limit", limit.name());
            facts.put("of", of);
            facts.put("used", used);
            facts.put("value", limit.value());
            facts.put("remains", left);
            facts.put("unit", unit);
            facts.put("source", limit.source());
            all.add(facts);
        }
    }
}
