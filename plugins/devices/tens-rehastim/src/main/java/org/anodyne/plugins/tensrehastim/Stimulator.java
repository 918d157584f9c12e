package org.anodyne.plugins.tensrehastim;

import java.io.IOException;
import java.time.Duration;
import java.util.BitSet;
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
 * A stimulator at the end of a line, and the one thread that owns the line. The thread answers Init, sends the watchdog
 * packet every 500 ms, carries out one request at a time and ends each burst at its time by itself, whatever the rest of
 * the program does. When the thread or the whole process stalls, packets stay away and the stimulator switches itself off
 * after 1200 ms.
 *
 * <p>Thread: any for all methods.
 */
final class Stimulator implements AutoCloseable {
    /** What the owner tells. Thread: the owner's. */
    interface Listener {
        /** The stimulator accepted the session. */
        void initialised();

        /** It is no longer certain what the stimulator does; it was told to stop. */
        void fault(String reason);

        /** A burst is over. */
        void burstEnded(Request.Burst burst, double seconds, String reason);
    }

    private static final long WATCHDOG_NANOS = 500_000_000;
    private static final long IDLE_NANOS = 5_000_000;
    private static final long WAITING_NANOS = 200_000;
    private static final int QUEUE = 8;
    private static final int MODE_STARTED = 2;
    private static final int STOP_TRIES = 3;
    private static final int NONE = -1;

    private static final Duration END = Duration.ofSeconds(2);

    private final Line line;
    private final long replyNanos;
    private final Listener listener;
    private final BlockingQueue<Request> queue = new ArrayBlockingQueue<>(QUEUE);
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final AtomicLong orders = new AtomicLong();
    private final Thread owner;
    private volatile boolean closing;
    private volatile String lost = "";
    private volatile Request.Burst burst;
    private volatile Request.Burst toEnd;

    // The owner's own.
    private final PacketParser parser = new PacketParser();
    private final byte[] buffer = new byte[512];
    private boolean initialised;
    private int initNumber = NONE;

    /** Whether it has answered anything in this session. */
    private boolean answered;

    private int number;
    private long lastSent;
    private long ordersObeyed;
    private Request pending;
    private int pendingNumber;
    private long pendingUntil;
    private int stopTries;
    private Request modeAfterRefusal;
    private long burstBegan;

    /** Numbers of requests that were given up: their answers may still come and mean nothing. */
    private final BitSet givenUp = new BitSet(256);

    Stimulator(Line line, Duration replyTimeout, String threadName, Listener listener) {
        this.line = line;
        this.replyNanos = replyTimeout.toNanos();
        this.listener = listener;
        this.owner = new Thread(this::run, threadName);
        owner.setDaemon(true);
    }

    /** Begins to talk. */
    void start() {
        owner.start();
    }

    /** Waits until the stimulator has accepted the session; false when it did not in this time. */
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

