package org.anodyne.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.anodyne.bus.Topic;
import org.anodyne.plugin.Acknowledgement.Outcome;
import org.anodyne.plugin.signal.StreamInfo;
import org.anodyne.record.RecordException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The numbers of the summary against numbers worked out by hand. */
class SummaryTest {
    private static final double EXACT = 1e-9;

    @TempDir
    Path folder;

    private JsonNode export(FakeRecord record, Map<String, Object> outcome) throws IOException {
        new RecordExporter().export(record, outcome, folder);
        return JsonMapper.builder().build().readTree(Files.readString(folder.resolve("summary.json")));
    }

    @Test
    void whatWasChosenForTheParticipantAndByWhat() throws IOException {
        JsonNode s = export(Sessions.chosen(Map.of("interest", "forest", "age", 70L)), Sessions.completed());
        assertEquals(2, s.path("about").size());
        assertEquals("forest", s.path("about").path("interest").asText());
        assertEquals(70, s.path("about").path("age").asInt());
        assertEquals(1, s.path("chosen").size());
        assertEquals("island", s.path("chosen").get(0).path("slot").asText());
        assertEquals(1, s.path("chosen").get(0).path("rules").get(0).asInt());
        assertEquals(
                "forest",
                s.path("chosen").get(0).path("parameters").path("interest").asText());
        String page = Files.readString(folder.resolve("report.html"));
        assertTrue(
                page.contains(
                        "<code>interest: forest<br>roam: 2 m</code><br><small>defaults: fog 0.0</small><br><small>chosen"
                                + " by rule 1 for "),
                page.substring(page.indexOf("Slots and parameters")));
        assertEquals(
                0,
                export(Sessions.closedLoop(), Sessions.completed())
                        .path("about")
                        .size());
    }

    @Test
    void everythingInAWholeSession() throws IOException {
        JsonNode s = export(Sessions.closedLoop(), Sessions.completed());
        assertEquals("COMPLETED", s.path("outcome").asText());
        assertEquals("closed-loop-tens", s.path("protocol").asText());
        assertEquals(180, s.path("durationSeconds").asDouble(), EXACT);
        // The longest phase is the treatment, whose peak is 10.0 Hz.
        assertEquals(10.0, s.path("individualAlphaPeakHz").asDouble());
        assertEquals(178 * 25, s.path("blocksByStream").path("eeg/eeg").asLong());
        assertEquals(180 * 10, s.path("blocksByStream").path("eda/eda").asLong());
        assertEquals(178 * 25 + 180 * 10, s.path("blocks").asLong());
        assertEquals(1, s.path("gaps").asInt());
        JsonNode gap = s.path("gapList").get(0);
        assertEquals("radio link lost", gap.path("reason").asText());
        assertEquals(100, gap.path("fromSeconds").asDouble(), EXACT);
        assertEquals(102, gap.path("toSeconds").asDouble(), EXACT);
        assertEquals(500, gap.path("lostSamples").asInt());
        assertEquals(7, s.path("triggers").asInt());
        assertEquals(7, s.path("decisions").path("HELD_BY_REFRACTORY_TIME").asInt());
        assertEquals(1, s.path("swaps").asInt());
        assertEquals("0.1.1", s.path("swapList").get(0).path("toVersion").asText());
        assertEquals(1200, s.path("dose").path("tens").path("charge_uC").asDouble(), EXACT);
        assertEquals(600, s.path("dose").path("tens").path("pulses").asDouble(), EXACT);
        JsonNode acks = s.path("acknowledgements");
        assertEquals(6, acks.path("byOutcome").path("EXECUTED").asInt());
        assertEquals(
                1, acks.path("refusedByReason").path("the slot is not armed").asInt());
        assertEquals(2, s.path("ratings").size());
        assertEquals(2, s.path("phases").size());
        assertEquals(
                101.5,
                s.path("phases")
                        .get(1)
                        .path("features")
                        .path("alpha/phase-power")
                        .asDouble());
        assertEquals(
                480,
                s.path("phases")
                        .get(1)
                        .path("featureMeans")
                        .path("alpha/power")
                        .path("count")
                        .asInt());
        assertTrue(s.path("phases")
                .get(0)
                .path("featureMeans")
                .path("pain/probability")
                .isMissingNode());
        assertEquals("0.1.0", s.path("versions").path("org.anodyne.export").asText());
        assertTrue(s.path("synthetic").asBoolean());
        List<String> problems = new ArrayList<>();
        s.path("problems").forEach(p -> problems.add(p.asText()));
        assertEquals(
                List.of(
                        "stream eeg/eeg should be there and is not: nothing came after 100.0 s",
                        "stream eeg/eeg is back: it was silent from 100.0 s to 102.0 s",
                        "stream eda/eda ended at 150.0 s, before phase 'treatment' did",
                        "stream eda/eda holds values that are no numbers (NaN); the first come before 20.0 s"),
                problems);
        assertEquals(1, s.path("silences").size());
        assertEquals("eeg/eeg", s.path("silences").get(0).path("stream").asText());
        assertEquals(100, s.path("silences").get(0).path("fromSeconds").asDouble());
        assertEquals(102, s.path("silences").get(0).path("toSeconds").asDouble());
    }

