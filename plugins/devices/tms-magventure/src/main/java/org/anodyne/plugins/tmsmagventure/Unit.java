package org.anodyne.plugins.tmsmagventure;

import java.io.ByteArrayOutputStream;
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
import org.anodyne.line.Line;

/**
 * A stimulator at the end of a line, and the one thread that owns the line. The thread carries out one request at a time and
 * asks for the state every 250 ms.
 *
 * <p>The stimulator has no watchdog of its own that is known of. What this thread can do in its place: it disables the
 * stimulator when that does not tell its state for a second, and when {@link #alive} was not called for as long as agreed.
 * When the thread or the whole process dies, nothing disables the stimulator.
 *
 * <p>Thread: any for all methods.
 */
final class Unit implements AutoCloseable {
    /** What the owner tells. Thread: the owner's. */
    interface Listener {
        /** It is no longer certain what the stimulator does, or it may not go on; it was told to be disabled. */
        void fault(String reason);

        /** The stimulator told its state. Returns what is wrong with it; empty when nothing is. */
        String state(State state);

        /**
         * It gave a pulse that no single fire command asked for. Returns what is wrong with that; empty when nothing is.
         *
         * @param enabled whether the adapter has enabled it
         */
        String pulse(boolean enabled);
    }

    private static final long POLL_NANOS = 250_000_000;
    private static final long SILENCE_NANOS = 1_000_000_000;
    private static final long IDLE_NANOS = 5_000_000;
    private static final long WAITING_NANOS = 200_000;
    private static final int QUEUE = 8;
    private static final int TRIES = 6;

    /** After this time it is told to be disabled once more, which can only switch off. */
    private static final long DISABLE_NANOS = 100_000_000;

    private static final Duration END = Duration.ofSeconds(2);

    private final Line line;
    private final long replyNanos;
    private final long heartbeatNanos;
    private final Listener listener;
    private final BlockingQueue<Request> queue = new ArrayBlockingQueue<>(QUEUE);
    private final AtomicLong orders = new AtomicLong();
    private final Thread owner;
    private volatile boolean closing;
    private volatile String lost = "";
    private volatile State state = State.NONE;
    private volatile long aliveAt = System.nanoTime();

    // The owner's own.
    private final PacketParser parser = new PacketParser();
    private final byte[] buffer = new byte[512];
    private long ordersObeyed;
    private Request pending;
    private long pendingUntil;
    private long lastPoll = System.nanoTime() - POLL_NANOS;
    private boolean unanswered;
    private long unansweredSince;
    private int disableTries;
    private boolean enableWanted;
    private boolean enableSeen;
    private boolean disabledAtEnd;

    Unit(Line line, Duration replyTimeout, Duration heartbeat, String threadName, Listener listener) {
        this.line = line;
        this.replyNanos = replyTimeout.toNanos();
        this.heartbeatNanos = heartbeat.toNanos();
        this.listener = listener;
        this.owner = new Thread(this::run, threadName);
        owner.setDaemon(true);
    }

    /** Begins to talk. */
    void start() {
        owner.start();
    }

    /** Why the line is gone; empty while it is there. */
    String lost() {
        return lost;
    }

    /** What was told last. */
    State state() {
        return state;
    }

    /** Number of safety orders so far; a request that bears an older one is not sent. */
    long orders() {
        return orders.get();
    }

    /** The session is alive; without this for as long as agreed an enabled stimulator is disabled. */
    void alive() {
        aliveAt = System.nanoTime();
    }

    /** Ends all output. Lock-free, returns at once. */
    void safe() {
        orders.incrementAndGet();
        LockSupport.unpark(owner);
    }

    /** Asks the stimulator and waits for what became of it. */
    Answer ask(Request request) throws InterruptedException {
        alive();
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
            return request.answer().get(2 * replyNanos + END.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // The owner is stuck in a write; all that can be done is to close the line.
            line.close();
            return new Answer.Fault("the line to the stimulator is blocked; " + Unit.BY_HAND);
        } finally {
            alive();
        }
    }

    /** What a person has to do when the stimulator cannot be reached. */
    static final String BY_HAND = "it has no watchdog: DISABLE IT BY HAND";

