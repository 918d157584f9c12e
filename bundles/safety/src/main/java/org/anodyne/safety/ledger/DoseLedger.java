package org.anodyne.safety.ledger;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * What was delivered to whom, durable: totals per participant, kind of stimulation, session and calendar day of the
 * host. A command stands in the file as an order with the most that it can deliver before it is executed; when its
 * account is settled, the amounts delivered take the order's place. An order that nobody settled, because the process
 * died, counts whole for ever. Doses of simulated sessions are kept apart. Thread: any.
 */
public final class DoseLedger implements AutoCloseable {
    private final Clock clock;
    private final LedgerFile file;
    private final ExecutorService flusher;
    private final Map<Account, Totals> accounts = new HashMap<>();
    private final Map<String, Order> orders = new LinkedHashMap<>();
    private final Map<String, Double> thresholds = new HashMap<>();
    private final Map<String, Double> activeThresholds = new HashMap<>();
    private Future<?> flushing;

    /** Whose doses of what. */
    public record Account(String participant, boolean simulated, String modality) {}

    /** A command in the ledger. */
    public record Entry(Account account, String session, String slot, String command) {
        private String key() {
            return session + "/" + slot + "/" + command;
        }
    }

    /**
     * What an account says.
     *
     * @param session totals of the session that was asked for
     * @param today totals of the day, all sessions
     * @param secondsSinceOther since another session last delivered something
     * @param secondsSince since any session, this one too, last delivered some of a quantity
     */
    public record Statement(
            Map<String, Double> session,
            Map<String, Double> today,
            OptionalLong secondsSinceOther,
            Map<String, Long> secondsSince) {}

    private static final class Totals {
        private final Map<String, Map<String, Double>> sessions = new HashMap<>();
        private final Map<LocalDate, Map<String, Double>> days = new HashMap<>();
        private final Map<String, Instant> last = new HashMap<>();
        private final Map<String, Instant> lastOf = new HashMap<>();

        private void add(String session, LocalDate day, Instant at, Map<String, Double> amounts) {
            merge(sessions.computeIfAbsent(session, s -> new TreeMap<>()), amounts);
            merge(days.computeIfAbsent(day, d -> new TreeMap<>()), amounts);
            if (amounts.values().stream().anyMatch(v -> v > 0)) {
                last.merge(session, at, DoseLedger::later);
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

        /** What may still come, or may have come unseen. */
        private Map<String, Double> open() {
            Map<String, Double> open = new TreeMap<>();
            most.forEach((name, value) -> open.put(name, Math.max(0, value - soFar.getOrDefault(name, 0.0))));
            return open;
        }
    }

    /**
     * Opens the ledger of a folder.
     *
     * @param clock the host's clock, for days
     * @throws LedgerException when it is damaged
     */
    public DoseLedger(Path folder, Clock clock) {
        this.clock = clock;
        this.file = new LedgerFile(folder, this::take);
        ThreadPoolExecutor one = new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), r -> {
            Thread t = new Thread(r, "safety-ledger");
            t.setDaemon(true);
            return t;
        });
        one.allowCoreThreadTimeOut(true);
        this.flusher = one;
    }

    // --- writing

    /**
     * Writes an order, the most that a command can deliver. What was written before is on the disk when this returns.
     *
     * @throws LedgerException when that cannot be had: then the command must not be executed
     */
    public void order(Entry entry, Map<String, Double> most) {
        awaitFlushed();
        synchronized (this) {
            file.append(line("order", entry, most));
        }
    }

    /** Writes what a command has delivered besides what it told before; its account is closed. */
    public void settle(Entry entry, Map<String, Double> amounts) {
        synchronized (this) {
            file.append(line("settle", entry, amounts));
        }
        flush();
    }

    /** Writes what a command that goes on has delivered since it last told. */
    public void add(Entry entry, Map<String, Double> amounts) {
        synchronized (this) {
            file.append(line("add", entry, amounts));
        }
        flush();
    }

    /** Whether the account of a command is open. */
    public synchronized boolean open(Entry entry) {
        return orders.containsKey(entry.key());
    }

    /** Closes what is open of a session whose actuators were closed in order: nothing more can come of it. */
    public void end(String session) {
        synchronized (this) {
            boolean any = orders.values().stream().anyMatch(o -> o.entry.session.equals(session));
            if (any) {
                file.append(new Line("end", fields(session)));
            }
            file.mark();
        }
        flush();
    }

    /** Closes what is open of a slot whose actuator has begun another command. */
    public void supersede(String session, String slot, String by) {
        synchronized (this) {
            boolean any = orders.values().stream()
                    .anyMatch(o -> o.entry.session.equals(session)
                            && o.entry.slot.equals(slot)
                            && !o.entry.command.equals(by));
            if (any) {
                Map<String, String> fields = fields(session);
                fields.put("slot", slot);
                fields.put("by", by);
                file.append(new Line("supersede", fields));
            }
        }
    }

    /** Writes a resting motor threshold measured in a session, percent of the stimulator's maximum output. */
    public void threshold(String session, double percent, String by) {
        threshold("threshold", session, percent, by);
    }

    /** Writes an active motor threshold, measured while the muscle was tensed, percent of the maximum output. */
    public void activeThreshold(String session, double percent, String by) {
        // A kind of line of its own: an older version that would take it for a resting one refuses the ledger instead.
        threshold("active-threshold", session, percent, by);
    }

