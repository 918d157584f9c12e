package org.anodyne.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.anodyne.bus.Payload;
import org.anodyne.bus.Topic;
import org.anodyne.plugin.signal.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long feedback took, by block, and what CRED-nf asks for; never the arm. */
class FeedbackFactsTest {
    private static final long AHEAD = 5_000_000_000L;
    private static final long MS = 1_000_000;

    @TempDir
    Path folder;

    private static FakeRecord record(String code) {
        FakeRecord r = new FakeRecord();
        Map<String, Object> feedback = new HashMap<>(
                Map.of("source", "inverted", "smoothing", 0.0, "mark", 0.5, "hold", 0.5, "latencyLimit", 100.0));
        feedback.put("allocation", code);
        List<Object> slots = List.of(
                Map.of(
                        "slot",
                        "training",
                        "plugin",
                        "neurofeedback",
                        "kind",
                        "PROCESSOR",
                        "parameters",
                        Map.of(
                                "targets",
                                List.of(Map.of(
                                        "feature",
                                        "alpha/power",
                                        "direction",
                                        "up",
                                        "threshold",
                                        Map.of("baseline", "rest", "factor", 1.1))),
                                "require",
                                "all",
                                "hold",
                                0.5),
                        "features",
                        Map.of("targets", List.of("alpha/power"), "clean", List.of("artefacts/clean"))),
                Map.of(
                        "slot",
                        "feedback",
                        "plugin",
                        "feedback",
                        "kind",
                        "PROCESSOR",
                        "parameters",
                        feedback,
                        "features",
                        Map.of("feature", List.of("training/value"))),
                Map.of(
                        "slot",
                        "screen",
                        "plugin",
                        "feedback-screen",
                        "kind",
                        "SCENE",
                        "parameters",
                        Map.of("form", "bar"),
                        "features",
                        Map.of("level", List.of("feedback/level"))));
        r.event("session", "plan", 0, Map.of("slots", slots));
        r.phase("train-1", 0, 0, 10);
        r.phase("train-2", 1, 10, 20);
        for (int i = 1; i <= 20; i++) {
            long time = i * 1000 * MS;
            // In the second block level takes 90 ms, and the frame 30 ms more.
            long took = i <= 10 ? 4 * MS : 90 * MS;
            long acquired = AHEAD + time;
            r.say(
                    Topic.Kind.FEATURE,
                    "feedback",
                    "level",
                    new Payload.FeatureValue(new Feature("level", time, new double[] {0.01 * i})),
                    acquired + took,
                    acquired);
            long submit = time + took + 30 * MS;
            r.say(
                    Topic.Kind.EVENT,
                    "show",
                    "driven",
                    new Payload.Document(
                            "driven",
                            submit,
                            Map.of("scene", "screen", "dial", "level", "featureNanos", time, "submitNanos", submit)),
                    AHEAD + submit,
                    0);
        }
        for (int i = 0; i < 2; i++) {
            r.event(
                    "training",
                    "training-block",
                    10 * (i + 1),
                    Map.of(
                            "phase",
                            "train-" + (i + 1),
                            "index",
                            (long) i,
                            "block",
                            "training",
                            "seconds",
                            10.0,
                            "secondsRejected",
                            1.5 * i,
                            "rewards",
                            4L,
                            "rewardShare",
                            0.7,
                            "meanScore",
                            0.6,
                            "targets",
                            List.of(Map.of(
                                    "feature", "alpha/power",
                                    "direction", "up",
                                    "mean", 12.5,
                                    "standardDeviation", 2.0,
                                    "threshold", 11.0,
                                    "metShare", 0.75))));
        }
        return r;
    }

    private JsonNode exported(String code) throws IOException {
        new RecordExporter().export(record(code), Sessions.completed(), folder);
        return JsonMapper.builder()
                .build()
                .readTree(Files.readString(folder.resolve("summary.json")))
                .path("feedback");
    }

