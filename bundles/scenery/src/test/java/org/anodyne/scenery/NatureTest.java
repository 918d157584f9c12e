package org.anodyne.scenery;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.joml.Vector3f;
import org.junit.jupiter.api.Test;

class NatureTest {
    private static final List<Function<RandomGenerator, Shape>> PLANTS = List.of(
            Plants::palm,
            r -> Plants.broadleaf(r, 0x204020, 0x80a040, 2),
            r -> Plants.broadleaf(r, 0x204020, 0x80a040, 1),
            r -> Plants.conifer(r, 0x204020, 0x609040),
            r -> Plants.bush(r, 0x204020, 0x80a040),
            r -> Plants.fern(r, 0x204020, 0x80a040),
            r -> Plants.grass(r, 0x204020, 0x80a040, 9),
            r -> Plants.flower(r, 0xffffff, 0xffd040),
            r -> Plants.rock(r, 0x808080, 0xa0a080, 2));

    @Test
    void plantsAreTheSameUnderASeedWithUnitNormalsAndFewTriangles() {
        for (Function<RandomGenerator, Shape> plant : PLANTS) {
            Shape a = plant.apply(new SplittableRandom(3));
            Shape b = plant.apply(new SplittableRandom(3));
            Shape c = plant.apply(new SplittableRandom(4));
            assertEquals(a.vertexBytes(), b.vertexBytes());
            assertTrue(!a.vertexBytes().equals(c.vertexBytes()), "does not depend on the seed");
            ShapeTest.assertUnitNormals(a);
            assertTrue(a.triangleCount() > 10 && a.triangleCount() < 6500, a.triangleCount() + " triangles");
        }
    }

    @Test
    void distantPlantsHaveAFractionOfTheTriangles() {
        List<Function<RandomGenerator, Shape>> near = List.of(
                r -> Plants.broadleaf(r, 0x204020, 0x80a040, 0),
                r -> Plants.conifer(r, 0x204020, 0x609040),
                r -> Plants.bush(r, 0x204020, 0x80a040),
                r -> Plants.grass(r, 0x204020, 0x80a040, 9));
        List<Function<RandomGenerator, Shape>> far = List.of(
                r -> DistantPlants.broadleaf(r, 0x204020, 0x80a040),
                r -> DistantPlants.conifer(r, 0x204020, 0x609040),
                r -> DistantPlants.bush(r, 0x204020, 0x80a040),
                r -> DistantPlants.grass(r, 0x204020, 0x80a040, 9));
        for (int i = 0; i < near.size(); i++) {
            Shape fine = near.get(i).apply(new SplittableRandom(3));
            Shape coarse = far.get(i).apply(new SplittableRandom(3));
            ShapeTest.assertUnitNormals(coarse);
            assertTrue(2 * coarse.triangleCount() < fine.triangleCount(), coarse.triangleCount() + " triangles");
            Vector3f middle = fine.middle();
            float size = fine.radius(middle);
            assertEquals(size, coarse.radius(middle), 0.4f * size, "another size");
        }
    }

    @Test
    void whatIsLitAsGroundLooksUpAndKeepsItsPlace() {
        Shape grass = Plants.grass(new SplittableRandom(3), 0x204020, 0x80a040, 9);
        Vector3f tip = grass.place(4);
        grass.litAsGround();
        assertEquals(tip, grass.place(4));
        for (int v = 0; v < grass.vertexCount(); v++) {
            assertEquals(new Vector3f(0, 1, 0), grass.normal(v));
        }
    }

    @Test
    void limbsAreClosedAndHaveTheirLength() {
        Figure figure = new Figure(0xd8a888, 0x6080a0, 0x405070, 0x303030);
        for (Figure.Part part : List.of(
                Figure.Part.UPPER_ARM, Figure.Part.FOREARM, Figure.Part.THIGH, Figure.Part.SHIN, Figure.Part.FOOT)) {
            ShapeTest.assertClosed(figure.shape(part));
            ShapeTest.assertUnitNormals(figure.shape(part));
        }
        ShapeTest.assertUnitNormals(figure.shape(Figure.Part.HAND));
    }

    @Test
    void theMiddleJointKeepsBothLinksLong() {
        Vector3f root = new Vector3f(0, 1.4f, 0);
        for (float reach : new float[] {0.2f, 0.4f, 5}) {
            Vector3f goal = new Vector3f(0.1f, 1.2f, -reach);
            Vector3f elbow = Figure.middle(root, goal, Figure.UPPER_ARM, Figure.FOREARM, new Vector3f(1, -1, 0));
            assertEquals(Figure.UPPER_ARM, root.distance(elbow), 1e-3f);
            assertEquals(Figure.FOREARM, goal.distance(elbow), 1e-3f);
        }
    }

    @Test
    void aBreathTurnsTwiceAMinutesPartAndItsFullnessHasNoJumps() {
        Breath breath = new Breath();
        List<Breath.Turn> turns = new ArrayList<>();
        float before = 0;
        for (int i = 0; i < 3000; i++) {
            Breath.Turn t = breath.advance(0.01, 6);
            if (t != Breath.Turn.NONE) {
                turns.add(t);
            }
            assertEquals(before, breath.fullness(), 0.01f);
            before = breath.fullness();
        }
        assertEquals(
                List.of(
                        Breath.Turn.IN,
                        Breath.Turn.OUT,
                        Breath.Turn.IN,
                        Breath.Turn.OUT,
                        Breath.Turn.IN,
                        Breath.Turn.OUT),
                turns.subList(0, 6));
        assertTrue(turns.size() <= 7, turns.toString());
    }

    @Test
    void soundsAreTheSameUnderASeedWithinRangeAndGoRound() {
        float[] waves = Tones.waves(5, 4);
        assertArrayEquals(waves, Tones.waves(5, 4));
        for (float[] sound : List.of(
                waves,
                Tones.wind(5, 3),
                Tones.rain(5, 2),
                Tones.crickets(5, 2),
                Tones.birdCall(5),
                Tones.bowl(220, 3),
                Tones.pad(3, 110, 165))) {
            float most = 0;
            double power = 0;
            for (float v : sound) {
                most = Math.max(most, Math.abs(v));
                power += v * v;
            }
            assertEquals(0.8f, most, 1e-3f);
            assertTrue(Math.sqrt(power / sound.length) > 0.02, "nearly silent");
        }
        float step = 0;
        for (int i = 1; i < waves.length; i++) {
            step = Math.max(step, Math.abs(waves[i] - waves[i - 1]));
        }
        assertTrue(Math.abs(waves[0] - waves[waves.length - 1]) <= step, "a click at the seam");
    }

    @Test
    void theDayIsDarkAtNightAndBrightAtNoonAndFogHidesIt() {
        Air night = new Air();
        Air noon = new Air();
        Daytime.COAST.into(night, 0, 0);
        Daytime.COAST.into(noon, 1, 0);
        assertTrue(noon.sunLight.y > 4 * night.sunLight.y && noon.skyLight.y > 2 * night.skyLight.y);
        assertTrue(night.stars > 0.9f && noon.stars == 0);
        assertEquals(1, noon.sunWay.length(), 1e-5f);
        float before = noon.hazeDensity;
        noon.fog(1);
        assertTrue(noon.hazeDensity > 20 * before);
    }
}
