package org.anodyne.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.anodyne.formats.Recording;
import org.anodyne.formats.SignalGroup;
import org.anodyne.plugin.signal.StreamInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real recordings as sessions. */
class RealRecordingTest {
    @TempDir
    Path folder;

    static Optional<Path> shared(String file) {
        for (Path p = Path.of("").toAbsolutePath(); p != null; p = p.getParent()) {
            Path found = p.resolve("shared/data/biosppy").resolve(file);
            if (Files.isRegularFile(found)) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }

    static FakeRecord play(FakeRecord record, String slot, String type, Path file) {
        try (Recording recording = Recording.open(file)) {
            SignalGroup group = recording.groups().get(0);
            StreamInfo info = FakeRecord.stream(slot, slot, type, group.rate(), false, slot.toUpperCase() + " a.u.");
            record.declare(info);
            int n = (int) Math.round(group.rate() / 10);
            float[][] into = new float[group.signals().size()][n];
            long at = 0;
            for (int got = recording.read(0, at, into); got > 0; got = recording.read(0, at, into)) {
                float[] samples = java.util.Arrays.copyOf(into[0], got);
                record.block(info, at, Math.round(at * 1e9 / group.rate()), samples);
                at += got;
            }
        }
        return record;
    }

    private JsonNode session(String eeg) throws IOException {
        Optional<Path> file = shared(eeg);
        Optional<Path> eda = shared("eda.txt");
        assumeTrue(file.isPresent() && eda.isPresent(), "skipped: ../shared/data/biosppy is not there");
        FakeRecord r = play(new FakeRecord(), "eeg", "EEG", file.get());
        r.phase("rest", 0, 0, 200);
        new RecordExporter().export(play(r, "eda", "EDA", eda.get()), Sessions.completed(), folder);
        return JsonMapper.builder().build().readTree(Files.readString(folder.resolve("summary.json")));
    }

    @Test
    void eyesClosedHaveTheKnownAlphaPeak() throws IOException {
        JsonNode s = session("eeg_ec.txt");
        assertEquals(9.75, s.path("individualAlphaPeakHz").asDouble());
        assertEquals(0, s.path("gaps").asInt());
        assertTrue(Files.readString(folder.resolve("report.html")).contains("rest: peak at"));
    }

    @Test
    void eyesOpenHaveTheKnownAlphaPeak() throws IOException {
        assertEquals(8.75, session("eeg_eo.txt").path("individualAlphaPeakHz").asDouble());
    }
}
