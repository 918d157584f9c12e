package org.anodyne.session.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.anodyne.bus.Message;
import org.anodyne.bus.Payload;
import org.anodyne.bus.Topic;
import org.anodyne.plugin.PluginKind;
import org.anodyne.session.ProtocolException;
import org.anodyne.session.SessionEngine.ReplayReport;
import org.anodyne.session.SessionEngine.Request;
import org.anodyne.session.SessionEngine.Result;
import org.anodyne.session.SessionEngine.RunningSession;
import org.anodyne.session.SessionEngine.SessionState;
import org.anodyne.session.engine.fake.FakeBus;
import org.anodyne.session.engine.fake.FakeHost;
import org.anodyne.session.engine.fake.FakeMood;
import org.anodyne.session.engine.fake.FakePlugins;
import org.anodyne.session.engine.fake.FakeRecorder;
import org.anodyne.session.engine.fake.FakeRegistry;
import org.anodyne.session.engine.fake.FakeWords;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Questionnaires: asked whole, answered by a simulated participant, missed, told of, replayed. */
class RatingsTest {
    private static final String PROTOCOL = """
            anodyne: 1
            id: mood
            seed: 7
            slots:
              mood: {plugin: mood}
              nrs: {plugin: nrs}
            phases:
              - id: before
                duration: 19 s
                slots: [mood, nrs]
                ratings:
                  - {slot: mood, every: 5 s, within: 4 s}
              - id: after
                duration: 1 s
                slots: [mood, nrs]
                ratings:
                  - {slot: nrs, at: end, within: 20 s}
                  - {slot: mood, at: end, within: 20 s}
            """;

    @TempDir
    Path folder;

    private final FakeBus bus = new FakeBus();
    private final FakeRecorder recorder = new FakeRecorder(bus);
    private final FakeRegistry plugins = FakePlugins.installed()
            .with("mood", PluginKind.OUTCOME, "1.0.0", "{}", FakeMood.factory())
            .with("words", PluginKind.OUTCOME, "1.0.0", "{}", FakeWords.factory());
    private final Engine engine = engine();

    private Engine engine() {
        Engine e = new Engine(bus, new FakeHost(bus, plugins), plugins);
        e.bindRecorder(recorder);
        e.bindReader(recorder);
        return e;
    }

    @AfterEach
    void stop() throws InterruptedException {
        engine.deactivate();
        bus.close();
    }

    private Result run(String protocol, boolean simulatedParticipant, String out) throws Exception {
        Path file = Files.writeString(folder.resolve(out + ".yaml"), protocol);
        return engine.start(new Request(
                        file,
                        "P01",
                        Map.of(),
                        Double.POSITIVE_INFINITY,
                        folder.resolve(out),
                        false,
                        Map.of(),
                        simulatedParticipant))
                .await(Duration.ofSeconds(60));
    }

    private List<Payload.Document> events(int segment, String type) {
        return recorder.segments.get(segment).messages.stream()
                .filter(m -> m.topic().kind() == Topic.Kind.EVENT)
                .map(Message::payload)
                .filter(Payload.Document.class::isInstance)
                .map(Payload.Document.class::cast)
                .filter(d -> d.type().equals(type))
                .toList();
    }

    @Test
    void aRatingWithoutAnItemAsksAllOfItsSlotButNoScore() throws Exception {
        assertEquals(SessionState.COMPLETED, run(PROTOCOL, false, "a").state());
        List<Payload.Document> asked = events(0, "ask");
        // Twice each at 5, 10 and 15 s; at 19 s the phase is over. Then three at the end.
        assertEquals(
                List.of("calm", "dark", "calm", "dark", "calm", "dark", "pain", "calm", "dark"),
                asked.stream().map(d -> d.attributes().get("item")).toList());
        assertFalse(asked.get(0).attributes().containsKey("choices"));
        assertEquals("In the last week:", asked.get(1).attributes().get("instruction"));
        assertEquals(
                List.of(Map.of("value", 0.0, "text", "never"), Map.of("value", 2.0, "text", "often")),
                asked.get(1).attributes().get("choices"));
    }

    @Test
    void theInstrumentIsToldWhatWasMissed() throws Exception {
        run(PROTOCOL, false, "a");
        List<String> missed = recorder.segments.get(0).messages.stream()
                .map(Message::payload)
                .filter(Payload.FeatureValue.class::isInstance)
                .map(p -> ((Payload.FeatureValue) p).feature())
                .filter(f -> f.value() == -1)
                .map(f -> f.name() + " " + f.timeNanos() / 1_000_000_000L)
                .toList();
        assertEquals(
                List.of("calm 9", "dark 9", "calm 14", "dark 14", "calm 19", "dark 19", "calm 40", "dark 40"), missed);
    }

