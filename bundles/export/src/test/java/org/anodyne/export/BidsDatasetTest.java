package org.anodyne.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.anodyne.plugin.signal.StreamInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BidsDatasetTest {
    private static final StreamInfo EEG = FakeRecord.stream("eeg", "eeg", "EEG", 100, false, "Cz uV", "EOG1 mV");
    private static final StreamInfo EDA = FakeRecord.stream("eda", "eda", "EDA", 10, false, "EDA uS");

    @TempDir
    Path folder;

    private Path export(FakeRecord record) {
        new RecordExporter().export(record, Sessions.completed(), folder);
        return folder.resolve("bids/sub-P01");
    }

    private static float[] eeg(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        float[] values = new float[bytes.remaining() / 4];
        bytes.asFloatBuffer().get(values);
        return values;
    }

    private static List<String> lines(Path gz) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(Files.readAllBytes(gz)))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    private static String row(Path events, String type) throws IOException {
        return Files.readAllLines(events).stream()
                .filter(l -> l.split("\t")[2].equals(type))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatLastedHasItsBeginningAndDuration() throws IOException {
        FakeRecord r = new FakeRecord().declare(EEG);
        r.block(EEG, 0, FakeRecord.nanos(1), 1, 0.1f, 2, 0.2f);
        r.event(
                "watch",
                "artefact",
                3,
                Map.of(
                        "kind",
                        "blink",
                        "channel",
                        "Cz",
                        "fromNanos",
                        FakeRecord.nanos(2.5),
                        "toNanos",
                        FakeRecord.nanos(3)));
        r.event("watch", "touch", 4, Map.of());
        Path events = export(r).resolve("eeg/sub-P01_task-closedlooptens_events.tsv");
        assertTrue(row(events, "artefact").startsWith("1.5\t0.5\t"), row(events, "artefact"));
        assertTrue(row(events, "artefact").contains("kind=blink"), row(events, "artefact"));
        assertTrue(row(events, "touch").startsWith("3\t0\t"), row(events, "touch"));
    }

    @Test
    void ageAndSexStandWithTheParticipantOnlyWhereTheProtocolChoseByThem() throws IOException {
        export(Sessions.chosen(Map.of("interest", "forest", "age", 70L, "sex", "female")));
        Path table = folder.resolve("bids/participants.tsv");
        assertEquals("participant_id\tage\tsex\nsub-P01\t70\tfemale\n", Files.readString(table));
        JsonNode columns = JsonMapper.builder()
                .build()
                .readTree(folder.resolve("bids/participants.json").toFile());
        assertEquals("year", columns.path("age").path("Units").asText());
        assertTrue(columns.path("sex").path("Levels").has("female"));
        export(Sessions.chosen(Map.of("age", 93L)));
        assertEquals("participant_id\tage\nsub-P01\t89+\n", Files.readString(table));
        export(Sessions.chosen(Map.of()));
        assertEquals("participant_id\nsub-P01\n", Files.readString(table));
    }

    @Test
    void holesAreHeldMarkedAndTold() throws IOException {
        FakeRecord r = new FakeRecord().declare(EEG).declare(EDA);
        r.block(EEG, 0, FakeRecord.nanos(1), 1, 0.1f, 2, 0.2f);
        r.block(EEG, 7, FakeRecord.nanos(1.07), Float.NaN, 0.3f, 4, 0.4f);
        r.block(EDA, 0, FakeRecord.nanos(0.5), 5, 6).block(EDA, 5, FakeRecord.nanos(1.0), 7, Float.NaN);
        Path eegFolder = export(r).resolve("eeg");
        String base = "sub-P01_task-closedlooptens";
        // Cz in µV as it was, EOG from mV to µV; five samples lost, then one value missing.
        float[] v = eeg(eegFolder.resolve(base + "_eeg.eeg"));
        assertEquals(18, v.length);
        float[] cz = new float[9];
        for (int i = 0; i < 9; i++) {
            cz[i] = v[2 * i];
        }
        assertEquals(List.of(1f, 2f, 2f, 2f, 2f, 2f, 2f, 2f, 4f), boxed(cz));
        assertEquals(300f, v[15]);
        Path events = eegFolder.resolve(base + "_events.tsv");
        assertTrue(row(events, "BAD_ACQ_SKIP").startsWith("0.02\t0.05\t"), row(events, "BAD_ACQ_SKIP"));
        assertTrue(row(events, "BAD_SAMPLES").startsWith("0.07\t0.01\t"));
        // The hole of the other stream is told too, on this file's clock.
        assertTrue(row(events, "gap").startsWith("-0.3\t0.3\t"), row(events, "gap"));
        String markers = Files.readString(eegFolder.resolve(base + "_eeg.vmrk"));
        assertTrue(markers.contains("Bad Interval,samples lost,3,5,0"), markers);
        JsonNode json = JsonMapper.builder()
                .build()
                .readTree(eegFolder.resolve(base + "_eeg.json").toFile());
        assertEquals("discontinuous", json.path("RecordingType").asText());
        assertEquals(1, json.path("EEGChannelCount").asInt());
        assertEquals(1, json.path("EOGChannelCount").asInt());
        assertEquals(
                List.of("5.0", "6.0", "n/a", "n/a", "n/a", "7.0", "n/a"),
                lines(eegFolder.resolve(base + "_recording-eda_physio.tsv.gz")));
        JsonNode physio = JsonMapper.builder()
                .build()
                .readTree(eegFolder.resolve(base + "_recording-eda_physio.json").toFile());
        assertEquals(-0.5, physio.path("StartTime").asDouble(), 1e-9);
        assertEquals("µS", physio.path("EDA").path("Units").asText());
    }

    private static List<Float> boxed(float[] values) {
        List<Float> all = new java.util.ArrayList<>();
        for (float v : values) {
            all.add(v);
        }
        return all;
    }

    @Test
    void onsetsCountFromTheFirstSampleAndFollowADriftingSource() throws IOException {
        FakeRecord r = new FakeRecord().declare(EEG);
        // Sample numbers without a hole, but the source's clock is 0.1 % slow: 100 s of session time are 100.1 s of
        // samples.
        for (int block = 0; block < 1001; block++) {
            r.block(EEG, block * 10L, FakeRecord.nanos(2) + Math.round(block * 1e8 / 1.001), new float[20]);
        }
        r.event("x", "touch", 52, Map.of());
        Path eegFolder = export(r).resolve("eeg");
        Path events = eegFolder.resolve("sub-P01_task-closedlooptens_events.tsv");
        double onset = Double.parseDouble(row(events, "touch").split("\t")[0]);
        assertEquals(50.05, onset, 0.001);
        assertEquals(20020, eeg(eegFolder.resolve("sub-P01_task-closedlooptens_eeg.eeg")).length);
    }

    @Test
    void samplesThatComeTwiceAreWrittenOnce() throws IOException {
        FakeRecord r = new FakeRecord().declare(EDA);
        r.block(EDA, 0, 0, 1, 2, 3, 4);
        r.block(EDA, 0, FakeRecord.nanos(0.2), 3, 4, 5, 6);
        Path beh = export(r).resolve("beh");
        assertEquals(
                List.of("1.0", "2.0", "3.0", "4.0", "5.0", "6.0"),
                lines(beh.resolve("sub-P01_task-closedlooptens_recording-eda_physio.tsv.gz")));
    }

    @Test
    void eventsTellTheRuleTheValueAndTheLatency() throws IOException {
        Path eegFolder = export(Sessions.closedLoop()).resolve("eeg");
        Path events = eegFolder.resolve("sub-P01_task-closedlooptens_events.tsv");
        List<String> head = List.of(Files.readAllLines(events).get(0).split("\t"));
        String[] row = row(events, "trigger").split("\t");
        assertEquals("66.5", row[head.indexOf("onset")]);
        assertEquals("pain-high", row[head.indexOf("trigger")]);
        assertTrue(row[head.indexOf("rule")].startsWith("pain/probability above 0.7, held for 1 s"));
        assertEquals("0.8", row[head.indexOf("measured")]);
        assertEquals("0.7", row[head.indexOf("threshold")]);
        assertEquals("1", row[head.indexOf("unit")]);
        assertEquals("FIRED", row[head.indexOf("verdict")]);
        assertEquals("pain-high-1", row[head.indexOf("command")]);
        assertEquals("EXECUTED", row[head.indexOf("outcome")]);
        assertEquals("4", row[head.indexOf("latency")]);
        assertEquals("treatment", row[head.indexOf("phase")]);
        JsonNode sidecar = JsonMapper.builder()
                .build()
                .readTree(eegFolder
                        .resolve("sub-P01_task-closedlooptens_events.json")
                        .toFile());
        assertEquals(
                "in uV^2",
                sidecar.path("feature").path("Levels").path("alpha/power").asText());
        assertTrue(row(events, "phase").contains("alpha/phase-peak=10.25 Hz"), row(events, "phase"));
        for (String column : head) {
            assertTrue(List.of("onset", "duration").contains(column) || sidecar.has(column), column);
        }
    }

    @Test
    void mneReadsTheSameValues() throws IOException {
        assumeTrue(
                Tools.pythonWithMne(folder).isPresent(),
                "skipped: /usr/bin/python3 has no MNE (Debian: apt-get install python3-mne)");
        FakeRecord r = Sessions.closedLoop();
        Path eegFolder = export(r).resolve("eeg");
        Path header = eegFolder.resolve("sub-P01_task-closedlooptens_eeg.vhdr");
        String script = """
                import sys, mne
                raw = mne.io.read_raw_brainvision(sys.argv[1], preload=True, verbose='ERROR')
                d = raw.get_data() * 1e6
                print(raw.info['sfreq'], d.shape[0], d.shape[1], ','.join(raw.ch_names))
                print(' '.join(repr(float(x)) for x in d[3, ::997]))
                bad = [a for a in raw.annotations if a['description'].upper().startswith('BAD')]
                print([(round(a['onset'], 3), round(a['duration'], 3)) for a in bad])
                """;
        Tools.Run run = Tools.run(
                folder,
                Map.of(),
                List.of(Tools.pythonWithMne(folder).get(), "-W", "ignore", "-c", script, header.toString()));
        assertEquals(0, run.code(), run.out());
        List<String> out = run.out().lines().toList();
        assertEquals("250.0 4 45000 Fz,Cz,Pz,Oz", out.get(0));
        float[] written = eeg(eegFolder.resolve("sub-P01_task-closedlooptens_eeg.eeg"));
        String[] read = out.get(1).split(" ");
        for (int i = 0; i < read.length; i++) {
            assertEquals(written[i * 997 * 4 + 3], Double.parseDouble(read[i]), 1e-4);
        }
        // The two seconds that were lost are what MNE leaves out.
        assertEquals("[(100.0, 2.0)]", out.get(2));
    }

    @Test
    void aDatasetThatCannotBeWrittenLeavesNothingBehind() throws IOException {
        Files.writeString(folder.resolve("file"), "");
        FakeRecord r = new FakeRecord().declare(EEG);
        r.block(EEG, 0, 0, 1, 2);
        org.junit.jupiter.api.Assertions.assertThrows(
                org.anodyne.record.RecordException.class,
                () -> new RecordExporter().export(r, Sessions.completed(), folder.resolve("file")));
        assertFalse(Files.exists(folder.resolve("bids")));
    }
}
