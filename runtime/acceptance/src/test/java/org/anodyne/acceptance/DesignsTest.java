package org.anodyne.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The templates of designs in docs/protocols: without fault, and rehearsed in virtual time at their real length. */
@Tag("alone")
class DesignsTest {
    @TempDir
    static Path homes;

    @TempDir
    Path folder;

    private final Anodyne anodyne = new Anodyne(homes.resolve("home"));

    private static Path designs() {
        for (Path p = Path.of("").toAbsolutePath(); p != null; p = p.getParent()) {
            if (Files.isDirectory(p.resolve("docs/protocols"))) {
                return p.resolve("docs/protocols");
            }
        }
        throw new IllegalStateException("this test runs below the checkout");
    }

    @Test
    void allAreWithoutFaultAndTellWhatNobodyHasVerified() throws Exception {
        List<Object> words = new ArrayList<>(List.of("check"));
        try (Stream<Path> all = Files.walk(designs(), 2)) {
            all.filter(p -> p.toString().endsWith(".yaml")).sorted().forEach(words::add);
        }
        assertTrue(words.size() > 9, words.toString());
        Anodyne.Ended checked = anodyne.run(words.toArray());
        assertEquals(0, checked.exit(), checked.output());
        assertEquals(
                words.size() - 1,
                checked.output().lines().filter(l -> l.endsWith(": no fault")).count());
        assertTrue(checked.output().contains("are unverified; confirm before a study:"), checked.output());
        assertTrue(checked.output().contains("  slots.up.parameters.low: recalled from Jensen"), checked.output());
    }

    /** Where a design needs a headset or a window the rehearsal has none, and draws as little as may be. */
    private JsonNode rehearse(String design, String participant, String out) throws Exception {
        String text = Files.readString(designs().resolve(design));
        Path protocol = Files.writeString(
                folder.resolve("protocol.yaml"),
                text.replaceAll("mode: (headset|window)", "mode: headless, rate: 1 Hz, width: 64, height: 64"));
        Anodyne.Ended ended = anodyne.run(
                "session",
                protocol,
                "--participant",
                participant,
                "--speed",
                "max",
                "--simulated-participant",
                "--out",
                folder.resolve(out));
        assertEquals(0, ended.exit(), ended.output());
        JsonNode summary = Anodyne.summary(folder.resolve(out));
        assertEquals("COMPLETED", summary.path("outcome").asText());
        return summary;
    }

    @Test
    void aWorldOnAScreenIsRehearsedAndItsOutcomeIsInTheSummary() throws Exception {
        JsonNode summary = rehearse("headset-screen-crossover/screen.yaml", "P01", "screen");
        assertEquals(12 * 60, summary.path("durationSeconds").asDouble(), 5);
        JsonNode pain = summary.path("outcomes").get(0);
        assertEquals("pain-during", pain.path("id").asText());
        // Asked at once, after five and after ten minutes or at least two of these, and once before.
        assertTrue(pain.path("count").asInt() >= 2, pain.toString());
        assertFalse(pain.path("baseline").isMissingNode(), pain.toString());
    }

    @Test
    void twoVisitsOfPainReprocessingGiveATableOfOutcomes() throws Exception {
        rehearse("prt/usual-care.yaml", "P01", "first");
        rehearse("prt/prt.yaml", "P01", "second");
        Path tables = folder.resolve("outcomes");
        Anodyne.Ended computed = anodyne.run(
                "outcomes",
                folder.resolve("first"),
                folder.resolve("second"),
                "--with",
                designs().resolve("prt/usual-care.yaml"),
                "--out",
                tables);
        assertEquals(0, computed.exit(), computed.output());
        List<String> rows = Files.readAllLines(tables.resolve("outcomes.tsv"));
        assertEquals(3, rows.size(), rows.toString());
        assertTrue(rows.get(2).startsWith("sub-P01\t"), rows.toString());
        assertTrue(Files.readString(tables.resolve("outcomes.html")).contains("<svg"), "no picture");
        assertTrue(new ObjectMapper()
                .readTree(tables.resolve("outcomes.json").toFile())
                .path("outcome")
                .path("Levels")
                .has("pain"));
    }

    @Test
    void latencyOfAChainIsToldBeforeASession() throws Exception {
        Anodyne.Ended told =
                anodyne.run("latency", designs().resolve("closed-loop-multisensory/session.yaml"), "--json");
        assertEquals(0, told.exit(), told.output());
        JsonNode figures = figures(told.output());
        assertTrue(figures.path("busHop").path("medianSeconds").asDouble() > 0);
        JsonNode chain = figures.path("chains").get(0);
        assertEquals(
                "[\"eeg\",\"alpha\",\"pain\",\"loop\",\"tens\"]",
                chain.path("slots").toString());
        assertEquals("pain-high", chain.path("trigger").asText());
        assertEquals(4, chain.path("hops").asInt());
        // Half of the window of 2 s and the hold of 1 s, and what the bus takes.
        double transport = chain.path("transportSeconds").asDouble();
        assertEquals(2, chain.path("leastSeconds").asDouble() - transport, 1e-9);
        // And at most: blocks of 40 ms, a value each 250 ms, the lag of 250 ms, the device's answer in 100 ms.
        assertEquals(2.64, chain.path("mostSeconds").asDouble() - transport, 1e-9);
    }

    private static JsonNode figures(String output) throws IOException {
        return new ObjectMapper().readTree(output.substring(output.indexOf('{'), output.lastIndexOf('}') + 1));
    }
}
