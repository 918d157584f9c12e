package org.anodyne.plugins.thermodetcs2;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
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
 * A thermode at the end of a line, and the one thread that owns the line. The thread reads the temperatures every 50 ms
 * during a stimulus and compares them with what was asked for. The device has no watchdog: when this thread or the whole
 * process dies, a stimulus ends by its own duration, which was sent before its start.
 *
 * <p>Thread: any for all methods.
 */
final class Thermode implements AutoCloseable {
    /** What the owner tells. Thread: the owner's. */
    interface Listener {
        /** It is no longer certain what the thermode does; it was told to abort. */
        void fault(String reason);

        /** A stimulus is over. */
        void ended(Heat heat, double seconds, double hottest, String reason);
    }

    /** Twice: the first one may be taken for the end of a command that lost a digit. */
    private static final String ABORT = "AA";

    private static final long IDLE_NANOS = 5_000_000;
    private static final long WAITING_NANOS = 500_000;
    private static final long BUSY_POLL_NANOS = 50_000_000;
    private static final long IDLE_POLL_NANOS = 250_000_000;
    private static final long ERRORS_NANOS = 1_000_000_000;
    private static final long COOL_NANOS = 2_000_000_000;
    private static final double PAINFUL = 42;
    private static final double GREATEST_NEUTRAL = 40;
    private static final double NEAR = 1.5;
    private static final int QUEUE = 8;
    private static final int TRIES = 3;
    private static final Duration END = Duration.ofSeconds(2);

    private final Line line;
    private final long replyNanos;
    private final double neutral;
    private final Listener listener;
    private final BlockingQueue<Request> queue = new ArrayBlockingQueue<>(QUEUE);
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final AtomicLong orders = new AtomicLong();
    private final Thread owner;
    private volatile boolean closing;
    private volatile String lost = "";
    private volatile Heat heat;
    private volatile String reported = "";

    // The owner's own.
    private final byte[] buffer = new byte[256];
    private final StringBuilder reply = new StringBuilder();
    private Request pending;
    private long pendingUntil;
    private long ordersObeyed;
    private boolean finding;
    private int namesDue;
    private boolean named;
    private long findAt;
    private int tries;
    private long nextPoll;
    private long nextErrors;
    private Request beginning;
    private Watch watch;
    private long began;
    private boolean cooling;
    private boolean stuck;
    private long coolBy;

    Thermode(Line line, Duration replyTimeout, double neutral, String threadName, Listener listener) {
        this.line = line;
        this.replyNanos = replyTimeout.toNanos();
        this.neutral = neutral;
        this.listener = listener;
        this.owner = new Thread(this::run, threadName);
        owner.setDaemon(true);
    }

    /** Begins to talk. */
    void start() {
        owner.start();
    }

    /** Waits until a thermode has said its name; false when none did in this time. */
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

    /** The stimulus under way, or null. */
    Heat heat() {
        return heat;
    }

    /** Number of safety orders so far; a request that bears an older one is not sent. */
    long orders() {
        return orders.get();
    }

    /** The last error that the thermode reported; empty when there was none since {@link #errorSeen}. */
    String reportedError() {
        return reported;
    }

    /** Somebody knows of the error. */
    void errorSeen() {
        reported = "";
    }

    /** Aborts. Lock-free, returns at once. */
    void safe() {
        orders.incrementAndGet();
        LockSupport.unpark(owner);
    }