    @Test
    void eachBlockHasItsLatenciesAndLateOnesAreMarked() throws IOException {
        JsonNode f = exported("");
        assertEquals(100, f.path("latencyLimitMs").asDouble());
        JsonNode first = f.path("blocks").get(0);
        JsonNode second = f.path("blocks").get(1);
        assertEquals(
                10,
                first.path("sampleToMs").path("feedback/level").path("count").asInt());
        assertEquals(
                4, first.path("sampleToMs").path("feedback/level").path("p99").asDouble(), 1e-9);
        assertEquals(
                34,
                first.path("sampleToMs")
                        .path("feedback/level, shown")
                        .path("p50")
                        .asDouble(),
                1e-9);
        assertEquals(
                90, second.path("sampleToMs").path("feedback/level").path("p50").asDouble(), 1e-9);
        assertEquals(
                120,
                second.path("sampleToMs")
                        .path("feedback/level, shown")
                        .path("max")
                        .asDouble(),
                1e-9);
        assertFalse(first.path("late").asBoolean());
        assertTrue(second.path("late").asBoolean());
        assertEquals(0.7, first.path("training").path("rewardShare").asDouble());
        String report = Files.readString(folder.resolve("report.html"));
        assertEquals(1, report.split("<strong>late</strong>", -1).length - 1);
        assertTrue(report.contains("75 %"), "what was met");
    }

    @Test
    void credNfIsFilledFromTheRecordAndSaysWhatIsLeftToTheLab() throws IOException {
        exported("");
        String page = Files.readString(folder.resolve("cred-nf.md"));
        for (String said : List.of(
                "every participant with this protocol is shown the participant's own level, turned round",
                "while artefacts/clean is 0 nothing is learnt or rewarded",
                "train-2 (training): 1.5 of 10 s rejected",
                "alpha/power up, threshold baseline rest, factor 1.1",
                "median 4 ms",
                "Blocks that were late: train-2",
                "reward share 70 %, 4 rewards",
                "mean 12.5, SD 2, threshold 11",
                "Not blinded",
                "To be filled in by the lab.")) {
            assertTrue(page.contains(said), said + " is not in\n" + page);
        }
    }

    @Test
    void restsAreInTheCourseAndThePictureShowsEachBlock() throws Exception {
        FakeRecord r = record("");
        double[] means = {10, 8.5};
        for (int i = 0; i < 2; i++) {
            r.event(
                    "training",
                    "training-block",
                    21 + i,
                    Map.of(
                            "phase",
                            i == 0 ? "before" : "after",
                            "index",
                            2L + i,
                            "block",
                            "rest",
                            "seconds",
                            10.0,
                            "targets",
                            List.of(Map.of(
                                    "feature",
                                    "alpha/power",
                                    "direction",
                                    "up",
                                    "mean",
                                    means[i],
                                    "standardDeviation",
                                    2.0))));
        }
        new RecordExporter().export(r, Sessions.completed(), folder);
        String page = Files.readString(folder.resolve("cred-nf.md"));
        for (String said : List.of(
                "before (rest): no reward; means alpha/power 10",
                "after (rest): no reward; means alpha/power 8.5",
                "From rest to rest: alpha/power (up) from 10 in before to 8.5 in after, −15 %",
                "![alpha/power by block](cred-nf-training-alpha_power.svg)")) {
            assertTrue(page.contains(said), said + " is not in\n" + page);
        }
        var picture = javax.xml.parsers.DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(folder.resolve("cred-nf-training-alpha_power.svg").toFile());
        assertEquals(4, picture.getElementsByTagName("circle").getLength(), "a circle for each block");
        // A dash of the threshold and a bar of the deviation for each trained block, a bar for each rest, three lines
        // of the scale.
        assertEquals(9, picture.getElementsByTagName("path").getLength());
    }

    @Test
    void aSealedCodeIsToldAndTheArmIsNot() throws IOException {
        exported("ABCD-ABCD-ABCD-ABCD-ABCD");
        String page = Files.readString(folder.resolve("cred-nf.md"));
        assertTrue(page.contains("a sealed code decides between the participant's own level and"), page);
        assertFalse(page.contains("ABCD-ABCD"), "the code has no place in a report");
        assertFalse(Files.readString(folder.resolve("report.html")).contains("feedback/level</h3>"));
    }

    @Test
    void aSessionWithoutFeedbackHasNoSuchPage() throws IOException {
        FakeRecord r = new FakeRecord();
        r.phase("rest", 0, 0, 10);
        r.feature("alpha", "relative", 1, 0.5);
        new RecordExporter().export(r, Sessions.completed(), folder);
        assertFalse(Files.exists(folder.resolve("cred-nf.md")));
    }
}
