package org.anodyne.plugins.painstate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.anodyne.decoder.DecoderModel;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.FeatureRef;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.PluginException;
import org.anodyne.plugin.signal.Feature;
import org.anodyne.plugin.signal.FeatureInput;
import org.anodyne.plugin.signal.SignalProcessor;
import org.anodyne.plugin.tck.FakeContext;
import org.anodyne.plugin.tck.Phases;
import org.anodyne.plugin.tck.Schema;
import org.junit.jupiter.api.Test;

class PainStateTest {
    private FakeContext context;

    private SignalProcessor model(Map<String, Object> parameters, String... connected) throws Exception {
        context = FakeContext.of(Schema.of(PainStateFactory.class).defaultsWith(parameters));
        SignalProcessor model = (SignalProcessor) new PainStateFactory().create(context);
        List<FeatureRef> features =
                Arrays.stream(connected).map(FeatureRef::parse).toList();
        model.prepare(new Inputs(Map.of(), Map.of("features", features)), Deadline.in(Duration.ofSeconds(1)));
        model.start();
        return model;
    }

    private static void value(SignalProcessor model, String name, double seconds, double value) {
        FeatureRef ref = FeatureRef.parse(name);
        model.feature(
                "features",
                new FeatureInput(ref.slot(), new Feature(ref.feature(), Phases.nanos(seconds), new double[] {value})));
    }

    private double last(String name) {
        List<Feature> values = context.published().features(name);
        return values.get(values.size() - 1).value();
    }

    @Test
    void withoutCalibrationFeaturesEnterAsTheyAre() throws Exception {
        SignalProcessor model =
                model(Map.of("weights", Map.of("a/x", 2.0, "b/y", -1.0), "intercept", 0.5), "a/x", "b/y");
        model.enterPhase(Phases.active("only", 0, 0, 100));
        value(model, "b/y", 0.5, 3);
        value(model, "a/x", 1, 2);
        assertEquals(0.5 + 2 * 2 - 3, last("logit"));
        assertEquals(1 / (1 + Math.exp(-1.5)), last("probability"), 1e-15);
        assertEquals(1, context.published().features("probability").size());
        assertEquals(
                Phases.nanos(1),
                context.published().features("probability").get(0).timeNanos());
    }

    @Test
    void otherFeaturesAreUsedOnlyWhenOlderThanTheLag() throws Exception {
        SignalProcessor model = model(Map.of("weights", Map.of("a/x", 1.0, "b/y", 1.0)), "a/x", "b/y");
        model.enterPhase(Phases.active("only", 0, 0, 100));
        value(model, "b/y", 0.5, 10);
        value(model, "b/y", 0.9, 20);
        value(model, "a/x", 1, 0);
        assertEquals(10, last("logit"));
        value(model, "a/x", 1.15, 0);
        assertEquals(20, last("logit"));
    }

    @Test
    void whichSlotArrivesFirstChangesNothing() throws Exception {
        Map<String, Object> parameters =
                Map.of("weights", Map.of("a/x", 1.0, "b/y", 1.0), "calibration", Map.of("phase", "baseline"));
        List<List<String>> outputs = new java.util.ArrayList<>();
        for (boolean first : new boolean[] {true, false}) {
            SignalProcessor model = model(parameters, "a/x", "b/y");
            model.enterPhase(Phases.active("baseline", 0, 0, 5));
            boolean entered = false;
            for (int i = 1; i <= 40; i++) {
                double t = i * 0.25;
                if (t > 5 && !entered) {
                    // The other slot's last value of the baseline may still be on its way.
                    if (first) {
                        model.enterPhase(Phases.active("treatment", 1, 5, 10));
                        value(model, "b/y", 5, 5);
                    } else {
                        value(model, "b/y", 5, 5);
                        model.enterPhase(Phases.active("treatment", 1, 5, 10));
                    }
                    entered = true;
                }
                if (first) {
                    value(model, "a/x", t, Math.sin(i));
                }
                if (t != 5) {
                    value(model, "b/y", t, Math.cos(i));
                }
                if (!first) {
                    value(model, "a/x", t, Math.sin(i));
                }
            }
            outputs.add(context.published().bits());
        }
        assertEquals(outputs.get(0), outputs.get(1));
    }

    @Test
    void baselineOfThePersonMakesZScores() throws Exception {
        SignalProcessor model =
                model(Map.of("weights", Map.of("a/x", 1.0), "calibration", Map.of("phase", "baseline")), "a/x");
        model.enterPhase(Phases.active("rest", 0, 0, 10));
        value(model, "a/x", 5, 100);
        assertTrue(Double.isNaN(last("probability")));
        model.enterPhase(Phases.active("baseline", 1, 10, 20));
        value(model, "a/x", 11, 2);
        value(model, "a/x", 15, 4);
        value(model, "a/x", 20, 6);
        assertTrue(Double.isNaN(last("probability")));
        model.enterPhase(Phases.active("treatment", 2, 20, 30));
        value(model, "a/x", 20.2, 8);
        assertTrue(Double.isNaN(last("probability")), "the lag after the baseline is not over");
        value(model, "a/x", 20.25, 8);
        assertEquals(2, last("logit"), 1e-12);
        value(model, "a/x", 21, 4);
        assertEquals(0.5, last("probability"), 1e-12);
        var calibrated = context.published().events("calibrated");
        assertEquals(1, calibrated.size());
        assertEquals(
                Map.of("a/x", Map.of("count", 3L, "mean", 4.0, "standardDeviation", 2.0)),
                calibrated.get(0).attributes().get("features"));
    }

