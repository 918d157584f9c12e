package org.anodyne.plugins.feedback;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.anodyne.allocation.AllocationKey;
import org.anodyne.allocation.Arm;
import org.anodyne.allocation.Keeper;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.PluginException;
import org.anodyne.plugin.tck.Output;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing but the levels themselves differs between the arms and modes. */
class BlindingTest {
    private static final Map<String, Object> STUDY = Map.of(
            "calibration", Map.of("phase", "baseline"), "fade", 1.0, "smoothing", 0.5, "mark", 0.5, "rewardShare", 0.7);

    @TempDir
    private Path folder;

    private String keyFile;
    private AllocationKey key;
    private Map<String, Object> sham;
    private Map<String, Object> yoked;
    private Map<String, Object> inverted;

    @BeforeEach
    void site() throws IOException {
        keyFile = folder.resolve("key").toString();
        Keeper.run("new-key", keyFile);
        key = AllocationKey.read(Path.of(keyFile));
        inverted = Bench.with(STUDY, Map.of("source", "inverted"));
        Path series = Files.writeString(folder.resolve("other.tsv"), "level\n0.25\n0.5\n0.75\n1\n0\n");
        sham = Bench.with(STUDY, Map.of("source", "sham"));
        yoked = Bench.with(STUDY, Map.of("source", "series", "series", series.toString()));
    }

    private Bench session(Map<String, Object> parameters, String code) throws Exception {
        Bench bench =
                Bench.of(code.isEmpty() ? parameters : Bench.with(parameters, Map.of("allocation", code)), keyFile);
        SplittableRandom random = new SplittableRandom(11);
        bench.phase("baseline", 0, 0, 10);
        for (int i = 1; i <= 160; i++) {
            if (i == 41) {
                bench.phase("training", 1, 10, 40);
            }
            // Times are not even, and now and then there is no value.
            double time = i * 0.25 + 0.05 * random.nextDouble();
            bench.value(i == 40 ? 10 : time, random.nextInt(8) == 0 ? Double.NaN : random.nextGaussian(5, 1));
        }
        return bench;
    }

    /** Everything published, in order, with all times and all there is in events, but for what the levels are. */
    private static List<String> butForLevels(Bench bench) {
        return bench.context.published().outputs().stream()
                .map(o -> o instanceof Output.FeatureValue f
                        ? f.feature().name() + " " + f.feature().timeNanos() + " "
                                + Double.isNaN(f.feature().value())
                        : o.bits())
                .toList();
    }

    @Test
    void everyModePublishesOneLevelPerValueAtItsTime() throws Exception {
        List<Map<String, Object>> modes = List.of(
                STUDY,
                sham,
                inverted,
                yoked,
                Bench.with(STUDY, Map.of("source", "series", "series", List.of(0.25, 0.75))));
        List<String> times = null;
        for (Map<String, Object> mode : modes) {
            Bench bench = session(mode, "");
            List<String> now = bench.context.published().features(FeedbackFactory.LEVEL).stream()
                    .map(f -> f.timeNanos() + " " + Double.isNaN(f.value()))
                    .toList();
            assertEquals(160, now.size());
            assertEquals(times == null ? now : times, now);
            times = now;
        }
    }

    @Test
    void theCodeDecides() throws Exception {
        double[] live = session(STUDY, "").levels();
        for (Map<String, Object> study : List.of(sham, inverted, yoked)) {
            double[] other = session(study, "").levels();
            assertNotEquals(List.of(live), List.of(other));
            assertArrayEquals(live, session(study, key.code(Arm.ACTIVE)).levels());
            assertArrayEquals(other, session(study, key.code(Arm.SHAM)).levels());
        }
    }

    @Test
    void nothingButTheLevelsDiffersBetweenTheArms() throws Exception {
        for (Map<String, Object> study : List.of(sham, inverted, yoked)) {
            Bench active = session(study, key.code(Arm.ACTIVE));
            Bench other = session(study, key.code(Arm.SHAM));
            assertEquals(butForLevels(active), butForLevels(other));
            assertFalse(java.util.Arrays.equals(active.levels(), other.levels()));
            assertFalse(active.context.published().events("calibrated").isEmpty());
            Deadline deadline = Deadline.in(Duration.ofSeconds(1));
            assertEquals(
                    active.feedback.drain(deadline).orElseThrow().bytes().length,
                    other.feedback.drain(deadline).orElseThrow().bytes().length);
        }
    }

    @Test
    void aSuccessorShowsTheSameArm() throws Exception {
        for (Arm arm : Arm.values()) {
            String code = key.code(arm);
            Bench before = session(yoked, code);
            Bench after = Bench.of(Bench.with(yoked, Map.of("allocation", code)), keyFile);
            assertTrue(after.feedback.takeOver(
                    before.feedback.drain(Deadline.in(Duration.ofSeconds(1))).orElseThrow()));
            before.value(41, 6);
            after.value(41, 6);
            assertEquals(before.last(), after.last());
        }
    }

    @Test
    void neitherEventsNorLogNorTerminalTellTheArm() throws Exception {
        StringBuilder logged = new StringBuilder();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord record) {
                logged.append(record.getMessage());
            }

            @Override
            public void flush() {
                // Nothing is kept back.
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        };
        Logger root = Logger.getLogger("");
        root.addHandler(handler);
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream terminal = new ByteArrayOutputStream();
        String published;
        String code = key.code(Arm.SHAM);
        try (PrintStream caught = new PrintStream(terminal, true, StandardCharsets.UTF_8)) {
            System.setOut(caught);
            System.setErr(caught);
            Bench bench = session(yoked, code);
            published = String.join("\n", butForLevels(bench)).toLowerCase(Locale.ROOT);
        } finally {
            System.setOut(out);
            System.setErr(err);
            root.removeHandler(handler);
        }
        assertEquals("", terminal.toString(StandardCharsets.UTF_8));
        assertEquals("", logged.toString());
        for (String telling : List.of("active", "sham", "live", "yoked", "arm", code.toLowerCase(Locale.ROOT))) {
            assertFalse(published.contains(telling), telling + " is in " + published);
        }
    }

    @Test
    void aCodeThatDoesNotFitIsRefusedAlikeWhateverItMeant() {
        String message = null;
        for (Arm arm : Arm.values()) {
            String code = key.code(arm);
            String mistyped = (code.charAt(0) == 'A' ? 'B' : 'A') + code.substring(1);
            String now = assertThrows(PluginException.class, () -> session(sham, mistyped))
                    .getMessage();
            assertTrue(now.contains("compare it with the participant's envelope"), now);
            assertEquals(message == null ? now : message, now);
            message = now;
        }
    }

    @Test
    void aCodeWithoutTheSitesKeyIsRefused() {
        Map<String, Object> coded = Bench.with(sham, Map.of("allocation", key.code(Arm.ACTIVE)));
        String none =
                assertThrows(PluginException.class, () -> Bench.of(coded, "")).getMessage();
        assertTrue(none.contains("set key.file of org.anodyne.feedback"), none);
        String missing = folder.resolve("none").toString();
        assertTrue(assertThrows(PluginException.class, () -> Bench.of(coded, missing))
                .getMessage()
                .contains(missing));
    }
}
