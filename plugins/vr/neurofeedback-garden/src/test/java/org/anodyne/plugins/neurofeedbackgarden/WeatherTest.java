package org.anodyne.plugins.neurofeedbackgarden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.anodyne.plugin.scene.Dial;
import org.anodyne.plugin.tck.LiveContext;
import org.anodyne.plugin.tck.Schema;
import org.anodyne.scenery.Air;
import org.junit.jupiter.api.Test;

class WeatherTest {
    private static final Weather WORST = Weather.of(0, 0);
    private static final Weather BEST = Weather.of(1, 0);

    @Test
    void theWorstIsGreyMistyRainyStillAndClosed() {
        assertEquals(0, WORST.sun());
        assertEquals(0, WORST.bloom());
        assertEquals(1, WORST.rain());
        assertTrue(WORST.mist() > 0.3f);
        assertTrue(WORST.wind() < 0.1f);
        assertEquals(0, WORST.butterflies());
        assertEquals(0, WORST.birds());
    }

    @Test
    void theBestIsSunnyDryOpenAndAlive() {
        assertEquals(new Weather(1, 1, 0, BEST.wind(), 0, 1, 1), BEST);
    }

    @Test
    void goesOneWayAllAlongAndNeverJumps() {
        List<Function<Weather, Float>> rising =
                List.of(Weather::sun, Weather::bloom, Weather::wind, Weather::butterflies, Weather::birds);
        List<Function<Weather, Float>> falling = List.of(Weather::rain, Weather::mist);
        for (int i = 1; i <= 100; i++) {
            Weather before = Weather.of((i - 1) / 100.0, 0);
            Weather after = Weather.of(i / 100.0, 0);
            rising.forEach(part -> {
                float step = part.apply(after) - part.apply(before);
                assertTrue(step >= 0 && step < 0.07f, "a step of " + step);
            });
            falling.forEach(part -> {
                float step = part.apply(before) - part.apply(after);
                assertTrue(step >= 0 && step < 0.07f, "a step of " + step);
            });
        }
    }

    @Test
    void everyPartOfTheDialChangesSomething() {
        for (int i = 1; i <= 20; i++) {
            assertTrue(!Weather.of((i - 1) / 20.0, 0).equals(Weather.of(i / 20.0, 0)), "nothing at step " + i);
        }
    }

    @Test
    void mistOfItsOwnAddsToThatOfTheWeather() {
        assertEquals(0.5f, Weather.of(1, 0.5).mist(), 1e-6f);
        assertEquals(1, Weather.of(0, 1).mist(), 1e-6f);
        assertTrue(Weather.of(0, 0.5).mist() > WORST.mist());
    }

    @Test
    void lightGrowsWithTheWeatherAndWithItsOwnDial() {
        assertTrue(brightness(BEST, 0.6) > 2 * brightness(WORST, 0.6));
        for (Weather w : List.of(WORST, BEST)) {
            assertTrue(brightness(w, 1) > brightness(w, 0));
        }
    }

    private static float brightness(Weather weather, double light) {
        Air air = new Air();
        weather.into(air, light);
        return air.sunLight.y + air.skyLight.y;
    }

    @Test
    void takesItsTimeHoweverTheFeatureJumps() {
        try (LiveContext context = new LiveContext(
                        Schema.of(GardenFactory.class).defaultsWith(Map.of("weather", 0.0, "weatherSeconds", 20.0)),
                        Optional.empty());
                Garden garden = new Garden(context)) {
            Dial weather = garden.dials().get(0);
            weather.drive(1, 0);
            weather.advance(10);
            assertEquals(0.5, weather.value(), 1e-9);
            weather.drive(0, 1);
            weather.drive(1, 2);
            weather.advance(10);
            assertEquals(1, weather.value(), 1e-9);
        }
    }

    @Test
    void animalsComeOneAfterAnother() {
        assertEquals(0, Wings.come(0, 0, 11));
        assertEquals(1, Wings.come(1, 10, 11), 1e-6f);
        assertTrue(Wings.come(0.3f, 0, 11) > Wings.come(0.3f, 5, 11));
    }
}
