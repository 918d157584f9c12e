package org.anodyne.session.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.anodyne.bus.Message;
import org.anodyne.bus.Payload;
import org.anodyne.bus.Topic;
import org.anodyne.session.ProtocolException;
import org.anodyne.session.SessionEngine.Request;
import org.anodyne.session.SessionEngine.Result;
import org.anodyne.session.SessionEngine.RunningSession;
import org.anodyne.session.SessionEngine.SessionState;
import org.anodyne.session.engine.fake.FakeBus;
import org.anodyne.session.engine.fake.FakeHost;
import org.anodyne.session.engine.fake.FakePlugins;
import org.anodyne.session.engine.fake.FakeRecorder;
import org.anodyne.session.engine.run.RecollectionShelf;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages and exercises that an intervention shows, and who answers them. */
class ActivityTest {
    private static final String GUIDED = """
            anodyne: 1
            id: guided
            seed: 7
            slots:
              guide: {plugin: guide}
              nrs: {plugin: nrs}
            phases:
              - id: lesson
                end: {finished: guide}
                atMost: 10 min
                slots: [guide]
              - id: after
                duration: 20 s
                slots: [nrs]
                ratings: [{slot: nrs, item: pain, at: start}]
            """;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final FakeBus bus = new FakeBus();
    private final FakeHost host = new FakeHost(bus, FakePlugins.installed());
    private final FakeRecorder recorder = new FakeRecorder(bus);
    private Engine engine;

    @BeforeEach
    void start() {
        engine = new Engine(bus, host, FakePlugins.installed());
        engine.bindRecorder(recorder);
    }

    @AfterEach
    void stop() throws InterruptedException {
        engine.deactivate();
        bus.close();
    }

    private RunningSession run(String protocol, double speed, String out, boolean simulated) throws Exception {
        Path file = Files.writeString(folder.resolve(out + ".yaml"), protocol);
        return engine.start(new Request(file, "P01", Map.of(), speed, folder.resolve(out), false, Map.of(), simulated));
    }

    private List<String> events(int segment, String slot) {
        List<String> lines = new ArrayList<>();
        for (Message m : List.copyOf(recorder.segments.get(segment).messages)) {
            if (m.topic().kind() == Topic.Kind.EVENT
                    && m.topic().slot().equals(slot)
                    && m.payload() instanceof Payload.Document d) {
                lines.add(d.type() + " " + d.timeNanos() + " " + new TreeMap<>(d.attributes()));
            }
        }
        return lines;
    }

    @Test
    void aSimulatedParticipantAnswersTheSameEachTimeAndThePhaseEndsWithTheLastAnswer() throws Exception {
        for (String out : List.of("a", "b")) {
            Result result = run(GUIDED, Double.POSITIVE_INFINITY, out, true).await(PATIENCE);
            assertEquals(SessionState.COMPLETED, result.state(), result.toString());
            assertEquals(List.of(), result.problems());
        }
        List<String> first = events(0, "guide");
        assertEquals(
                2, first.stream().filter(l -> l.startsWith("activity-answer")).count(), first.toString());
        assertEquals(first, events(1, "guide"));
        assertEquals(events(0, "nrs"), events(1, "nrs"));
        assertTrue(events(0, "nrs").stream().anyMatch(l -> l.startsWith("answer") && l.contains("value=")));
        assertTrue(events(0, "session").stream()
                .anyMatch(
                        l -> l.startsWith("phase-ended") && l.contains("id=lesson") && l.contains("reason=condition")));
        assertTrue(events(0, "session").stream()
                .anyMatch(l -> l.startsWith("plan") && l.contains("simulatedParticipant=true")));
    }

