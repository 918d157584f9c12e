package org.anodyne.safety.ledger;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.anodyne.safety.ledger.DoseLedger.Account;
import org.anodyne.safety.ledger.DoseLedger.Entry;
import org.anodyne.safety.ledger.DoseLedger.Statement;

/** What the lines of a ledger say, taken in their order. Thread: one at a time. */
public final class LedgerBook {
    private final Map<Account, Totals> accounts = new HashMap<>();
    private final Map<String, Order> orders = new LinkedHashMap<>();

    /** Per person when each firing of a trigger was ordered first, whatever came of it. */
    private final Map<Person, Map<String, Instant>> firings = new HashMap<>();

    private final Map<String, Double> thresholds = new HashMap<>();
    private final Map<String, Double> activeThresholds = new HashMap<>();

    /**
     * What was delivered of a kind on a day in a session.
     *
     * @param amounts by quantity, without what is open
     */
    public record Row(LocalDate day, String session, Account account, Map<String, Double> amounts) {}

    /**
     * An order that was not settled.
     *
     * @param most what may still come, or may have come unseen
     */
    public record Open(Entry entry, Instant at, LocalDate day, Map<String, Double> most) {}

    private record Person(String participant, boolean simulated) {}

    private record Key(LocalDate day, String session) {}

    private static final class Totals {
        private final Map<Key, Map<String, Double>> rows = new LinkedHashMap<>();
        private final Map<String, Map<String, Double>> sessions = new HashMap<>();
        private final Map<LocalDate, Map<String, Double>> days = new HashMap<>();
        private final Map<String, Instant> last = new HashMap<>();
        private final Map<String, Instant> lastOf = new HashMap<>();

        private void add(String session, LocalDate day, Instant at, Map<String, Double> amounts) {
            merge(rows.computeIfAbsent(new Key(day, session), k -> new TreeMap<>()), amounts);
            merge(sessions.computeIfAbsent(session, s -> new TreeMap<>()), amounts);
            merge(days.computeIfAbsent(day, d -> new TreeMap<>()), amounts);
            if (amounts.values().stream().anyMatch(v -> v > 0)) {
                last.merge(session, at, LedgerBook::later);
            }
            note(lastOf, at, amounts);
        }
    }

    private static final class Order {
        private final Entry entry;
        private final Instant at;
        private final LocalDate day;
        private final Map<String, Double> most;
        private final Map<String, Double> soFar = new TreeMap<>();

        private Order(Entry entry, Instant at, LocalDate day, Map<String, Double> most) {
            this.entry = entry;
            this.at = at;
            this.day = day;
            this.most = most;
        }

        private Map<String, Double> open() {
            Map<String, Double> open = new TreeMap<>();
            most.forEach((name, value) -> open.put(name, Math.max(0, value - soFar.getOrDefault(name, 0.0))));
            return open;
        }
    }

    LedgerBook() {}

    void take(Line line) {
        switch (line.kind()) {
            case "order" -> {
                Entry e = entry(line);
                orders.put(e.key(), new Order(e, at(line), day(line), line.amounts()));
                fired(e, at(line));
            }
            case "settle" -> {
                Entry e = entry(line);
                orders.remove(e.key());
                totals(e).add(e.session(), day(line), at(line), line.amounts());
            }
            case "add" -> {
                Entry e = entry(line);
                Order order = orders.get(e.key());
                if (order != null) {
                    merge(order.soFar, line.amounts());
                }
                totals(e).add(e.session(), day(line), at(line), line.amounts());
            }
            case "end" -> orders.values().removeIf(o -> o.entry.session().equals(line.text("session")));
            case "supersede" ->
                orders.values()
                        .removeIf(o -> o.entry.session().equals(line.text("session"))
                                && o.entry.slot().equals(line.text("slot"))
                                && !o.entry.command().equals(line.text("by")));
            case "threshold" -> thresholds.put(line.text("session"), Double.parseDouble(line.text("percent")));
            case "active-threshold" ->
                activeThresholds.put(line.text("session"), Double.parseDouble(line.text("percent")));
            default ->
                throw new LedgerException("the ledger holds a line '" + line.kind()
                        + "', which this version does not know; use the newer one");
        }
    }

    /** Command ids of a trigger are its id, the number of the firing, and from the second command of a firing on the command's. */
    private static final Pattern FIRING = Pattern.compile("(.+)-([0-9]+)(?:\\.[0-9]+)?");

