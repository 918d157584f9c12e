package org.anodyne.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.anodyne.formats.edf.EdfSignal;
import org.anodyne.formats.edf.EdfWriter;
import org.anodyne.formats.xdf.XdfFormat;
import org.anodyne.formats.xdf.XdfSamples;
import org.anodyne.formats.xdf.XdfStreamHeader;
import org.anodyne.formats.xdf.XdfValues;
import org.anodyne.formats.xdf.XdfWriter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Whatever cannot be used is refused whole: exit code 2, a message that says what and where, nothing left behind. */
@Tag("beside")
@Execution(ExecutionMode.CONCURRENT)
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
                  clean: {plugin: filter, inputs: {samples: eeg}}
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
        Path bomb = Files.writeString(folder.resolve("bomb.yaml"), bomb());
        refused(
                anodyne.run("check", protocol, bomb, folder.resolve("absent.yaml")),
                "line 5: ",
                "synthetik",
                "line 6: ",
                "line 8: ",
                "there is nothing to do",
                "line 11: ",
                "line 14: ",
                "refractory",
                "bomb.yaml",
                "there is no protocol file " + folder.resolve("absent.yaml"));
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
        // Every fault of a recording in every format is tried where recordings are read; here each fault once.
        Map<Path, String> recordings = new LinkedHashMap<>();
        recordings.put(Files.createFile(folder.resolve("empty.txt")), "the file is empty");
        recordings.put(
                Files.writeString(
                        folder.resolve("two-rates.txt"),
                        head.replace("# Labels", "# Sampling Rate (Hz):= 250.00\n# Labels") + "1.0\n".repeat(1000)),
                "");
        recordings.put(
                Files.writeString(folder.resolve("nan.txt"), head + "NaN\n".repeat(1000)), "all 1000 samples are NaN");
        recordings.put(cut(edf(), folder.resolve("truncated.edf")), "truncated");
        recordings.put(cut(xdf(), folder.resolve("truncated.xdf")), "truncated");
        Path slow = Files.writeString(
                folder.resolve("slow.txt"), head.replace("125.00", "10.00") + "1.0\n2.0\n".repeat(500));
        Anodyne anodyne = new Anodyne(folder.resolve("home"));
        for (Path recording : recordings.keySet()) {
            Path out = folder.resolve("out-" + recording.getFileName());
            refused(
                    anodyne.run(
                            "session", protocol, "--participant", "P01", "--input", "eeg=" + recording, "--out", out),
                    recording.getFileName().toString(),
                    recordings.get(recording));
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

    /** A recording of 20 s that is whole. */
    private Path edf() {
        Path file = folder.resolve("whole.edf");
        try (EdfWriter writer = EdfWriter.create(
                file,
                EdfWriter.Subject.unknown(),
                EdfWriter.Session.unknown(),
                LocalDateTime.of(2026, 1, 2, 3, 4, 5),
                1,
                List.of(EdfSignal.of("EEG Cz", "uV", -500, 500, 100)))) {
            for (int second = 0; second < 20; second++) {
                writer.write(new double[][] {sine(100)});
            }
        }
        return file;
    }

    private Path xdf() {
        Path file = folder.resolve("whole.xdf");
        try (XdfWriter writer = XdfWriter.create(file, Map.of())) {
            int eeg = writer.addStream(XdfStreamHeader.signal(
                    "eeg",
                    "EEG",
                    100,
                    XdfFormat.DOUBLE64,
                    List.of(new XdfStreamHeader.Channel("Cz", "microvolts", "EEG"))));
            for (int second = 0; second < 20; second++) {
                writer.write(XdfSamples.regular(eeg, second, 100, 100, new XdfValues.Double64(sine(100))));
                writer.commit(0);
            }
        }
        return file;
    }

    private static double[] sine(int count) {
        return IntStream.range(0, count).mapToDouble(i -> 20 * Math.sin(i)).toArray();
    }

    /** The first half of it, as a copy leaves it that was broken off. */
    private static Path cut(Path whole, Path to) throws IOException {
        byte[] all = Files.readAllBytes(whole);
        return Files.write(to, Arrays.copyOf(all, all.length / 2 + 1));
    }

    @Test
    void commandsThatAreNotUnderstoodAreRefused() throws Exception {
        Anodyne anodyne = new Anodyne(folder.resolve("home"));
        refused(anodyne.run("session", folder.resolve("x.yaml"), "--out", folder.resolve("o")), "--participant");
        refused(anodyne.run("swap", "alpha", folder.resolve("absent.jar")), "absent.jar");
        refused(anodyne.run("replay", folder.resolve("absent")), "absent");
    }
}