    /** Disables, closes the line, ends the thread. Idempotent. */
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
            while (lost.isEmpty() && !(closing && disabledAtEnd)) {
                receive();
                act(System.nanoTime());
                LockSupport.parkNanos(this, pending == null ? IDLE_NANOS : WAITING_NANOS);
            }
        } catch (IOException | RuntimeException e) {
            lose("the line to the stimulator is lost: " + e.getMessage() + "; " + BY_HAND);
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
        listener.fault(reason);
    }

    private void receive() throws IOException {
        for (int count = line.read(buffer); count > 0; count = line.read(buffer)) {
            for (int i = 0; i < count; i++) {
                Optional<PacketParser.Received> received = parser.next(buffer[i]);
                if (received.isPresent()) {
                    if (received.get() instanceof PacketParser.Received.Whole whole) {
                        handle(whole.packet(), System.nanoTime());
                    } else if (received.get() instanceof PacketParser.Received.Damaged damaged) {
                        fault("the stimulator sent " + damaged.reason());
                    }
                }
            }
        }
    }

    private void handle(Packet packet, long now) {
        State told = state.with(packet, now);
        boolean tells = told != state;
        state = told;
        unanswered &= !tells;
        if (pending != null && pending.shows().in(packet, told)) {
            Request done = pending;
            pending = null;
            if (done.kind() == Request.Kind.DISABLE) {
                disableTries = 0;
                disabledAtEnd = closing;
            }
            // Told of before the answer is given, so that nobody sees the one without the other.
            judge(packet, told, tells, done.kind() == Request.Kind.PULSE);
            done.answer().complete(new Answer.Done());
        } else {
            judge(packet, told, tells, false);
        }
    }

    private void judge(Packet packet, State told, boolean tells, boolean asked) {
        if (packet.type() == Packet.PULSE && !asked) {
            report(listener.pulse(enableWanted));
        }
        if (!tells) {
            return;
        }
        report(listener.state(told));
        if (enableWanted && told.enabled()) {
            enableSeen = true;
        } else if (enableWanted && enableSeen) {
            enableWanted = false;
            fault("the stimulator was disabled, by itself or at its panel");
        }
    }

    private void report(String problem) {
        if (!problem.isEmpty()) {
            fault(problem);
        }
    }

    /** Nothing is certain any more: whoever waits is told so, and the stimulator is disabled. */
    private void fault(String reason) {
        // First, so that whoever learns of the fault cannot get anything sent any more.
        orders.incrementAndGet();
        if (pending != null && pending.kind() != Request.Kind.DISABLE) {
            giveUp(reason);
        }
        listener.fault(reason);
    }

    private void giveUp(String reason) {
        pending.answer().complete(new Answer.Fault(reason));
        pending = null;
    }

    private void act(long now) throws IOException {
        if (pending != null && now - pendingUntil >= 0) {
            late(now);
        }
        if (enableWanted && now - aliveAt > heartbeatNanos) {
            enableWanted = false;
            fault("the session gave no sign of life for " + heartbeatNanos / 1_000_000 + " ms");
        }
        // Since the oldest question that it has not answered: a process that was kept from running has not asked.
        if (enableWanted && enableSeen && unanswered && now - unansweredSince > SILENCE_NANOS) {
            enableWanted = false;
            fault("the stimulator has not told its state for a second");
        }
        long ordered = orders.get();
        if (ordered != ordersObeyed) {
            obey(ordered, now);
        }
        if (pending != null) {
            return;
        }
        Request next = queue.poll();
        if (next != null) {
            begin(next, now);
        } else if (now - lastPoll >= POLL_NANOS) {
            lastPoll = now;
            if (!unanswered) {
                unanswered = true;
                unansweredSince = now;
            }
            line.write(Packet.longStatus().encoded());
        }
    }

    private void late(long now) throws IOException {
        parser.reset();
        String reason = "the stimulator was told to " + pending.what() + ", but did not show that it did within "
                + replyNanos / 1_000_000 + " ms";
        if (pending.kind() != Request.Kind.DISABLE) {
            fault(reason);
        } else if (disableTries < TRIES) {
            // Disabling may be repeated: it can only switch off.
            giveUp(reason);
            disable(now);
        } else {
            throw new IOException("it was told to be disabled " + TRIES + " times and does not show that it is");
        }
    }

    private void obey(long ordered, long now) throws IOException {
        ordersObeyed = ordered;
        if (pending != null && pending.kind() == Request.Kind.DISABLE) {
            return;
        }
        if (pending != null) {
            giveUp("it was told to be safe before the stimulator showed what it did");
        }
        disableTries = 0;
        disable(now);
    }

    private void disable(long now) throws IOException {
        disableTries++;
        begin(Request.disable(), now);
    }

    private void begin(Request request, long now) throws IOException {
        if (request.order() != Request.ALWAYS && request.order() != orders.get()) {
            request.answer().complete(new Answer.NotSent("it was told to be safe meanwhile"));
            return;
        }
        boolean fires = request.kind() == Request.Kind.PULSE || request.kind() == Request.Kind.TRAIN;
        if (fires && !(state.enabled() && now - state.atNanos() < SILENCE_NANOS)) {
            request.answer().complete(new Answer.NotSent("the stimulator does not show that it is enabled"));
            return;
        }
        if (request.kind() == Request.Kind.DISABLE || request.kind() == Request.Kind.ENABLE) {
            enableWanted = request.kind() == Request.Kind.ENABLE;
            enableSeen = false;
        }
        pending = request;
        boolean off = request.kind() == Request.Kind.DISABLE;
        pendingUntil = now + (off ? Math.min(replyNanos, DISABLE_NANOS) : replyNanos);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        request.packets().forEach(packet -> bytes.writeBytes(packet.encoded()));
        line.write(bytes.toByteArray());
    }

    private void refuseAll(String reason) {
        for (Request left = queue.poll(); left != null; left = queue.poll()) {
            left.answer().complete(new Answer.NotSent(reason));
        }
    }
}
