package org.anodyne.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anodyne.plugin.Delay;
import org.anodyne.plugin.Delay.Stage;
import org.anodyne.session.SessionEngine.Chain;
import org.anodyne.session.SessionEngine.Lag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LatencyCommandTest {
    private static final BusHop HOP = new BusHop(500, 0.002, 0.008);

    @TempDir
    Path folder;

    private static Lag lag(String slot, Stage stage, double seconds, String basis) {
        return new Lag(slot, stage, Optional.of(Delay.of("", stage, seconds, basis)));
    }

    private static Lag atMost(String slot, Stage stage, double seconds, String basis) {
        return new Lag(slot, stage, Optional.of(Delay.atMost("", stage, seconds, basis)));
    }

    /** An amplifier that states only its blocks, one band power, training, feedback, a screen. */
    private static Chain neurofeedback() {
        return new Chain(
                List.of("eeg", "alpha", "training", "feedback", "screen", "display"),
                "",
                List.of(
                        new Lag("eeg", Stage.ACQUISITION, Optional.empty()),
                        atMost("eeg", Stage.BLOCK, 0.04, "blocks of 0.04 s"),
                        atMost("alpha", Stage.BLOCK, 0.2, "a value every 0.2 s"),
                        lag("alpha", Stage.FILTER, 1, "half of the window of 2.0 s"),
                        lag("training", Stage.DECISION, 0.5, "hold"),
                        atMost("screen", Stage.DECISION, 1, "the level takes 1.0 s from one end to the other"),
                        atMost("display", Stage.OUTPUT, 0.017, "one frame at 60.0 Hz")),
                4);
    }

    private static String table(List<Chain> chains) {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        LatencyCommand.tell(out, chains, HOP);
        out.flush();
        return text.toString();
    }

    @Test
    void allSixStagesOfANeurofeedbackChainAreInTheTable() {
        List<String> lines = table(SourceFacts.withAcquisition(List.of(neurofeedback()), Map.of("eeg", 12.0)))
                .lines()
                .toList();
        assertEquals("eeg -> alpha -> training -> feedback -> screen -> display", lines.get(0));
        assertRow(lines, "acquisition", "eeg", "12 ms", "told by --acquisition, not measured");
        assertRow(lines, "block", "eeg", "up to 40 ms", "blocks of 0.04 s");
        assertRow(lines, "block", "alpha", "up to 200 ms", "a value every 0.2 s");
        assertRow(lines, "filter", "alpha", "1.000 s", "half of the window of 2.0 s");
        assertRow(lines, "decision", "training", "500 ms", "hold");
        assertRow(lines, "decision", "screen", "up to 1.000 s", "the level takes 1.0 s from one end to the other");
        assertRow(lines, "output", "display", "up to 17 ms", "one frame at 60.0 Hz");
        assertTrue(
                lines.stream().anyMatch(l -> l.matches("transport +4 hops +8\\.00 ms +measured .*")), lines.toString());
        assertTrue(lines.contains("total: 1.520 s to 2.777 s, by where in a block or step it falls"), lines.toString());
    }

    private static void assertRow(List<String> lines, String... cells) {
        String row = String.join(
                " +",
                List.of(cells).stream().map(java.util.regex.Pattern::quote).toList());
        assertTrue(lines.stream().anyMatch(l -> l.strip().matches(row)), String.join(" | ", cells) + " in " + lines);
    }

    @Test
    void whatNobodyStatesIsNamedAndNotInTheTotal() {
        String text = table(List.of(neurofeedback()));
        assertTrue(text.contains("not stated"), text);
        assertTrue(text.contains("; not in it, since not stated: acquisition of eeg"), text);
    }

    @Test
    void acquisitionIsToldOnlyWhereItIsOpen() {
        List<Chain> chains = List.of(neurofeedback());
        CommandFailure nowhere =
                assertThrows(CommandFailure.class, () -> SourceFacts.withAcquisition(chains, Map.of("alpha", 1.0)));
        assertTrue(nowhere.getMessage().contains("'alpha' begins no chain here"), nowhere.getMessage());
        assertThrows(CommandFailure.class, () -> SourceFacts.withAcquisition(chains, Map.of("eeg", -1.0)));
        assertThrows(CommandFailure.class, () -> SourceFacts.rates(Map.of(), Map.of("eeg", 0.0)));
    }

    @Test
    void theRateOfARecordingIsReadAndWhatIsToldGoesBefore() throws Exception {
        Path file = Files.writeString(
                folder.resolve("eeg.txt"), "# Simple Text Format\n# Sampling Rate (Hz):= 125.00\n#\n1\n2\n3\n4\n");
        Map<String, String> inputs = Map.of("eeg", file.toString(), "tens", "tcp:127.0.0.1:7100", "eda", "no.txt");
        assertEquals(Map.of("eeg", 125.0), SourceFacts.rates(inputs, Map.of()));
        assertEquals(Map.of("eeg", 250.0), SourceFacts.rates(inputs, Map.of("eeg", 250.0)));
    }
}
