package org.anodyne.recorder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.anodyne.bus.Message;
import org.anodyne.bus.Payload;
import org.anodyne.bus.Topic;
import org.anodyne.host.SessionTime;
import org.anodyne.plugin.Acknowledgement;
import org.anodyne.plugin.Command;
import org.anodyne.plugin.signal.Feature;
import org.anodyne.plugin.signal.SampleBlock;
import org.anodyne.plugin.signal.StreamInfo;
import org.anodyne.record.RecordException;
import org.anodyne.record.RecordReader;
import org.anodyne.record.Recorder;
import org.anodyne.record.SessionMeta;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class XdfRecorderTest {
    private static final StreamInfo EEG = new StreamInfo(
            "eeg",
            "eeg",
            "EEG",
            250,
            List.of(new StreamInfo.Channel("Cz", "uV"), new StreamInfo.Channel("Pz", "uV")),
            true);

    @TempDir
    Path folder;

    private final LoopbackBus bus = new LoopbackBus();
    private final XdfRecorder recorder = new XdfRecorder(bus);

    static SessionMeta meta() {
        return new SessionMeta(
                "lab",
                "s1",
                "P01",
                "anodyne: 1 # <&> \"text\"\n",
                "2026-01-02T03:04:05+01:00",
                "max",
                42,
                Map.of("band-power", "0.1.0"),
                Map.of("eeg", "a file.txt"));
    }

    static Topic topic(Topic.Kind kind, String slot, String name) {
        return Topic.of("lab", "s1", kind, slot, name);
    }

    static Payload block(long index, float... samples) {
        return new Payload.Samples(new SampleBlock("eeg", index, index * 4_000_000 + 1, 250, 2, samples));
    }

    private List<Message> read(Path record) {
        List<Message> messages = new ArrayList<>();
        new XdfRecordReader().open(record).messages(messages::add);
        return messages;
    }

    @Test
    void everyKindOfMessageComesBackBitForBit() {
        List<Message> received = new ArrayList<>();
        bus.subscribe("anodyne/1/lab/s1/#", received::add);
        Path file = folder.resolve("segment-001.xdf");
        try (Recorder.Recording r = recorder.open(file, meta())) {
            r.expect(EEG);
            bus.publish(topic(Topic.Kind.SAMPLE, "eeg", "eeg"), block(0, 1, 2, Float.NaN, -0f), 7);
            bus.publish(topic(Topic.Kind.SAMPLE, "eeg", "eeg"), block(2, 3, 4), 8);
            bus.publish(
                    topic(Topic.Kind.FEATURE, "alpha", "power"),
                    new Payload.FeatureValue(new Feature("power", 8_000_001, new double[] {0.1 + 0.2, Double.NaN})),
                    8);
            bus.publish(
                    topic(Topic.Kind.EVENT, "loop", "decision"),
                    new Payload.Document(
                            "decision",
                            8_000_001,
                            Map.of(
                                    "n",
                                    1L,
                                    "d",
                                    1.0,
                                    "nan",
                                    Double.NaN,
                                    "l",
                                    List.of("ä\n", true),
                                    "m",
                                    Map.of("x", 2.5))),
                    8);
            bus.publish(
                    topic(Topic.Kind.COMMAND, "tens", ""),
                    new Payload.Request(new Command("t-1", "tens", "burst", Map.of("amplitude", 10.0), 8_000_001, "t")),
                    8);
            bus.publish(
                    topic(Topic.Kind.ACK, "tens", ""),
                    new Payload.Reply(new Acknowledgement(
                            "t-1", Acknowledgement.Outcome.REFUSED, "not armed", 9_000_000, Map.of("pulses", 0.0))),
                    8);
        }
        List<Message> recorded = read(file);
        assertEquals(received.size(), recorded.size());
        for (int i = 0; i < received.size(); i++) {
            Message a = received.get(i);
            Message b = recorded.get(i);
            assertEquals(a.topic(), b.topic());
            assertEquals(a.envelope(), b.envelope());
            assertEquals(a.receivedNanos(), b.receivedNanos());
            if (a.payload() instanceof Payload.Samples s) {
                SampleBlock x = s.block();
                SampleBlock y =
                        assertInstanceOf(Payload.Samples.class, b.payload()).block();
                assertArrayEquals(x.samples(), y.samples());
                assertEquals(x.startNanos(), y.startNanos());
                assertEquals(x.index(), y.index());
                assertEquals(x.rateHz(), y.rateHz());
            } else if (a.payload() instanceof Payload.FeatureValue f) {
                Feature y = assertInstanceOf(Payload.FeatureValue.class, b.payload())
                        .feature();
                assertArrayEquals(f.feature().values(), y.values());
                assertEquals(f.feature().timeNanos(), y.timeNanos());
            } else {
                assertEquals(a.payload(), b.payload());
            }
        }
        RecordReader.Record record = new XdfRecordReader().open(file);
        assertEquals(meta(), record.meta());
        assertEquals(List.of(EEG), record.streams());
        assertEquals(List.of(), record.damage());
    }

    @Test
    void messagesOfTwoOverlappingSegmentsAreGivenOnce() {
        Recorder.Recording first = recorder.open(folder.resolve("segment-001.xdf"), meta());
        bus.publish(topic(Topic.Kind.SAMPLE, "eeg", "eeg"), block(0, 1, 2), 0);
        Recorder.Recording second = new XdfRecorder(bus).open(folder.resolve("segment-002.xdf"), meta());
        bus.publish(topic(Topic.Kind.SAMPLE, "eeg", "eeg"), block(1, 3, 4), 0);
        first.close();
        bus.publish(topic(Topic.Kind.SAMPLE, "eeg", "eeg"), block(2, 5, 6), 0);
        second.close();
        List<Long> indices = read(folder).stream()
                .map(m -> ((Payload.Samples) m.payload()).block().index())
                .toList();
        assertEquals(List.of(0L, 1L, 2L), indices);
        assertEquals(0, bus.subscriptions());
    }

    @Test
    void aBrokenTailCostsOnlyWhatWasNotCommitted() throws Exception {
        Path file = folder.resolve("segment-001.xdf");
        try (Recorder.Recording r = recorder.open(file, meta())) {
            for (int i = 0; i < 50; i++) {
                bus.publish(topic(Topic.Kind.SAMPLE, "eeg", "eeg"), block(i, i, i), 0);
                if (i == 39) {
                    r.flush(LoopbackBus.patience());
                }
            }
        }
        long size = Files.size(file);
        for (long cut = size - 1; cut > size - 400; cut -= 37) {
            try (FileChannel c = FileChannel.open(file, StandardOpenOption.WRITE)) {
                c.truncate(cut);
            }
            assertTrue(read(file).size() >= 40);
            assertEquals(
                    List.of(true),
                    new XdfRecordReader()
                            .open(file).damage().stream()
                                    .map(d -> d.contains("segment-001"))
                                    .distinct()
                                    .toList());
        }
    }

    /** Session time that goes as the test says. */
    private static final class TestTime implements SessionTime {
        private final TreeMap<Long, List<Runnable>> timers = new TreeMap<>();
        private long now;

        @Override
        public long nowNanos() {
            return now;
        }

        @Override
        public boolean virtual() {
            return true;
        }

        @Override
        public Timer at(long nanos, Runnable task) {
            timers.computeIfAbsent(nanos, k -> new ArrayList<>()).add(task);
            return () -> timers.getOrDefault(nanos, List.of()).remove(task);
        }

        void advance(long to) {
            while (!timers.isEmpty() && timers.firstKey() <= to) {
                var due = timers.pollFirstEntry();
                now = Math.max(now, due.getKey());
                due.getValue().forEach(Runnable::run);
            }
            now = to;
        }
    }

    /** What a watcher is told, a line each. */
    private static final class Told implements Recorder.Watcher {
        final List<String> lines = new ArrayList<>();

        @Override
        public void alarm(String what) {
            lines.add(what);
        }

        @Override
        public void silent(StreamInfo stream, long sinceNanos, long blocks) {
            lines.add("silent " + stream.name() + " since " + sinceNanos + " after " + blocks);
        }

        @Override
        public void back(StreamInfo stream, long fromNanos) {
            lines.add("back " + stream.name() + " from " + fromNanos);
        }
    }

    private static final long SECOND = 1_000_000_000L;

    @Test
    void aStreamThatShouldBeThereAndIsNotIsAnAlarmInSessionTimeAndItsReturnIsToldToo() {
        TestTime time = new TestTime();
        Told told = new Told();
        try (Recorder.Recording r = recorder.open(folder.resolve("segment-001.xdf"), meta())) {
            r.watch(time, told);
            r.expect(EEG);
            r.expecting(EEG, false);
            time.advance(60 * SECOND);
            assertEquals(List.of(), told.lines, "nobody expected it");
            r.expecting(EEG, true);
            time.advance(61 * SECOND);
            assertEquals(List.of("silent eeg since 60000000000 after 0"), told.lines);
            time.advance(3600 * SECOND);
            assertEquals(1, told.lines.size(), "it is told once");
            bus.publish(topic(Topic.Kind.SAMPLE, "eeg", "eeg"), block(0, 1, 2), 0);
            assertEquals("back eeg from 3600000000000", told.lines.get(1));
            time.advance(3600 * SECOND + SECOND - 1);
            assertEquals(2, told.lines.size());
            time.advance(3600 * SECOND + SECOND);
            assertEquals("silent eeg since 4000001 after 1", told.lines.get(2));
        }
        assertTrue(time.timers.isEmpty());
    }

    @Test
    void whenTimeStandsStillOrTheBusIsDownNoStreamIsSilent() {
        TestTime time = new TestTime();
        Told told = new Told();
        try (Recorder.Recording r = recorder.open(folder.resolve("segment-001.xdf"), meta())) {
            r.watch(time, told);
            r.expect(EEG);
            r.expecting(EEG, true);
            bus.connected(false);
            time.advance(10 * SECOND);
            bus.connected(true);
            time.advance(10 * SECOND + SECOND - 1);
            assertEquals(List.of(), told.lines);
            // Paused: the one timer that is set fires and sets no other, so virtual time is not driven on.
            r.expecting(EEG, false);
            time.advance(20 * SECOND);
            assertEquals(0, time.timers.size());
        }
        assertEquals(List.of(), told.lines);
    }

    @Test
    void aSourceOfLongBlocksIsWaitedFor() {
        TestTime time = new TestTime();
        Told told = new Told();
        try (Recorder.Recording r = recorder.open(folder.resolve("segment-001.xdf"), meta())) {
            r.watch(time, told);
            r.expect(EEG);
            r.expecting(EEG, true);
            bus.publish(topic(Topic.Kind.SAMPLE, "eeg", "eeg"), block(0, new float[2 * 500]), 0);
            time.advance(6 * SECOND - 1);
            assertEquals(List.of(), told.lines);
            time.advance(6 * SECOND);
            assertEquals(1, told.lines.size());
        }
    }

    @Test
    void anExistingFileIsNotOverwritten() throws IOException {
        Path file = Files.writeString(folder.resolve("segment-001.xdf"), "precious");
        RecordException e = assertThrows(RecordException.class, () -> recorder.open(file, meta()));
        assertTrue(e.getMessage().contains("segment-001.xdf"));
        assertEquals("precious", Files.readString(file));
        assertEquals(0, bus.subscriptions());
    }

    @Test
    void whatIsNoRecordIsRefusedWithAReason() throws IOException {
        assertTrue(assertThrows(RecordException.class, () -> new XdfRecordReader().open(folder))
                .getMessage()
                .contains("there is no record"));
        Path text = Files.writeString(folder.resolve("x.xdf"), "hello, this is no record");
        assertThrows(RecordException.class, () -> new XdfRecordReader().open(text));
    }
}
