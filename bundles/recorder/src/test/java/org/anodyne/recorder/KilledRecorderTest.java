package org.anodyne.recorder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.anodyne.bus.Payload;
import org.anodyne.bus.Topic;
import org.anodyne.record.Recorder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recording process is killed without warning; what it had reported as being on the disk must be in the file. */
class KilledRecorderTest {
    @TempDir
    Path folder;

    /** The process that is killed: records blocks for ever, and prints how many are on the disk. */
    public static final class Child {
        public static void main(String[] args) throws Exception {
            LoopbackBus bus = new LoopbackBus();
            Recorder.Recording r = new XdfRecorder(bus).open(Path.of(args[0]), XdfRecorderTest.meta());
            for (long i = 0; ; i++) {
                bus.publish(XdfRecorderTest.topic(Topic.Kind.SAMPLE, "eeg", "eeg"), XdfRecorderTest.block(i, i, -i), 0);
                if (i % 100 == 99) {
                    r.flush(LoopbackBus.patience());
                    System.out.println(i + 1);
                }
            }
        }
    }

    @Test
    void whatWasReportedAsWrittenSurvivesTheDeathOfTheProcess() throws Exception {
        for (int run = 0; run < 3; run++) {
            Path file = folder.resolve("segment-00" + (run + 1) + ".xdf");
            Process child = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx128m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Child.class.getName(),
                            file.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            long reported = 0;
            try (BufferedReader out = child.inputReader()) {
                for (int i = 0; i < 5 + 7 * run; i++) {
                    reported = Long.parseLong(out.readLine());
                }
            } finally {
                child.destroyForcibly().waitFor();
            }
            List<Long> indices = new ArrayList<>();
            new XdfRecordReader()
                    .open(file)
                    .messages(m ->
                            indices.add(((Payload.Samples) m.payload()).block().index()));
            assertTrue(indices.size() >= reported, indices.size() + " of " + reported);
            for (int i = 0; i < indices.size(); i++) {
                assertEquals(i, indices.get(i));
            }
        }
    }
}
