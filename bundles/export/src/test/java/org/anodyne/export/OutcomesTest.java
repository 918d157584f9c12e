package org.anodyne.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.anodyne.plugin.signal.StreamInfo;
import org.anodyne.record.RecordReader;
import org.anodyne.record.SessionMeta;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutcomesTest {
    private static final String RATING = """
            outcomes:
              - id: pain
                kind: rating
                of: nrs
                item: pain
                phase: after
                baseline: first-session
                benefit: down
                responders: [30 %, 50 %]
                painFree: 1
              - {id: done, kind: adherence, sessions: 4}
            """;

    @TempDir
    Path folder;

    /** A record whose start is its own: participants have several. */
    private record At(FakeRecord record, String session, String startedAt) implements RecordReader.Record {
        @Override
        public SessionMeta meta() {
            SessionMeta m = record.meta();
            return new SessionMeta(
                    m.site(),
                    session,
                    m.participant(),
                    m.protocol(),
                    startedAt,
                    m.speed(),
                    m.seed(),
                    m.versions(),
                    m.inputs());
        }

        @Override
        public List<StreamInfo> streams() {
            return record.streams();
        }

        @Override
        public void messages(java.util.function.Consumer<org.anodyne.bus.Message> consumer) {
            record.messages(consumer);
        }

        @Override
        public List<String> damage() {
            return record.damage();
        }
    }

    private static RecordReader.Record rated(String participant, int day, Double pain, boolean whole) {
        FakeRecord r = new FakeRecord(participant, FakeRecord.PROTOCOL);
        r.phase("before", 0, 0, 10).phase("after", 1, 10, 20);
        r.event("nrs", "ask", 0, Map.of("item", "pain"));
        r.event("nrs", "answer", 1, Map.of("item", "pain", "value", 9.0));
        r.event("nrs", "ask", 20, Map.of("item", "pain"));
        r.event(
                "nrs",
                "answer",
                21,
                pain == null
                        ? Map.of("item", "pain", "missing", true, "reason", "no answer")
                        : Map.of("item", "pain", "value", pain));
        r.state("session", 22, Map.of("state", whole ? "COMPLETED" : "ABORTED", "reason", "", "phase", "after"));
        return new At(r, participant + "-" + day, "2026-01-%02dT09:00:00+01:00".formatted(day));
    }

    private List<Map<String, String>> table(String name) throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve(name));
        String[] heads = lines.get(0).split("\t");
        List<Map<String, String>> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split("\t");
            Map<String, String> row = new LinkedHashMap<>();
            for (int i = 0; i < heads.length; i++) {
                row.put(heads[i], cells[i]);
            }
            rows.add(row);
        }
        return rows;
    }

    private void write(String definitions, RecordReader.Record... records) {
        new RecordExporter().outcomes(List.of(records), definitions, Map.of(), folder);
    }

    @Test
    void respondersAreThoseWhoReachTheirShare() throws IOException {
        // From 10 to 7: exactly 30 %. From 8 to 5: 37.5 %. From 6 to 1: 83 %, and nearly free of pain. The records come
        // in any order.
        write(
                RATING,
                rated("P02", 9, 5.0, true),
                rated("P01", 8, 7.0, true),
                rated("P01", 1, 10.0, true),
                rated("P02", 2, 8.0, true),
                rated("P03", 1, 6.0, true),
                rated("P03", 5, 1.0, false));
        List<Map<String, String>> rows = table("outcomes.tsv").stream()
                .filter(r -> r.get("outcome").equals("pain") && r.get("visit").equals("2"))
                .toList();
        assertEquals(
                List.of("-30", "-37.5", "-83.33333333333333"),
                rows.stream().map(r -> r.get("percent_change")).toList());
        assertEquals(
                List.of("1", "1", "1"),
                rows.stream().map(r -> r.get("responder_30")).toList());
        assertEquals(
                List.of("0", "0", "1"),
                rows.stream().map(r -> r.get("responder_50")).toList());
        assertEquals(
                List.of("0", "0", "1"),
                rows.stream().map(r -> r.get("pain_free")).toList());
        assertEquals(Math.log(0.7), Double.parseDouble(rows.get(0).get("log_ratio")), 1e-15);
        Map<String, String> half = table("responders.tsv").stream()
                .filter(r -> r.get("measure").equals("responder_50"))
                .findFirst()
                .orElseThrow();
        assertEquals(List.of("1", "3", "3"), List.of(half.get("yes"), half.get("known"), half.get("participants")));
        Map<String, String> done = table("adherence.tsv").get(2);
        assertEquals(
                List.of("sub-P03", "1", "2", "4", "0.25"),
                List.of(
                        done.get("participant_id"),
                        done.get("completed"),
                        done.get("begun"),
                        done.get("planned"),
                        done.get("share_of_planned")));
        assertTrue(Files.readString(folder.resolve("outcomes.html")).contains("3 of 3"));
    }

    @Test
    void whatIsMissingIsARowWithItsReasonAndNoResponder() throws IOException {
        write(
                RATING,
                rated("P01", 1, 10.0, true),
                rated("P01", 2, null, true),
                rated("P02", 1, null, true),
                rated("P02", 2, 2.0, true),
                rated("P03", 1, 0.0, true),
                rated("P03", 2, 1.0, true),
                rated("P04", 1, 8.0, true),
                rated("P04", 2, 2.0, true));
        List<Map<String, String>> rows = table("outcomes.tsv").stream()
                .filter(r -> r.get("outcome").equals("pain"))
                .toList();
        assertEquals(8, rows.size());
        assertEquals(
                "'nrs' item 'pain' was asked 1 times and not answered",
                rows.get(1).get("missing"));
        assertEquals("n/a", rows.get(1).get("value"));
        assertEquals("the first session has no value", rows.get(3).get("change_missing"));
        assertEquals("this is the baseline", rows.get(0).get("change_missing"));
        // A baseline of 0 has no percent: a change, and no verdict.
        assertEquals(
                List.of("1", "n/a", "n/a"),
                List.of(
                        rows.get(5).get("change"),
                        rows.get(5).get("percent_change"),
                        rows.get(5).get("responder_30")));
        Map<String, String> third = table("responders.tsv").stream()
                .filter(r -> r.get("measure").equals("responder_30"))
                .findFirst()
                .orElseThrow();
        assertEquals(
                List.of("1", "1", "4", "1", "0.25"),
                List.of(
                        third.get("yes"),
                        third.get("known"),
                        third.get("participants"),
                        third.get("share_of_known"),
                        third.get("share_of_all")));
    }

    /** Amplitude a gives a power of a²/2, all of it within the band; the other channels are of another region. */
    private static FakeRecord tones(String protocol) {
        StreamInfo eeg = FakeRecord.stream("eeg", "eeg", "EEG", 250, true, "Fz uV", "F3 uV", "Pz uV");
        FakeRecord r = new FakeRecord("P01", protocol)
                .declare(eeg)
                .phase("before", 0, 0, 40)
                .phase("after", 1, 40, 80);
        DoubleUnaryOperator tone = t -> Math.sin(2 * Math.PI * 10 * t);
        for (int second = 0; second < 80; second++) {
            for (int i = second * 250; i < (second + 1) * 250; i += 25) {
                float[] samples = new float[75];
                for (int k = 0; k < 25; k++) {
                    double v = tone.applyAsDouble((i + k) / 250.0);
                    samples[3 * k] = (float) ((second < 40 ? 4 : 8) * v);
                    samples[3 * k + 1] = (float) ((second < 40 ? 2 : 4) * v);
                    samples[3 * k + 2] = (float) (10 * Math.sin(2 * Math.PI * 20 * (i + k) / 250.0));
                }
                r.block(eeg, i, Math.round(i * 1e9 / 250), samples);
            }
        }
        return r;
    }

    private static final String POWER = """
            outcomes:
              - id: alpha
                kind: band-power
                of: eeg
                channels: frontal
                band: {low: 8 Hz, high: 13 Hz}
                phase: after
                baseline: before
                benefit: down
              - {id: share, kind: band-power, channels: Pz, band: {low: 15 Hz, high: 25 Hz}, relativeTo: {low: 1 Hz, high: 45 Hz}, phase: after}
              - {id: absent, kind: band-power, channels: O1, band: {low: 8 Hz, high: 13 Hz}, phase: after}
              - {id: nowhere, kind: band-power, band: {low: 8 Hz, high: 13 Hz}, phase: later}
              - {id: high, kind: band-power, band: {low: 130 Hz, high: 140 Hz}, phase: after}
            """;

    @Test
    void powerOfARegionIsThatOfItsChannelsAndChangesByItsSquare() throws IOException {
        write(POWER, tones(FakeRecord.PROTOCOL));
        Map<String, String> alpha = table("outcomes.tsv").get(0);
        // Mean over Fz and F3: (8² + 4²) / 2 / 2 = 20 µV²; before a quarter of it. A Hann window spreads a tone over
        // three bins as 1/4 : 1 : 1/4,
        // and Simpson's rule weighs them by 4/3, 2/3, 4/3 where the middle one is the ninth of the band: (1/3 + 2/3 +
        // 1/3) / 1.5 = 8/9.
        assertEquals(20 * 8 / 9.0, Double.parseDouble(alpha.get("value")), 1e-3);
        assertEquals(5 * 8 / 9.0, Double.parseDouble(alpha.get("baseline")), 1e-3);
        assertEquals("uV^2", alpha.get("unit"));
        // 40 s in segments of 4 s that overlap by half.
        assertEquals("19", alpha.get("count"));
        assertEquals(300, Double.parseDouble(alpha.get("percent_change")), 1e-3);
        assertEquals(Math.log(4), Double.parseDouble(alpha.get("log_ratio")), 1e-5);
        assertEquals("0", alpha.get("improved"));
        assertEquals(1, Double.parseDouble(table("outcomes.tsv").get(1).get("value")), 1e-6);
    }

    /** Fz runs ahead of Pz by a quarter of a period of 10 Hz in both; their common phase drifts, so that only the lag is constant. */
    @Test
    void connectivityIsOneForALagThatStaysAndIsOfTheBand() throws IOException {
        StreamInfo eeg = FakeRecord.stream("eeg", "eeg", "EEG", 100, true, "Fz uV", "Pz uV");
        FakeRecord r = new FakeRecord().declare(eeg).phase("rest", 0, 0, 60);
        java.util.Random random = new java.util.Random(3);
        for (int i = 0; i < 6000; i += 50) {
            float[] samples = new float[100];
            for (int k = 0; k < 50; k++) {
                double t = (i + k) / 100.0;
                double drift = 0.3 * Math.sin(2 * Math.PI * 0.02 * t);
                samples[2 * k] = (float) (10 * Math.cos(2 * Math.PI * 10 * t + drift) + 0.1 * random.nextGaussian());
                samples[2 * k + 1] =
                        (float) (10 * Math.sin(2 * Math.PI * 10 * t + drift) + 0.1 * random.nextGaussian());
            }
            r.block(eeg, i, Math.round(i * 1e7), samples);
        }
        write("""
                outcomes:
                  - {id: lag, kind: connectivity, channels: frontal, with: parietal, band: {low: 9.5 Hz, high: 10.5 Hz}, phase: rest}
                  - {id: coherence, kind: connectivity, measure: coherence, channels: Fz, with: Pz, band: {low: 9.5 Hz, high: 10.5 Hz}, phase: rest}
                  - {id: elsewhere, kind: connectivity, channels: Fz, with: Pz, band: {low: 25 Hz, high: 40 Hz}, phase: rest}
                  - {id: itself, kind: connectivity, channels: Fz, with: Fz, band: {low: 8 Hz, high: 13 Hz}, phase: rest}
                """, r);
        List<Map<String, String>> rows = table("outcomes.tsv");
        assertEquals(1, Double.parseDouble(rows.get(0).get("value")), 1e-3);
        assertEquals(1, Double.parseDouble(rows.get(1).get("value")), 1e-3);
        assertEquals("30", rows.get(0).get("count"));
        assertEquals(0, Double.parseDouble(rows.get(2).get("value")), 0.1);
        assertTrue(
                rows.get(3).get("missing").contains("no two different channels"),
                rows.get(3).toString());
    }

    @Test
    void whatARecordDoesNotHoldIsSaid() throws IOException {
        write(POWER, tones(FakeRecord.PROTOCOL));
        List<String> missing =
                table("outcomes.tsv").stream().map(r -> r.get("missing")).toList();
        assertEquals("the stream has no channel O1", missing.get(2));
        assertEquals("phase 'later' did not run", missing.get(3));
        assertTrue(missing.get(4).contains("holds 0 bins"), missing.get(4));
    }

    @Test
    void aProtocolsOutcomesStandInSummaryAndReport() throws IOException {
        FakeRecord record = tones(FakeRecord.PROTOCOL + POWER);
        new RecordExporter().export(record, Sessions.completed(), folder);
        JsonNode outcomes = JsonMapper.builder()
                .build()
                .readTree(Files.readString(folder.resolve("summary.json")))
                .path("outcomes");
        assertEquals(5, outcomes.size());
        assertEquals(300, outcomes.get(0).path("percentChange").asDouble(), 1e-3);
        assertEquals(
                "phase 'later' did not run", outcomes.get(3).path("missing").asText());
        assertTrue(outcomes.get(3).path("value").isNull());
        assertTrue(Files.readString(folder.resolve("report.html")).contains("<h2>Outcomes</h2>"));
    }

    @Test
    void aFeatureThatWouldTellTheArmIsLeftOut() throws IOException {
        FakeRecord r = new FakeRecord();
        r.event(
                "session",
                "plan",
                0,
                Map.of("slots", List.of(Map.of("slot", "feedback", "parameters", Map.of("allocation", "CODE")))));
        r.phase("training", 0, 0, 10).feature("feedback", "level", 5, 0.7).feature("alpha", "relative", 5, 0.4);
        write(
                "outcomes: [{id: level, kind: feature, of: feedback/level}, {id: alpha, kind: feature, of: alpha/relative}]",
                r);
        assertTrue(table("outcomes.tsv").get(0).get("missing").contains("it would tell the arm"));
        assertEquals("0.4", table("outcomes.tsv").get(1).get("value"));
    }

    @Test
    void shippedSetsAreComputedUnderTheNamesOfTheRecordsPhases() throws IOException {
        Path sets = Path.of("../command/src/main/resources/outcomes");
        RecordReader.Record record = tones(FakeRecord.PROTOCOL);
        new RecordExporter()
                .outcomes(
                        List.of(record),
                        Files.readString(sets.resolve("np-rest.yaml")),
                        Map.of("rest", "after"),
                        folder);
        assertEquals(
                List.of("rest-theta", "rest-alpha", "rest-gamma"),
                table("outcomes.tsv").stream().map(r -> r.get("outcome")).toList());
        assertTrue(table("outcomes.tsv").stream().allMatch(r -> r.get("missing").equals("n/a")));
        new RecordExporter().outcomes(List.of(record), Files.readString(sets.resolve("vr-sci.yaml")), Map.of(), folder);
        List<Map<String, String>> rows = table("outcomes.tsv");
        assertEquals(
                List.of("frontal-delta", "parietal-low-gamma", "frontal-alpha"),
                rows.stream().map(r -> r.get("outcome")).toList());
        // The tone of 10 Hz doubles: four times the power, which is no benefit here.
        assertEquals(300, Double.parseDouble(rows.get(2).get("percent_change")), 1e-3);
        assertEquals("0", rows.get(2).get("improved"));
    }

    @Test
    void definitionsWithFaultsAreRefusedWhole() {
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class,
                () -> write("outcomes: [{id: a, kind: power}, {id: b, kind: rating}]", rated("P01", 1, 5.0, true)));
        assertTrue(e.getMessage().contains("'kind' is one of band-power"), e.getMessage());
        assertTrue(e.getMessage().contains("outcome 'b': name the slot that asks"), e.getMessage());
        assertTrue(Files.notExists(folder.resolve("outcomes.tsv")));
        assertThrows(IllegalArgumentException.class, () -> write("", rated("P01", 1, 5.0, true)));
    }
}