    private void threshold(String kind, String session, double percent, String by) {
        synchronized (this) {
            Map<String, String> fields = fields(session);
            fields.put("percent", Double.toString(percent));
            fields.put("by", by);
            file.append(new Line(kind, fields));
        }
        flush();
        awaitFlushed();
    }

    private Map<String, String> fields(String session) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("at", clock.instant().toString());
        fields.put("session", session);
        return fields;
    }

    private Line line(String kind, Entry e, Map<String, Double> amounts) {
        Map<String, String> fields = new LinkedHashMap<>();
        Instant now = clock.instant();
        fields.put("at", now.toString());
        fields.put("day", LocalDate.ofInstant(now, clock.getZone()).toString());
        fields.put("participant", e.account.participant);
        fields.put("simulated", Boolean.toString(e.account.simulated));
        fields.put("modality", e.account.modality);
        fields.put("session", e.session);
        fields.put("slot", e.slot);
        fields.put("command", e.command);
        // An amount that is no number must not make a total say that there is room left.
        new TreeMap<>(amounts)
                .forEach((name, value) -> fields.put(
                        "+" + name,
                        Double.toString(Double.isFinite(value) ? Math.max(0, value) : Double.POSITIVE_INFINITY)));
        return new Line(kind, fields);
    }

    private void flush() {
        synchronized (flusher) {
            flushing = flusher.submit(() -> {
                synchronized (this) {
                    file.force();
                }
            });
        }
    }

    private void awaitFlushed() {
        Future<?> last;
        synchronized (flusher) {
            last = flushing;
        }
        if (last == null) {
            return;
        }
        try {
            last.get(2, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LedgerException("interrupted while the ledger was brought onto the disk", e);
        } catch (java.util.concurrent.TimeoutException e) {
            throw new LedgerException("the ledger could not be brought onto the disk within 2 s", e);
        } catch (java.util.concurrent.ExecutionException e) {
            throw new LedgerException(e.getCause().getMessage(), e.getCause());
        }
    }

    // --- reading

    private void take(Line line) {
        switch (line.kind()) {
            case "order" -> {
                Entry e = entry(line);
                orders.put(e.key(), new Order(e, at(line), day(line), line.amounts()));
            }
            case "settle" -> {
                Entry e = entry(line);
                orders.remove(e.key());
                totals(e).add(e.session, day(line), at(line), line.amounts());
            }
            case "add" -> {
                Entry e = entry(line);
                Order order = orders.get(e.key());
                if (order != null) {
                    merge(order.soFar, line.amounts());
                }
                totals(e).add(e.session, day(line), at(line), line.amounts());
            }
            case "end" -> orders.values().removeIf(o -> o.entry.session.equals(line.text("session")));
            case "supersede" ->
                orders.values()
                        .removeIf(o -> o.entry.session.equals(line.text("session"))
                                && o.entry.slot.equals(line.text("slot"))
                                && !o.entry.command.equals(line.text("by")));
            case "threshold" -> thresholds.put(line.text("session"), Double.parseDouble(line.text("percent")));
            case "active-threshold" ->
                activeThresholds.put(line.text("session"), Double.parseDouble(line.text("percent")));
            default ->
                throw new LedgerException("the ledger holds a line '" + line.kind()
                        + "', which this version does not know; use the newer one");
        }
    }

    private Totals totals(Entry e) {
        return accounts.computeIfAbsent(e.account, a -> new Totals());
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

    /**
     * What was delivered, or may have been.
     *
     * @throws LedgerException when it is damaged
     */
    public synchronized Statement statement(Account account, String session) {
        file.refresh();
        Instant now = clock.instant();
        LocalDate today = LocalDate.ofInstant(now, clock.getZone());
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
            if (o.entry.account.equals(account)) {
                note(lastOf, o.at, o.open());
                if (o.entry.session.equals(session)) {
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

    private static long seconds(Instant from, Instant to) {
        return Math.max(0, Duration.between(from, to).toSeconds());
    }

    /** Remembers when there was last some of each quantity. */
    private static void note(Map<String, Instant> last, Instant at, Map<String, Double> amounts) {
        amounts.forEach((quantity, amount) -> {
            if (amount > 0) {
                last.merge(quantity, at, DoseLedger::later);
            }
        });
    }

    private static Instant later(Instant a, Instant b) {
        return a == null || b.isAfter(a) ? b : a;
    }

    /** The resting motor threshold measured in a session. */
    public synchronized OptionalDouble threshold(String session) {
        Double percent = thresholds.get(session);
        return percent == null ? OptionalDouble.empty() : OptionalDouble.of(percent);
    }

    /** The active motor threshold measured in a session. */
    public synchronized OptionalDouble activeThreshold(String session) {
        Double percent = activeThresholds.get(session);
        return percent == null ? OptionalDouble.empty() : OptionalDouble.of(percent);
    }

    private static void merge(Map<String, Double> into, Map<String, Double> amounts) {
        amounts.forEach((name, value) -> into.merge(name, value, Double::sum));
    }

    @Override
    public void close() {
        awaitFlushed();
        flusher.shutdown();
        synchronized (this) {
            file.force();
            file.close();
        }
    }
}
