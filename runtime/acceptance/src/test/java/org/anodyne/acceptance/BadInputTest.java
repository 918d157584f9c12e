package org.anodyne.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever cannot be used is refused whole: exit code 2, a message that says what and where, nothing left behind. */
class BadInputTest {
    @TempDir
    Path folder;

    private void refused(Anodyne.Ended ended, String... said) {
        assertEquals(2, ended.exit(), ended.output());
        for (String s : said) {
            assertTrue(ended.output().contains(s), "'" + s + "' is not in:\n" + ended.output());
        }
        assertFalse(ended.output().contains("Exception"), ended.output());
    }

    @Test
    void allFaultsOfAProtocolAreToldAtOnceWithTheirLines() throws Exception {
        Path protocol = Files.writeString(folder.resolve("bad.yaml"), """
                anodyne: 1
                id: bad
                title: Bad
                slots:
                  eeg: {plugin: synthetik}
                  alpha: {plugin: band-power, inputs: {samples: eeg}, parameters: {low: 8 s}}
                  loop: {plugin: closed-loop, inputs: {features: [alpha/relative]}}
                phases:
                  - id: one
                    duration: -5 s
                    slots: [eeg, alpha, loop]
                    triggers:
                      - id: t
                        slot: loop
                        feature: alpha/relative
                        above: 0.5
                        do: {slot: tens, action: burst}
                """);
        Anodyne anodyne = new Anodyne(folder.resolve("home"));
        refused(
                anodyne.run("check", protocol),
                "line 5: ",
                "synthetik",
                "line 6: ",
                "line 10: ",
                "line 13: ",
                "refractory");
        Path bomb = Files.writeString(folder.resolve("bomb.yaml"), bomb());
        refused(anodyne.run("check", bomb));
        refused(anodyne.run("check", folder.resolve("absent.yaml")), "absent.yaml");
    }

    private static String bomb() {
        StringBuilder s = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            s.append("a").append(i).append(": &a").append(i).append(" [");
            s.append(("*a" + (i - 1) + ", ").repeat(9))
                    .append("*a")
                    .append(i - 1)
                    .append("]\n");
        }
        return s.toString();
    }

    @Test
    void recordingsThatCannotBeUsedAreRefusedBeforeAnythingBegins() throws Exception {
        Path protocol = Files.writeString(folder.resolve("rest.yaml"), """
                anodyne: 1
                id: rest
                title: Rest
                slots:
                  eeg: {plugin: file-replay}
                  alpha: {plugin: band-power, inputs: {samples: eeg}}
                phases:
                  - {id: rest, duration: 5 s, slots: [eeg, alpha]}
                """);
        String head = "# Simple Text Format\n# Sampling Rate (Hz):= 125.00\n# Labels:= EEG\n";
        List<Path> recordings = new ArrayList<>();
        recordings.add(Files.writeString(folder.resolve("empty.txt"), ""));
        recordings.add(Files.writeString(folder.resolve("no-samples.txt"), head));
        recordings.add(Files.writeString(folder.resolve("nan.txt"), head + "NaN\n".repeat(1000)));
        recordings.add(Files.writeString(
                folder.resolve("two-rates.txt"),
                head.replace("# Labels", "# Sampling Rate (Hz):= 250.00\n# Labels") + "1.0\n".repeat(1000)));
        recordings.add(Files.writeString(folder.resolve("truncated.xdf"), "XDF:"));
        Path slow = Files.writeString(
                folder.resolve("slow.txt"), head.replace("125.00", "10.00") + "1.0\n2.0\n".repeat(500));
        Anodyne anodyne = new Anodyne(folder.resolve("home"));
        for (Path recording : recordings) {
            Path out = folder.resolve("out-" + recording.getFileName());
            refused(
                    anodyne.run(
                            "session", protocol, "--participant", "P01", "--input", "eeg=" + recording, "--out", out),
                    recording.getFileName().toString());
            assertFalse(Files.exists(out.resolve("record")), "a record was begun for " + recording.getFileName());
        }
        // It can be played, but not by what takes it: known only once it is open.
        Path out = Files.createDirectories(folder.resolve("out-slow"));
        Path mine = Files.writeString(out.resolve("notes.txt"), "mine");
        refused(
                anodyne.run("session", protocol, "--participant", "P01", "--input", "eeg=" + slow, "--out", out),
                protocol + ": line 6: slots.alpha: ",
                "sampled at 10.0 Hz");
        try (var left = Files.list(out)) {
            assertEquals(List.of(mine), left.toList());
        }
    }

    /** Usable, but not without a word. */
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

    @Test
    void commandsThatAreNotUnderstoodAreRefused() throws Exception {
        Anodyne anodyne = new Anodyne(folder.resolve("home"));
        refused(anodyne.run("session", folder.resolve("x.yaml"), "--out", folder.resolve("o")), "--participant");
        refused(anodyne.run("swap", "alpha", folder.resolve("absent.jar")), "absent.jar");
        refused(anodyne.run("replay", folder.resolve("absent")), "absent");
    }
}
