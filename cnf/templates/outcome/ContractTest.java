package org.anodyne.plugins.__package__;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.anodyne.plugin.PluginFactory;
import org.anodyne.plugin.outcome.OutcomeInstrument;
import org.anodyne.plugin.tck.FakeContext;
import org.anodyne.plugin.tck.OutcomeContract;
import org.junit.jupiter.api.Test;

class __Class__ContractTest extends OutcomeContract {
    @Override
    protected PluginFactory factory() {
        return new __Class__Factory();
    }

    @Test
    void theScoreIsTheSumOfTheLatestAnswers() throws Exception {
        FakeContext context = context();
        try (OutcomeInstrument instrument = (OutcomeInstrument) prepared(context)) {
            instrument.start();
            assertEquals("", instrument.answer("tension", 4, 1));
            assertEquals("", instrument.answer("tension", 3, 2));
            assertEquals(0, context.published().features(__Class__Factory.SCORE).size());
            assertEquals("", instrument.answer("worry", 2, 3));
        }
        assertEquals(
                5, context.published().features(__Class__Factory.SCORE).get(0).value());
    }

    @Test
    void anAnswerBetweenTwoWholeNumbersIsRefused() throws Exception {
        try (OutcomeInstrument instrument = (OutcomeInstrument) prepared(context())) {
            instrument.start();
            assertTrue(instrument.answer("worry", 1.5, 1).contains("whole"));
        }
    }
}
