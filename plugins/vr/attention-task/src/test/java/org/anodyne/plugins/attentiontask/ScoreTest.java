package org.anodyne.plugins.attentiontask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ScoreTest {
    @Test
    void dPrimeIsThatComputedByHand() {
        // Rates (8 + 0.5) / 11 = 0.772727 and (2 + 0.5) / 21 = 0.119048; from tables of the normal distribution
        // z = 0.7479 and −1.1798.
        assertEquals(1.9277, new Score(8, 2, 2, 18, 0).dPrime(), 1e-3);
        assertEquals(0, new Score(5, 5, 10, 10, 0).dPrime(), 1e-12);
    }

    @Test
    void perfectAndHopelessRunsHaveAValue() {
        assertEquals(3.671374, new Score(10, 0, 0, 20, 0).dPrime(), 1e-5);
        assertTrue(new Score(0, 10, 20, 0, 0).dPrime() < -3);
        assertTrue(Double.isFinite(new Score(0, 0, 0, 0, 0).dPrime()));
    }

    @Test
    void quantilesAreThoseOfTheTables() {
        assertEquals(1.959964, Score.quantile(0.975), 1e-6);
        assertEquals(-1.281552, Score.quantile(0.1), 1e-6);
        assertEquals(0, Score.quantile(0.5), 1e-12);
        assertEquals(-7.034484, Score.quantile(1e-12), 1e-5);
    }

    @Test
    void meanReactionIsThatOfTheHits() {
        assertEquals(450, new Score(2, 0, 5, 0, 900).meanReactionNanos());
        assertEquals(0, new Score(0, 3, 0, 0, 0).meanReactionNanos());
    }
}
