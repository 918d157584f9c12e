package org.anodyne.plugins.goaltraining;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.anodyne.plugin.PluginException;
import org.joml.Vector3f;
import org.junit.jupiter.api.Test;

class PlacementTest {
    private static final Vector3f HEAD = new Vector3f(0.1f, 2.0f, 0.05f);
    private static final float FLOOR = 0.8f;

    static Settings settings(Settings.Mode mode, Settings.Side side, boolean adapt) {
        return new Settings(mode, 3, 10, 20, 5, side, 0.3, 0.6, 0.8, 1.4, 0.07, 0.5, adapt);
    }

    private static Placement placement(Settings.Side side, boolean adapt) {
        return new Placement(settings(Settings.Mode.GOAL, side, adapt), new SplittableRandom(5), 60);
    }

    private static double fromShoulder(Placement.Place p) {
        int way = p.left() ? -1 : 1;
        return p.place().distance(HEAD.x + way * Placement.SHOULDER_ASIDE, HEAD.y - Placement.SHOULDER_BELOW, HEAD.z);
    }

    @Test
    void staysWithinReachAndHeightInFrontOfTheShoulder() {
        Placement placement = placement(Settings.Side.BOTH, false);
        double nearest = 9;
        double furthest = 0;
        for (int i = 0; i < 2000; i++) {
            Placement.Place p = placement.next(HEAD, FLOOR);
            assertEquals(p.reach(), fromShoulder(p), 1e-5);
            nearest = Math.min(nearest, p.reach());
            furthest = Math.max(furthest, p.reach());
            assertTrue(p.place().z < HEAD.z, "behind the shoulder");
            assertTrue(p.left() ? p.place().x < HEAD.x : p.place().x > HEAD.x, "on the other side");
            float height = p.place().y - FLOOR;
            assertTrue(height >= 0.8f - 1e-5 && height <= 1.4f + 1e-5, "at " + height + " m");
        }
        assertTrue(nearest >= 0.3 && nearest < 0.32, "nearest " + nearest);
        assertTrue(furthest <= 0.6 && furthest > 0.58, "furthest " + furthest);
    }

    @Test
    void bothSidesComeEquallyOftenAndOneSideOnlyWhenAsked() {
        Placement both = placement(Settings.Side.BOTH, true);
        int left = 0;
        for (int i = 1; i <= 100; i++) {
            left += both.next(HEAD, FLOOR).left() ? 1 : -1;
            assertTrue(Math.abs(left) <= 1, "after " + i);
        }
        Placement right = placement(Settings.Side.RIGHT, true);
        for (int i = 0; i < 20; i++) {
            assertTrue(!right.next(HEAD, FLOOR).left());
        }
    }

    @Test
    void reachGrowsWithSuccessesAndShrinksWithMissesWithinItsLimits() {
        Placement p = placement(Settings.Side.LEFT, true);
        double before = p.reach();
        assertEquals(0.3 + 0.25 * 0.3, before, 1e-9);
        p.succeeded();
        assertTrue(p.reach() > before);
        assertEquals(p.reach(), p.next(HEAD, FLOOR).reach(), 1e-9);
        p.missed();
        assertTrue(p.reach() < before);
        for (int i = 0; i < 50; i++) {
            p.succeeded();
        }
        assertEquals(0.6, p.reach(), 1e-9);
        for (int i = 0; i < 50; i++) {
            p.missed();
        }
        assertEquals(0.3, p.reach(), 1e-9);
    }

    @Test
    void isTheSameUnderTheSameSeed() {
        Placement a = placement(Settings.Side.BOTH, false);
        Placement b = placement(Settings.Side.BOTH, false);
        for (int i = 0; i < 50; i++) {
            assertEquals(a.next(HEAD, FLOOR), b.next(HEAD, FLOOR));
        }
    }

    @Test
    void onAScreenEveryTargetIsInThePicture() {
        Placement placement = placement(Settings.Side.BOTH, false);
        for (int i = 0; i < 500; i++) {
            Vector3f p = Placement.onScreen(HEAD, placement.next(HEAD, FLOOR).place(), 2.5f)
                    .sub(HEAD);
            assertTrue(p.z < 0);
            assertTrue(Math.abs(p.x / p.z) <= Placement.ASIDE_ON_SCREEN + 1e-5, "aside " + p);
            assertTrue(Math.abs(p.y / p.z) <= Placement.UPWARDS_ON_SCREEN + 1e-5, "up " + p);
        }
    }

    @Test
    void contradictionsAreRefusedWithWhatToChange() {
        Settings reach =
                new Settings(Settings.Mode.GOAL, 3, 10, 20, 5, Settings.Side.LEFT, 0.7, 0.6, 0.8, 1.4, 0.07, 0.5, true);
        assertTrue(
                assertThrows(PluginException.class, reach::checked).getMessage().contains("reachLeast"));
        Settings height =
                new Settings(Settings.Mode.GOAL, 3, 10, 20, 5, Settings.Side.LEFT, 0.3, 0.6, 1.5, 1.4, 0.07, 0.5, true);
        assertTrue(assertThrows(PluginException.class, height::checked)
                .getMessage()
                .contains("heightLowest"));
        Settings hold =
                new Settings(Settings.Mode.TIME, 3, 10, 20, 5, Settings.Side.LEFT, 0.3, 0.6, 0.8, 1.4, 0.07, 5, true);
        assertTrue(
                assertThrows(PluginException.class, hold::checked).getMessage().contains("interval"));
    }
}
