package org.anodyne.plugin.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.anodyne.plugin.PluginInstance;
import org.anodyne.plugin.PluginPorts;
import org.anodyne.plugin.outcome.OutcomeInstrument;
import org.anodyne.plugin.outcome.OutcomeInstrument.Item;
import org.junit.jupiter.api.Test;

/** The contract of an outcome instrument. */
public abstract class OutcomeContract extends PluginContract {
    @Override
    protected final Class<? extends PluginInstance> role() {
        return OutcomeInstrument.class;
    }

    @Test
    void shortestAndLongestOrBothEndsOfEveryItemAreTaken() throws Exception {
        FakeContext context = context();
        try (OutcomeInstrument instrument = (OutcomeInstrument) prepared(context)) {
            instrument.start();
            assertFalse(instrument.items().isEmpty());
            for (Item item : instrument.items()) {
                assertFalse(item.text().isBlank(), item.id());
                if (item.longest() > 0) {
                    assertEquals("", instrument.answer(item.id(), "x", 1));
                    assertEquals("", instrument.answer(item.id(), "x".repeat(item.longest()), 2));
                    continue;
                }
                assertEquals("", instrument.answer(item.id(), item.minimum(), 1));
                assertEquals("", instrument.answer(item.id(), item.maximum(), 2));
            }
        }
        List<String> declared =
                ports().features().stream().map(PluginPorts.FeatureInfo::name).toList();
        for (Output output : context.published().outputs()) {
            if (output instanceof Output.FeatureValue value) {
                assertTrue(
                        declared.contains(value.feature().name()),
                        value.feature().name() + " is not declared");
            }
        }
    }

    @Test
    void refusedAnswersPublishNothing() throws Exception {
        FakeContext context = context();
        try (OutcomeInstrument instrument = (OutcomeInstrument) prepared(context)) {
            instrument.start();
            for (Item item : instrument.items()) {
                assertFalse(instrument
                        .answer(item.id(), item.maximum() + item.step(), 1)
                        .isBlank());
                assertFalse(instrument
                        .answer(item.id(), item.minimum() - item.step(), 1)
                        .isBlank());
                assertFalse(instrument.answer(item.id(), Double.NaN, 1).isBlank());
                String words = "x".repeat(item.longest() + 1);
                assertFalse(instrument.answer(item.id(), words, 1).isBlank());
                assertFalse(instrument.answer(item.id(), " ", 1).isBlank());
            }
            assertFalse(instrument.answer("no-such-item", 0, 1).isBlank());
            assertFalse(instrument.answer("no-such-item", "words", 1).isBlank());
        }
        assertEquals(List.of(), context.published().bits());
    }
}