    /** Tells or asks the thermode and waits for what became of it. */
    Answer ask(Request request) throws InterruptedException {
        if (closing || !lost.isEmpty()) {
            return new Answer.NotSent(closing ? "the adapter is closed" : lost);
        }
        if (!queue.offer(request)) {
            return new Answer.NotSent("too many requests wait for the thermode");
        }
        if (!lost.isEmpty()) {
            // The owner may have ended before it saw the request.
            request.answer().complete(new Answer.NotSent(lost));
        }
        LockSupport.unpark(owner);
        double toBegin = request.begins().map(h -> 2 + 1 / h.rise()).orElse(0.0);
        try {
            return request.answer()
                    .get(TRIES * replyNanos + 2 * END.toNanos() + (long) (toBegin * 1e9), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // The owner is stuck in a write: the line is closed; the duration ends what goes on.
            line.close();
            return new Answer.Fault("the line to the thermode is blocked");
        }
    }

    /** Aborts, closes the line, ends the thread. Idempotent. */
    @Override
    public void close() {
        closing = true;
        safe();
        boolean interrupted = false;
        try {
            owner.join(TRIES * TimeUnit.NANOSECONDS.toMillis(replyNanos) + 2 * END.toMillis());
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
                LockSupport.parkNanos(this, pending == null ? IDLE_NANOS : WAITING_NANOS);
            }
        } catch (IOException | RuntimeException e) {
            lose("the line to the thermode is lost: " + e.getMessage());
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
        return ordersObeyed == orders.get() && !cooling && pending == null;
    }

    private void lose(String reason) {
        lost = reason;
        orders.incrementAndGet();
        giveUp(reason);
        boolean heating = heat != null;
        over(reason);
        if (!closing) {
            listener.fault(reason + (heating ? "; it has no watchdog and goes on for its duration: TAKE IT OFF" : ""));
        }
    }

    private void receive() throws IOException {
        for (int count = line.read(buffer); count > 0; count = line.read(buffer)) {
            for (int i = 0; i < count; i++) {
                take(buffer[i]);
            }
        }
    }

    private void take(byte value) throws IOException {
        if (finding) {
            findName(value);
            return;
        }
        if (Reply.isLineEnd(value) && reply.isEmpty()) {
            return;
        }
        if (pending == null) {
            fault("the thermode sent something unasked");
            return;
        }
        Reply expected = pending.reply().orElseThrow();
        if (!expected.fits(reply.length(), value)) {
            fault("the thermode's answer to " + pending.text() + " is damaged");
            return;
        }
        reply.append((char) value);
        if (reply.length() == expected.length()) {
            String text = reply.toString();
            Request done = pending;
            pending = null;
            reply.setLength(0);
            answered(expected, text);
            done.answer().complete(new Answer.Reply(text));
        }
    }

    private void answered(Reply kind, String text) throws IOException {
        if (kind == Reply.ERRORS && !text.equals("000000")) {
            // Before the fault's order: who arms after it must find the error, which the device itself may not tell
            // again.
            reported = "the thermode reports error " + text;
            fault(reported);
        } else if (kind == Reply.TEMPERATURES) {
            Optional<double[]> areas = Reply.temperatures(text);
            if (areas.isEmpty()) {
                fault("the thermode's temperatures " + text + " cannot be");
            } else {
                judge(areas.get(), Reply.neutral(text), System.nanoTime());
            }
        }
    }

    private void judge(double[] areas, double deviceNeutral, long now) throws IOException {
        double hottest = Arrays.stream(areas).max().orElseThrow();
        if (cooling) {
            cooled(hottest, Math.max(neutral, Math.min(deviceNeutral, GREATEST_NEUTRAL)), now);
            return;
        }
        Heat running = heat;
        if (running == null) {
            if (hottest > PAINFUL) {
                fault("the thermode is hot although nothing was asked for");
            }
            return;
        }
        double seconds = (now - began) * 1e-9;
        switch (watch.judge(areas, seconds)) {
            case WAITING, GOOD -> {
                // As it should be.
            }
            case BEGUN -> {
                Request begun = beginning;
                if (begun != null) {
                    beginning = null;
                    begun.answer().complete(new Answer.Reply(""));
                }
            }
            case OVER -> over(seconds >= running.seconds() ? "complete" : "ended early: by the button or the device");
            case COLD -> fault("the thermode does not get warm");
            case TOO_HOT -> fault("the thermode is hotter than it was told: " + hottest + " degC");
            case TOO_LONG -> fault("the thermode is hot for longer than it was told");
        }
    }

    /** After an abort: until it is near neutral. */
    private void cooled(double hottest, double restsAt, long now) throws IOException {
        if (hottest <= restsAt + NEAR) {
            cooling = false;
            stuck = false;
            over("safe state");
        } else if (now - coolBy >= 0) {
            coolBy = now + COOL_NANOS;
            stuck = true;
            listener.fault("the thermode does not cool down: TAKE IT OFF THE SKIN BY HAND");
            abort();
        }
    }

    /** Nothing is certain any more: whoever waits is told so, and the thermode is told to abort. */
    private void fault(String reason) throws IOException {
        // First, so that whoever learns of the fault cannot get anything sent any more.
        ordersObeyed = orders.incrementAndGet();
        giveUp(reason);
        find(System.nanoTime());
        listener.fault(reason);
    }

    private void giveUp(String reason) {
        if (pending != null) {
            pending.answer().complete(new Answer.Fault(reason));
            pending = null;
        }
        if (beginning != null) {
            beginning.answer().complete(new Answer.Fault(reason));
            beginning = null;
        }
        reply.setLength(0);
    }

    /**
     * Aborts and asks for the name; what was still on its way is read away until it has come as often as it was asked for. One
     * that came later would be taken for something unasked.
     */
    private void find(long now) throws IOException {
        if (tries == TRIES) {
            throw new IOException("it does not answer");
        }
        tries++;
        namesDue++;
        named = false;
        finding = true;
        findAt = now + 2 * replyNanos;
        reply.setLength(0);
        abort();
        write(Reply.NAME.command());
    }

    private void findName(byte value) {
        if (!Reply.NAME.fits(reply.length(), value)) {
            reply.setLength(0);
        }
        if (Reply.NAME.fits(reply.length(), value)) {
            reply.append((char) value);
        }
        if (reply.length() == Reply.NAME.length()) {
            reply.setLength(0);
            namesDue--;
            named = true;
            if (namesDue <= 0) {
                found();
            }
        }
    }

    private void found() {
        finding = false;
        namesDue = 0;
        tries = 0;
        nextPoll = System.nanoTime();
        ready.complete(null);
    }

    private void act(long now) throws IOException {
        if (finding) {
            if (orders.get() != ordersObeyed) {
                ordersObeyed = orders.get();
                abort();
            }
            if (now - findAt >= 0 && named) {
                // The other questions, or their answers, got lost.
                found();
            } else if (now - findAt >= 0) {
                find(now);
            }
            return;
        }
        if (pending != null && now - pendingUntil >= 0) {
            fault("the thermode did not answer within " + replyNanos / 1_000_000 + " ms");
            return;
        }
        long ordered = orders.get();
        if (ordered != ordersObeyed) {
            ordersObeyed = ordered;
            if (beginning != null) {
                beginning.answer().complete(new Answer.Fault("it was told to be safe before the skin got warm"));
                beginning = null;
            }
            abort();
        }
        if (pending == null) {
            next(now);
        }
    }

    private void next(long now) throws IOException {
        Request request = queue.peek();
        // What may begin something waits until it is near neutral.
        if (request != null && (!cooling || stuck || request.order() != orders.get())) {
            begin(queue.remove(), now);
        } else if (now - nextErrors >= 0) {
            nextErrors = now + ERRORS_NANOS;
            begin(Request.ask(Reply.ERRORS), now);
        } else if (now - nextPoll >= 0) {
            nextPoll = now + (heat != null || cooling ? BUSY_POLL_NANOS : IDLE_POLL_NANOS);
            begin(Request.ask(Reply.TEMPERATURES), now);
        }
    }

    private void begin(Request request, long now) throws IOException {
        if (request.order() != Request.ALWAYS && (request.order() != orders.get() || cooling)) {
            request.answer().complete(new Answer.NotSent(cooling ? "it does not cool down" : "it was told to be safe"));
            return;
        }
        if (request.begins().isPresent()) {
            beginning = request;
            began = now;
            watch = new Watch(request.begins().get(), neutral);
            heat = request.begins().get();
            nextPoll = now;
        }
        write(request.text());
        if (request.reply().isPresent()) {
            pending = request;
            pendingUntil = now + replyNanos;
        } else if (request.begins().isEmpty()) {
            request.answer().complete(new Answer.Reply(""));
        }
    }

    private void abort() throws IOException {
        write(ABORT);
        if (!cooling) {
            cooling = true;
            coolBy = System.nanoTime() + COOL_NANOS;
        }
        nextPoll = System.nanoTime();
    }

    private void write(String text) throws IOException {
        line.write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private void over(String reason) {
        Heat ended = heat;
        if (ended != null) {
            heat = null;
            listener.ended(ended, (System.nanoTime() - began) * 1e-9, watch.hottest(), reason);
        }
    }
}
