package org.anodyne.session.engine.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.anodyne.decoder.DecoderException;
import org.anodyne.session.SessionEngine.Fault;
import org.anodyne.session.engine.fake.FakePlugins;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** A frozen decoder runs only over what it was trained on. */
class FrozenModelsTest {
    private static final String MODEL = """
            {"format": "anodyne-decoder", "version": 1, "participant": "P01", "simulated": true,
             "features": [{"name": "alpha/mean", "unit": "uV", "mean": 3, "standardDeviation": 2, "weight": -1.5}],
             "intercept": 0.25, "lag": 0, "maximumAge": 10,
             "slots": {"alpha": {"plugin": "mean", "version": "1.0.0", "parameters": {"low": 8, "order": 4}}},
             "crossValidated": {"step": 1, "period": [0, 1], "seconds": [0.5, 61.5], "high": [0, 1], "logit": [-1, 1]}}
            """;

    private final Map<String, Protocol.Slot> slots = new HashMap<>(new ProtocolReader(FakePlugins.installed())
            .compile(ProtocolSlips.GOOD, Map.of())
            .slots());

    private List<String> faults(UnaryOperator<String> otherModel) {
        change("loop", Map.of("model", Map.of("text", otherModel.apply(MODEL))));
        Faults faults = new Faults(Map.of());
        new FrozenModels(slots, faults).check();
        return faults.sorted().stream().map(Fault::message).toList();
    }

    private void change(String slot, Map<String, Object> parameters) {
        slots.computeIfPresent(
                slot,
                (name, s) -> new Protocol.Slot(
                        name,
                        s.plugin(),
                        s.version(),
                        s.sha256(),
                        s.kind(),
                        parameters,
                        s.streams(),
                        s.features(),
                        s.ports(),
                        s.input(),
                        s.rearmAfterNanos(),
                        s.line()));
    }

    private static void one(List<String> faults, String words) {
        assertEquals(1, faults.size(), faults.toString());
        assertTrue(faults.get(0).contains(words), faults.toString());
    }

    @Test
    void whatItWasTrainedOnIsTaken() {
        assertEquals(List.of(), faults(m -> m));
    }

    @Test
    void numbersAreTheSameHoweverTheyAreWritten() {
        assertEquals(List.of(), faults(m -> m.replace("\"low\": 8", "\"low\": 8.0")));
    }

    @Test
    void otherFeaturesOrAnotherOrderAreTold() {
        one(
                faults(m -> m.replace("alpha/mean", "alpha/peak")),
                "trained on alpha/peak, in this order, but connected are alpha/mean");
    }

    @Test
    void anotherVersionOrPluginIsTold() {
        one(faults(m -> m.replace("1.0.0", "0.9.0")), "mean 0.9.0 computed in slot 'alpha', but here it is mean 1.0.0");
        one(faults(m -> m.replace("\"mean\", \"version\"", "\"median\", \"version\"")), "median 1.0.0");
    }

    @Test
    void anotherParameterIsToldWhicheverSideNamesIt() {
        one(faults(m -> m.replace("\"low\": 8", "\"low\": 9")), "low = 9 of slot 'alpha', but here it is 8");
        one(faults(m -> m.replace(", \"order\": 4", "")), "order = null of slot 'alpha', but here it is 4");
        one(faults(m -> m.replace("\"order\": 4", "\"order\": 4, \"high\": 12")), "high = 12");
    }

    @Test
    void aSlotThatIsGoneIsTold() {
        slots.remove("alpha");
        one(faults(m -> m), "a slot 'alpha', which is not there");
    }

    @Test
    void whatIsNoModelIsAFaultOfItsParameterAndNoException() {
        one(faults(m -> "[]"), "damaged, or no model file");
        one(faults(m -> m.replace("anodyne-decoder", "other")), "no model of a decoder");
        one(faults(m -> m.replace("\"version\": 1,", "\"version\": 2,")), "version 2 of its format");
        one(faults(m -> m.replace("\"standardDeviation\": 2", "\"standardDeviation\": 0")), "no training gives");
        Assertions.assertThrows(DecoderException.class, () -> FrozenModels.of(slots.get("loop")));
    }

    @Test
    void aSlotWithoutOneHasNone() {
        assertTrue(FrozenModels.of(slots.get("alpha")).isEmpty());
    }
}
