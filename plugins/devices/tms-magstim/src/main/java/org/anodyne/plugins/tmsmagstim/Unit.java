package org.anodyne.plugins.tmsmagstim;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.anodyne.line.Line;

/**
 * A stimulator at the end of a line, and the one thread that owns the line. The thread carries out one request at a time
 * and, once {@link #keepAlive} was called, asks for the state every 500 ms, whatever the rest of the program does. When the
 * thread or the whole process stalls, nothing is asked and an armed stimulator disarms itself after 1 s.
 *
 * <p>Thread: any for all methods.
 */
final class Unit implements AutoCloseable {
    /** What the owner tells. Thread: the owner's. */
    interface Listener {
        /** It is no longer certain what the stimulator does, or it may not go on; it was told to disarm. */
        void fault(String reason);

        /** The stimulator was asked for its state. */
        void condition(Condition condition);
    }

    private static final long POLL_NANOS = 500_000_000;
    /** A state that is older says nothing about whether it is ready. */
    private static final long FRESH_NANOS = 2 * POLL_NANOS;

    private static final long FAST_POLL_NANOS = 100_000_000;

    /** Nothing else is sent so long before and after a fire command. */
    private static final long QUIET_NANOS = 50_000_000;

    private static final long IDLE_NANOS = 5_000_000;
    private static final long WAITING_NANOS = 200_000;
    private static final int QUEUE = 8;
    private static final int TRIES = 6;

    /** After this time it is told to disarm once more, which can only switch off. */
    private static final long DISARM_NANOS = 120_000_000;

    private static final Duration END = Duration.ofSeconds(2);
    private static final long SELF_DISARM_NANOS = 58_000_000_000L;

    private final Line line;
    private final long replyNanos;
    private final double maximumCelsius;
    private final Listener listener;
    private final BlockingQueue<Request> queue = new ArrayBlockingQueue<>(QUEUE);
    private final AtomicLong orders = new AtomicLong();
    private final Thread owner;
    private final Object news = new Object();
    private volatile boolean closing;
    private volatile String lost = "";
    private volatile String poke = "";
    private volatile Condition condition = Condition.NONE;
    private volatile Lengths lengths;

    // The owner's own.
    private final ReplyParser parser;
    private final byte[] buffer = new byte[256];
    private final int[] givenUp = new int[256];
    private long ordersObeyed;
    private Request pending;
    private long pendingUntil;
    private int pollRefusals;
    private Request poll;
    private int polls;
    private long lastPoll = System.nanoTime() - POLL_NANOS;
    private Request askedFor;
    private long lastReply = lastPoll;
    private long lastUse;
    private int disarmTries;
    private int offChecks;
    private boolean armWanted;
    private boolean armSeen;
    private boolean released;
    private String problem = "";

    Unit(
            Line line,
            Lengths lengths,
            Duration replyTimeout,
            double maximumCelsius,
            String threadName,
            Listener listener) {
        this.line = line;
        this.lengths = lengths;
        this.parser = new ReplyParser(lengths);
        this.replyNanos = replyTimeout.toNanos();
        this.maximumCelsius = maximumCelsius;
        this.listener = listener;
        this.owner = new Thread(this::run, threadName);
        owner.setDaemon(true);
    }

    /** Begins to talk. */
    void start() {
        owner.start();
    }

    /** The software is known now. To be called while nothing is asked. */
    void lengths(Lengths known) {
        lengths = known;
    }

    /** Asks for the state every 500 ms from now on, with this command and with {@code F} in turns. */
    void keepAlive(String with) {
        poke = with;
    }

    /** Why the line is gone; empty while it is there. */
    String lost() {
        return lost;
    }

    /** What was told last. */
    Condition condition() {
        return condition;
    }

    /** Number of safety orders so far; a request that bears an older one is not sent. */
    long orders() {
        return orders.get();
    }

    /** Ends all output. Lock-free, returns at once. */
    void safe() {
        orders.incrementAndGet();
        LockSupport.unpark(owner);
    }

