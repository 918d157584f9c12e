package org.anodyne.session.engine.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.anodyne.host.SlotSpec.StreamRef;
import org.anodyne.plugin.FeatureRef;
import org.anodyne.plugin.intervention.Trigger;
import org.anodyne.session.ProtocolException;
import org.anodyne.session.engine.fake.FakePlugins;
import org.anodyne.session.engine.plan.PlanDocument;
import org.anodyne.session.engine.plan.Timeline;
import org.anodyne.session.engine.protocol.Protocol.PhasePlan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProtocolReaderTest {
    private final ProtocolReader reader = new ProtocolReader(FakePlugins.installed());

    @TempDir
    Path folder;

    @Test
    void readsWhatIsWritten() {
        Protocol protocol = reader.compile(ProtocolSlips.GOOD, Map.of());
        assertEquals(42, protocol.seed());
        assertEquals(
                List.of("eeg", "alpha", "loop", "tens", "nrs", "other"),
                List.copyOf(protocol.slots().keySet()));
        // Defaults filled in, quantities converted, whole numbers only where the schema asks for them.
        assertEquals(
                Map.of("low", 8.0, "order", 4L), protocol.slots().get("alpha").parameters());
        assertEquals(
                Map.of("amplitude", 20.0, "length", 1e6, "label", "Cz"),
                protocol.slots().get("eeg").parameters());
        assertEquals(
                Map.of("samples", List.of(new StreamRef("eeg", ""))),
                protocol.slots().get("alpha").streams());
        PhasePlan treatment = (PhasePlan) protocol.steps().get(1);
        assertEquals(120_000_000_000L, treatment.durationNanos().getAsLong());
        assertEquals(Map.of("eeg", Map.of("amplitude", 30.0)), treatment.parameters());
        assertEquals(
                new Trigger(
                        "high",
                        new FeatureRef("alpha", "mean", ""),
                        Trigger.Comparison.ABOVE,
                        new Trigger.Threshold.RelativeToBaseline("baseline", 1.2, 0),
                        1_000_000_000L,
                        5_000_000_000L,
                        OptionalInt.of(6),
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        new Trigger.Action("tens", "burst", Map.of("amplitude", 10.0, "pulseWidth", 200.0))),
                treatment.triggers().get("loop").get(0));
    }

    @Test
    void anIntensityMayBeOfAThresholdThatIsMeasuredInTheSession() {
        String text = ProtocolSlips.GOOD
                .replace("action: burst", "action: pulse")
                .replace("with: {amplitude: 10 mA, pulseWidth: 200 us}", "with: {intensity: 110 %RMT}");
        PhasePlan treatment = (PhasePlan) reader.compile(text, Map.of()).steps().get(1);
        assertEquals(
                new Trigger.Action("tens", "pulse", Map.of("intensityOfThreshold", 110.0)),
                treatment.triggers().get("loop").get(0).action());
    }

    @Test
    void aTriggerMayBeInhibitedByAnotherFeatureAndThePlanKeepsIt() {
        String text = ProtocolSlips.GOOD
                .replace("[alpha/mean]", "[alpha/mean, alpha/edges.last]")
                .replace(
                        "refractory: 5 s",
                        "refractory: 5 s\n        unless: {feature: alpha/edges.last, above: 80 uV, stopAfter: 5}");
        Protocol protocol = reader.compile(text, Map.of());
        Trigger t = protocol.phasePlans().get(1).triggers().get("loop").get(0);
        assertEquals(
                new Trigger.Unless(FeatureRef.parse("alpha/edges.last"), Trigger.Comparison.ABOVE, 80, 5),
                t.unless().orElseThrow());
        assertEquals(
                List.of(t),
                PlanDocument.read(PlanDocument.of(protocol, Timeline.of(protocol), Map.of()))
                        .phases()
                        .get("treatment")
                        .triggers()
                        .get("loop"));
        assertEquals(t.unless(), t.withGivenBefore(3).unless());
    }

    @Test
    void aTriggerMayDoSeveralThingsAndHasACapPerDay() {
        String text = ProtocolSlips.GOOD
                .replaceFirst("( +)perMinute: 6", "$1perMinute: 6\n$1perDay: 20")
                .replaceFirst(
                        "do:\\s+slot: tens\\s+action: burst\\s+with: (\\{[^}]*\\})",
                        "do: [{slot: tens, action: burst, with: $1},"
                                + " {slot: tens, action: pulse, with: {intensity: 50 %MSO}}]");
        Protocol protocol = reader.compile(text, Map.of());
        Trigger t = protocol.phasePlans().get(1).triggers().get("loop").get(0);
        assertEquals(OptionalInt.of(20), t.perDay());
        assertEquals(
                List.of("burst", "pulse"),
                t.actions().stream().map(Trigger.Action::action).toList());
        assertEquals("high-3.2", t.commandId(3, 1));
        Protocol given = protocol.withTriggers(o -> o.withGivenBefore(7));
        assertEquals(7, given.phasePlans().get(1).triggers().get("loop").get(0).givenBefore());
        ProtocolException e = assertThrows(
                ProtocolException.class, () -> reader.compile(text.replace("action: pulse", "action: plse"), Map.of()));
        assertTrue(
                e.getMessage().contains("do[1].action") && e.getMessage().contains("cannot do 'plse'"), e.getMessage());
    }

    @Test
    void aSinkTakesEventsOfSlotsAndOfTheSession() {
        String text = ProtocolSlips.GOOD.replace(
                "  tens: {plugin: tens}",
                "  tens: {plugin: tens}\n  out: {plugin: out, inputs: {events: [session/phase, loop/decision, tens/*]}}");
        assertEquals(
                Map.of(
                        "events",
                        List.of(
                                new FeatureRef("session", "phase", ""),
                                new FeatureRef("loop", "decision", ""),
                                new FeatureRef("tens", "*", ""))),
                reader.compile(text, Map.of()).slots().get("out").features());
        for (String[] bad : new String[][] {
            {"tens/*", "'tans/*'", "there is no slot 'tans'"},
            {"tens/*", "'tens'", "names no event"},
            {"tens/*", "'tens/**'", "names no event"}
        }) {
            ProtocolException e =
                    assertThrows(ProtocolException.class, () -> reader.compile(text.replace(bad[0], bad[1]), Map.of()));
            assertTrue(e.getMessage().contains(bad[2]), e.getMessage());
        }
    }

    @Test
    void anActuatorIsArmedAgainByAPersonUnlessTheProtocolSaysOtherwise() {
        Protocol protocol = reader.compile(ProtocolSlips.GOOD, Map.of());
        assertTrue(protocol.slots().get("tens").rearmAfterNanos().isEmpty());
        String text = ProtocolSlips.GOOD.replace(
                "tens: {plugin: tens}", "tens: {plugin: tens, afterLoss: {rearm: automatic, healthyFor: 30 s}}");
        protocol = reader.compile(text, Map.of());
        assertEquals(
                30_000_000_000L, protocol.slots().get("tens").rearmAfterNanos().getAsLong());
    }

    @Test
    void puttingARecordingIntoASlotReplacesItsSource() throws IOException {
        Path recording = Files.writeString(folder.resolve("eeg.txt"), "1 2 3");
        Protocol protocol = reader.compile(ProtocolSlips.GOOD, Map.of("eeg", recording.toString()));
        assertEquals("file-replay", protocol.slots().get("eeg").plugin());
        assertEquals(recording.toString(), protocol.slots().get("eeg").input().orElseThrow());
        assertEquals(Map.of(), ((PhasePlan) protocol.steps().get(1)).parameters());
        // An actuator keeps its plug-in: what is given is its device's address.
        protocol = reader.compile(ProtocolSlips.GOOD, Map.of("tens", "tcp://127.0.0.1:7000"));
        assertEquals("tens", protocol.slots().get("tens").plugin());
        assertEquals("synthetic", protocol.slots().get("eeg").plugin());
    }

    @Test
    void refusesInputsThatFitNowhere() {
        assertTrue(ProtocolSlips.faults(ProtocolSlips.GOOD, Map.of("egg", "x"))
                .get(0)
                .message()
                .contains("an input was given for slot 'egg', which is not there; did you mean 'eeg'?"));
        assertTrue(ProtocolSlips.faults(ProtocolSlips.GOOD, Map.of("eeg", "/nowhere/x.txt"))
                .get(0)
                .message()
                .contains("the recording /nowhere/x.txt does not exist"));
        assertTrue(ProtocolSlips.faults(ProtocolSlips.GOOD, Map.of("alpha", "x"))
                .get(0)
                .message()
                .contains("is a processor; only sources, actuators and sinks take one"));
    }

    @Test
    void anExternalSlotGivesWhatItDeclares() {
        String text = ProtocolSlips.GOOD
                .replace(
                        "features: [{name: arousal}]}",
                        "features: [{name: arousal}], streams: [{name: hr, type: HR, rate: 4 Hz, channels: [{label: rate, unit: 1/min}]}]}")
                .replace("[alpha/mean]}}", "[alpha/mean, other/arousal]}}")
                .replace("slots: [eeg, alpha, loop]", "slots: [eeg, alpha, loop, other]")
                .replace("slots: [eeg, alpha, loop, tens, nrs]", "slots: [eeg, alpha, loop, tens, nrs, other]");
        Protocol protocol = reader.compile(text, Map.of());
        assertEquals(List.of("hr"), protocol.slots().get("other").ports().streams());
        assertEquals(
                "arousal",
                protocol.slots().get("other").ports().features().get(0).name());
    }

    @Test
    void theSchemaInTheBundleIsThePublishedOne() throws IOException {
        ObjectMapper json = new ObjectMapper();
        Path published = Path.of("../../docs/protocol.schema.json");
        assertEquals(
                json.readTree(Files.readString(published)),
                SchemaCheck.ofProtocols().json());
    }

    /** What stands in the documentation is at least of the right form; whether its plug-ins exist is checked elsewhere. */
    @Test
    void theExamplesHaveTheFormOfTheSchema() throws IOException {
        List<String> texts = new ArrayList<>();
        Matcher snippets = Pattern.compile("```yaml\n(anodyne:.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("../../docs/protocol.md")));
        while (snippets.find()) {
            texts.add(snippets.group(1));
        }
        try (Stream<Path> files = Files.list(Path.of("../../docs/examples"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).toList()) {
                texts.add(Files.readString(file));
            }
        }
        assertTrue(texts.size() >= 2);
        for (String text : texts) {
            assertEquals(
                    List.of(),
                    SchemaCheck.ofProtocols().check(YamlText.read(text).root()),
                    text);
        }
    }
}
