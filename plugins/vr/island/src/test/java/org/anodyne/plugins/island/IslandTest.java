package org.anodyne.plugins.island;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.imageio.ImageIO;
import org.anodyne.plugin.Event;
import org.anodyne.plugin.tck.ScenePicture;
import org.anodyne.plugins.vr.DisplayFactory;
import org.junit.jupiter.api.Test;

class IslandTest {
    private static final int WIDTH = 192;
    private static final int HEIGHT = 108;
    /** Few, so that little is drawn; no frame may be longer than a tenth of a second. */
    private static final double RATE = 12;

    private static ScenePicture after(long frames, Map<String, Object> parameters) throws Exception {
        return ScenePicture.of(
                new IslandFactory(),
                new DisplayFactory(),
                parameters,
                new ScenePicture.Look(frames, WIDTH, HEIGHT, 1, RATE, 0));
    }

    private static BufferedImage image(ScenePicture picture) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(picture.png()));
    }

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
            ScenePicture s = after(5, Map.of("interest", interest));
            BufferedImage image = image(s);
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
            pictures.add(Arrays.hashCode(s.png()));
            Event ended = s.events("scene-ended").get(0);
            Object forgotten = ended.attributes().get("forgotten");
            assertTrue(forgotten == null || ((List<?>) forgotten).isEmpty(), "not deleted: " + forgotten);
        }
        assertEquals(4, pictures.size());
    }

    @Test
    void theBreathingGuideIsSeenAndTellsItsTurns() throws Exception {
        // Ten breaths a minute: a turn at 0 s, at 2.4 s, which is the frame before the last, and at 6 s.
        ScenePicture with = after(31, Map.of("breathing", true, "breathsPerMinute", 10.0));
        ScenePicture without = after(31, Map.of("breathing", false));
        assertEquals(1, with.events("breath-in").size());
        assertEquals(1, with.events("breath-out").size());
        assertTrue(without.events().stream().noneMatch(e -> e.type().startsWith("breath")));
        assertTrue(difference(image(with), image(without)) > 0.2);
    }
}
