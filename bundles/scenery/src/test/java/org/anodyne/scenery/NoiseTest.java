package org.anodyne.scenery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class NoiseTest {
    @Test
    void theSameSeedGivesTheSameValuesAndAnotherSeedOthers() {
        Noise a = new Noise(5);
        Noise b = new Noise(5);
        Noise c = new Noise(6);
        int same = 0;
        for (int i = 0; i < 100; i++) {
            float x = i * 0.37f - 12;
            assertEquals(a.fbm(x, -x, 5), b.fbm(x, -x, 5));
            same += a.fbm(x, 1.3f * x, 5) == c.fbm(x, 1.3f * x, 5) ? 1 : 0;
        }
        assertTrue(same < 5, same + " of 100 values do not depend on the seed");
    }

    @Test
    void valuesAreInRangeAndFillMuchOfIt() {
        Noise noise = new Noise(1);
        float least = 9;
        float most = -9;
        for (int i = 0; i < 20_000; i++) {
            float v = noise.fbm(i * 0.173f, i * 0.031f, 5);
            float r = noise.ridges(i * 0.173f, i * 0.031f, 5);
            assertTrue(Math.abs(v) <= 1.4f && r >= 0 && r <= 1, v + " " + r);
            least = Math.min(least, v);
            most = Math.max(most, v);
        }
        assertTrue(least < -0.5 && most > 0.5, least + " to " + most);
    }

    @Test
    void neighboursDifferLittle() {
        Noise noise = new Noise(3);
        for (int i = 0; i < 1000; i++) {
            float x = i * 0.05f;
            assertEquals(noise.at(x, 2.5f), noise.at(x + 0.001f, 2.5f), 0.01f);
        }
        assertNotEquals(noise.cell(1, 2, 3), noise.cell(1, 2, 4));
    }

    @Test
    void aTileGoesOnAtItsOtherEdge() {
        int size = 64;
        float[] tile = new Noise(9).tile(size, 4, 3);
        for (int i = 0; i < size; i++) {
            assertEquals(tile[i * size], tile[i * size + size - 1], 0.2f);
            assertEquals(tile[i], tile[(size - 1) * size + i], 0.2f);
        }
    }
}