    @Test
    void latencyPercentilesAreNearestRank() throws IOException {
        FakeRecord r = new FakeRecord();
        for (int i = 1; i <= 1000; i++) {
            r.fire("c-" + i, i, i + 1.5, Outcome.EXECUTED, "");
        }
        r.fire("refused", 1001, 5000, Outcome.REFUSED, "not armed");
        JsonNode ms = export(r, Sessions.completed()).path("latencyMs");
        assertEquals(1000, ms.path("count").asInt());
        assertEquals(501.5, ms.path("p50").asDouble(), EXACT);
        assertEquals(991.5, ms.path("p99").asDouble(), EXACT);
        assertEquals(1000.5, ms.path("p999").asDouble(), EXACT);
        assertEquals(1001.5, ms.path("max").asDouble(), EXACT);
        JsonNode stages = export(r, Sessions.completed()).path("latencyStages");
        assertEquals(1, stages.path("acquisitionToDecision").path("max").asDouble(), EXACT);
        assertEquals(0.5, stages.path("decisionToCommand").path("p50").asDouble(), EXACT);
        assertEquals(500, stages.path("commandToAcknowledgement").path("p50").asDouble(), EXACT);
    }

    @Test
    void anEmptySessionHasNullsAndZeros() throws IOException {
        JsonNode s = export(new FakeRecord(), Map.of());
        assertEquals("BROKEN", s.path("outcome").asText());
        assertTrue(s.path("individualAlphaPeakHz").isNull());
        assertTrue(s.path("latencyMs").path("p99").isNull());
        assertEquals(0, s.path("blocks").asInt());
        assertEquals(0, s.path("triggers").asInt());
        assertTrue(Files.exists(folder.resolve("report.html")));
        assertTrue(Files.exists(folder.resolve("bids/dataset_description.json")));
    }

    @Test
    void whoCouldNotBeStimulatedIsToldOfASessionThatBrokeOffToo() throws IOException {
        FakeRecord r = new FakeRecord().phase("rest", 0, 0, 30);
        r.state("tens", 0, Map.of("state", "PREPARED", "reason", "participant P01 has no screening", "armed", false));
        String told = "slot 'tens' will not act, every command to it is refused: participant P01 has no screening";
        assertEquals("[\"" + told + "\"]", export(r, Map.of()).path("problems").toString());
        JsonNode known = export(r, Map.of("state", "COMPLETED", "problems", List.of(told)));
        assertEquals(1, known.path("problems").size());
    }

    @Test
    void whereThereIsNoAlphaPeakTheReasonIsTold() throws IOException {
        StreamInfo eeg = FakeRecord.stream("eeg", "eeg", "EEG", 125, false, "O1 a.u.");
        FakeRecord r = new FakeRecord().declare(eeg).phase("rest", 0, 0, 30);
        // A saw tooth has a line in every bin, each lower than the one before it: a slope and nothing else.
        r.signal(eeg, 0, 30, 25, t -> t % 4);
        JsonNode s = export(r, Sessions.completed());
        assertTrue(
                s.path("individualAlphaPeakHz").isNull(),
                s.path("individualAlphaPeakHz").toString());
        assertEquals("", s.path("individualAlphaPeakFrom").asText());
        String reason = s.path("individualAlphaPeakReason").asText();
        assertTrue(reason.startsWith("eeg/eeg: power from 7 to 13 Hz is greatest at the edge of the range"), reason);
        assertTrue(Files.readString(folder.resolve("report.html")).contains("none: eeg/eeg: power from 7 to 13 Hz"));

        FakeRecord eda = new FakeRecord().declare(Sessions.EDA).phase("rest", 0, 0, 30);
        eda.feature("alpha", "phase-peak", 30, Double.NaN);
        reason = export(eda, Sessions.completed())
                .path("individualAlphaPeakReason")
                .asText();
        assertTrue(reason.startsWith("no stream is an EEG; alpha/phase-peak: nothing in its range"), reason);
    }

    @Test
    void alphaPeakComesFromTheSamplesWhereNoProcessorGaveOne() throws IOException {
        StreamInfo eeg = FakeRecord.stream("eeg", "eeg", "EEG", 125, false, "O1 a.u.");
        FakeRecord r = new FakeRecord().declare(eeg).phase("rest", 0, 0, 30);
        java.util.Random random = new java.util.Random(5);
        r.signal(eeg, 0, 30, 25, t -> 30 * Math.sin(2 * Math.PI * 9.75 * t) + 10 * random.nextGaussian());
        r.feature("alpha", "phase-peak", 30, Double.NaN);
        JsonNode s = export(r, Sessions.completed());
        assertEquals(9.75, s.path("individualAlphaPeakHz").asDouble());
        assertTrue(s.path("individualAlphaPeakFrom").asText().startsWith("Welch spectrum of eeg/eeg"));
    }

