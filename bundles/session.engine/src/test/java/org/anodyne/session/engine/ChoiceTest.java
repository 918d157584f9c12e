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
import org.anodyne.bus.Payload;
import org.anodyne.plugin.PluginKind;
import org.anodyne.session.ParticipantFacts;
import org.anodyne.session.SessionEngine.Asked;
import org.anodyne.session.SessionEngine.Choice;
import org.anodyne.session.SessionEngine.ReplayReport;
import org.anodyne.session.SessionEngine.Request;
import org.anodyne.session.SessionEngine.SessionState;
import org.anodyne.session.engine.fake.FakeBus;
import org.anodyne.session.engine.fake.FakeGain;
import org.anodyne.session.engine.fake.FakeHost;
import org.anodyne.session.engine.fake.FakePlugins;
import org.anodyne.session.engine.fake.FakeRecorder;
import org.anodyne.session.engine.fake.FakeRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parameters chosen by what is told of the participant: chosen once, kept in the record, and only as far as they are used. */
class ChoiceTest {
    private static final String PROTOCOL = """
            anodyne: 1
            id: chosen
            slots:
              eeg: {plugin: synthetic}
              gain:
                plugin: gain
                inputs: {samples: eeg}
                parameters: {factor: 1}
                chosenBy:
                  - {interest: [sea, forest], parameters: {factor: 2}}
                  - {ageFrom: 65, parameters: {factor: 3}}
                  - {interest: forest, ageFrom: 80, parameters: {factor: 4}}
              alpha: {plugin: mean, inputs: {samples: gain}, parameters: {low: 8 Hz}}
            phases:
              - {id: only, duration: 2 s, slots: [eeg, gain, alpha]}
            """;
    private static final String SCHEMA = """
            {"type": "object", "properties": {"factor": {"type": "number", "default": 1}}}
            """;

    @TempDir
    Path folder;

    private final FakeBus bus = new FakeBus();
    private final FakeRecorder recorder = new FakeRecorder(bus);
    private final FakeRegistry registry =
            FakePlugins.installed().with("gain", PluginKind.PROCESSOR, "1.0.0", SCHEMA, FakeGain.factory());
    private Engine engine;
    private Path file;

    @BeforeEach
    void start() throws Exception {
        engine = new Engine(bus, new FakeHost(bus, registry), registry);
        engine.bindRecorder(recorder);
        engine.bindReader(recorder);
        file = Files.writeString(folder.resolve("p.yaml"), PROTOCOL);
    }

    @AfterEach
    void stop() throws InterruptedException {
        engine.deactivate();
        bus.close();
    }

    private static ParticipantFacts about(String... told) {
        Map<String, String> facts = new java.util.HashMap<>();
        for (String fact : told) {
            facts.put(fact.split("=")[0], fact.split("=")[1]);
        }
        return ParticipantFacts.of(facts);
    }

    /** @return the plan in the record of a session with a participant */
    private Map<String, Object> plan(ParticipantFacts about) throws Exception {
        recorder.segments.clear();
        Path out = folder.resolve("out" + System.nanoTime());
        Request request =
                new Request(file, "P01", Map.of(), Double.POSITIVE_INFINITY, out, false, Map.of(), false, false, about);
        assertEquals(
                SessionState.COMPLETED,
                engine.start(request).await(Duration.ofSeconds(60)).state());
        ReplayReport replayed = engine.replay(out.resolve("record"), true);
        assertEquals(Optional.empty(), replayed.firstDifference());
        assertTrue(replayed.blocks() > 0);
        return recorder.segments.get(0).messages.stream()
                .filter(m ->
                        m.topic().slot().equals("session") && m.topic().name().equals("plan"))
                .map(m -> ((Payload.Document) m.payload()).attributes())
                .findFirst()
                .orElseThrow();
    }

    private static Object factor(Map<String, Object> plan) {
        return ((List<?>) plan.get("slots"))
                .stream()
                        .map(s -> (Map<?, ?>) s)
                        .filter(s -> s.get("slot").equals("gain"))
                        .map(s -> ((Map<?, ?>) s.get("parameters")).get("factor"))
                        .findFirst()
                        .orElseThrow();
    }