    @Test
    void anAnswerOverTheBusIsTakenOnceAndOnlyWhenItFits() throws Exception {
        RunningSession session = run(GUIDED, 1, "a", false);
        await(() ->
                !recorder.segments.isEmpty() && events(0, "guide").stream().anyMatch(l -> l.startsWith("activity ")));
        List<Message> replies = bus.tap("anodyne/1/lab/control/reply");
        answer("1", Map.of("slot", "guide", "activity", "first", "fields", Map.of("much", 12L)));
        answer("2", Map.of("slot", "guide", "activity", "first"));
        answer("3", Map.of("slot", "guide", "activity", "zeroth", "fields", Map.of("much", 3L)));
        answer("4", Map.of("slot", "nrs", "activity", "first", "fields", Map.of("much", 3L)));
        answer("5", Map.of("slot", "guide", "activity", "first", "fields", Map.of("much", 3L)));
        answer("6", Map.of("slot", "guide", "activity", "first", "fields", Map.of("much", 4L)));
        await(() -> replies.size() == 6);
        List<String> said = replies.stream()
                .map(m -> String.valueOf(
                        ((Payload.Document) m.payload()).attributes().get("message")))
                .toList();
        assertTrue(said.get(0).contains("from 0.0 to 10.0, not 12.0"), said.get(0));
        assertTrue(said.get(1).contains("needs an answer"), said.get(1));
        assertTrue(said.get(2).contains("not shown any more"), said.get(2));
        assertTrue(said.get(3).contains("slot 'nrs' asks nothing now"), said.get(3));
        assertEquals("taken", said.get(4));
        assertTrue(said.get(5).contains("not shown any more") || said.get(5).contains("asks nothing"), said.get(5));
        session.abort("enough");
        session.await(PATIENCE);
        assertEquals(
                1,
                events(0, "guide").stream()
                        .filter(l -> l.startsWith("activity-answer"))
                        .count());
    }

    @Test
    void whatWasWrittenAtAnEarlierVisitIsHandedInAtTheNextOfTheSameParticipantAlone() throws Exception {
        RecollectionShelf shelf = new RecollectionShelf(folder.resolve("shelf"));
        engine.deactivate();
        engine = new Engine(bus, host, FakePlugins.installed(), Optional.of(shelf));
        engine.bindRecorder(recorder);
        Path file = Files.writeString(folder.resolve("visits.yaml"), GUIDED);
        List<String> participants = List.of("P01", "P01", "P02");
        for (int visit = 0; visit < participants.size(); visit++) {
            int segment = visit;
            RunningSession session = engine.start(
                    new Request(file, participants.get(visit), Map.of(), 1, folder.resolve("visit" + visit)));
            await(() -> recorder.segments.size() > segment
                    && events(segment, "guide").stream().anyMatch(l -> l.startsWith("activity ")));
            if (visit == 0) {
                answer("1", Map.of("slot", "guide", "activity", "first", "fields", Map.of("much", 3L)));
                await(() -> Files.exists(folder.resolve("shelf/P01.json")));
            } else if (visit == 1) {
                await(() -> events(segment, "guide").stream().anyMatch(l -> l.startsWith("recollected")));
            }
            session.abort("enough");
            session.await(PATIENCE);
        }
        List<String> second = events(1, "guide");
        assertTrue(
                second.stream()
                        .anyMatch(l -> l.startsWith("activity-answer")
                                && l.contains("activity=recollection")
                                && l.contains("one.much=3")),
                second.toString());
        for (int other : new int[] {0, 2}) {
            assertFalse(events(other, "guide").toString().contains("recollection"), "visit " + other);
        }
    }

    @Test
    void onlyAnInterventionFinishes() throws Exception {
        Path file = Files.writeString(folder.resolve("x.yaml"), GUIDED.replace("finished: guide", "finished: nrs"));
        ProtocolException e = assertThrows(
                ProtocolException.class,
                () -> engine.start(new Request(file, "P01", Map.of(), 1, folder.resolve("x"))));
        assertTrue(e.getMessage().contains("only an intervention finishes"), e.getMessage());
    }

    private void answer(String request, Map<String, Object> attributes) {
        Map<String, Object> all = new java.util.HashMap<>(attributes);
        all.put("request", request);
        bus.publish(Topic.ofSite("lab", Topic.Kind.CONTROL, "answer"), new Payload.Document("control", -1, all), 0);
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "it did not come about in time");
            Thread.sleep(5);
        }
    }
}
