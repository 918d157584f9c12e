package org.anodyne.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.anodyne.decoder.DecoderModel;
import org.anodyne.export.decoder.Trainer;
import org.anodyne.record.DecoderTrainer.Source;
import org.anodyne.record.RecordException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {
    @TempDir
    private Path folder;

    private Path record;

    @BeforeEach
    void makeSomethingToHash() throws Exception {
        record = Files.createDirectories(folder.resolve("record"));
        Files.writeString(record.resolve("segment-001.xdf"), "abc");
    }

    private static Map<String, Object> rule(Map<String, Object> by) {
        Map<String, Object> rule = new HashMap<>(by);
        rule.putAll(Map.of("settle", 2.0, "step", 1.0, "folds", 4L, "purge", 3.0, "permutations", 20L));
        rule.putAll(Map.of("threshold", 0.5, "hold", 0.0, "refractory", 5.0));
        return rule;
    }

    private static final Map<String, Object> BY_PHASE =
            Map.of("phases", Map.of("high", List.of("hot"), "low", List.of("rest")));

    private static final Map<String, Object> BY_RATING =
            Map.of("ratings", Map.of("feature", "nrs/pain", "high", 6.0, "low", 3.0, "window", 15.0));

    /** Phases of 30 s in turn; alpha four times a second, lower in hot ones, skin conductance twice a second. */
    private static FakeRecord calibration(String participant, Map<String, Object> training) {
        FakeRecord r = new FakeRecord(participant, FakeRecord.PROTOCOL);
        Map<String, Object> alpha = Map.of(
                "slot",
                "alpha",
                "plugin",
                "band-power",
                "kind",
                "PROCESSOR",
                "version",
                "0.1.0",
                "sha256",
                "ab12",
                "parameters",
                Map.of("low", 8.0),
                "streams",
                Map.of("samples", List.of("eeg")));
        Map<String, Object> scr = Map.of(
                "slot",
                "scr",
                "plugin",
                "skin-conductance",
                "kind",
                "PROCESSOR",
                "version",
                "0.1.0",
                "sha256",
                "cd34",
                "parameters",
                Map.of(),
                "streams",
                Map.of("samples", List.of("eda")));
        Map<String, Object> parameters = new HashMap<>(Map.of("lag", 0.25, "maximumAge", 5.0));
        parameters.putAll(training);
        Map<String, Object> pain = Map.of(
                "slot",
                "pain",
                "plugin",
                "pain-state",
                "kind",
                "PROCESSOR",
                "version",
                "0.1.0",
                "sha256",
                "ef56",
                "parameters",
                parameters,
                "features",
                Map.of("features", List.of("alpha/relative", "scr/phasic")));
        Map<String, Object> eeg = Map.of("slot", "eeg", "plugin", "cyton", "kind", "SOURCE", "version", "0.1.0");
        Map<String, Object> eda = Map.of("slot", "eda", "plugin", "bitalino", "kind", "SOURCE", "version", "0.1.0");
        r.event("session", "plan", -1e-9, Map.of("slots", List.of(eeg, eda, alpha, scr, pain)));
        Random random = new Random(3);
        for (int p = 0; p < 12; p++) {
            boolean hot = p % 2 == 1;
            r.phase(hot ? "hot" : "rest", p, p * 30, p * 30 + 30);
            for (int i = 1; i <= 120; i++) {
                double t = p * 30 + i * 0.25;
                r.feature("alpha", "relative", t, (hot ? 0.3 : 0.5) + 0.1 * random.nextGaussian());
                if (i % 2 == 0) {
                    r.feature("scr", "phasic", t, p == 0 && i < 40 ? Double.NaN : 0.2 + 0.1 * random.nextGaussian());
                }
                if (i == 110) {
                    r.feature("nrs", "pain", t, p == 4 ? 5 : hot ? 7 : 2);
                }
            }
        }
        return r;
    }

    private Map<String, Object> train(FakeRecord... records) {
        List<Source> sources =
                java.util.Arrays.stream(records).map(r -> new Source(r, folder)).toList();
        return new Trainer().train(sources, "", folder.resolve("m.json"), folder.resolve("m.html"));
    }

    @Test
    void aCalibrationByPhasesGivesAModelThatIsReadBack() throws Exception {
        Map<String, Object> told = train(calibration("P01", Map.of("training", rule(BY_PHASE))));
        String text = Files.readString(folder.resolve("m.json"));
        assertEquals(DecoderModel.sha256(text), told.get("sha256"));
        DecoderModel model = DecoderModel.parse(text);
        assertEquals("P01", model.participant());
        assertFalse(model.simulated());
        assertEquals(
                List.of("alpha/relative", "scr/phasic"),
                model.terms().stream().map(DecoderModel.Term::name).toList());
        assertTrue(model.terms().get(0).weight() < -1, "less alpha is more pain: " + model.terms());
        assertTrue(((Number) ((Map<?, ?>) told.get("figures")).get("auc")).doubleValue() > 0.8);
        assertEquals(java.util.Set.of("alpha", "scr"), model.slots().keySet());
        assertTrue(text.contains("ba7816bf8f01cfea"), "the hash of the record's segment, that of 'abc'");
        // Two seconds settle; rows one second apart: 28 in a phase, in the first 20 s of the first no skin conductance.
        assertEquals(
                12 * 28 - model.scores().high().length,
                ((Number) ((Map<?, ?>) told.get("training")).get("rowsLeftOut")).intValue());
        String page = Files.readString(folder.resolve("m.html"));
        assertTrue(page.contains("ROC curve") && page.contains((String) told.get("sha256")));
        assertFalse(page.contains("simulated data"));
        // The same records give the same bytes.
        Files.delete(folder.resolve("m.json"));
        train(calibration("P01", Map.of("training", rule(BY_PHASE))));
        assertArrayEquals(text.getBytes(), Files.readAllBytes(folder.resolve("m.json")));
    }

    @Test
    void byRatingsTheTimeBeforeEachCountsAndWhatIsBetweenIsLeftOut() throws Exception {
        train(calibration("P01", Map.of("training", rule(BY_RATING))));
        DecoderModel.Scores s =
                DecoderModel.parse(Files.readString(folder.resolve("m.json"))).scores();
        for (int i = 0; i < s.seconds().length; i++) {
            int phase = (int) (s.seconds()[i] / 30);
            double within = s.seconds()[i] - phase * 30;
            assertTrue(within > 12.5 && within <= 27.5, "at " + s.seconds()[i]);
            assertEquals(phase % 2 == 1, s.high()[i]);
            assertTrue(phase != 4, "a rating of 5 is neither");
        }
    }

    @Test
    void whatIsNoCalibrationIsRefusedAndNothingIsWritten() {
        assertRefused("have 'training'", calibration("P01", Map.of("weights", Map.of())));
        assertRefused(
                "different participants",
                calibration("P01", Map.of("training", rule(BY_PHASE))),
                calibration("P02", Map.of("training", rule(BY_PHASE))));
        Map<String, Object> never = Map.of("phases", Map.of("high", List.of("other"), "low", List.of("rest")));
        assertRefused("no period of high pain", calibration("P01", Map.of("training", rule(never))));
        assertRefused(
                "differ in features",
                calibration("P01", Map.of("training", rule(BY_PHASE))),
                calibration("P01", Map.of("training", rule(BY_RATING))));
    }

    private void assertRefused(String why, FakeRecord... records) {
        String told = assertThrows(RecordException.class, () -> train(records)).getMessage();
        assertTrue(told.contains(why), told);
        assertFalse(Files.exists(folder.resolve("m.json")));
        assertFalse(Files.exists(folder.resolve("m.html")));
    }
}
