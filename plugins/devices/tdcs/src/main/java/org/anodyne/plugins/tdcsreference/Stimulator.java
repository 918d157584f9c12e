package org.anodyne.plugins.tdcsreference;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.anodyne.line.Line;

/**
 * A stimulator at the end of a line, and the one thread that owns the line. The thread asks for the status several times
 * within the stimulator's watchdog time, which feeds it, and carries out one request at a time. ABOR does not wait: it is
 * written behind whatever is still to be answered. When the thread or the whole process stalls, lines stay away and the
 * stimulator ramps down by itself.
 *
 * <p>Thread: any for all methods.
 */
final class Stimulator implements AutoCloseable {
    /** What the owner tells. Thread: the owner's. */
    interface Listener {
        /** It is no longer certain what the stimulator does; it was told to stop. */
        void fault(String reason);

        /** How the stimulation under way is doing. */
        void progress(Course course, Status status);

        /** Impedance has passed 10 kΩ. */
        void highImpedance(Course course, Status status);

        /**
         * A stimulation is over.
         *
         * @param last what was last heard of it; empty when nothing was
         * @param unheard seconds since then in which it may have gone on at most; 0 when its end is certain
         */
        void ended(Course course, Optional<Status> last, double unheard, String reason);
    }

    private record Sent(Request request, long until) {}

    private static final String COMPLIANCE = "202,";
    private static final String NAME = "ANODYNE,TDCS-REF,";
    private static final long IDLE_NANOS = 5_000_000;
    private static final long WAITING_NANOS = 200_000;
    private static final long QUIET_NANOS = 1_000_000_000;
    private static final int QUEUE = 16;
    private static final int TRIES = 3;
    private static final Duration END = Duration.ofSeconds(2);

    /** Seconds of the device's ramp after ABOR or its watchdog. */
    private static final double SHORT_RAMP = 0.15;

    private final Line line;
    private final long replyNanos;
    private final long feedNanos;
    private final double watchdogSeconds;
    private final Listener listener;
    private final BlockingQueue<Request> queue = new ArrayBlockingQueue<>(QUEUE);
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final AtomicLong orders = new AtomicLong();
    private final Thread owner;
    private volatile boolean closing;
    private volatile String lost = "";
    private volatile Course course;

    // The owner's own.
    private final Lines lines = new Lines();
    private final byte[] buffer = new byte[512];
    private final Deque<Sent> sent = new ArrayDeque<>();
    private ImpedanceWatch impedance = new ImpedanceWatch();
    private Optional<Status> last = Optional.empty();
    private long lastAt;
    private boolean anew;
    private long ordersObeyed;
    private boolean settling;
    private long quietBy;
    private boolean stuck;
    private String settlingFor = "safe state";
    private int namesDue;
    private boolean named;
    private boolean finding;
    private int tries;
    private long findUntil;
    private long nextStatus;

    Stimulator(Line line, Duration replyTimeout, Duration watchdog, String threadName, Listener listener) {
        this.line = line;
        this.replyNanos = replyTimeout.toNanos();
        this.feedNanos = Math.min(100_000_000, watchdog.toNanos() / 4);
        this.watchdogSeconds = watchdog.toNanos() * 1e-9;
        this.listener = listener;
        this.owner = new Thread(this::run, threadName);
        owner.setDaemon(true);
    }

    /** Begins to talk. */
    void start() {
        owner.start();
    }