    @Test
    void aSimulatedParticipantAnswersEverythingTheSameEachTime() throws Exception {
        assertEquals(SessionState.COMPLETED, run(PROTOCOL, true, "a").state());
        run(PROTOCOL, true, "b");
        run(PROTOCOL.replace("seed: 7", "seed: 8"), true, "c");
        List<Payload.Document> answers = events(0, "answer");
        assertEquals(9, answers.size());
        for (Payload.Document d : answers) {
            double value = ((Number) d.attributes().get("value")).doubleValue();
            assertTrue(!d.attributes().get("item").equals("dark") || value == 0 || value == 2, d.toString());
        }
        assertEquals(answers, events(1, "answer"));
        assertFalse(answers.equals(events(2, "answer")));
    }

    @Test
    void anAlertIsToldTheOperatorAtOnce() throws Exception {
        Result result = run(PROTOCOL, true, "a");
        long dark = events(0, "safety-alert").size();
        assertTrue(dark > 0, "no answer of this seed raises an alert; choose another");
        List<String> told = result.problems().stream()
                .filter(p -> p.startsWith("SAFETY ALERT at ") && p.endsWith("slot 'mood': ask about dark thoughts"))
                .toList();
        assertEquals(dark, told.size(), result.problems().toString());
    }

    @Test
    void aReplayTakesAnswersAfterTheLastPhaseAndWhatWasMissed() throws Exception {
        run(PROTOCOL, true, "a");
        ReplayReport report = engine.replay(folder.resolve("a/record"), true);
        assertEquals(Optional.empty(), report.firstDifference());
        assertEquals(9, report.features());
        recorder.segments.clear();
        run(PROTOCOL, false, "b");
        report = engine.replay(folder.resolve("b/record"), true);
        assertEquals(Optional.empty(), report.firstDifference());
        assertEquals(8, report.features());
    }

    @Test
    void whatIsDeclinedIsMissingAtOnceAndToldFromWhatCameTooLate() throws Exception {
        String protocol = """
                anodyne: 1
                id: declined
                seed: 7
                slots:
                  words: {plugin: words}
                phases:
                  - {id: rest, duration: 5 min, slots: [words], ratings: [{slot: words, at: start, within: 4 min}]}
                """;
        Path file = Files.writeString(folder.resolve("declined.yaml"), protocol);
        RunningSession session = engine.start(new Request(file, "P01", Map.of(), 1, folder.resolve("a")));
        await(() -> !recorder.segments.isEmpty() && !events(0, "ask").isEmpty());
        assertEquals(true, events(0, "ask").get(0).attributes().get("optional"));
        List<Message> replies = bus.tap("anodyne/1/lab/control/reply");
        for (String request : List.of("1", "2")) {
            bus.publish(
                    Topic.ofSite("lab", Topic.Kind.CONTROL, "answer"),
                    new Payload.Document(
                            "control",
                            -1,
                            Map.of("request", request, "slot", "words", "item", "what", "declined", true)),
                    0);
        }
        await(() -> replies.size() == 2);
        assertEquals(
                List.of("taken", "item 'what' of slot 'words' is not asked now"),
                replies.stream()
                        .map(m -> ((Payload.Document) m.payload()).attributes().get("message"))
                        .toList());
        session.abort("enough");
        session.await(Duration.ofSeconds(60));
        assertEquals(
                List.of(Map.of(
                        "item",
                        "what",
                        "missing",
                        true,
                        "declined",
                        true,
                        "reason",
                        "the participant gave no answer to it")),
                events(0, "answer").stream().map(Payload.Document::attributes).toList());
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "it did not come about in time");
            Thread.sleep(5);
        }
    }

    @Test
    void wordsAreAskedRecordedAndReplayed() throws Exception {
        String protocol = """
                anodyne: 1
                id: words
                seed: 7
                slots:
                  words: {plugin: words}
                phases:
                  - {id: rest, duration: 10 s, slots: [words], ratings: [{slot: words, at: start, within: 9 s}]}
                """;
        assertEquals(SessionState.COMPLETED, run(protocol, true, "a").state());
        Map<String, Object> asked = events(0, "ask").get(0).attributes();
        assertEquals(40L, asked.get("longest"));
        assertFalse(asked.containsKey("minimum"));
        Payload.Document answer = events(0, "answer").get(0);
        assertEquals(Map.of("item", "what", "text", "Simulated answer to what"), answer.attributes());
        ReplayReport report = engine.replay(folder.resolve("a/record"), true);
        assertEquals(Optional.empty(), report.firstDifference());
        assertEquals(1, report.features());
    }

    @Test
    void aScoreCannotBeAsked() {
        String wrong = PROTOCOL.replace("{slot: mood, every", "{slot: mood, item: score, every");
        String message = assertThrows(ProtocolException.class, () -> run(wrong, false, "a"))
                .getMessage();
        assertTrue(message.contains("has no item 'score'"), message);
    }
}
