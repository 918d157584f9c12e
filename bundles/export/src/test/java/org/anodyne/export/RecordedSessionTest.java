package org.anodyne.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.anodyne.bus.Message;
import org.anodyne.export.summary.Json;
import org.anodyne.record.RecordReader;
import org.anodyne.record.Recorder;
import org.anodyne.recorder.XdfRecordReader;
import org.anodyne.recorder.XdfRecorder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records as the recorder writes them: whole, of two segments, broken off. */
class RecordedSessionTest {
    private static final Path EEG = Path.of("bids/sub-P01/eeg/sub-P01_task-closedlooptens_eeg.eeg");

    @TempDir
    Path folder;

    private final LoopbackBus bus = new LoopbackBus();
    private final FakeRecord session = Sessions.closedLoop();

    private Recorder.Recording segment(int number) {
        Recorder.Recording r =
                new XdfRecorder(bus).open(folder.resolve("record/segment-00" + number + ".xdf"), session.meta());
        session.streams().forEach(r::expect);
        return r;
    }

    private Map<String, Object> export(String to, Map<String, Object> outcome) {
        RecordReader.Record record = new XdfRecordReader().open(folder.resolve("record"));
        return new RecordExporter().export(record, outcome, folder.resolve(to));
    }

    @Test
    void twoOverlappingSegmentsGiveTheSameAsTheMessagesThemselves() throws IOException {
        List<Message> messages = session.messages;
        int half = messages.size() / 2;
        Recorder.Recording first = segment(1);
        messages.subList(0, half).forEach(bus::deliver);
        Recorder.Recording second = segment(2);
        messages.subList(half, half + 100).forEach(bus::deliver);
        first.close();
        messages.subList(half + 100, messages.size()).forEach(bus::deliver);
        second.close();
        Map<String, Object> recorded = export("a", Sessions.completed());
        Map<String, Object> byHand = new RecordExporter().export(session, Sessions.completed(), folder.resolve("b"));
        assertEquals(Json.text(byHand), Json.text(recorded));
        assertArrayEquals(
                Files.readAllBytes(folder.resolve("b").resolve(EEG)),
                Files.readAllBytes(folder.resolve("a").resolve(EEG)));
        assertEquals(
                Files.readString(folder.resolve("b/report.html")), Files.readString(folder.resolve("a/report.html")));
    }

    @Test
    void aTornRecordGivesWhatItHolds() throws IOException {
        Recorder.Recording r = segment(1);
        session.messages.forEach(bus::deliver);
        r.close();
        Path file = folder.resolve("record/segment-001.xdf");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() * 3 / 5);
        }
        Map<String, Object> summary = export("a", Map.of());
        assertEquals("BROKEN", summary.get("outcome"));
        assertTrue(summary.get("damage").toString().contains("was not sealed"));
        double seconds = (Double) summary.get("durationSeconds");
        assertTrue(seconds > 80 && seconds < 150, "about three fifths of the session: " + seconds);
        assertTrue(Files.size(folder.resolve("a").resolve(EEG)) > 80 * 250 * 16);
        assertTrue(Files.readString(folder.resolve("a/report.html")).contains("Broken off"));
    }
}
