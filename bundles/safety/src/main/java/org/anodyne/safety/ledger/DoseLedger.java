package org.anodyne.safety.ledger;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
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
    private final LedgerBook book = new LedgerBook();
    private final ExecutorService flusher;
    private Future<?> flushing;

    /** Whose doses of what. */
    public record Account(String participant, boolean simulated, String modality) {}

    /** A command in the ledger. */
    public record Entry(Account account, String session, String slot, String command) {
        String key() {
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

    /**
     * Opens the ledger of a folder.
     *
     * @param clock the host's clock, for days
     * @throws LedgerException when it is damaged
     */
    public DoseLedger(Path folder, Clock clock) {
        this.clock = clock;
        this.file = new LedgerFile(folder, book::take);
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
        return book.open(entry);
    }

    /** Closes what is open of a session whose actuators were closed in order: nothing more can come of it. */
    public void end(String session) {
        synchronized (this) {
            if (book.openOrders().anyMatch(o -> o.entry().session().equals(session))) {
                file.append(new Line("end", fields(session)));
            }
            file.mark();
        }
        flush();
    }

    /** Closes what is open of a slot whose actuator has begun another command. */
    public void supersede(String session, String slot, String by) {
        synchronized (this) {
            boolean any = book.openOrders()
                    .map(LedgerBook.Open::entry)
                    .anyMatch(e -> e.session.equals(session) && e.slot.equals(slot) && !e.command.equals(by));
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

    /**
     * What was delivered, or may have been.
     *
     * @throws LedgerException when it is damaged
     */
    public synchronized Statement statement(Account account, String session) {
        file.refresh();
        Instant now = clock.instant();
        return book.statement(account, session, now, LocalDate.ofInstant(now, clock.getZone()));
    }

    /**
     * How often each trigger was executed, or may have been, for a participant in the last 24 h, all sessions together.
     *
     * @param simulated whether of simulated sessions, which are kept apart
     * @throws LedgerException when the ledger is damaged
     */
    public synchronized Map<String, Long> firings(String participant, boolean simulated) {
        file.refresh();
        return book.firings(participant, simulated, clock.instant().minus(Duration.ofHours(24)));
    }

    /** The resting motor threshold measured in a session. */
    public synchronized OptionalDouble threshold(String session) {
        return book.threshold(session);
    }

    /** The active motor threshold measured in a session. */
    public synchronized OptionalDouble activeThreshold(String session) {
        return book.activeThreshold(session);
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