    /** Waits until the state is as wanted; false when it is not by then, or when there was a safety order since. */
    boolean await(Predicate<Condition> wanted, long order, long untilNanos) throws InterruptedException {
        synchronized (news) {
            while (!wanted.test(condition)) {
                long left = untilNanos - System.nanoTime();
                if (left <= 0 || orders.get() != order || !lost.isEmpty()) {
                    return false;
                }
                news.wait(Math.min(left / 1_000_000 + 1, 50));
            }
            return true;
        }
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
        long patience = 2 * replyNanos + END.toNanos() + Math.max(0, request.notBefore() - System.nanoTime());
        try {
            return request.answer().get(patience, TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // The owner is stuck in a write: the line is closed, the stimulator disarms itself without its keep-alive.
            line.close();
            return new Answer.Fault("the line to the stimulator is blocked");
        }
    }

    /** Disarms, gives remote control back, closes the line, ends the thread. Idempotent. */
    @Override
    public void close() {
        closing = true;
        safe();
        boolean interrupted = false;
        try {
            owner.join(2 * TimeUnit.NANOSECONDS.toMillis(replyNanos) + END.toMillis());
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
            while (lost.isEmpty() && !(closing && released && pending == null)) {
                receive();
                act(System.nanoTime());
                LockSupport.parkNanos(this, pending == null ? IDLE_NANOS : WAITING_NANOS);
            }
        } catch (IOException | RuntimeException e) {
            lose("the line to the stimulator is lost: " + e.getMessage());
        } finally {
            line.close();
            if (lost.isEmpty()) {
                lost = "the adapter is closed";
            }
            refuseAll(lost);
        }
    }

    private void lose(String reason) {
        lost = reason;
        orders.incrementAndGet();
        if (pending != null) {
            pending.answer().complete(new Answer.Fault(reason));
            pending = null;
        }
        if (!closing) {
            listener.fault(reason + "; without its keep-alive an armed stimulator disarms itself within 1 s");
        }
    }

    private void receive() throws IOException {
        for (int count = line.read(buffer); count > 0; count = line.read(buffer)) {
            parser.lengths(lengths);
            for (int i = 0; i < count; i++) {
                Optional<ReplyParser.Received> received = parser.next(buffer[i]);
                if (received.isPresent()) {
                    handle(received.get());
                }
            }
        }
    }

    private void handle(ReplyParser.Received received) throws IOException {
        long now = System.nanoTime();
        lastReply = now;
        if (received instanceof ReplyParser.Received.Damaged damaged) {
            fault("the stimulator sent " + damaged.reason());
        } else if (received instanceof ReplyParser.Received.Unknown) {
            if (pending == null) {
                fault("the stimulator says that it does not know a command, but none was sent");
            } else {
                refused("the stimulator does not know command '" + pending.text() + "'");
            }
        } else if (received instanceof ReplyParser.Received.Refused no) {
            if (expected(no.command())) {
                refused("the stimulator refuses '" + pending.text() + "': "
                        + (no.state() ? "it conflicts with its present state" : "bad data"));
            }
        } else if (received instanceof ReplyParser.Received.Whole whole
                && expected(whole.reply().command())) {
            Request done = pending;
            pending = null;
            if (done.is(Request.DISARM)) {
                disarmTries = 0;
                offChecks = TRIES;
            }
            if (done == poll) {
                pollRefusals = 0;
            }
            if (whole.reply().tellsStatus()) {
                judge(whole.reply(), now);
            }
            done.answer().complete(new Answer.Given(whole.reply()));
        }
    }

    /** Whether a reply to this command is due; one to a request that was given up means nothing. */
    private boolean expected(int command) {
        if (pending != null && pending.command() == command) {
            return true;
        }
        if (givenUp[command] > 0) {
            givenUp[command]--;
        } else {
            fault("the stimulator answered to '" + (char) command + "', which nobody had sent");
        }
        return false;
    }

    private void refused(String reason) throws IOException {
        Request done = pending;
        pending = null;
        done.answer().complete(new Answer.Refused(reason));
        if (done == poll) {
            // Disarmed first: to hang up would leave it armed until its keep-alive runs out.
            if (++pollRefusals == TRIES) {
                throw new IOException("it does not tell its state: " + reason);
            }
            fault("the stimulator does not tell its state: " + reason);
            return;
        }
        if (done.is(Request.FIRE)) {
            // It had said that it is ready: what it is and what is known of it have come apart.
            fault("the stimulator did not fire: " + reason);
        } else if (done.is(Request.DISARM) && disarmTries < TRIES) {
            // Disarming may be repeated: it can only switch off.
            disarm(System.nanoTime());
        } else if (done.is(Request.DISARM)) {
            // Not under remote control it can be neither armed nor disarmed; the polls that follow tell.
            disarmTries = 0;
            offChecks = TRIES;
            listener.fault(reason);
        }
    }

    /** Looks at a state that was told. */
    private void judge(Reply reply, long now) {
        Condition told = condition.with(reply, now);
        condition = told;
        synchronized (news) {
            news.notifyAll();
        }
        if (!poke.isEmpty()) {
            String found = told.problem(maximumCelsius);
            boolean isNew = !found.isEmpty() && problem.isEmpty();
            problem = found;
            if (isNew) {
                fault("the stimulator may not go on: " + found);
            }
        }
        boolean armed = told.status().armed();
        if (armWanted && armed) {
            armSeen = true;
        } else if (armWanted && armSeen) {
            armWanted = false;
            fault(
                    now - lastUse >= SELF_DISARM_NANOS
                            ? "the stimulator disarmed itself, as it does after a minute without a pulse"
                            : "the stimulator disarmed itself");
        } else if (!armWanted && offChecks > 0 && (armed || told.trainRunning())) {
            if (--offChecks == 0) {
                listener.fault("the stimulator is still armed after it was told to disarm; SWITCH IT OFF BY HAND");
            }
        } else if (!armWanted) {
            offChecks = 0;
        }
        listener.condition(told);
    }

    /** Nothing is certain any more: whoever waits is told so, and the stimulator is told to disarm. */
    private void fault(String reason) {
        // First, so that whoever learns of the fault cannot get anything sent any more.
        orders.incrementAndGet();
        if (pending != null && !pending.is(Request.DISARM)) {
            giveUp(reason);
        }
        listener.fault(reason);
    }

    private void giveUp(String reason) {
        givenUp[pending.command()]++;
        pending.answer().complete(new Answer.Fault(reason));
        pending = null;
    }

    private void act(long now) throws IOException {
        if (pending != null && now - pendingUntil >= 0) {
            late(now);
        }
        long ordered = orders.get();
        if (ordered != ordersObeyed) {
            obey(ordered, now);
        }
        if (pending != null) {
            return;
        }
        Request next = queue.peek();
        boolean fire = next != null && next.is(Request.FIRE);
        if (fire && next.order() == orders.get() && now - earliest(next) < 0) {
            next = null;
        }
        if (next != null && fire && next != askedFor && !poke.isEmpty() && now - condition.atNanos() >= FRESH_NANOS) {
            // What it told last is old, since this process was kept from running: it is asked once before it fires.
            askedFor = next;
            lastPoll = now;
            poll = Request.asking(poke);
            begin(poll, now);
        } else if (next != null) {
            queue.remove();
            begin(next, now);
        } else if (closing && !released) {
            // Only once everything was switched off and said.
            released = true;
            begin(Request.asking("R@"), now);
        } else if (pollDue(now)) {
            lastPoll = now;
            poll = Request.asking(polls++ % 2 == 1 ? "F@" : poke);
            begin(poll, now);
        }
    }

    private long earliest(Request fire) {
        return Math.max(fire.notBefore(), lastReply + QUIET_NANOS);
    }

    private boolean pollDue(long now) {
        if (poke.isEmpty() || closing) {
            return false;
        }
        Request next = queue.peek();
        boolean fireSoon = next != null && next.is(Request.FIRE) && earliest(next) - now <= 2 * QUIET_NANOS;
        if (now - lastReply < QUIET_NANOS || fireSoon) {
            return false;
        }
        boolean changing = armWanted && !condition.status().ready() || offChecks > 0 || condition.trainRunning();
        return now - lastPoll >= (changing ? FAST_POLL_NANOS : POLL_NANOS);
    }

    private void late(long now) throws IOException {
        parser.reset();
        String reason =
                "the stimulator did not answer to '" + pending.text() + "' within " + replyNanos / 1_000_000 + " ms";
        if (!pending.is(Request.DISARM)) {
            fault(reason);
        } else if (disarmTries < TRIES) {
            // Disarming may be repeated: it can only switch off.
            giveUp(reason);
            disarm(now);
        } else {
            throw new IOException("it does not answer to disarming");
        }
    }

    private void obey(long ordered, long now) throws IOException {
        ordersObeyed = ordered;
        if (pending != null && pending.is(Request.DISARM)) {
            return;
        }
        if (pending != null) {
            giveUp("it was told to be safe before the stimulator answered");
        }
        disarmTries = 0;
        disarm(now);
    }

    private void disarm(long now) throws IOException {
        disarmTries++;
        begin(Request.asking(Request.DISARM), now);
    }

    private void begin(Request request, long now) throws IOException {
        if (request.order() != Request.ALWAYS && request.order() != orders.get()) {
            request.answer().complete(new Answer.NotSent("it was told to be safe meanwhile"));
            return;
        }
        boolean known = now - condition.atNanos() < FRESH_NANOS;
        if (request.is(Request.FIRE) && !(known && condition.status().ready())) {
            request.answer()
                    .complete(new Answer.NotSent(
                            known
                                    ? "the stimulator is not ready (" + condition.status() + ")"
                                    : "the stimulator has not told its state for a second"));
            return;
        }
        if (request.is(Request.DISARM)) {
            armWanted = false;
            armSeen = false;
        } else if (request.is(Request.ARM)) {
            armWanted = true;
            armSeen = false;
            lastUse = now;
        } else if (request.is(Request.FIRE)) {
            lastUse = now;
            condition = condition.fired();
        }
        pending = request;
        pendingUntil = now + (request.is(Request.DISARM) ? Math.min(replyNanos, DISARM_NANOS) : replyNanos);
        line.write(Frame.of(request.text()));
    }

    private void refuseAll(String reason) {
        for (Request left = queue.poll(); left != null; left = queue.poll()) {
            left.answer().complete(new Answer.NotSent(reason));
        }
    }
}