    /** Waits until a stimulator has said its name; false when none did in this time. */
    boolean awaitReady(Duration patience) throws InterruptedException {
        try {
            ready.get(patience.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }

    /** Why the line is gone; empty while it is there. */
    String lost() {
        return lost;
    }

    /** The stimulation under way, or null. */
    Course course() {
        return course;
    }

    /** Number of safety orders so far; a request that bears an older one is not sent. */
    long orders() {
        return orders.get();
    }

    /** Ends all output by the short ramp. Lock-free, returns at once. */
    void safe() {
        orders.incrementAndGet();
        LockSupport.unpark(owner);
    }

    /** Asks the stimulator and waits for what became of it. */
    Answer ask(Request request) throws InterruptedException {
        if (closing || !lost.isEmpty()) {
            return new Answer.NotSent(closing ? "the adapter is closed" : lost);
        }
        if (!queue.offer(request)) {
            return new Answer.NotSent("too many requests wait for the stimulator");
        }
        if (!lost.isEmpty()) {
            // The owner may have ended before it saw the request.
            request.answer().complete(new Answer.NotSent(lost));
        }
        LockSupport.unpark(owner);
        try {
            return request.answer().get(TRIES * replyNanos + 2 * END.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // The owner is stuck in a write: the line is closed, the watchdog of the stimulator does the rest.
            line.close();
            return new Answer.Fault("the line to the stimulator is blocked");
        }
    }

    /** Ends output, waits until nothing flows, closes the line, ends the thread. Idempotent. */
    @Override
    public void close() {
        closing = true;
        safe();
        boolean interrupted = false;
        try {
            owner.join(TRIES * TimeUnit.NANOSECONDS.toMillis(replyNanos) + END.toMillis());
        } catch (InterruptedException e) {
            interrupted = true;
        }
        line.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    // --- the owner's thread

    private void run() {
        try {
            find(System.nanoTime());
            while (lost.isEmpty() && !(closing && atRest())) {
                receive();
                act(System.nanoTime());
                LockSupport.parkNanos(this, sent.isEmpty() && !finding ? IDLE_NANOS : WAITING_NANOS);
            }
        } catch (IOException | RuntimeException e) {
            lose("the line to the stimulator is lost: " + e.getMessage());
        } finally {
            line.close();
            if (lost.isEmpty()) {
                lost = "the adapter is closed";
            }
            for (Request left = queue.poll(); left != null; left = queue.poll()) {
                left.answer().complete(new Answer.NotSent(lost));
            }
        }
    }

    private boolean atRest() {
        return ordersObeyed == orders.get() && !settling && !finding && sent.isEmpty();
    }

    private void lose(String reason) {
        lost = reason;
        orders.incrementAndGet();
        giveUp(reason);
        over(watchdogSeconds + SHORT_RAMP, reason);
        if (!closing) {
            listener.fault(reason + "; the stimulator's own watchdog ends the output");
        }
    }

    private void receive() throws IOException {
        for (int count = line.read(buffer); count > 0; count = line.read(buffer)) {
            for (int i = 0; i < count; i++) {
                Optional<Lines.Received> received = lines.next(buffer[i]);
                if (received.isEmpty()) {
                    continue;
                }
                if (received.get() instanceof Lines.Received.Whole whole) {
                    handle(whole.text());
                } else if (received.get() instanceof Lines.Received.Damaged damaged && !finding) {
                    fault("the stimulator sent " + damaged.reason());
                }
            }
        }
    }

    private void handle(String text) throws IOException {
        if (finding) {
            // Whatever was still on its way is read away until the name comes, as often as it was asked for: an answer
            // that
            // came after it was asked for again would be taken for one to what is asked next.
            if (text.startsWith(NAME)) {
                namesDue--;
                named = true;
                if (namesDue <= 0) {
                    found();
                }
            }
        } else if (text.startsWith("! ")) {
            if (!text.startsWith(COMPLIANCE, 2)) {
                fault("the stimulator reports " + text.substring(2));
            }
        } else if (sent.isEmpty()) {
            fault("the stimulator sent an unasked '" + text + "'");
        } else {
            answered(sent.remove().request(), text);
        }
    }

    /** An answer that cannot be one to what was asked is late: those that follow would be taken for others, too. */
    private void answered(Request request, String text) throws IOException {
        boolean refused = text.startsWith("ERR ");
        Optional<Status> status = request.is(Request.STATUS) ? Status.read(text) : Optional.empty();
        boolean fits = request.is(Request.STATUS)
                ? status.isPresent()
                : refused ? !request.is(Request.ABORT) : text.equals("OK") != request.asks();
        if (!fits) {
            fault("the stimulator answered '" + text + "' to " + request.text());
        } else if (status.isPresent()) {
            status(status.get(), System.nanoTime());
        }
        if (request.begins().isPresent() && !text.equals("OK")) {
            course = null;
        }
        request.answer().complete(refused ? new Answer.Refused(text.substring(4)) : new Answer.Reply(text));
    }

    private void status(Status status, long now) throws IOException {
        // A count that begins anew is that of a device that did: what was heard before is the better knowledge.
        anew = course != null
                && last.isPresent()
                && status.seconds() + 0.5 < last.get().seconds();
        if (!anew) {
            last = Optional.of(status);
            lastAt = now;
        }
        if (settling) {
            settled(status, now);
            return;
        }
        Course running = course;
        if (running == null) {
            if (!status.quiet()) {
                fault("the stimulator gives current although nothing was asked for");
            }
            return;
        }
        switch (status.state()) {
            case "DONE" -> over(0, whole(running, status) ? "complete" : "ended");
            case "RAMPUP", "HOLD", "RAMPDOWN" -> judge(running, status, now);
            case "FAULT" -> fault("the stimulator has ended the stimulation by itself");
            default -> fault("the stimulator began anew by itself");
        }
    }

    private static boolean whole(Course course, Status status) {
        return status.seconds() >= course.duration() - 0.5;
    }

    private void judge(Course running, Status status, long now) throws IOException {
        if (status.milliamps() > running.tolerated(status.seconds())
                && !(status.state().equals("RAMPDOWN") && status.milliamps() <= running.milliamps() + 0.2)) {
            fault("the current is greater than it should be");
            return;
        }
        switch (impedance.judge(status.kiloohms(), now)) {
            case GOOD -> {
                // Nothing to do.
            }
            case WARN -> listener.highImpedance(running, status);
            case END -> {
                if (impedance.passed(status.kiloohms())) {
                    listener.highImpedance(running, status);
                }
                // By the short ramp: the planned one would go on for seconds over a contact that is failing.
                fault("the impedance is " + status.kiloohms()
                        + " kOhm and rises or stays too high; look at the electrodes");
                settlingFor = "impedance";
                return;
            }
        }
        listener.progress(running, status);
    }

    /** After ABOR: until nothing flows. */
    private void settled(Status status, long now) throws IOException {
        if (status.quiet()) {
            settling = false;
            stuck = false;
            over(0, settlingFor);
            settlingFor = "safe state";
        } else if (now - quietBy >= 0) {
            quietBy = now + QUIET_NANOS;
            stuck = true;
            listener.fault("the stimulator does not end its output: SWITCH IT OFF BY HAND");
            abort(now);
        }
    }

    private void settle() {
        settling = true;
        quietBy = System.nanoTime() + QUIET_NANOS;
        nextStatus = System.nanoTime();
    }

    /** Nothing is certain any more: whoever waits is told so, and the stimulator is told to stop. */
    private void fault(String reason) throws IOException {
        // First, so that whoever learns of the fault cannot get anything sent any more.
        ordersObeyed = orders.incrementAndGet();
        giveUp(reason);
        settlingFor = "fault";
        listener.fault(reason);
        find(System.nanoTime());
    }

    private void giveUp(String reason) {
        for (Sent each = sent.poll(); each != null; each = sent.poll()) {
            each.request().answer().complete(new Answer.Fault(reason));
        }
    }

    /** Aborts, and begins to talk from the beginning: the name shows where old replies end. */
    private void find(long now) throws IOException {
        if (tries == TRIES) {
            throw new IOException("it does not answer");
        }
        tries++;
        namesDue++;
        named = false;
        finding = true;
        findUntil = now + 2 * replyNanos;
        lines.reset();
        // The end of a line first: half a line may be waiting in the stimulator.
        line.write(new byte[] {'\n'});
        line.write(Lines.encoded(Request.ABORT));
        line.write(Lines.encoded("SYST:CRC ON"));
        line.write(Lines.encoded("*IDN?"));
    }

    private void found() {
        finding = false;
        namesDue = 0;
        tries = 0;
        settle();
        ready.complete(null);
    }

    private void act(long now) throws IOException {
        if (finding) {
            ordersObeyed = orders.get();
            if (now - findUntil >= 0) {
                if (named) {
                    // The other questions, or their answers, got lost.
                    found();
                } else {
                    find(now);
                }
            }
            return;
        }
        if (!sent.isEmpty() && now - sent.peek().until() >= 0) {
            fault("the stimulator did not answer within " + replyNanos / 1_000_000 + " ms");
            return;
        }
        long ordered = orders.get();
        if (ordered != ordersObeyed) {
            ordersObeyed = ordered;
            abort(now);
        }
        if (sent.isEmpty()) {
            Request next = queue.peek();
            // What may begin something waits until it is certain that nothing flows.
            boolean mayBegin = next != null && (!settling || stuck || next.order() != orders.get());
            if (mayBegin) {
                begin(queue.remove(), now);
            } else if (now - nextStatus >= 0) {
                nextStatus = now + feedNanos;
                write(Request.of(Request.STATUS, Request.ALWAYS), now);
            }
        }
    }

    private void abort(long now) throws IOException {
        write(Request.of(Request.ABORT, Request.ALWAYS), now);
        if (!settling) {
            settle();
        }
    }

    private void begin(Request request, long now) throws IOException {
        if (request.order() != Request.ALWAYS && (request.order() != orders.get() || settling)) {
            request.answer()
                    .complete(new Answer.NotSent(settling ? "its output does not end" : "it was told to be safe"));
            return;
        }
        if (request.begins().isPresent()) {
            impedance = new ImpedanceWatch();
            last = Optional.empty();
            anew = false;
            lastAt = now;
            course = request.begins().get();
        }
        write(request, now);
    }

    private void write(Request request, long now) throws IOException {
        line.write(Lines.encoded(request.text()));
        sent.add(new Sent(request, now + replyNanos));
    }

    private void over(double mayHaveGoneOn, String reason) {
        Course ended = course;
        if (ended != null) {
            course = null;
            double unheard = mayHaveGoneOn == 0 && !anew ? 0 : (System.nanoTime() - lastAt) * 1e-9 + mayHaveGoneOn;
            listener.ended(ended, last, unheard, reason);
        }
    }
}
