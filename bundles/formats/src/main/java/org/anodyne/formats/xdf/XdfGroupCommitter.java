package org.anodyne.formats.xdf;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Takes records from any thread and makes them durable in groups: one thread of its own encodes what is queued, appends it,
 * forces it to the medium, and only then completes the future of each record. Records become durable in the order in which
 * they were taken.
 *
 * <p>When the disk fails nothing is acknowledged any more: all waiting futures fail with
 * {@link RecordFailedException.Reason#DISK}, further records are refused, and {@link Settings#onFailure} is told once.
 *
 * <p>What depends on a future without an executor runs on the commit thread and delays the next group: keep it short.
 */
public final class XdfGroupCommitter implements AutoCloseable {
    /**
     * How groups are formed.
     *
     * @param interval least time between the beginnings of two commits; a record that comes later is committed at once
     * @param maxQueuedBytes records beyond this wait for their place, about
     * @param maxGroupBytes a group is closed when it has grown to this
     * @param offerDeadline how long a record waits for a place in the queue before it is refused
     * @param closeDeadline how long {@link #close()} waits for the last group
     * @param onFailure told once when the disk fails; called on the commit thread
     * @param nanoClock monotonic time for boundary chunks and latencies
     * @param threadName name of the commit thread
     */
    public record Settings(
            Duration interval,
            long maxQueuedBytes,
            int maxGroupBytes,
            Duration offerDeadline,
            Duration closeDeadline,
            Consumer<Throwable> onFailure,
            LongSupplier nanoClock,
            String threadName) {

        /** A group every 10 ms, 64 MiB of queue, 8 MiB a group, one second for a place, 30 seconds to close. */
        public static Settings defaults() {
            return new Settings(
                    Duration.ofMillis(10),
                    64L << 20,
                    8 << 20,
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(30),
                    failure -> {},
                    System::nanoTime,
                    "xdf-commit");
        }

        /** The same with another interval. */
        public Settings withInterval(Duration value) {
            return new Settings(
                    value,
                    maxQueuedBytes,
                    maxGroupBytes,
                    offerDeadline,
                    closeDeadline,
                    onFailure,
                    nanoClock,
                    threadName);
        }

        /** The same with somebody else to tell about a failing disk. */
        public Settings withOnFailure(Consumer<Throwable> value) {
            return new Settings(
                    interval,
                    maxQueuedBytes,
                    maxGroupBytes,
                    offerDeadline,
                    closeDeadline,
                    value,
                    nanoClock,
                    threadName);
        }

        /** The same with other bounds of the queue. */
        public Settings withQueue(long bytes, Duration deadline) {
            return new Settings(
                    interval, bytes, maxGroupBytes, deadline, closeDeadline, onFailure, nanoClock, threadName);
        }
    }

    /**
     * What has happened so far.
     *
     * @param bytes bytes made durable
     * @param groups groups made durable
     * @param records records acknowledged: blocks, headers, clock offsets, flushes
     * @param queuedBytes bytes waiting now, about
     * @param maxQueuedBytes most bytes that ever waited, about
     * @param ackLatency from taking a record to its acknowledgement, nanoseconds
     * @param commitLatency appending and forcing one group, nanoseconds
     */
    public record Metrics(
            long bytes,
            long groups,
            long records,
            long queuedBytes,
            long maxQueuedBytes,
            LatencyHistogram.Snapshot ackLatency,
            LatencyHistogram.Snapshot commitLatency) {}

    private record Entry(Consumer<XdfWriter> action, long bytes, long takenAt, CompletableFuture<Void> durable) {}

    private final XdfWriter writer;
    private final Settings settings;
    private final AtomicInteger nextStreamId;
    private final LatencyHistogram ackLatency = new LatencyHistogram();
    private final LatencyHistogram commitLatency = new LatencyHistogram();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private final Condition emptied = lock.newCondition();
    private final ArrayDeque<Entry> queue = new ArrayDeque<>();
    private long queuedBytes;
    private long maxQueuedBytes;
    private boolean hurry;
    private boolean closing;
    private Throwable failure;

    private volatile long bytes;
    private volatile long groups;
    private volatile long records;

    /** Starts the commit thread. The writer belongs to this object from now on and is closed by it. */
    public XdfGroupCommitter(XdfWriter writer, Settings settings) {
        this.writer = writer;
        this.settings = settings;
        this.nextStreamId = new AtomicInteger(writer.nextStreamId());
        Thread thread = new Thread(this::run, settings.threadName());
        // A record must not keep a dying process alive; close() waits for the last group.
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Begins a stream; its id may be used at once. The header is durable no later than the first record of the stream.
     *
     * @throws IllegalArgumentException when the header cannot be written as XML
     * @throws RecordFailedException as {@link #submit}
     */
    public int addStream(XdfStreamHeader header) {
        XdfXml.streamHeader(header); // what cannot be written is refused here and not on the commit thread
        // Ids are given inside the lock's order by the queue; a gap after a refusal does no harm.
        int id = nextStreamId.getAndIncrement();
        take(w -> w.addStream(id, header), 1024);
        return id;
    }

    /**
     * Takes a block. The arrays of the block must not be changed any more.
     *
     * @return completed when the block is on the medium; fails with {@link RecordFailedException} when it will never be, and with
     *     {@link IllegalArgumentException} when the block does not fit its stream (other records are not harmed)
     * @throws RecordFailedException when it is not taken: queue full until the deadline, closed, failed, or interrupted
     */
    public CompletableFuture<Void> submit(XdfSamples block) {
        return take(w -> w.write(block), size(block));
    }

    /** Takes a measurement of a stream's clock, see {@link XdfWriter#clockOffset}; otherwise as {@link #submit}. */
    public CompletableFuture<Void> clockOffset(int streamId, double time, double offset) {
        return take(w -> w.clockOffset(streamId, time, offset), 32);
    }

    /** Writes the footer of a stream; otherwise as {@link #submit}. */
    public CompletableFuture<Void> closeStream(int streamId) {
        return take(w -> w.closeStream(streamId), 1024);
    }

    private static long size(XdfSamples block) {
        long size = 64 + 9L * block.count();
        if (block.values() instanceof XdfValues.Text text) {
            for (String s : text.data()) {
                size += 8 + s.length();
            }
            return size;
        }
        return size + (long) block.values().length() * block.values().format().bytes();
    }

    private CompletableFuture<Void> take(Consumer<XdfWriter> action, long size) {
        CompletableFuture<Void> durable = new CompletableFuture<>();
        long takenAt = settings.nanoClock().getAsLong();
        long patience = settings.offerDeadline().toNanos();
        lock.lock();
        try {
            refuseWhenOver();
            // A record larger than the whole queue is taken when the queue is empty.
            while (queuedBytes > 0 && queuedBytes + size > settings.maxQueuedBytes()) {
                if (patience <= 0) {
                    throw new RecordFailedException(
                            RecordFailedException.Reason.QUEUE_FULL,
                            "the record cannot keep up: " + queuedBytes
                                    + " bytes wait for the disk, and no place came free in "
                                    + settings.offerDeadline().toMillis() + " ms",
                            null);
                }
                patience = emptied.awaitNanos(patience);
                refuseWhenOver();
            }
            queue.add(new Entry(action, size, takenAt, durable));
            queuedBytes += size;
            maxQueuedBytes = Math.max(maxQueuedBytes, queuedBytes);
            filled.signal();
            return durable;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RecordFailedException(
                    RecordFailedException.Reason.INTERRUPTED, "interrupted while waiting for a place in the queue", e);
        } finally {
            lock.unlock();
        }
    }

    private void refuseWhenOver() {
        if (failure != null) {
            throw diskFailure();
        }
        if (closing) {
            throw new RecordFailedException(RecordFailedException.Reason.CLOSED, "the record is closed", null);
        }
    }

    private RecordFailedException diskFailure() {
        return new RecordFailedException(
                RecordFailedException.Reason.DISK,
                "the record cannot be written: " + failure.getMessage()
                        + ". Free or replace the disk, then recover the file",
                failure);
    }

    private void run() {
        List<Entry> batch = new ArrayList<>();
        try {
            long lastBegin = System.nanoTime() - settings.interval().toNanos();
            while (await(lastBegin, batch)) {
                lastBegin = System.nanoTime();
                commit(batch);
                batch.clear();
            }
            writer.close();
            bytes = writer.committedBytes();
            groups = writer.groups();
            ended.complete(null);
        } catch (Throwable e) {
            fail(e, batch);
        }
    }

    /** Waits for records and for the time of the next group; false when closed and empty. */
    private boolean await(long lastBegin, List<Entry> batch) throws InterruptedException {
        lock.lock();
        try {
            while (queue.isEmpty()) {
                if (closing) {
                    return false;
                }
                filled.await();
            }
            long due = lastBegin + settings.interval().toNanos();
            long left = due - System.nanoTime();
            while (left > 0 && !hurry && !closing && queuedBytes < settings.maxGroupBytes()) {
                left = filled.awaitNanos(left);
            }
            long size = 0;
            while (!queue.isEmpty() && (size == 0 || size + queue.peek().bytes() <= settings.maxGroupBytes())) {
                Entry entry = queue.poll();
                size += entry.bytes();
                batch.add(entry);
            }
            queuedBytes -= size;
            hurry &= !queue.isEmpty();
            emptied.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void commit(List<Entry> batch) {
        List<Entry> written = new ArrayList<>(batch.size());
        for (Entry entry : batch) {
            try {
                entry.action().accept(writer);
                written.add(entry);
            } catch (RuntimeException e) {
                // The writer takes a record whole or not at all: the group holds nothing of this record.
                entry.durable().completeExceptionally(e);
            }
        }
        long before = settings.nanoClock().getAsLong();
        writer.commit(before);
        long after = settings.nanoClock().getAsLong();
        commitLatency.record(after - before);
        bytes = writer.committedBytes();
        groups = writer.groups();
        for (Entry entry : written) {
            ackLatency.record(after - entry.takenAt());
            records++;
            entry.durable().complete(null);
        }
    }

    private void fail(Throwable cause, List<Entry> batch) {
        List<Entry> lost = new ArrayList<>(batch);
        RecordFailedException told;
        lock.lock();
        try {
            failure = cause;
            told = diskFailure();
            lost.addAll(queue);
            queue.clear();
            queuedBytes = 0;
            emptied.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            writer.abandon();
        } catch (RuntimeException e) {
            cause.addSuppressed(e);
        }
        lost.forEach(entry -> entry.durable().completeExceptionally(told));
        ended.completeExceptionally(told);
        settings.onFailure().accept(told);
    }

    /**
     * Waits until everything taken so far is durable.
     *
     * @throws RecordFailedException when it will not be, or the deadline passes
     */
    public void flush(Duration deadline) {
        lock.lock();
        try {
            if (failure != null) {
                throw diskFailure();
            }
            hurry = true;
        } finally {
            lock.unlock();
        }
        await(take(w -> {}, 1), deadline);
    }

    private static void await(CompletableFuture<Void> future, Duration deadline) {
        try {
            future.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
        } catch (java.util.concurrent.TimeoutException e) {
            throw new RecordFailedException(
                    RecordFailedException.Reason.DEADLINE,
                    "not everything was on the disk after " + deadline.toMillis() + " ms",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RecordFailedException(
                    RecordFailedException.Reason.INTERRUPTED, "interrupted while waiting for the disk", e);
        } catch (java.util.concurrent.ExecutionException e) {
            if (e.getCause() instanceof RecordFailedException failed) {
                throw failed;
            }
            throw new RecordFailedException(
                    RecordFailedException.Reason.DISK, "the record failed: " + e.getCause(), e.getCause());
        }
    }

    /** Whether the disk has failed. */
    public boolean failed() {
        return ended.isCompletedExceptionally();
    }

    /** What has happened so far. From any thread. */
    public Metrics metrics() {
        lock.lock();
        try {
            return new Metrics(
                    bytes,
                    groups,
                    records,
                    queuedBytes,
                    maxQueuedBytes,
                    ackLatency.snapshot(),
                    commitLatency.snapshot());
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes no more records, commits what is queued, writes the footers and closes the file. Closing again waits again.
     *
     * @throws RecordFailedException when the disk failed, or the deadline of the settings passes
     */
    @Override
    public void close() {
        lock.lock();
        try {
            closing = true;
            filled.signalAll();
            emptied.signalAll();
        } finally {
            lock.unlock();
        }
        await(ended, settings.closeDeadline());
    }
}
