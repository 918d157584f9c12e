package org.anodyne.decoder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class FalseTriggersTest {
    /** An hour of low pain at one row a second in two periods, logit 0 but for peaks; then high pain at 1. */
    private static DecoderModel.Scores hour() {
        int n = 3700;
        DecoderModel.Scores s = new DecoderModel.Scores(1, new int[n], new double[n], new boolean[n], new double[n]);
        for (int i = 0; i < n; i++) {
            s.seconds()[i] = i;
            s.high()[i] = i >= 3600;
            s.period()[i] = i < 1800 ? 0 : i < 3600 ? 1 : 2;
            s.logit()[i] = s.high()[i] ? 1 : 0;
        }
        peak(s, 100, 1, 3); // a single row
        peak(s, 500, 4, 2);
        peak(s, 1798, 4, 2.5); // over the edge of two periods: two rows in each
        peak(s, 3000, 20, 1.5);
        return s;
    }

    private static void peak(DecoderModel.Scores s, int at, int rows, double logit) {
        for (int i = at; i < at + rows; i++) {
            s.logit()[i] = logit;
        }
    }

    @Test
    void firingsByHand() {
        DecoderModel.Scores s = hour();
        assertEquals(1, FalseTriggers.lowHours(s));
        // Above 0.5, no hold, 10 s refractory: 100; 500; 1798 and anew in the next period; 3000 and 3010.
        assertEquals(6, FalseTriggers.perHour(s, 0.5, 0, 10));
        // Held for 2 s: the single row and both halves of the one over the edge fall out.
        assertEquals(3, FalseTriggers.perHour(s, 0.5, 2, 10));
        assertEquals(1, FalseTriggers.perHour(s, 2.5, 0, 10));
    }

    @Test
    void theLowestThresholdThatKeepsTheRate() {
        FalseTriggers.Limit two = FalseTriggers.limit(hour(), 2, 0, 10);
        assertEquals(2.5, two.logit()); // above it only the single row
        assertEquals(1, two.perHour());
        assertEquals(0, two.sensitivity());
        FalseTriggers.Limit six = FalseTriggers.limit(hour(), 6, 0, 10);
        assertEquals(0, six.logit());
        assertEquals(1, six.sensitivity());
    }

    @Test
    void aRateThatTheCalibrationCannotTellIsRefused() {
        String told = assertThrows(DecoderException.class, () -> FalseTriggers.limit(hour(), 0.5, 0, 10))
                .getMessage();
        assertTrue(told.contains("60.0 min without pain"), told);
    }
}
