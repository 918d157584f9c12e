package org.anodyne.decoder.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.anodyne.decoder.DecoderException;
import org.anodyne.decoder.train.Training.Settings;
import org.anodyne.decoder.train.Training.Trained;
import org.junit.jupiter.api.Test;

class TrainingTest {
    private static final List<String> NAMES = List.of("alpha/relative", "scr/phasic");
    private static final Settings SETTINGS = new Settings(5, 3, 60, 1, 1, 0.5, 0, 5);

    @Test
    void aFeatureThatTellsIsFoundAndIsFarFromChance() {
        Trained t = Training.train(Samples.rows(2, 16, 40, 2), NAMES, SETTINGS);
        // Two normal distributions two deviations apart: AUC Φ(2/√2) = 0.921.
        assertEquals(0.921, t.crossValidated().auc(), 0.03);
        assertTrue(t.chance().upper95() < 0.7, "chance reaches " + t.chance().upper95());
        assertEquals(1 / 61.0, t.chance().p(), 1e-12);
        assertTrue(t.weights()[0] > 10 * Math.abs(t.weights()[1]), Arrays.toString(t.weights()));
        assertEquals(5, t.folds().size());
    }

    @Test
    void noiseIsNotTakenForPain() {
        Trained t = Training.train(Samples.rows(2, 16, 40, 0), NAMES, SETTINGS);
        assertEquals(0.5, t.crossValidated().auc(), 0.15);
        assertTrue(t.chance().p() > 0.05, "p is " + t.chance().p());
    }

    /**
     * A slow drift and labels that follow it for a while: shuffled folds would have neighbours of every test row in the
     * training and tell it perfectly; blocked ones see that nothing general was learnt.
     */
    @Test
    void neighboursOfATestRowAreNotTrainedOn() {
        Rows rows = Samples.rows(2, 16, 40, 2);
        Folds folds = Folds.blocked(rows, 5, 3);
        for (int k = 0; k < 5; k++) {
            List<Integer> test = folds.test(rows, k);
            for (int i : folds.train(rows, k)) {
                for (int j : test) {
                    assertTrue(Math.abs(rows.seconds()[i] - rows.seconds()[j]) >= 3);
                    assertTrue(rows.period()[i] != rows.period()[j]);
                }
            }
            assertEquals(test.get(test.size() - 1) - test.get(0) + 1, test.size(), "contiguous");
        }
    }

    @Test
    void theSameSeedGivesTheSameBits() {
        Trained a = Training.train(Samples.rows(2, 10, 30, 1), NAMES, SETTINGS);
        Trained b = Training.train(Samples.rows(2, 10, 30, 1), NAMES, SETTINGS);
        assertArrayEquals(a.weights(), b.weights());
        assertArrayEquals(a.crossValidated().logit(), b.crossValidated().logit());
        assertArrayEquals(a.chance().auc(), b.chance().auc());
    }

    @Test
    void rowsThatGiveNoDecoderAreRefused() {
        Rows rows = Samples.rows(2, 16, 40, 1);
        assertRefused(rows.labelled(new boolean[rows.size()]), "no period of high pain");
        assertRefused(rows.at(rows.places(i -> rows.period()[i] < 4)), "in 2 periods of high pain");
        assertRefused(
                rows.at(rows.places(i -> i % 10 == 0 && rows.period()[i] < 8)), "16 rows in 4 periods of high pain");
        Rows constant = Samples.rows(2, 16, 40, 1);
        Arrays.stream(constant.x()).forEach(x -> x[1] = 4.25);
        assertRefused(constant, "'scr/phasic' is 4.25 throughout");
        Rows hole = Samples.rows(2, 16, 40, 1);
        hole.x()[7][0] = Double.NaN;
        assertRefused(hole, "'alpha/relative' has values that are no numbers");
    }

    private static void assertRefused(Rows rows, String why) {
        String told = assertThrows(DecoderException.class, () -> Training.train(rows, NAMES, SETTINGS))
                .getMessage();
        assertTrue(told.contains(why), told);
    }

    /** By hand: scores 1 2 3 4 of low, low, high, high with one pair exchanged. */
    @Test
    void figuresByHand() {
        Scored s = new Scored(new double[] {-1, 2, 1, 3}, new boolean[] {false, false, true, true});
        assertEquals(0.75, s.auc());
        assertEquals(0.5, s.above(1.5, true));
        assertEquals(0.5, s.above(1.5, false));
        Scored even = new Scored(new double[] {0, 0}, new boolean[] {true, false});
        assertEquals(0.5, even.auc());
        assertEquals(0.25, even.brier());
        assertEquals(Math.log(2), even.logLoss(), 1e-15);
        assertEquals(5, s.roc().size());
        assertEquals(1, s.roc().get(4).falsePositives());
    }
}
