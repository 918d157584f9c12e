package org.anodyne.recorder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.anodyne.bus.Payload;
import org.anodyne.bus.Topic;
import org.anodyne.formats.xdf.XdfEvent;
import org.anodyne.formats.xdf.XdfReader;
import org.anodyne.record.Recorder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recording process is killed without warning; what it had reported as being on the disk must be in the file. */
class KilledRecorderTest {
    @TempDir
    Path folder;

    /**
     * The process that is killed: records blocks for ever. Told to flush, it prints how many are on the disk; else it never
     * asks for anything to be written, and prints how many it has handed over.
     */
    public static final class Child {
        public static void main(String[] args) throws Exception {
            boolean flushes = args[1].equals("flush");
            LoopbackBus bus = new LoopbackBus();
            Recorder.Recording r = new XdfRecorder(bus).open(Path.of(args[0]), XdfRecorderTest.meta());
            for (long i = 0; ; i++) {
                bus.publish(XdfRecorderTest.topic(Topic.Kind.SAMPLE, "eeg", "eeg"), XdfRecorderTest.block(i, i, -i), 0);
                if (flushes && i % 100 == 99) {
                    r.flush(LoopbackBus.patience());
                }
                if (!flushes || i % 100 == 99) {
                    System.out.println(i + 1);
                }
                if (!flushes) {
                    LockSupport.parkNanos(1_000_000);
                }
            }
        }
    }

    private static Process child(Path file, String how) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        file.toString(),
                        how)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Fails unless the file holds the first blocks without a hole, so many at least. */
    private static void assertThere(Path file, long least) {
        List<Long> indices = new ArrayList<>();
        new XdfRecordReader()
                .open(file)
                .messages(
                        m -> indices.add(((Payload.Samples) m.payload()).block().index()));
        assertTrue(indices.size() >= least, indices.size() + " of " + least);
        for (int i = 0; i < indices.size(); i++) {
            assertEquals(i, indices.get(i));
        }
    }

    @Test
    void whatWasReportedAsWrittenSurvivesTheDeathOfTheProcess() throws Exception {
        for (int run = 0; run < 3; run++) {
            Path file = folder.resolve("segment-00" + (run + 1) + ".xdf");
            Process child = child(file, "flush");
            long reported = 0;
            try (BufferedReader out = child.inputReader()) {
                for (int i = 0; i < 5 + 7 * run; i++) {
                    reported = Long.parseLong(out.readLine());
                }
            } finally {
                child.destroyForcibly().waitFor();
            }
            assertThere(file, reported);
        }
    }

    /**
     * Groups are taken from what was handed over every 10 ms, and at once after one that took longer. Which groups are whole
     * the file says itself, so nothing here depends on how long the machine stood still.
     */
    @Test
    void whatWasHandedOverBeforeTheLastWholeGroupIsThereThoughNobodyAskedForIt() throws Exception {
        Path file = folder.resolve("segment-001.xdf");
        Process child = child(file, "hand over");
        long given = 0;
        try (BufferedReader out = child.inputReader()) {
            for (int line = 0; line < 200; line++) {
                given = Long.parseLong(out.readLine());
            }
            // The group that is being written now may have been closed before the last block; the one after it was not.
            long groups = groups(file) + 2;
            long deadline = System.nanoTime() + LoopbackBus.patience().toNanos();
            while (groups(file) < groups) {
                assertTrue(System.nanoTime() < deadline && child.isAlive(), "the record does not grow by itself");
                while (out.ready()) {
                    out.readLine(); // a full pipe would hold the child up
                }
            }
        } finally {
            child.destroyForcibly().waitFor();
        }
        assertThere(file, given);
    }

    private static long groups(Path file) {
        long whole = 0;
        try (XdfReader in = XdfReader.open(file)) {
            for (Optional<XdfEvent> e = in.next(); e.isPresent(); e = in.next()) {
                if (e.get() instanceof XdfEvent.Commit c && c.valid()) {
                    whole++;
                }
            }
        }
        return whole;
    }
}
