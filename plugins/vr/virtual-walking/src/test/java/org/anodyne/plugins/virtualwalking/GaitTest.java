package org.anodyne.plugins.virtualwalking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.joml.Vector3f;
import org.junit.jupiter.api.Test;

class GaitTest {
    private static final double FRAME = 1 / 60.0;
    private static final float STEP = 0.6f;
    private static final float TALL = 1.7f;
    private static final float ANKLE = 0.066f;

    private static Gait begun() {
        Gait gait = new Gait();
        gait.restart();
        assertNull(gait.advance(FRAME, 90));
        return gait;
    }

    @Test
    void aMinuteHasAsManyStepsAsTheCadenceInTurn() {
        for (double cadence : new double[] {40, 90, 130}) {
            Gait gait = begun();
            List<Gait.Strike> strikes = new ArrayList<>();
            for (int i = 0; i < 3600; i++) {
                Gait.Strike s = gait.advance(FRAME, cadence);
                if (s != null) {
                    strikes.add(s);
                }
            }
            assertTrue(Math.abs(strikes.size() - cadence) <= 1, strikes.size() + " steps at " + cadence);
            for (int i = 0; i < strikes.size(); i++) {
                assertEquals(new Gait.Strike(i % 2 == 0 ? "left" : "right", i + 1), strikes.get(i));
            }
        }
    }

    @Test
    void stepsAreEvenlySpaced() {
        Gait gait = begun();
        double last = Double.NaN;
        for (int i = 0; i < 1200; i++) {
            if (gait.advance(FRAME, 90) != null) {
                double now = i * FRAME;
                if (!Double.isNaN(last)) {
                    assertEquals(60.0 / 90, now - last, FRAME + 1e-9);
                }
                last = now;
            }
        }
    }

    @Test
    void aStandingFootStaysWhereItIsOnTheGround() {
        Gait gait = begun();
        double speed = STEP * 90 / 60;
        double body = 0;
        Double foot = null;
        for (int i = 0; i < 600; i++) {
            gait.advance(FRAME, 90);
            body -= speed * FRAME;
            boolean flat = gait.leg(-1) < 0.38f;
            double now = body + gait.ankle(-1, STEP, TALL, ANKLE).z;
            if (flat && foot != null) {
                assertEquals(foot, now, 0.002);
            }
            foot = flat ? now : null;
        }
    }

    @Test
    void aFootMovesWithoutJumpsAndNeverSinksIntoTheGround() {
        Gait gait = begun();
        Vector3f before = null;
        float highest = 0;
        for (int i = 0; i < 300; i++) {
            gait.advance(FRAME, 90);
            Vector3f now = gait.ankle(1, STEP, TALL, ANKLE);
            assertTrue(now.y >= ANKLE - 1e-4f, "at " + now.y);
            highest = Math.max(highest, now.y);
            if (before != null) {
                assertTrue(now.distance(before) < 0.07f, "a jump of " + now.distance(before));
            }
            before = now;
        }
        assertTrue(highest > ANKLE + 0.05f, "the foot is not lifted");
    }

    @Test
    void aHeelStrikesWithToesUpAheadOfTheHips() {
        Gait gait = begun();
        while (true) {
            Gait.Strike s = gait.advance(FRAME, 90);
            if (s != null && s.side().equals("left")) {
                break;
            }
        }
        assertTrue(gait.foot(-1, STEP) > 0.1f);
        assertTrue(gait.ankle(-1, STEP, TALL, ANKLE).z < -0.3f);
        // Its arm is behind, the other's in front.
        assertTrue(gait.arm(-1, STEP) < 0);
        assertTrue(gait.arm(1, STEP) > 0);
    }

    @Test
    void oneWhoStandsKeepsStill() {
        Gait gait = begun();
        for (int side = -1; side <= 1; side += 2) {
            assertEquals(
                    new Vector3f(0, ANKLE, 0), gait.ankle(side, 0, TALL, ANKLE).add(0f, 0f, 0f));
            assertEquals(0, gait.foot(side, 0), 1e-6f);
            assertEquals(0, gait.arm(side, 0), 1e-6f);
        }
    }

    @Test
    void theLandComesAgainAfterALap() {
        for (boolean sea : new boolean[] {false, true}) {
            Way way = new Way(sea, 5);
            for (float x : new float[] {-30, -2, 0, 1.4f, 9, 40}) {
                assertEquals(way.height(x, -37), way.height(x, -37 - Way.LENGTH), 1e-2f);
            }
            assertEquals(
                    way.height(Way.middle(-10), -10),
                    way.height(Way.middle(-211), -211),
                    0.02f,
                    "the path is not level");
        }
    }
}