    @Test
    void laterRulesOverruleEarlierOnesAndTheRecordHoldsWhatWasChosen() throws Exception {
        Map<String, Object> plan = plan(about("interest=forest", "age=70"));
        assertEquals(3.0, factor(plan));
        assertEquals(Map.of("interest", "forest", "age", 70L), plan.get("about"));
        assertEquals(
                List.of(Map.of("slot", "gain", "rules", List.of(1L, 2L), "parameters", Map.of("factor", 3L))),
                plan.get("chosen"));
        assertEquals(4.0, factor(plan(about("interest=forest", "age=80"))));
        assertEquals(2.0, factor(plan(about("interest=sea", "age=64"))));
    }

    /** The record holds no fact that nobody needs: it cannot be lost, or asked for, from there. */
    @Test
    void whatTheProtocolDoesNotChooseByIsKeptNowhere() throws Exception {
        Map<String, Object> plan = plan(about("interest=sea", "sex=female"));
        assertEquals(Map.of("interest", "sea"), plan.get("about"));
        assertFalse(recorder.segments.get(0).messages.toString().contains("female"));
        Files.writeString(file, PROTOCOL.replaceAll("(?s)    chosenBy:.*?\n  alpha", "  alpha"));
        plan = plan(about("interest=sea", "age=70", "sex=female"));
        assertFalse(plan.containsKey("about"), plan.toString());
        assertFalse(plan.containsKey("chosen"), plan.toString());
        assertFalse(recorder.segments.get(0).messages.toString().contains("sex"));
        assertEquals(
                List.of("the protocol chooses nothing by interest or age; it is not kept"),
                engine.choice(file, Map.of(), about("interest=sea", "age=70")).said());
    }

    @Test
    void theSlotKeepsItsOwnParametersWhereNothingIsToldAndSaysSo() throws Exception {
        Map<String, Object> plan = plan(ParticipantFacts.NONE);
        assertEquals(1.0, factor(plan));
        assertEquals(Map.of(), plan.get("about"));
        assertEquals(List.of(), plan.get("chosen"));
        Choice none = engine.choice(file, Map.of(), ParticipantFacts.NONE);
        assertEquals(
                List.of("slot 'gain' keeps its own parameters: it chooses by interest and age, which was not told"),
                none.said());
        assertEquals(
                List.of(
                        "slot 'gain' has factor: 3 by rule 2 of its chosenBy; it would choose by interest, too, which was"
                                + " not told"),
                engine.choice(file, Map.of(), about("age=70")).said());
        assertEquals(
                List.of(
                        "slot 'gain' keeps its own parameters: none of its rules is for interest=trains,age=30; interests"
                                + " that it knows: forest, sea"),
                engine.choice(file, Map.of(), about("interest=trains", "age=30"))
                        .said());
    }

    @Test
    void theOutlineTellsWhatToAskFor() {
        assertEquals(
                List.of(new Asked("interest", List.of("forest", "sea")), new Asked("age", List.of())),
                engine.outline(file).asks());
    }

    @Test
    void factsThatCannotBeAreRefused() {
        for (String told : List.of("age=700", "age=-1", "age=old", "sex=foo", "interest=The Sea", "height=180")) {
            IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> about("age=20", told));
            assertTrue(e.getMessage().contains(told.split("=")[0]), e.getMessage());
        }
    }

    /** A recording that takes the place of the slot's plug-in takes the rules away with it. */
    @Test
    void aReplacedPluginChoosesNothing() throws Exception {
        Path recording = Files.writeString(folder.resolve("x.txt"), "1\n");
        Files.writeString(
                file,
                PROTOCOL.replace(
                        "{plugin: synthetic}",
                        "{plugin: synthetic, chosenBy: [{sex: male, parameters: {amplitude: 20 uV}}]}"));
        Map<String, String> inputs = Map.of("eeg", recording.toString());
        assertEquals(
                "sex=male",
                engine.choice(file, Map.of(), about("sex=male")).kept().toString());
        assertEquals("", engine.choice(file, inputs, about("sex=male")).kept().toString());
    }
}
