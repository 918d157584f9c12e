package org.anodyne.plugins.attentiontask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SequenceTest {
    private static List<Symbol> symbols(Sequence s) {
        return IntStream.range(0, s.size()).mapToObj(s::symbol).toList();
    }

    @Test
    void hasExactlyTheAskedTargetsAndNoAccidentalOnes() {
        for (int n = 1; n <= 3; n++) {
            for (double proportion : new double[] {0, 0.2, 0.3, 0.5, 0.8}) {
                for (long seed = 0; seed < 200; seed++) {
                    Sequence s = Sequence.draw(n, 40, proportion, new SplittableRandom(seed));
                    int repeats = 0;
                    for (int i = n; i < 40; i++) {
                        repeats += s.symbol(i) == s.symbol(i - n) ? 1 : 0;
                    }
                    assertEquals(Math.round(proportion * (40 - n)), repeats);
                    assertEquals(repeats, s.targets());
                }
            }
        }
    }

    @Test
    void theFirstNAreNeverTargets() {
        Sequence s = Sequence.draw(3, 30, 0.8, new SplittableRandom(4));
        for (int i = 0; i < 3; i++) {
            assertTrue(!s.target(i));
        }
    }

    @Test
    void isTheSameUnderTheSameSeedAndAnotherUnderAnother() {
        List<Symbol> one = symbols(Sequence.draw(2, 60, 0.3, new SplittableRandom(1)));
        assertEquals(one, symbols(Sequence.draw(2, 60, 0.3, new SplittableRandom(1))));
        assertNotEquals(one, symbols(Sequence.draw(2, 60, 0.3, new SplittableRandom(2))));
    }

    @Test
    void usesAllSymbolsAndSpreadsTargetsOverTheWholeRun() {
        Set<Symbol> seen = EnumSet.noneOf(Symbol.class);
        int[] at = new int[40];
        for (long seed = 0; seed < 2000; seed++) {
            Sequence s = Sequence.draw(2, 40, 0.3, new SplittableRandom(seed));
            seen.addAll(symbols(s));
            for (int i = 0; i < 40; i++) {
                at[i] += s.target(i) ? 1 : 0;
            }
        }
        assertEquals(EnumSet.allOf(Symbol.class), seen);
        for (int i = 2; i < 40; i++) {
            // 11 targets of 38 places: 579 of 2000 on average, standard deviation 20.
            assertEquals(579, at[i], 100, "at " + i);
        }
    }

    @Test
    void tooFewSymbolsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> Sequence.draw(3, 3, 0.3, new SplittableRandom(1)));
    }
}