    /** The burst under way, or null. */
    Request.Burst burst() {
        return burst;
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

    /** Ends this burst now, if it is still under way. */
    void end(Request.Burst over) {
        toEnd = over;
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
            return request.answer().get(2 * replyNanos + END.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // The owner is stuck in a write: the line is closed, the watchdog of the stimulator does the rest.
            line.close();
            return new Answer.Fault("the line to the stimulator is blocked");
        }
    }

    /** Ends output, closes the line, ends the thread. Idempotent. */
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
            while (lost.isEmpty() && !(closing && pending == null && ordersObeyed == orders.get())) {
                receive();
                act(System.nanoTime());
                LockSupport.parkNanos(this, pending == null ? pause() : WAITING_NANOS);
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

    private long pause() {
        Request.Burst now = burst;
        long untilEnd = now == null ? IDLE_NANOS : burstBegan + now.dose().stopAfterNanos() - System.nanoTime();
        return Math.max(1, Math.min(IDLE_NANOS, untilEnd));
    }

    private void lose(String reason) {
        lost = reason;
        orders.incrementAndGet();
        if (pending != null) {
            pending.answer().complete(new Answer.Fault(reason));
            pending = null;
        }
        over(reason);
        if (!closing) {
            listener.fault(reason);
        }
    }

    private void receive() throws IOException {
        for (int count = line.read(buffer); count > 0; count = line.read(buffer)) {
            for (int i = 0; i < count; i++) {
                Optional<PacketParser.Received> received = parser.next(buffer[i]);
                if (received.isPresent()) {
                    if (received.get() instanceof PacketParser.Received.Whole whole) {
                        handle(whole.packet());
                    } else if (received.get() instanceof PacketParser.Received.Damaged damaged && initialised) {
                        fault("the stimulator sent " + damaged.reason());
                    }
                }
            }
        }
    }

    private void handle(Packet packet) throws IOException {
        if (packet.command() == Packet.INIT) {
            begun(packet);
        } else if (packet.command() == Packet.STIMULATION_ERROR && packet.data().length == 1) {
            over("stimulation error");
            fault("the stimulator reports: " + Results.stimulationError(packet.result()));
        } else if (pending != null && answers(packet)) {
            Request done = pending;
            pending = null;
            answered = true;
            if (done.burst().isPresent() && packet.result() != 0) {
                burst = null;
                done.answer().complete(new Answer.Reply(packet));
                if (done.replaces().isPresent()) {
                    // What was to be replaced goes on as it was, and nobody counts its time any more.
                    fault("the stimulator refused to replace the burst under way");
                }
            }
            done.answer().complete(new Answer.Reply(packet));
            if (done.command() == Packet.STOP && packet.result() != 0) {
                // Not carried out, or there was nothing to stop: its mode says which.
                modeAfterRefusal = Request.mode();
            } else if (done == modeAfterRefusal) {
                modeAfterRefusal = null;
                afterRefusal(packet);
            }
        } else if (givenUp.get(packet.number())) {
            givenUp.clear(packet.number());
        } else if (initialised) {
            fault("the stimulator sent an unexpected " + packet);
        }
    }

    /** What became of a Stop that the stimulator refused; it is repeated unless it is certain that nothing flows. */
    private void afterRefusal(Packet mode) throws IOException {
        boolean stopped = mode.data().length == 2 && mode.result() == 0 && mode.at(1) != MODE_STARTED;
        if (!stopped && stopTries == STOP_TRIES) {
            throw new IOException("it refuses Stop; its own watchdog ends the output");
        }
        if (!stopped) {
            listener.fault("the stimulator refuses to stop");
            stop(System.nanoTime());
        }
    }

    /** The stimulator offers a session: at the beginning, or because it lost the one that there was. */
    private void begun(Packet init) throws IOException {
        boolean supported = init.data().length == 1 && init.at(0) == 1;
        // The same Init twice, with nothing between, was on its way while the first was answered.
        boolean again = initialised && (answered || init.number() != initNumber);
        boolean first = !initialised;
        send(Packet.of(init.number(), Packet.INIT_ACK, supported ? 0 : -5));
        initialised = supported;
        if (again) {
            over("the stimulator began anew");
            fault("the stimulator began anew by itself");
        }
        if (supported && (first || again)) {
            initNumber = init.number();
            answered = false;
            ready.complete(null);
            listener.initialised();
        }
    }

    private boolean answers(Packet packet) {
        boolean unknown = packet.command() == Packet.UNKNOWN_COMMAND
                && packet.data().length == 1
                && packet.at(0) == pending.command();
        boolean due = packet.command() == pending.reply() && packet.data().length == pending.replyLength();
        return packet.number() == pendingNumber && (due || unknown);
    }

    /** Nothing is certain any more: whoever waits is told so, and the stimulator is told to stop. */
    private void fault(String reason) {
        // First, so that whoever learns of the fault cannot get anything sent any more.
        orders.incrementAndGet();
        if (pending != null && pending.command() != Packet.STOP) {
            giveUp(reason);
        }
        listener.fault(reason);
    }

    private void giveUp(String reason) {
        givenUp.set(pendingNumber);
        pending.answer().complete(new Answer.Fault(reason));
        pending = null;
    }

    private void act(long now) throws IOException {
        if (pending != null && now - pendingUntil >= 0) {
            parser.reset();
            modeAfterRefusal = null;
            String reason = "the stimulator did not answer within " + replyNanos / 1_000_000 + " ms";
            if (pending.command() != Packet.STOP) {
                fault(reason);
            } else if (stopTries < STOP_TRIES) {
                // Stop may be repeated: it can only switch off.
                giveUp(reason);
                stop(now);
            } else {
                throw new IOException("it does not answer to Stop; its own watchdog ends the output");
            }
        }
        if (!initialised) {
            ordersObeyed = orders.get();
            refuseAll("the stimulator has not accepted the session");
            return;
        }
        long ordered = orders.get();
        if (ordered != ordersObeyed) {
            obey(ordered, now);
        }
        if (pending == null && modeAfterRefusal != null) {
            begin(modeAfterRefusal, now);
        }
        Request.Burst running = burst;
        if (pending == null && running != null) {
            boolean due = now - burstBegan >= running.dose().stopAfterNanos();
            if (due || toEnd == running) {
                // What toEnd asks for early happens when session time runs faster than the clock.
                over(due ? "complete" : "ended by session time");
                stopTries = 0;
                stop(now);
            }
        }
        if (pending == null) {
            Request next = queue.poll();
            if (next != null) {
                begin(next, now);
            } else if (now - lastSent >= WATCHDOG_NANOS) {
                send(Packet.of(nextNumber(), Packet.WATCHDOG));
            }
        }
    }

    private void obey(long ordered, long now) throws IOException {
        ordersObeyed = ordered;
        if (pending != null && pending.command() == Packet.STOP) {
            return;
        }
        if (pending != null) {
            giveUp("it was told to be safe before the stimulator answered");
        }
        over("safe state");
        stopTries = 0;
        stop(now);
    }

    private void stop(long now) throws IOException {
        stopTries++;
        Request stop = Request.stop();
        stop.answer().thenAccept(answer -> {
            if (answer instanceof Answer.Reply reply && reply.packet().result() == 0) {
                queue.offer(checkStopped());
            }
        });
        begin(stop, now);
    }

    /** After Stop the stimulator is asked whether it did. */
    private Request checkStopped() {
        Request mode = Request.mode();
        mode.answer().thenAccept(answer -> {
            if (answer instanceof Answer.Reply reply
                    && reply.packet().data().length == 2
                    && reply.packet().at(1) == MODE_STARTED
                    && burst == null) {
                listener.fault("the stimulator still stimulates after Stop; SWITCH IT OFF BY HAND");
            }
        });
        return mode;
    }

    private void begin(Request request, long now) throws IOException {
        if (request.order() != Request.ALWAYS && request.order() != orders.get()) {
            request.answer().complete(new Answer.NotSent("it was told to be safe meanwhile"));
            return;
        }
        if (request.replaces().isPresent() && request.replaces().get() != burst) {
            request.answer().complete(new Answer.NotSent("the burst whose place it was to take has just ended"));
            return;
        }
        pending = request;
        pendingNumber = nextNumber();
        pendingUntil = now + replyNanos;
        if (request.burst().isPresent()) {
            request.replaces().ifPresent(running -> over("replaced"));
            burstBegan = now;
            burst = request.burst().get();
        }
        send(Packet.of(pendingNumber, request.command(), request.data()));
    }

    private void over(String reason) {
        Request.Burst ended = burst;
        if (ended != null) {
            burst = null;
            listener.burstEnded(ended, (System.nanoTime() - burstBegan) * 1e-9, reason);
        }
    }

    private void refuseAll(String reason) {
        for (Request left = queue.poll(); left != null; left = queue.poll()) {
            left.answer().complete(new Answer.NotSent(reason));
        }
    }

    private int nextNumber() {
        number = number + 1 & 0xFF;
        givenUp.clear(number);
        return number;
    }

    private void send(Packet packet) throws IOException {
        line.write(packet.encoded());
        lastSent = System.nanoTime();
    }
}
