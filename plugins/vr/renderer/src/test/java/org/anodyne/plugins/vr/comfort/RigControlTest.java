package org.anodyne.plugins.vr.comfort;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.anodyne.plugin.scene.Pose;
import org.anodyne.plugins.vr.comfort.RigControl.Turning;
import org.anodyne.plugins.vr.surface.Tick;
import org.junit.jupiter.api.Test;

/** The rules of comfort hold whatever a scene and the participant ask for. */
class RigControlTest {
    private static final float FRAME = 1 / 60f;
    private static final float FASTEST = 1.5f;

    private RigControl rig = rig(Turning.SNAP);

    private static RigControl rig(Turning turning) {
        return new RigControl(new RigControl.Rules(FASTEST, turning, true));
    }

    private static Tick.Keys keys(float forward, float sideways, float turn) {
        return new Tick.Keys(false, forward, sideways, turn, false, -1);
    }

    private void frames(int count, Tick.Keys keys) {
        for (int i = 0; i < count; i++) {
            rig.advance(FRAME, keys, Pose.ORIGIN);
        }
    }

    @Test
    void noGlideIsFasterThanThePermittedSpeed() {
        rig.glide(0, 0, -100, 40);
        frames(60, Tick.Keys.NONE);
        assertEquals(-FASTEST, rig.floor().z(), 1e-3);
        assertEquals(FASTEST, rig.speed(), 1e-3);
    }

    @Test
    void twoKeysAtOnceAreNoFasterThanOne() {
        rig.roam(50);
        frames(60, keys(1, 1, 0));
        assertEquals(FASTEST, Math.hypot(rig.floor().x(), rig.floor().z()), 1e-3);
        assertEquals(FASTEST, rig.speed(), 1e-3);
    }

    @Test
    void walkingOnTopOfAGlideIsNoFaster() {
        rig.roam(50);
        rig.glide(0, 0, -100, FASTEST);
        frames(60, keys(1, 0, 0));
        assertEquals(-FASTEST, rig.floor().z(), 1e-3);
    }

    @Test
    void participantsStayWithinTheirCircle() {
        rig.roam(1);
        frames(300, keys(1, 0, 0));
        assertTrue(
                rig.floor().z() >= -1.001 && rig.floor().z() < -0.9,
                () -> "z " + rig.floor().z());
    }

    @Test
    void aJumpIsDarkWithTheFrameThatShowsItAndLightAgainAfterwards() {
        frames(1, Tick.Keys.NONE);
        rig.place(5, 0, 0, 0);
        assertEquals(0, rig.light(), 1e-6);
        frames(6, Tick.Keys.NONE);
        assertTrue(rig.light() > 0.3 && rig.light() < 0.7, () -> "light " + rig.light());
        frames(7, Tick.Keys.NONE);
        assertEquals(1, rig.light());
        rig.place(5, 2, 0, 0);
        assertEquals(0, rig.light(), 1e-6, "upwards is a jump, too");
    }

    @Test
    void aGlideInSmallJumpsIsDark() {
        frames(1, Tick.Keys.NONE);
        for (int i = 1; i <= 30; i++) {
            rig.place(i * 0.2f, 0, 0, 0);
            assertEquals(0, rig.light(), 1e-6, "12 m/s");
            frames(1, Tick.Keys.NONE);
        }
    }

    @Test
    void aTurnInSmallStepsIsDark() {
        frames(1, Tick.Keys.NONE);
        rig.place(0, 0, 0, 0.9f);
        assertEquals(0, rig.light(), 1e-6, "54 degrees a second");
    }

    @Test
    void whatIsPlacedASlowAsOneMayGlideIsSeen() {
        frames(1, Tick.Keys.NONE);
        for (int i = 1; i <= 30; i++) {
            rig.place(0, 0, -i * FASTEST * FRAME, i * 0.4f);
            assertEquals(1, rig.light());
            frames(1, Tick.Keys.NONE);
        }
    }

    @Test
    void snapTurnsAreThirtyDegreesInADarkBlinkAndNeverThreeASecond() {
        frames(1, keys(0, 0, 1));
        assertEquals(30, rig.heading(), 1e-4);
        assertTrue(rig.light() < 0.2);
        assertEquals(0, rig.turnSpeed());
        for (int i = 0; i < 60; i++) {
            frames(1, keys(0, 0, i % 2));
        }
        assertEquals(90, rig.heading(), 1e-4, "two more within a second, however often the stick is pushed");
    }

    @Test
    void aStickThatIsHeldTurnsOnce() {
        frames(120, keys(0, 0, -1));
        assertEquals(-30, rig.heading(), 1e-4);
    }

    @Test
    void smoothTurnsCloseTheEdgeAtOnceAndOpenItSlowly() {
        rig = rig(Turning.SMOOTH);
        frames(1, keys(0, 0, 1));
        float closed = rig.opening();
        assertTrue(closed < 0.5, () -> "opening " + closed);
        frames(59, keys(0, 0, 1));
        assertEquals(30, rig.heading(), 0.01);
        frames(6, Tick.Keys.NONE);
        assertTrue(rig.opening() > closed && rig.opening() < 0.7, () -> "opening " + rig.opening());
        frames(60, Tick.Keys.NONE);
        assertEquals(1, rig.opening());
    }

    @Test
    void withoutLeaveNobodyTurns() {
        rig = rig(Turning.NONE);
        frames(60, keys(0, 0, 1));
        assertEquals(0, rig.heading());
    }
}
