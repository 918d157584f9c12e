package org.anodyne.plugins.island;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anodyne.plugin.Event;
import org.junit.jupiter.api.Test;

class IslandTest {
    private static final int WIDTH = 192;
    private static final int HEIGHT = 108;
    private static final long FRAMES = 12;

    /** Mean difference of the pictures' bytes, 0 to 255. */
    private static double difference(BufferedImage a, BufferedImage b) {
        double sum = 0;
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                for (int shift = 0; shift <= 16; shift += 8) {
                    sum += Math.abs((a.getRGB(x, y) >> shift & 255) - (b.getRGB(x, y) >> shift & 255));
                }
            }
        }
        return sum / (3.0 * WIDTH * HEIGHT);
    }

    @Test
    void everyInterestIsSeenInManyColoursAndNoTwoAreAlike() throws Exception {
        Set<Integer> pictures = new HashSet<>();
        for (String interest : List.of("sea", "forest", "mountains", "stars")) {
            Screening s = Screening.of(Map.of("interest", interest), FRAMES, WIDTH, HEIGHT);
            BufferedImage image = s.image();
            Set<Integer> colours = new HashSet<>();
            double light = 0;
            for (int y = 0; y < HEIGHT; y++) {
                for (int x = 0; x < WIDTH; x++) {
                    colours.add(image.getRGB(x, y) & 0xf8f8f8);
                    light += image.getRGB(x, y) >> 8 & 255;
                }
            }
            assertTrue(colours.size() > 150, interest + " has only " + colours.size() + " colours");
            assertTrue(light / (WIDTH * HEIGHT) > 20, interest + " is black");
            pictures.add(java.util.Arrays.hashCode(s.png));
            Event ended = s.events.stream()
                    .filter(e -> e.type().equals("scene-ended"))
                    .findFirst()
                    .orElseThrow();
            Object forgotten = ended.attributes().get("forgotten");
            assertTrue(forgotten == null || ((List<?>) forgotten).isEmpty(), "not deleted: " + forgotten);
        }
        assertEquals(4, pictures.size());
    }

    @Test
    void theBreathingGuideIsSeenAndTellsItsTurns() throws Exception {
        // 30 frames a second, ten breaths a minute: a turn at 0 s, at 2.4 s and at 6 s.
        Screening with = Screening.of(Map.of("breathing", true, "breathsPerMinute", 10.0), 75, WIDTH, HEIGHT);
        Screening without = Screening.of(Map.of("breathing", false), 75, WIDTH, HEIGHT);
        assertTrue(with.events.stream().anyMatch(e -> e.type().equals("breath-in")));
        assertTrue(with.events.stream().anyMatch(e -> e.type().equals("breath-out")));
        assertTrue(without.events.stream().noneMatch(e -> e.type().startsWith("breath")));
        assertTrue(difference(with.image(), without.image()) > 0.2);
    }
}
