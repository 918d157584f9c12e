package org.anodyne.bus.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.anodyne.bus.Envelope;
import org.anodyne.bus.Payload;
import org.anodyne.bus.Topic;
import org.anodyne.bus.mqtt.codec.MessageReader;
import org.anodyne.bus.mqtt.codec.MessageWriter;
import org.anodyne.plugin.Acknowledgement;
import org.anodyne.plugin.Command;
import org.anodyne.plugin.intervention.Activity;
import org.anodyne.plugin.intervention.ActivityAnswer;
import org.anodyne.plugin.intervention.ActivityField;
import org.anodyne.plugin.scene.MirrorPicture;
import org.anodyne.plugin.signal.Feature;
import org.anodyne.plugin.signal.SampleBlock;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What the platform writes is what docs/asyncapi.yaml says. */
class AsyncApiTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper CBOR = new ObjectMapper(new CBORFactory());

    private final JsonNode contract = contract();

    private static JsonNode contract() {
        try {
            Object tree = new Load(LoadSettings.builder().build())
                    .loadFromString(Files.readString(Checkout.file("docs/asyncapi.yaml")));
            return JSON.valueToTree(tree);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /**
     * A message that the platform writes.
     *
     * @param of channel and name of the message
     */
    private record Instance(String of, Payload payload) {}

    /** One or more of each message. */
    private static List<Instance> instances() {
        List<Instance> all = new ArrayList<>();
        put(all, "sample/samples", new Payload.Samples(new SampleBlock("raw", 5, 20, 250, 2, new float[] {1, Float.NaN
        })));
        put(all, "feature/feature", new Payload.FeatureValue(new Feature("power", 5, new double[] {1, Double.NaN})));
        put(
                all,
                "command/command",
                new Payload.Request(new Command("c-1", "tens", "burst", Map.of("amplitude", 10.0), 5, "pain-high")));
        put(
                all,
                "ack/acknowledgement",
                new Payload.Reply(
                        new Acknowledgement("c-1", Acknowledgement.Outcome.EXECUTED, "", 6, Map.of("charge_uC", 0.5))));
        document(
                all,
                "event/decision",
                "decision",
                Map.of(
                        "trigger",
                        "t",
                        "measured",
                        0.8,
                        "threshold",
                        0.7,
                        "verdict",
                        "FIRED",
                        "phase",
                        "p",
                        "command",
                        "c-1"));
        document(all, "event/phase", "phase", Map.of("id", "p", "index", 0L, "repetition", 0L, "start", 0L, "end", 5L));
        document(
                all,
                "event/phaseEnded",
                "phase-ended",
                Map.of("id", "p", "index", 0L, "end", 5L, "reason", "duration"));
        document(
                all,
                "event/plan",
                "plan",
                Map.of(
                        "protocol",
                        "demo",
                        "title",
                        "Demo",
                        "seed",
                        42L,
                        "slots",
                        List.of(Map.of(
                                "slot",
                                "eeg",
                                "plugin",
                                "synthetic",
                                "kind",
                                "SOURCE",
                                "version",
                                "0.1.0",
                                "sha256",
                                "00",
                                "parameters",
                                Map.of("rate", 250.0),
                                "seed",
                                1L)),
                        "phases",
                        Map.of("p", Map.of("slots", List.of("eeg"))),
                        "timeline",
                        List.of(Map.of("id", "p", "index", 0L, "repetition", 0L))));
        document(
                all,
                "event/swap",
                "swap",
                Map.of(
                        "slot",
                        "alpha",
                        "plugin",
                        "band-power",
                        "fromVersion",
                        "0.1.0",
                        "toVersion",
                        "0.2.0",
                        "fromSha256",
                        "00",
                        "toSha256",
                        "01",
                        "handedOver",
                        true,
                        "gapNanos",
                        0L,
                        "tookNanos",
                        5L));
        document(all, "event/gap", "gap", Map.of("stream", "raw", "from", 5L, "to", 9L, "reason", "cable"));
        document(all, "event/endOfInput", "end-of-input", Map.of("stream", "raw"));
        document(all, "event/streamSilent", "stream-silent", Map.of("stream", "raw", "from", 5L, "blocks", 2L));
        document(all, "event/streamSilent", "stream-back", Map.of("stream", "raw", "from", 5L, "to", 9L));
        document(all, "event/slotLost", "slot-lost", Map.of("plugin", "x", "reason", "it died", "pauses", true));
        document(
                all,
                "event/madeSafe",
                "made-safe",
                Map.of("cause", "slot-lost", "reason", "it died", "rearm", "person"));
        document(all, "event/note", "note", Map.of("text", "the cable was touched", "by", "A"));
        document(
                all,
                "event/adverseEvent",
                "adverse-event",
                Map.of("text", "headache", "by", "A", "grade", 1L, "serious", 0L, "related", 2L, "treatment", 0L));
        document(all, "event/message", "message", Map.of("text", "All is well", "seconds", 4.1, "by", "A"));
        document(all, "event/armedAgain", "armed-again", Map.of("by", "person"));
        document(all, "event/busLost", "bus", Map.of("connected", false));
        document(
                all,
                "event/ask",
                "ask",
                Map.of(
                        "item",
                        "pain",
                        "text",
                        "How strong is your pain?",
                        "minimum",
                        0.0,
                        "minimumAnchor",
                        "none",
                        "maximum",
                        10.0,
                        "maximumAnchor",
                        "worst",
                        "step",
                        1.0,
                        "within",
                        60.0));
        document(all, "event/answer", "answer", Map.of("item", "pain", "value", 4.0));
        document(
                all,
                "event/ask",
                "ask",
                Map.of("item", "what", "text", "What was it?", "longest", 200L, "within", 60.0));
        document(all, "event/answer", "answer", Map.of("item", "what", "text", "a noise"));
        ActivityField howMuch = new ActivityField(
                "rest",
                "How much did you rest?",
                ActivityField.Type.SCALE,
                true,
                0,
                "not at all",
                10,
                "very much",
                1,
                "",
                0,
                List.of(),
                List.of(),
                List.of());
        Activity activity = new Activity(
                "a-1",
                Activity.Kind.EXERCISE,
                "Rest",
                "Think of today.",
                List.of(howMuch),
                List.of(new Activity.Prompt("Breathe in.", 4)),
                Map.of("My goal", "to walk"),
                "Wait.",
                600);
        put(
                all,
                "event/activity",
                new Payload.Document("activity", 5, activity.event(5).attributes()));
        put(
                all,
                "event/activityAnswer",
                new Payload.Document(
                        "activity-answer",
                        5,
                        new ActivityAnswer("a-1", 5, false, Map.of("rest", 4L))
                                .event()
                                .attributes()));
        document(all, "event/otherEvent", "electrode-off", Map.of("channel", 3L));
        document(
                all,
                "state/slotState",
                "state",
                Map.of("plugin", "tens", "version", "0.1.0", "state", "RUNNING", "reason", "", "armed", true));
        document(all, "state/sessionState", "state", Map.of("state", "RUNNING", "reason", "", "phase", "p"));
        document(
                all,
                "plugin/plugin",
                "plugin",
                Map.of(
                        "id",
                        "tens",
                        "kind",
                        "ACTUATOR",
                        "title",
                        "TENS",
                        "version",
                        "0.1.0",
                        "bundle",
                        "b",
                        "sha256",
                        "00",
                        "state",
                        "AVAILABLE",
                        "reason",
                        "",
                        "inUse",
                        false));
        put(all, "clock/clock", ClockOffset.measure().document());
        document(
                all,
                "control/controlRequest",
                "control",
                Map.of("request", "r-1", "action", "swap", "slot", "alpha", "jar", "x.jar"));
        document(
                all,
                "control/controlReply",
                "reply",
                Map.of("request", "r-1", "action", "swap", "ok", true, "message", "done"));
        document(all, "lease/lease", "lease", Map.of("sentNanos", 123L, "stale", ""));
        put(all, "mirror/picture", new Payload.Picture(new MirrorPicture(5, 7, 480, 270, new byte[] {1, 2, 3})));
        document(all, "stop/stop", "stop", Map.of("reason", "a person pressed it"));
        return all;
    }

    private static void put(List<Instance> all, String of, Payload payload) {
        all.add(new Instance(of, payload));
    }

    private static void document(List<Instance> all, String of, String type, Map<String, Object> attributes) {
        put(all, of, new Payload.Document(type, 5, attributes));
    }

    private static Topic topic(Topic.Kind kind) {
        boolean named = kind == Topic.Kind.SAMPLE || kind == Topic.Kind.FEATURE || kind == Topic.Kind.EVENT;
        return kind.ofSession()
                ? Topic.of("{site}", "{session}", kind, "{slot}", named ? "{name}" : "")
                : Topic.ofSite("{site}", kind, kind == Topic.Kind.STOP ? "" : "{name}");
    }

    @Test
    void everyKindOfTopicHasAChannelAtItsAddress() {
        Set<String> channels = new HashSet<>();
        contract.get("channels").fieldNames().forEachRemaining(channels::add);
        for (Topic.Kind kind : Topic.Kind.values()) {
            assertTrue(channels.remove(kind.level()), "no channel for " + kind);
            assertEquals(
                    topic(kind).path(),
                    contract.at("/channels/" + kind.level() + "/address").asText());
        }
        assertEquals(Set.of(), channels, "channels for which there is no kind of topic");
    }

    @Test
    void everyMessageOfEveryChannelIsTried() {
        Set<String> tried = new HashSet<>();
        instances().forEach(i -> tried.add(i.of()));
        contract.get("channels").properties().forEach(c -> c.getValue()
                .get("messages")
                .fieldNames()
                .forEachRemaining(m -> assertTrue(tried.remove(c.getKey() + "/" + m), "not tried: " + m)));
        assertEquals(Set.of(), tried);
    }

    @Test
    void whatIsWrittenIsWhatTheContractSays() throws Exception {
        for (Instance e : instances()) {
            String[] key = e.of().split("/");
            Topic topic = topic(Topic.Kind.valueOf(key[0].toUpperCase(java.util.Locale.ROOT)));
            byte[] bytes = MessageWriter.write(topic, new Envelope(1, "host-1-ab", 1, 2, 3), e.payload());
            JsonNode tree = tree(bytes);
            JsonSchema schema = schema(key[1]);
            assertEquals(Set.of(), schema.validate(tree), e.of());
            assertEquals(topic, MessageReader.read(topic.path(), bytes, 0).topic());
            assertMissingIsNoticed(schema, tree, e.of());
        }
    }

    /** A schema that lets everything pass would pass every test. */
    private static void assertMissingIsNoticed(JsonSchema schema, JsonNode tree, String what) {
        for (String field : List.of("schema", "source", "sequence", "madeNanos", "payload")) {
            ObjectNode without = tree.deepCopy();
            without.remove(field);
            assertFalse(schema.validate(without).isEmpty(), what + " without " + field);
        }
        ObjectNode empty = tree.deepCopy();
        empty.putObject("payload");
        Set<ValidationMessage> faults = schema.validate(empty);
        assertFalse(faults.isEmpty(), what + " with an empty payload");
    }

    private static JsonNode tree(byte[] bytes) throws java.io.IOException {
        return JSON.valueToTree(CBOR.readTree(bytes));
    }

    private JsonSchema schema(String message) {
        ObjectNode root = JSON.createObjectNode();
        String ref =
                contract.at("/components/messages/" + message + "/payload/$ref").asText();
        root.putArray("allOf").addObject().put("$ref", ref);
        root.set("components", contract.get("components"));
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(root);
    }

    @Test
    void theContractIsAValidAsyncApiDocument() throws Exception {
        Path check = Checkout.file("docs/asyncapi/check.sh");
        Path output = Files.createTempFile("asyncapi", ".txt");
        Process p = new ProcessBuilder("sh", check.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = p.waitFor(180, TimeUnit.SECONDS);
        if (!ended) {
            p.destroyForcibly();
        }
        String text = Files.readString(output);
        Files.delete(output);
        Assumptions.assumeTrue(
                ended && (p.exitValue() == 0 || Files.isDirectory(check.resolveSibling("node_modules/@asyncapi"))),
                "not tested: AsyncAPI's parser is not there and could not be fetched: " + text);
        assertEquals(0, p.exitValue(), text);
        assertTrue(text.contains("valid: 12 channels"), text);
    }
}
