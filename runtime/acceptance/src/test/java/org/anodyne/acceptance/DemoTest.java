package org.anodyne.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** The first command that people type. */
@Tag("alone")
@Isolated("a session on a busy machine misses its heartbeats")
class DemoTest {
    @TempDir
    Path folder;

    @Test
    void theDemoRunsOneClosedLoopSessionAndSaysWhereItsResultsAre() throws Exception {
        Path out = folder.resolve("out");
        Anodyne.Ended ended = new Anodyne(folder.resolve("home")).run("demo", "--speed", "max", "--out", out);
        assertEquals(0, ended.exit(), ended.output());
        for (String left : new String[] {"record", "bids", "report.html", "summary.json"}) {
            assertTrue(Files.exists(out.resolve(left)), left);
            assertTrue(ended.output().contains(out.resolve(left).toString()), left + " is not in " + ended.output());
        }
        JsonNode summary = Anodyne.summary(out);
        assertEquals("COMPLETED", summary.path("outcome").asText());
        assertTrue(summary.path("synthetic").asBoolean(), "its signals are computed, and called so");
        assertTrue(summary.path("simulatedDevices").asBoolean(), "its TENS unit is simulated, and called so");
        assertTrue(summary.path("triggers").asInt() > 0, summary.toString());
        // The simulated unit is a process of its own and keeps account of what it gave.
        assertTrue(Files.size(out.resolve("simulator-tens.jsonl")) > 0);
        assertTrue(
                new Recorded(out.resolve("record"))
                        .events("acknowledgement").stream()
                                .anyMatch(a -> a.path("outcome").asText().equals("EXECUTED")),
                "no command reached the TENS unit");
    }
}