    private void fired(Entry e, Instant at) {
        Matcher m = FIRING.matcher(e.command());
        if (m.matches()) {
            firings.computeIfAbsent(
                            new Person(e.account().participant(), e.account().simulated()), p -> new HashMap<>())
                    .putIfAbsent(m.group(1) + " " + e.session() + " " + m.group(2), at);
        }
    }

    /** How often each trigger was executed, or may have been, for a participant since a moment. */
    Map<String, Long> firings(String participant, boolean simulated, Instant since) {
        Map<String, Long> counts = new TreeMap<>();
        firings.getOrDefault(new Person(participant, simulated), Map.of()).forEach((firing, at) -> {
            if (at.isAfter(since)) {
                counts.merge(firing.substring(0, firing.indexOf(' ')), 1L, Long::sum);
            }
        });
        return counts;
    }

    private Totals totals(Entry e) {
        return accounts.computeIfAbsent(e.account(), a -> new Totals());
    }

    private static Entry entry(Line line) {
        return new Entry(
                new Account(
                        line.text("participant"), Boolean.parseBoolean(line.text("simulated")), line.text("modality")),
                line.text("session"),
                line.text("slot"),
                line.text("command"));
    }

    private static Instant at(Line line) {
        return Instant.parse(line.text("at"));
    }

    private static LocalDate day(Line line) {
        return LocalDate.parse(line.text("day"));
    }

    /** What was delivered, or may have been. */
    public Statement statement(Account account, String session, Instant now, LocalDate today) {
        Map<String, Double> inSession = new TreeMap<>();
        Map<String, Double> inDay = new TreeMap<>();
        Map<String, Instant> lastOf = new TreeMap<>();
        Instant other = null;
        Totals totals = accounts.get(account);
        if (totals != null) {
            merge(inSession, totals.sessions.getOrDefault(session, Map.of()));
            merge(inDay, totals.days.getOrDefault(today, Map.of()));
            lastOf.putAll(totals.lastOf);
            for (Map.Entry<String, Instant> e : totals.last.entrySet()) {
                other = e.getKey().equals(session) ? other : later(other, e.getValue());
            }
        }
        for (Order o : orders.values()) {
            if (o.entry.account().equals(account)) {
                note(lastOf, o.at, o.open());
                if (o.entry.session().equals(session)) {
                    merge(inSession, o.open());
                } else {
                    other = later(other, o.at);
                }
                if (o.day.equals(today)) {
                    merge(inDay, o.open());
                }
            }
        }
        OptionalLong since = other == null ? OptionalLong.empty() : OptionalLong.of(seconds(other, now));
        Map<String, Long> secondsSince = new TreeMap<>();
        lastOf.forEach((quantity, at) -> secondsSince.put(quantity, seconds(at, now)));
        return new Statement(inSession, inDay, since, secondsSince);
    }

    boolean open(Entry entry) {
        return orders.containsKey(entry.key());
    }

    /** Orders that were not settled, oldest first. */
    public Stream<Open> openOrders() {
        return orders.values().stream().map(o -> new Open(o.entry, o.at, o.day, o.open()));
    }

    /** What was delivered to a participant, of each kind in the order of time. */
    public List<Row> rows(String participant) {
        List<Row> rows = new ArrayList<>();
        accounts.forEach((account, totals) -> {
            if (account.participant().equals(participant)) {
                totals.rows.forEach(
                        (key, amounts) -> rows.add(new Row(key.day, key.session, account, new TreeMap<>(amounts))));
            }
        });
        return rows;
    }

    OptionalDouble threshold(String session) {
        return number(thresholds.get(session));
    }

    OptionalDouble activeThreshold(String session) {
        return number(activeThresholds.get(session));
    }

    private static OptionalDouble number(Double percent) {
        return percent == null ? OptionalDouble.empty() : OptionalDouble.of(percent);
    }

    private static long seconds(Instant from, Instant to) {
        return Math.max(0, Duration.between(from, to).toSeconds());
    }

    /** Remembers when there was last some of each quantity. */
    private static void note(Map<String, Instant> last, Instant at, Map<String, Double> amounts) {
        amounts.forEach((quantity, amount) -> {
            if (amount > 0) {
                last.merge(quantity, at, LedgerBook::later);
            }
        });
    }

    private static Instant later(Instant a, Instant b) {
        return a == null || b.isAfter(a) ? b : a;
    }

    private static void merge(Map<String, Double> into, Map<String, Double> amounts) {
        amounts.forEach((name, value) -> into.merge(name, value, Double::sum));
    }
}