    @Test
    void baselineWithoutVariationFailsAndGivesNaN() throws Exception {
        SignalProcessor model =
                model(Map.of("weights", Map.of("a/x", 1.0), "calibration", Map.of("phase", "baseline")), "a/x");
        model.enterPhase(Phases.active("baseline", 0, 0, 10));
        value(model, "a/x", 1, 4);
        value(model, "a/x", 2, 4);
        model.enterPhase(Phases.active("treatment", 1, 10, 30));
        value(model, "a/x", 11, 5);
        assertTrue(Double.isNaN(last("probability")));
        assertEquals(1, context.published().events("calibration-failed").size());
    }

    @Test
    void missingOrOldValuesGiveNaN() throws Exception {
        SignalProcessor model = model(Map.of("weights", Map.of("a/x", 1.0, "b/y", 1.0)), "a/x", "b/y");
        model.enterPhase(Phases.active("only", 0, 0, 100));
        value(model, "a/x", 1, 1);
        assertTrue(Double.isNaN(last("probability")));
        value(model, "b/y", 1.5, 1);
        value(model, "a/x", 2, 1);
        assertEquals(2, last("logit"));
        value(model, "a/x", 6.5, 1);
        assertEquals(2, last("logit"));
        value(model, "a/x", 6.6, 1);
        assertTrue(Double.isNaN(last("logit")));
        value(model, "b/y", 7, Double.NaN);
        value(model, "a/x", 8, 1);
        assertTrue(Double.isNaN(last("logit")));
    }

    @Test
    void probabilityStaysBetweenNoughtAndOne() {
        assertEquals(0, DecoderModel.probability(-1e6));
        assertEquals(1, DecoderModel.probability(1e6));
        assertEquals(0.5, DecoderModel.probability(0));
        assertTrue(Double.isNaN(DecoderModel.probability(Double.NaN)));
    }

    @Test
    void weightsAndConnectionsMustAgree() {
        PluginException unconnected = assertThrows(
                PluginException.class, () -> model(Map.of("weights", Map.of("a/x", 1.0, "b/y", 1.0)), "a/x"));
        assertTrue(unconnected.getMessage().contains("b/y"), unconnected.getMessage());
        PluginException weightless =
                assertThrows(PluginException.class, () -> model(Map.of("weights", Map.of("a/x", 1.0)), "a/x", "b/y"));
        assertTrue(weightless.getMessage().contains("b/y"), weightless.getMessage());
        Map<String, Object> none = new HashMap<>(Map.of("weights", Map.of("a/x", 1.0)));
        assertThrows(PluginException.class, () -> model(none));
    }

    private static final String MODEL = """
            {"format": "anodyne-decoder", "version": 1, "participant": "P01", "simulated": true,
             "features": [
              {"name": "a/x", "unit": "1", "mean": 2.0, "standardDeviation": 0.5, "weight": -1.5},
              {"name": "b/y", "unit": "uS", "mean": 1.0, "standardDeviation": 2.0, "weight": 0.25}],
             "intercept": 0.125, "lag": 0.25, "maximumAge": 5.0, "slots": {},
             "crossValidated": {"step": 1, "period": [], "seconds": [], "high": [], "logit": []}}
            """;

    private static Map<String, Object> frozen(String text, String sha256) {
        return Map.of("model", Map.of("file", "m.json", "sha256", sha256, "text", text));
    }

    @Test
    void aFrozenModelDecidesAndIsNamedOnce() throws Exception {
        String sha256 = DecoderModel.sha256(MODEL);
        SignalProcessor model = model(frozen(MODEL, sha256), "a/x", "b/y");
        model.enterPhase(Phases.active("only", 0, 0, 100));
        value(model, "b/y", 0.5, 5);
        value(model, "a/x", 1, 1);
        value(model, "a/x", 2, 2);
        // 0.125 − 1.5·(1 − 2)/0.5 + 0.25·(5 − 1)/2, then with (2 − 2)/0.5.
        assertEquals(3.625, context.published().features("logit").get(0).value());
        assertEquals(0.625, last("logit"));
        List<org.anodyne.plugin.Event> named = context.published().events("decoder");
        assertEquals(1, named.size());
        assertEquals(sha256, named.get(0).attributes().get("model"));
    }

    @Test
    void aModelThatIsNotTheFrozenOneOrDoesNotFitIsRefused() {
        String sha256 = DecoderModel.sha256(MODEL);
        String other = MODEL.replace("-1.5", "-1.6");
        String told = assertThrows(IllegalArgumentException.class, () -> model(frozen(other, sha256), "a/x", "b/y"))
                .getMessage();
        assertTrue(told.contains("is not the one that was frozen"), told);
        told = assertThrows(PluginException.class, () -> model(frozen(MODEL, sha256), "b/y", "a/x"))
                .getMessage();
        assertTrue(told.contains("trained on the features [a/x, b/y], but connected are [b/y, a/x]"), told);
        Map<String, Object> lag = new HashMap<>(frozen(MODEL, sha256));
        lag.put("lag", 0.5);
        told = assertThrows(PluginException.class, () -> model(lag, "a/x", "b/y"))
                .getMessage();
        assertTrue(told.contains("trained with lag 0.25 s"), told);
        Map<String, Object> both = new HashMap<>(frozen(MODEL, sha256));
        both.put("weights", Map.of("a/x", 1.0));
        told = assertThrows(IllegalArgumentException.class, () -> model(both, "a/x", "b/y"))
                .getMessage();
        assertTrue(told.contains("one of 'model'"), told);
    }

    @Test
    void aCalibrationHasNoResultYet() throws Exception {
        SignalProcessor model = model(
                Map.of("training", Map.of("phases", Map.of("high", List.of("pain"), "low", List.of("rest")))), "a/x");
        model.enterPhase(Phases.active("only", 0, 0, 100));
        value(model, "a/x", 1, 1);
        assertTrue(Double.isNaN(last("probability")));
    }
}
