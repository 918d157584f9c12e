package org.anodyne.plugins.hypnosisdescent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.anodyne.scenery.Breath;
import org.junit.jupiter.api.Test;

class CourseTest {
    private static final double FRAME = 1.0 / 60;
    /** The display's usual limit, metres per second. */
    private static final double RIG_LIMIT = 1.5;

    /** What happened on the way. */
    private static final class Way {
        final List<Integer> landings = new ArrayList<>();
        double seconds;
        double fastest;
        double greatestChange;
        double sunkWhileBreathingIn;
    }

    private static Way down(Course course, double perMinute, double told, double seconds) {
        Breath breath = new Breath();
        Way way = new Way();
        double before = course.metresPerSecond();
        while (way.seconds < seconds && course.depth() < 1) {
            breath.advance(FRAME, perMinute);
            double depth = course.depth();
            if (course.advance(FRAME, breath.phase(), told)) {
                way.landings.add(course.landing());
            }
            // A breath's first second, when what was sinking has come to rest.
            if (breath.phase() > 0.3 && breath.phase() < Breath.INHALE) {
                way.sunkWhileBreathingIn += course.depth() - depth;
            }
            way.fastest = Math.max(way.fastest, Math.abs(course.metresPerSecond()));
            way.greatestChange = Math.max(way.greatestChange, Math.abs(course.metresPerSecond() - before) / FRAME);
            before = course.metresPerSecond();
            way.seconds += FRAME;
        }
        return way;
    }

    @Test
    void lastsAsLongAsAskedToWithinABreathAndAnApproach() {
        for (double perMinute : new double[] {4, 6, 10}) {
            Course course = new Course(Course.Lead.TIME, 480, 10);
            course.restart(0);
            Way way = down(course, perMinute, 0, 2000);
            assertEquals(480, way.seconds, 60 / perMinute + 25, "at " + perMinute + " breaths per minute");
        }
    }

    @Test
    void comesToEveryLandingOnceAndInOrder() {
        Course course = new Course(Course.Lead.TIME, 480, 7);
        course.restart(0);
        assertEquals(List.of(1, 2, 3, 4, 5, 6, 7), down(course, 6, 0, 2000).landings);
    }

    @Test
    void isSlowAndWithoutJerksAtTheShortestSetting() {
        Course course = new Course(Course.Lead.TIME, 240, 10);
        course.restart(0);
        Way way = down(course, 4, 0, 2000);
        assertTrue(way.fastest < RIG_LIMIT / 3, "went at " + way.fastest + " m/s");
        assertTrue(way.greatestChange < 0.3, "changed its speed by " + way.greatestChange + " m/s²");
    }

    @Test
    void sinksWithTheOutBreath() {
        Course course = new Course(Course.Lead.TIME, 480, 10);
        course.restart(0);
        Way way = down(course, 6, 0, 240);
        assertTrue(course.depth() > 0.4);
        assertTrue(way.sunkWhileBreathingIn < 0.02 * course.depth(), "sank by " + way.sunkWhileBreathingIn);
        double sum = 0;
        for (int i = 0; i < 1000; i++) {
            sum += Course.share((i + 0.5) / 1000);
        }
        assertEquals(1, sum / 1000, 1e-3, "mean over a breath");
    }

    @Test
    void followsTheDialDownAndUpAtItsOwnPace() {
        Course course = new Course(Course.Lead.DIAL, 480, 10);
        course.restart(0);
        Way way = down(course, 6, 0.55, 400);
        assertEquals(0.55, course.depth(), 0.01);
        assertEquals(5, course.landing());
        assertTrue(way.fastest <= Course.FASTEST + 1e-9);
        down(course, 6, 0.2, 400);
        assertEquals(0.2, course.depth(), 0.01);
        assertEquals(2, course.landing());
    }

    @Test
    void aWaveringDialDoesNotRepeatALanding() {
        Course course = new Course(Course.Lead.DIAL, 480, 10);
        course.restart(0.29);
        int changes = 0;
        for (int i = 0; i < 60_000; i++) {
            changes += course.advance(FRAME, 0, i / 1200 % 2 == 0 ? 0.31 : 0.29) ? 1 : 0;
        }
        assertEquals(1, changes);
    }

    @Test
    void aDialToldWhileTimeLeadsIsTheLeastDepth() {
        Course course = new Course(Course.Lead.TIME, 3600, 10);
        course.restart(0);
        down(course, 6, 0.5, 200);
        assertTrue(course.depth() > 0.45, "only " + course.depth());
        course.restart(0.8);
        down(course, 6, 0.1, 60);
        assertTrue(course.depth() >= 0.8, "went up to " + course.depth());
    }

    @Test
    void beginsWhereItIsToldWithoutALandingOfItsOwn() {
        Course course = new Course(Course.Lead.DIAL, 480, 10);
        course.restart(1);
        assertEquals(10, course.landing());
        assertFalse(course.advance(FRAME, 0, 1));
        assertEquals(0, course.metresPerSecond());
    }

    @Test
    void chordsShareTheirPower() {
        for (double depth = 0; depth <= 1; depth += 0.01) {
            double power = 0;
            for (int i = 0; i < 4; i++) {
                power += Math.pow(Music.share(i, depth), 2);
            }
            assertEquals(1, power, 1e-9);
        }
    }
}
