package org.anodyne.formats.xdf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class XdfGroupCommitterTest {
    private static final XdfGroupCommitter.Settings FAST =
            XdfGroupCommitter.Settings.defaults().withInterval(Duration.ofMillis(1));

    @TempDir
    private Path folder;

    /** Counts what was appended and what was forced, waits at a gate before forcing, and fails when told to. */
    private static final class CountingChannel implements DurableChannel {
        private final DurableChannel file;
        private volatile long appendedBytes;
        private volatile long forcedBytes;
        private final CountDownLatch atGate = new CountDownLatch(1);
        private volatile CountDownLatch gate = new CountDownLatch(0);
        private volatile boolean forceFails;
        private volatile boolean appendFails;

        private CountingChannel(Path path) throws IOException {
            file = DurableChannel.of(FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
        }

        @Override
        public void append(ByteBuffer bytes) throws IOException {
            if (appendFails) {
                throw new IOException("No space left on device");
            }
            appendedBytes = appendedBytes + bytes.remaining();
            file.append(bytes);
        }

        @Override
        public void force() throws IOException {
            try {
                if (gate.getCount() > 0) {
                    atGate.countDown();
                }
                if (!gate.await(60, TimeUnit.SECONDS)) {
                    throw new IOException("the test never let the disk go on");
                }
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            if (forceFails) {
                throw new IOException("Input/output error");
            }
            long appended = appendedBytes;
            file.force();
            forcedBytes = appended;
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    private CountingChannel channel() throws IOException {
        return new CountingChannel(folder.resolve("a.xdf"));
    }

    @Test
    void every_acknowledgement_comes_after_the_force_of_its_bytes() throws Exception {
        int count = 300;
        CountingChannel channel = channel();
        long[] forcedAtAck = new long[count];
        try (XdfGroupCommitter committer = new XdfGroupCommitter(XdfWriter.create(channel, Map.of()), FAST)) {
            int id = committer.addStream(XdfStreamHeader.text("e", "Markers"));
            List<CompletableFuture<?>> acknowledged = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int number = i;
                acknowledged.add(committer
                        .submit(XdfSamples.event(id, i, "event"))
                        .thenRun(() -> forcedAtAck[number] = channel.forcedBytes));
                if (i % 20 == 0) {
                    acknowledged.get(i).get(30, TimeUnit.SECONDS);
                }
            }
            CompletableFuture.allOf(acknowledged.toArray(CompletableFuture[]::new))
                    .get(30, TimeUnit.SECONDS);
        }
        int seen = 0;
        try (XdfReader reader = XdfReader.open(folder.resolve("a.xdf"))) {
            for (var next = reader.next(); next.isPresent(); next = reader.next()) {
                if (next.get() instanceof XdfEvent.Samples block) {
                    assertEquals(seen, block.samples().stamps()[0]);
                    assertTrue(
                            forcedAtAck[seen] >= reader.position(),
                            "event " + seen + " ends at byte " + reader.position() + " and was acknowledged when "
                                    + forcedAtAck[seen] + " bytes were forced");
                    seen++;
                }
            }
        }
        assertEquals(count, seen);
    }

    @Test
    void nothing_is_acknowledged_while_the_force_has_not_returned() throws Exception {
        CountingChannel channel = channel();
        try (XdfGroupCommitter committer = new XdfGroupCommitter(XdfWriter.create(channel, Map.of()), FAST)) {
            int id = committer.addStream(XdfStreamHeader.text("e", "Markers"));
            committer.flush(Duration.ofSeconds(30));
            channel.gate = new CountDownLatch(1);
            CompletableFuture<Void> waiting = committer.submit(XdfSamples.event(id, 0, "x"));
            assertTrue(channel.atGate.await(30, TimeUnit.SECONDS), "the bytes are appended, the force is under way");
            assertFalse(waiting.isDone());
            channel.gate.countDown();
            waiting.get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void a_failing_force_acknowledges_nothing_and_is_loud() throws Exception {
        CountingChannel channel = channel();
        AtomicReference<Throwable> told = new AtomicReference<>();
        CountDownLatch toldOnce = new CountDownLatch(1);
        XdfGroupCommitter committer =
                new XdfGroupCommitter(XdfWriter.create(channel, Map.of()), FAST.withOnFailure(failure -> {
                    told.set(failure);
                    toldOnce.countDown();
                }));
        int id = committer.addStream(XdfStreamHeader.text("e", "Markers"));
        committer.submit(XdfSamples.event(id, 0, "good")).get(30, TimeUnit.SECONDS);
        channel.forceFails = true;
        List<CompletableFuture<Void>> lost = new ArrayList<>();
        try {
            for (int i = 0; i < 50; i++) {
                lost.add(committer.submit(XdfSamples.event(id, i, "lost")));
            }
        } catch (RecordFailedException alreadyKnown) {
            assertEquals(RecordFailedException.Reason.DISK, alreadyKnown.reason());
        }
        for (CompletableFuture<Void> future : lost) {
            ExecutionException e = assertThrows(ExecutionException.class, () -> future.get(30, TimeUnit.SECONDS));
            RecordFailedException failed = assertInstanceOf(RecordFailedException.class, e.getCause());
            assertEquals(RecordFailedException.Reason.DISK, failed.reason());
            assertTrue(failed.getMessage().contains("Input/output error"), failed.getMessage());
        }
        assertTrue(toldOnce.await(30, TimeUnit.SECONDS));
        assertInstanceOf(RecordFailedException.class, told.get());
        assertTrue(committer.failed());
        assertEquals(2, committer.metrics().records(), "the header of the stream and one block");
        channel.forceFails = false;
        RecordFailedException refused =
                assertThrows(RecordFailedException.class, () -> committer.submit(XdfSamples.event(id, 9, "late")));
        assertEquals(RecordFailedException.Reason.DISK, refused.reason());
        assertThrows(RecordFailedException.class, () -> committer.flush(Duration.ofSeconds(1)));
        assertThrows(RecordFailedException.class, committer::close);
        XdfRecovery.openForAppend(folder.resolve("a.xdf")).writer().close();
        assertEquals(
                "good",
                XdfFile.load(folder.resolve("a.xdf")).stream("e").texts().get(0));
    }

    @Test
    void a_full_disk_acknowledges_nothing() throws Exception {
        CountingChannel channel = channel();
        XdfGroupCommitter committer = new XdfGroupCommitter(XdfWriter.create(channel, Map.of()), FAST);
        channel.appendFails = true;
        int id = committer.addStream(XdfStreamHeader.text("e", "Markers"));
        try {
            committer.submit(XdfSamples.event(id, 0, "x")).join();
            assertTrue(false, "acknowledged on a full disk");
        } catch (CompletionException | RecordFailedException e) {
            Throwable failed = e instanceof CompletionException ? e.getCause() : e;
            assertEquals(RecordFailedException.Reason.DISK, ((RecordFailedException) failed).reason());
        }
        assertThrows(RecordFailedException.class, committer::close);
    }

    @Test
    void a_queue_that_stays_full_refuses_and_forgets_nothing_it_took() throws Exception {
        CountingChannel channel = channel();
        XdfGroupCommitter committer =
                new XdfGroupCommitter(XdfWriter.create(channel, Map.of()), FAST.withQueue(2_000, Duration.ofMillis(1)));
        int id = committer.addStream(XdfStreamHeader.text("e", "Markers"));
        committer.flush(Duration.ofSeconds(30));
        channel.gate = new CountDownLatch(1);
        int taken = 0;
        RecordFailedException refused = null;
        while (refused == null && taken < 100) {
            try {
                committer.submit(XdfSamples.event(id, taken, "x".repeat(500)));
                taken++;
            } catch (RecordFailedException full) {
                refused = full;
            }
        }
        assertEquals(RecordFailedException.Reason.QUEUE_FULL, refused.reason());
        channel.gate.countDown();
        committer.close();
        assertEquals(taken, XdfFile.load(folder.resolve("a.xdf")).stream("e").sampleCount());
        assertTrue(committer.metrics().maxQueuedBytes() <= 2_000);
    }

    @Test
    void many_threads_lose_nothing_and_each_keeps_its_order() throws Exception {
        Path file = folder.resolve("many.xdf");
        int threads = 6;
        int each = 2000;
        try (XdfGroupCommitter committer = new XdfGroupCommitter(XdfWriter.create(file, Map.of()), FAST)) {
            List<Thread> workers = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                String name = "stream " + t;
                Thread worker = new Thread(() -> {
                    int id = committer.addStream(XdfStreamHeader.signal(
                            name, "EEG", 100, XdfFormat.INT32, List.of(new XdfStreamHeader.Channel("a", "", ""))));
                    for (int i = 0; i < each; i++) {
                        committer.submit(XdfSamples.regular(id, i, 100, 1, new XdfValues.Int32(new int[] {i})));
                    }
                });
                workers.add(worker);
                worker.start();
            }
            for (Thread worker : workers) {
                worker.join(60_000);
            }
            committer.flush(Duration.ofSeconds(60));
            XdfGroupCommitter.Metrics metrics = committer.metrics();
            assertTrue(metrics.records() >= threads * each);
            assertEquals(0, metrics.queuedBytes());
            assertEquals(metrics.records(), metrics.ackLatency().count());
            assertTrue(metrics.ackLatency().max() >= metrics.ackLatency().p50());
            assertEquals(metrics.bytes(), java.nio.file.Files.size(file));
        }
        XdfFile read = XdfFile.load(file);
        assertEquals(threads, read.streams().size());
        for (XdfFile.Stream stream : read.streams()) {
            assertEquals(each, stream.blocks().size());
            for (int i = 0; i < each; i++) {
                assertEquals(i, stream.channel(0)[i]);
                if (i == 100) {
                    break;
                }
            }
            assertEquals(each, stream.footer().orElseThrow().sampleCount());
        }
    }

    @Test
    void a_record_that_does_not_fit_fails_alone() throws Exception {
        try (XdfGroupCommitter committer =
                new XdfGroupCommitter(XdfWriter.create(folder.resolve("w.xdf"), Map.of()), FAST)) {
            int id = committer.addStream(XdfStreamHeader.text("e", "Markers"));
            CompletableFuture<Void> wrong = committer.submit(XdfSamples.event(id + 5, 0, "nowhere"));
            committer.submit(XdfSamples.event(id, 0, "here")).get(30, TimeUnit.SECONDS);
            ExecutionException e = assertThrows(ExecutionException.class, () -> wrong.get(30, TimeUnit.SECONDS));
            assertInstanceOf(IllegalArgumentException.class, e.getCause());
            assertThrows(NullPointerException.class, () -> XdfSamples.event(id, 1, (String) null));
            XdfStreamHeader unwritable = XdfStreamHeader.text("n", "t").withDesc(Map.of("no name of an element", "x"));
            assertThrows(IllegalArgumentException.class, () -> committer.addStream(unwritable));
            committer.submit(XdfSamples.event(id, 2, "still here")).get(30, TimeUnit.SECONDS);
            assertFalse(committer.failed());
        }
        XdfFile read = XdfFile.load(folder.resolve("w.xdf"));
        assertEquals(List.of("here", "still here"), read.stream("e").texts());
        assertEquals(List.of(), read.damage());
        XdfGroupCommitter closed = new XdfGroupCommitter(XdfWriter.create(folder.resolve("v.xdf"), Map.of()), FAST);
        closed.close();
        closed.close();
        assertEquals(
                RecordFailedException.Reason.CLOSED,
                assertThrows(RecordFailedException.class, () -> closed.submit(XdfSamples.event(1, 0, "x")))
                        .reason());
        assertThrows(UncheckedIOException.class, () -> XdfWriter.create(folder.resolve("v.xdf"), Map.of()));
    }
}
