package org.anodyne.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * The two arms of a trial: one protocol, in a headset (the scripted runtime of OpenXR of the display's tests) and on a screen,
 * leaves the same sequence of events in both records.
 */
@Tag("alone")
@Isolated("two sessions in real time")
class BothArmsTest {
    /** What is told as often as there are frames, or is a fact of the device or of the machine. */
    private static final Set<String> OF_THE_DEVICE = Set.of(
            "frames",
            "dial",
            "display-opened",
            "eye-distance",
            "sound-opened",
            "sound-level",
            "noise-begun",
            // Holds the protocol's own parameters, and with them the mode.
            "plan");

    /** Attributes that are times, or count frames and what is made of them. */
    private static final Set<String> TIMES = Set.of("frame", "frames", "objects", "wallClock");

    @TempDir
    Path folder;

    private Path protocol(String mode) throws IOException {
        return Files.writeString(folder.resolve(mode + ".yaml"), """
                anodyne: 1
                id: both-arms
                title: The same in a headset and on a screen
                seed: 11
                slots:
                  task:
                    plugin: attention-task
                    parameters: {n: 1, trials: 6, targets: 0.4, stimulus: 300 ms, interval: 700 ms, leadIn: 1 s}
                  nrs: {plugin: ratings}
                  show: {plugin: display, parameters: {mode: %s, width: 160, height: 90}}
                phases:
                  - {id: rest, duration: 1 s, slots: [show]}
                  - {id: task, duration: 20 s, slots: [task, show]}
                  - id: after
                    duration: 9 s
                    slots: [nrs, show]
                    ratings:
                      - {slot: nrs, item: pain, at: start, within: 8 s}
                """.formatted(mode));
    }

    /** Builds the runtime and says where it is; skips the test, saying so, where it cannot be built. */
    private Map<String, String> scriptedRuntime() throws Exception {
        Path sources =
                Path.of("../../plugins/vr/renderer/src/test/c").toAbsolutePath().normalize();
        Path library = folder.resolve("libscripted-xr.so");
        List<String> command = new ArrayList<>(List.of("gcc", "-std=gnu11", "-shared", "-fPIC", "-O1"));
        command.addAll(List.of("-fvisibility=hidden", "-o", library.toString()));
        try (Stream<Path> files = Files.list(sources)) {
            files.map(Path::toString).filter(s -> s.endsWith(".c")).sorted().forEach(command::add);
        }
        command.addAll(List.of("-ldl", "-lm"));
        Process gcc;
        try {
            gcc = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            Assumptions.abort("skipped: gcc is not there (Debian: apt install gcc libc6-dev libopenxr-dev)");
            throw e;
        }
        String words = new String(gcc.getInputStream().readAllBytes());
        boolean built = gcc.waitFor() == 0;
        Assumptions.assumeTrue(
                built || !words.contains("openxr/openxr.h"),
                "skipped: OpenXR's headers are not there (Debian: apt install libopenxr-dev)");
        assertTrue(built, words);
        Path manifest = Files.writeString(
                folder.resolve("runtime.json"),
                "{\"file_format_version\":\"1.0.0\",\"runtime\":{\"library_path\":\"./libscripted-xr.so\","
                        + "\"name\":\"scripted\"}}");
        Path control = Files.writeString(folder.resolve("control"), "log " + folder.resolve("log.jsonl") + "\n");
        return Map.of(
                "XR_RUNTIME_JSON",
                manifest.toString(),
                "SCRIPTED_XR_CONTROL",
                control.toString(),
                "XR_LOADER_DEBUG",
                "none",
                "ALSOFT_DRIVERS",
                "null");
    }

    private Anodyne.Running started(String mode, Map<String, String> environment) throws Exception {
        return new Anodyne(folder.resolve("home-" + mode), environment)
                .start(
                        "session",
                        protocol(mode),
                        "--participant",
                        "P01",
                        "--simulated-participant",
                        // Nobody wears the headset, so nobody is screened for it.
                        "--simulated",
                        "--out",
                        folder.resolve(mode));
    }

    /** What the record holds of each source, in order, without what is the device's and without times. */
    private Map<String, List<JsonNode>> told(String mode) throws Exception {
        Recorded record = new Recorded(folder.resolve(mode).resolve("record"));
        record.assertNothingLostOrDoubled();
        Map<String, List<JsonNode>> all = new TreeMap<>();
        for (JsonNode event : record.all()) {
            String type = event.path("type").asText();
            if (!OF_THE_DEVICE.contains(type)) {
                List<String> topic = List.of(event.path("topic").asText().split("/"));
                int kind = Math.max(topic.indexOf("event"), topic.indexOf("state"));
                String source = topic.get(kind) + "/" + topic.get(kind + 1);
                all.computeIfAbsent(source, k -> new ArrayList<>()).add(withoutTimes(event));
            }
        }
        return all;
    }

    /** Type and attributes; equal whatever the order in which attributes were written. */
    private static JsonNode withoutTimes(JsonNode event) {
        ObjectNode left = JsonNodeFactory.instance.objectNode();
        left.set("type", event.path("type"));
        JsonNode attributes = event.path("attributes");
        attributes.fieldNames().forEachRemaining(name -> {
            if (!TIMES.contains(name) && !name.endsWith("Nanos")) {
                left.set("attribute " + name, attributes.get(name));
            }
        });
        return left;
    }

    private static List<JsonNode> of(Map<String, List<JsonNode>> told, String type) {
        return told.values().stream()
                .flatMap(List::stream)
                .filter(e -> e.path("type").asText().equals(type))
                .toList();
    }

    @Test
    void headsetAndScreenLeaveTheSameSequenceOfEvents() throws Exception {
        Map<String, String> headset = scriptedRuntime();
        try (Anodyne.Running immersive = started("headset", headset);
                Anodyne.Running screen = started("headless", Map.of("ALSOFT_DRIVERS", "null"))) {
            for (Anodyne.Running r : List.of(immersive, screen)) {
                Anodyne.Ended ended = r.end();
                assertEquals(0, ended.exit(), ended.output());
            }
        }
        assertTrue(
                Files.readString(folder.resolve("log.jsonl")).contains("\"what\":\"frame\""),
                "the headset was given no frame");
        Map<String, List<JsonNode>> there = told("headset");
        Map<String, List<JsonNode>> here = told("headless");
        assertEquals(6, of(here, "stimulus").size(), here.toString());
        assertEquals(1, of(here, "summary").size(), here.toString());
        assertEquals(1, of(here, "answer").size(), here.toString());
        assertEquals(here.keySet(), there.keySet());
        here.forEach((source, events) -> {
            List<JsonNode> others = there.get(source);
            for (int i = 0; i < Math.min(events.size(), others.size()); i++) {
                assertEquals(events.get(i), others.get(i), "event " + i + " of " + source);
            }
            assertEquals(events.size(), others.size(), source);
        });
    }
}
