package org.anodyne.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Recordings that are usable, but not without a word. */
@Tag("alone")
@Isolated("a session on a busy machine misses its heartbeats")
class FlawedRecordingTest {
    @TempDir
    Path folder;

    @Test
    void holesInARecordingAndItsEarlyEndAreTold() throws Exception {
        Path protocol = Files.writeString(folder.resolve("rest.yaml"), """
                anodyne: 1
                id: rest
                title: Rest
                slots:
                  eeg: {plugin: file-replay}
                phases:
                  - {id: rest, duration: 20 s, slots: [eeg]}
                """);
        StringBuilder text = new StringBuilder("# Simple Text Format\n# Sampling Rate (Hz):= 100.00\n# Labels:= EEG\n");
        for (int i = 0; i < 1000; i++) {
            text.append(i >= 300 && i < 340 ? "NaN" : Integer.toString(i % 7)).append('\n');
        }
        Path recording = Files.writeString(folder.resolve("holes.txt"), text);
        Path out = folder.resolve("out");
        Anodyne.Ended ended = new Anodyne(folder.resolve("home"))
                .run(
                        "session",
                        protocol,
                        "--participant",
                        "P01",
                        "--speed",
                        "max",
                        "--input",
                        "eeg=" + recording,
                        "--out",
                        out);
        assertEquals(0, ended.exit(), ended.output());
        List<String> told = new ArrayList<>();
        Anodyne.summary(out).path("problems").forEach(p -> told.add(p.asText()));
        assertEquals(
                List.of(
                        "recording in slot eeg: 40 of 1000 numbers are NaN (not a number).",
                        "stream eeg/eeg holds values that are no numbers (NaN); the first come before 3.1 s",
                        "stream eeg/eeg ended at 10.0 s, before phase 'rest' did",
                        "stream eeg/eeg: 40 values are no numbers (NaN), the last before 3.4 s"),
                told);
        told.forEach(t -> assertTrue(ended.output().contains("note: " + t), ended.output()));
        assertTrue(Files.readString(out.resolve("report.html")).contains("40 values are no numbers"));
    }
}
