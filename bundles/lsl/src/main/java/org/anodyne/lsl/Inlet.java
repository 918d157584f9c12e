package org.anodyne.lsl;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * Takes a stream in, on one thread of its own. Samples are handed over only once the sender's clock has been compared with
 * ours on this connection, so that each can be corrected. When the connection is lost, the stream is looked for again by its
 * source id, name, type and shape (by its uid where it has no source id) until it is back or the inlet is closed.
 *
 * <p>Thread: any, for all methods.
 */
public final class Inlet implements AutoCloseable {
    /** Takes what comes. Thread: the inlet's, for all methods; none may block. */
    public interface Listener {
        /** The stream flows, for the first time or again; its time stamps may be of another clock than before. */
        void connected(StreamInfo info, ClockOffset clock);

        /**
         * A sample.
         *
         * @param localSeconds its time on our clock ({@link LslClock})
         */
        void sample(Sample sample, double localSeconds);

        /** The clocks were compared again; samples from now on are corrected by this. */
        void clock(ClockOffset clock);

        /** The stream is gone and is looked for; the reason is for a person. */
        void lost(String reason);
    }

    private static final Duration END = Duration.ofSeconds(5);
    private static final Duration AGAIN = Duration.ofMillis(500);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration DESCRIBE = Duration.ofSeconds(2);

    private final Network network;
    private final Listener listener;
    private final int bufferSamples;
    private final Thread owner;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final Feed feed;
    private volatile boolean closing;
    private StreamInfo info;

    /**
     * Nothing happens before {@link #open}.
     *
     * @param info a stream that was resolved
     * @param bufferSamples most samples that the sender shall keep for us while the network is slow
     */
    public Inlet(Network network, StreamInfo info, int bufferSamples, String threadName, Listener listener) {
        this.network = network;
        this.info = info;
        this.bufferSamples = bufferSamples;
        this.listener = listener;
        this.feed = new Feed(() -> closing);
        owner = new Thread(this::run, threadName);
        owner.setDaemon(true);
    }

    /**
     * Connects and waits until the stream flows and the clocks have been compared. After a failure it is to be closed.
     *
     * @throws IOException when the first attempt failed or the time is over; the message is for a person
     */
    public void open(Duration patience) throws IOException, InterruptedException {
        owner.start();
        try {
            ready.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e.getCause());
        } catch (TimeoutException e) {
            throw new IOException(
                    "stream '" + info.name() + "' did not begin within " + patience.toMillis() + " ms", e);
        }
    }

    /** Ends the thread and closes everything. Idempotent. */
    @Override
    public void close() {
        closing = true;
        feed.wake();
        LockSupport.unpark(owner);
        boolean interrupted = false;
        try {
            if (Thread.currentThread() != owner) {
                owner.join(END.toMillis());
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closing) {
            try {
                feed.run(info, bufferSamples, new Listener() {
                    @Override
                    public void connected(StreamInfo to, ClockOffset clock) {
                        listener.connected(to, clock);
                        ready.complete(null);
                    }

                    @Override
                    public void sample(Sample sample, double localSeconds) {
                        listener.sample(sample, localSeconds);
                    }

                    @Override
                    public void clock(ClockOffset clock) {
                        listener.clock(clock);
                    }

                    @Override
                    public void lost(String reason) {
                        listener.lost(reason);
                    }
                });
            } catch (IOException | RuntimeException e) {
                if (closing) {
                    return;
                }
                String why = e.getMessage() == null ? e.toString() : e.getMessage();
                if (!ready.isDone()) {
                    ready.completeExceptionally(new IOException(
                            "stream '" + info.name() + "' of " + info.hostname() + " (" + info.address() + ":"
                                    + info.dataPort() + "): " + why,
                            e));
                    return;
                }
                listener.lost(why);
            }
            park(AGAIN);
            find();
        }
    }

    private void park(Duration time) {
        long until = System.nanoTime() + time.toNanos();
        while (!closing && System.nanoTime() - until < 0) {
            LockSupport.parkNanos(this, until - System.nanoTime());
        }
    }

    /** Looks for the stream until it is found again, which may be at another address. */
    private void find() {
        Resolver resolver = new Resolver(network);
        // Several streams of one device may have one source id: name and type tell which one answers.
        String query = info.sourceId().isEmpty()
                ? Resolver.query(info.sessionId(), Map.of("uid", info.uid()))
                : Resolver.query(
                        info.sessionId(),
                        Map.of(
                                "source_id",
                                info.sourceId(),
                                "name",
                                info.name(),
                                "type",
                                info.type(),
                                "channel_count",
                                Integer.toString(info.channelCount()),
                                "channel_format",
                                info.format().label()));
        while (!closing) {
            try {
                List<StreamInfo> found = resolver.resolve(query, 1, LOOK);
                for (StreamInfo each : found) {
                    boolean same =
                            each.name().equals(info.name()) && each.type().equals(info.type()) && each.sameShape(info);
                    if (same) {
                        info = described(each);
                        return;
                    }
                }
                if (!found.isEmpty()) {
                    park(LOOK);
                }
            } catch (IOException e) {
                park(LOOK);
            }
        }
    }

    private static StreamInfo described(StreamInfo found) {
        try {
            return Resolver.fullInfo(found, DESCRIBE);
        } catch (IOException e) {
            return found;
        }
    }
}
