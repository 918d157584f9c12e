package org.anodyne.line;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * The one thread that owns the line to a device that talks by itself: it opens the line, lets the {@link Talk} set the device
 * up, hands over what arrives, and when the line is lost opens it again, every second, until it is closed.
 *
 * <p>Thread: any, for all methods.
 */
public final class Receiver implements AutoCloseable {
    /** What is said to the device and made of what it says. Thread: the owner's, for all methods. */
    public interface Talk {
        /**
         * The line is open: sets the device up. May take some seconds, by {@link Receiver#read}.
         *
         * @throws IOException when the device is not what was expected; the message is for a person
         */
        void begin(Receiver line) throws IOException, InterruptedException;

        /**
         * Bytes arrived.
         *
         * @param count how many of the buffer are new
         * @throws IOException when the device has to be set up anew
         */
        void received(byte[] buffer, int count) throws IOException;

        /**
         * Called between readings, at least every few milliseconds.
         *
         * @throws IOException when the device has been silent for too long and has to be set up anew
         */
        void idle() throws IOException;

        /** The line is gone, or {@link #begin}, {@link #received} or {@link #idle} gave up. It is tried again. */
        void lost(String reason);

        /** The last word before the line is closed. */
        void end(Receiver line) throws IOException;
    }

    private static final long POLL_NANOS = 1_000_000;
    private static final long AGAIN_NANOS = 1_000_000_000L;
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration END = Duration.ofSeconds(5);

    private final Address address;
    private final SerialSettings settings;
    private final Talk talk;
    private final Thread owner;
    private final boolean waits;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private volatile boolean closing;
    private volatile Line line;

    /** Nothing happens before {@link #open}. */
    public Receiver(Address address, SerialSettings settings, String threadName, Talk talk) {
        this.address = address;
        this.settings = settings;
        this.talk = talk;
        waits = true;
        owner = new Thread(this::run, threadName);
        owner.setDaemon(true);
    }

    private Receiver(Line line) {
        this.address = null;
        this.settings = null;
        this.talk = null;
        this.line = line;
        waits = false;
        owner = Thread.currentThread();
    }

    /**
     * A line that is open already and at whose other end is the same program: what is not there at once never comes. For
     * tests that call a {@link Talk} themselves, many thousand times, without a device, a thread or time that passes.
     *
     * @param line owned by the thread that calls; not closed by {@link #close}
     */
    public static Receiver over(Line line) {
        return new Receiver(line);
    }

    /**
     * Opens the line and waits until the device is set up. After a failure it is to be closed.
     *
     * @throws IOException when the first attempt failed or the time is over; the message is for a person
     */
    public void open(Duration patience) throws IOException, InterruptedException {
        if (!waits) {
            throw new IllegalStateException("it is over a line that is open already");
        }
        owner.start();
        try {
            ready.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("the device was not ready within " + patience.toMillis() + " ms", e);
        }
    }

    /** Writes all of it. Thread: the owner's. */
    public void write(byte[] bytes) throws IOException {
        line.write(bytes);
    }

    /**
     * Waits for bytes, for {@link Talk#begin}. Thread: the owner's.
     *
     * @return number of bytes; 0 when the time is over
     */
    public int read(byte[] into, long patienceNanos) throws IOException, InterruptedException {
        long until = System.nanoTime() + patienceNanos;
        while (true) {
            int count = line.read(into);
            if (count > 0) {
                return count;
            }
            if (closing || Thread.interrupted()) {
                throw new InterruptedException("the adapter is closed");
            }
            if (!waits || System.nanoTime() - until >= 0) {
                return 0;
            }
            LockSupport.parkNanos(this, POLL_NANOS);
        }
    }

    /** Waits, whether the line is being closed or not, and drops what comes meanwhile. For {@link Talk#end}. */
    public void hold(byte[] into, long nanos) throws IOException {
        long until = System.nanoTime() + nanos;
        if (!waits) {
            line.read(into);
            return;
        }
        for (long left = nanos; left > 0; left = until - System.nanoTime()) {
            line.read(into);
            LockSupport.parkNanos(this, Math.min(left, POLL_NANOS));
        }
    }

    /** Lets {@link Talk#idle} be called soon. */
    public void wake() {
        LockSupport.unpark(owner);
    }

    /** Ends the thread and closes the line. Idempotent. */
    @Override
    public void close() {
        closing = true;
        if (!waits) {
            return;
        }
        LockSupport.unpark(owner);
        boolean interrupted = false;
        try {
            owner.join(END.toMillis());
        } catch (InterruptedException e) {
            interrupted = true;
        }
        Line now = line;
        if (now != null) {
            // The owner is stuck in a write when it is still there.
            now.close();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closing) {
            try {
                line = address.open(settings, CONNECT);
                talk.begin(this);
                ready.complete(null);
                listen();
                talk.end(this);
            } catch (IOException | RuntimeException e) {
                if (!ready.isDone()) {
                    ready.completeExceptionally(e);
                    closing = true;
                } else if (!closing) {
                    talk.lost(String.valueOf(e.getMessage()));
                }
            } catch (InterruptedException e) {
                closing = true;
            } finally {
                Line now = line;
                if (now != null) {
                    now.close();
                }
            }
            long again = System.nanoTime() + AGAIN_NANOS;
            while (!closing && System.nanoTime() - again < 0) {
                LockSupport.parkNanos(this, again - System.nanoTime());
            }
        }
    }

    private void listen() throws IOException {
        byte[] buffer = new byte[4096];
        while (!closing) {
            int count = line.read(buffer);
            if (count > 0) {
                talk.received(buffer, count);
            }
            // Right after a look at the line: what waits there came while this process was kept from running.
            talk.idle();
            if (count <= 0) {
                LockSupport.parkNanos(this, POLL_NANOS);
            }
        }
    }
}
