package org.anodyne.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.anodyne.bus.Payload;
import org.anodyne.bus.Topic;
import org.anodyne.plugin.signal.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the display showed, worked out by hand: the host's clock is 5 s ahead of session time. */
class DisplayFactsTest {
    private static final long AHEAD = 5_000_000_000L;
    private static final long MS = 1_000_000;

    @TempDir
    Path folder;

    private static FakeRecord event(
            FakeRecord r, String slot, String type, long time, long made, Map<String, Object> a) {
        return r.say(Topic.Kind.EVENT, slot, type, new Payload.Document(type, time, a), made, 0);
    }

    @Test
    void framesAndTheWayFromFeatureToFrame() throws Exception {
        FakeRecord r = new FakeRecord();
        Map<String, Object> garden = Map.of(
                "slot",
                "garden",
                "kind",
                "SCENE",
                "plugin",
                "garden",
                "features",
                Map.of("weather", List.of("fb/level")));
        event(r, "session", "plan", 0, AHEAD, Map.of("slots", List.of(garden)));
        event(r, "session", "phase", 0, AHEAD, Map.of("id", "play", "index", 0L, "start", 0L));
        event(
                r,
                "show",
                "display-opened",
                0,
                AHEAD,
                Map.of("mode", "window", "device", "a screen", "rate", 60.0, "eyes", 1L));
        for (int i = 0; i < 2; i++) {
            long time = (100 + 200 * i) * MS;
            // Published 10 ms and 20 ms before the frame was submitted; told 3 ms after it.
            r.say(
                    Topic.Kind.FEATURE,
                    "fb",
                    "level",
                    new Payload.FeatureValue(new Feature("level", time, new double[] {0.5})),
                    AHEAD + time + 30 * MS,
                    0);
            long submit = time + 40 * MS + 10 * MS * i;
            event(
                    r,
                    "show",
                    "driven",
                    submit + 3 * MS,
                    AHEAD + submit + 3 * MS,
                    Map.of("scene", "garden", "dial", "weather", "featureNanos", time, "submitNanos", submit));
        }
        event(
                r,
                "show",
                "frames",
                0,
                AHEAD + 500 * MS,
                Map.of(
                        "number", List.of(0L, 1L, 2L),
                        "submitNanos", List.of(100 * MS, 116 * MS, 150 * MS),
                        "displayNanos", List.of(116 * MS, 132 * MS, 166 * MS),
                        "gpuNanos", List.of(4 * MS, 6 * MS, -1L),
                        "dropped", List.of(0L, 0L, 1L),
                        "scene", List.of("", "garden", "garden")));
        new RecordExporter().export(r, Sessions.completed(), folder);
        JsonNode d = JsonMapper.builder()
                .build()
                .readTree(Files.readString(folder.resolve("summary.json")))
                .path("display");
        assertEquals(3, d.path("frames").asInt());
        assertEquals(1, d.path("dropped").asInt());
        assertEquals(2, d.path("framesByScene").path("garden").asInt());
        assertEquals(2, d.path("featureToFrameMs").path("count").asInt());
        assertEquals(10, d.path("featureToFrameMs").path("p50").asDouble(), 1e-9);
        assertEquals(20, d.path("featureToFrameMs").path("max").asDouble(), 1e-9);
        assertEquals(34, d.path("frameIntervalMs").path("max").asDouble(), 1e-9);
        assertEquals(2, d.path("gpuMs").path("count").asInt());
        String report = Files.readString(folder.resolve("report.html"));
        assertTrue(report.contains("feature published → frame submitted"));
        String events;
        try (var all = Files.walk(folder)) {
            events = all.filter(p -> p.toString().endsWith("_events.tsv"))
                    .map(p -> {
                        try {
                            return Files.readString(p);
                        } catch (java.io.IOException e) {
                            throw new java.io.UncheckedIOException(e);
                        }
                    })
                    .reduce("", String::concat);
        }
        assertFalse(events.contains("frames\t"), "the frame log is no list of events");
    }
}