    @Test
    void aPeakOfAPhaseWithoutDataDoesNotReplaceOneThatWasFound() throws IOException {
        FakeRecord r = new FakeRecord();
        r.phase("rest", 0, 0, 30).phase("empty", 1, 30, 40);
        r.feature("alpha", "phase-peak", 30, 9.5);
        // A phase without data is published with its start, which is the end of the one before.
        r.feature("alpha", "phase-peak", 30, Double.NaN);
        r.feature("x", "y", 40, 1);
        assertEquals(
                9.5,
                export(r, Sessions.completed()).path("individualAlphaPeakHz").asDouble());
    }

    @Test
    void aPauseIsNoGap() throws IOException {
        StreamInfo eda = FakeRecord.stream("eda", "eda", "EDA", 10, false, "EDA uS");
        FakeRecord r = new FakeRecord().declare(eda);
        r.block(eda, 0, 0, 1, 2, 3, 4, 5).block(eda, 5, FakeRecord.nanos(10), 6, 7);
        JsonNode s = export(r, Sessions.completed());
        assertEquals(0, s.path("gaps").asInt());
        assertEquals("pause", s.path("gapList").get(0).path("kind").asText());
    }

    @Test
    void lostMessagesAreCountedAndAlarmed() throws IOException {
        StreamInfo eda = FakeRecord.stream("eda", "eda", "EDA", 10, false, "EDA uS");
        FakeRecord r = new FakeRecord().declare(eda);
        r.block(eda, 0, 0, 1, 2).lose(Topic.Kind.SAMPLE, "eda", "eda").block(eda, 4, 400_000_000, 5, 6);
        JsonNode s = export(r, Sessions.completed());
        assertEquals(1, s.path("lostMessages").asInt());
        assertEquals(1, s.path("gaps").asInt());
        assertEquals(2, s.path("gapList").get(0).path("lostSamples").asInt());
        assertTrue(s.path("problems").toString().contains("1 messages are missing"));
    }

    @Test
    void anUnknownOutcomeCountsAsDeliveredAndHasNoLatency() throws IOException {
        FakeRecord r = new FakeRecord();
        r.fire("c-1", 1, 4, Outcome.UNKNOWN, "no answer within 100 ms");
        JsonNode s = export(r, Sessions.completed());
        assertEquals(
                1, s.path("acknowledgements").path("byOutcome").path("UNKNOWN").asInt());
        assertTrue(s.path("dose").has("tens"));
        assertTrue(s.path("latencyMs").path("p50").isNull());
        assertEquals(1, s.path("triggers").asInt());
    }

    @Test
    void furtherFactsOfTheCallerAreKeptAndReplaceNothing() throws IOException {
        JsonNode s = export(
                new FakeRecord(), Map.of("state", "ABORTED", "reason", "stopped", "recordBytes", 12L, "blocks", 99L));
        assertEquals(12, s.path("recordBytes").asInt());
        assertEquals(0, s.path("blocks").asInt());
        assertEquals("ABORTED", s.path("outcome").asText());
        assertEquals("stopped", s.path("reason").asText());
    }

    @Test
    void aRecordThatCannotBeReadToItsEndStillGivesAll() throws IOException {
        FakeRecord r = Sessions.closedLoop();
        r.breaksWith = new RecordException("the file ends in the middle");
        JsonNode s = export(r, Map.of());
        assertEquals("COMPLETED", s.path("outcome").asText());
        assertTrue(s.path("damage").toString().contains("the file ends in the middle"));
        assertTrue(Files.exists(folder.resolve("bids/sub-P01/eeg")));
    }

    @Test
    void returnsWhatItWritesAndLeavesNothingElse() throws IOException {
        Map<String, Object> summary = new RecordExporter().export(Sessions.closedLoop(), Sessions.completed(), folder);
        JsonNode written = JsonMapper.builder().build().readTree(Files.readString(folder.resolve("summary.json")));
        assertEquals(summary.get("blocks"), written.path("blocks").asLong());
        assertNull(summary.get("no such"));
        // Again over what is there: replaced as a whole.
        Files.writeString(folder.resolve("bids/left-over.txt"), "x");
        new RecordExporter().export(Sessions.closedLoop(), Sessions.completed(), folder);
        assertFalse(Files.exists(folder.resolve("bids/left-over.txt")));
        try (Stream<Path> all = Files.list(folder)) {
            assertEquals(
                    List.of("bids", "features", "report.html", "summary.json"),
                    all.map(p -> p.getFileName().toString()).sorted().toList());
        }
    }
}
