package org.anodyne.plugin.tck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.Event;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.PluginFactory;
import org.anodyne.plugin.PluginInstance;
import org.anodyne.plugin.PluginPorts.Carries;
import org.anodyne.plugin.PluginPorts.InputPort;
import org.anodyne.plugin.scene.Dial;
import org.anodyne.plugin.scene.Dialled;
import org.anodyne.plugin.scene.Display;
import org.anodyne.plugin.scene.SceneProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract of a scene, shown without a screen by the display that the test brings along: it draws, the same for the same
 * seed, frees what it made, answers to each of its dials and keeps to the flash rule.
 */
public abstract class SceneContract extends PluginContract {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long SEED = 42;
    private static final int WIDTH = 320;
    private static final int HEIGHT = 180;
    /** Frames until a picture is taken that is compared with how the scene looked before: half a second. */
    private static final long FRAMES = 30;
    /** Frames until one is taken of which only whether it is another matters. */
    private static final long FEW = 8;
    /** Frames that are watched for flashes: two seconds. */
    private static final long WATCHED = 120;

    /** A picture of which only whether it is another matters is smaller by this. */
    private static final int HALF = 2;

    private static final int SMALLER = 4;
    private static final int SMALL_WIDTH = WIDTH / SMALLER;
    private static final int SMALL_HEIGHT = HEIGHT / SMALLER;
    /** Differences of a channel, of 255, that another driver may make. */
    private static final double MEAN_DIFFERENCE = 2;

    private static final int MOST_DIFFERENCE = 40;

    @TempDir
    Path pictures;

    /** The display's factory: {@code new DisplayFactory()} of {@code org.anodyne.plugin.display}, a dependency of the test. */
    protected abstract PluginFactory display();

    @Override
    protected final Class<? extends PluginInstance> role() {
        return SceneProgram.class;
    }

    /** What a run of the scene left. */
    private record Run(byte[] picture, List<Event> events, List<String> failures) {
        List<Event> of(String type) {
            return events.stream().filter(e -> e.type().equals(type)).toList();
        }
    }

    /** Shows the scene for a few frames, in small pictures: for checks that compare two of them with each other. */
    private Run few(Map<String, Object> changed, int times) throws Exception {
        return run(changed, times, FEW, HALF);
    }

    /** Shows the scene with these parameters for so many frames, each 1/60 s after the one before. */
    private Run run(Map<String, Object> changed, int times, long frames, int smallerBy) throws Exception {
        Map<String, Object> given = new HashMap<>(parameters());
        given.putAll(changed);
        Path folder = Files.createTempDirectory(pictures, "run");
        Map<String, Object> headless = Map.of(
                "mode",
                "headless",
                "pace",
                "steps",
                "width",
                (long) WIDTH / smallerBy,
                "height",
                (long) HEIGHT / smallerBy,
                "pictures",
                folder.toString(),
                "picturesAt",
                List.of(frames));
        List<String> failures = new CopyOnWriteArrayList<>();
        PluginFactory screens = display();
        try (LiveContext house =
                        new LiveContext(Schema.of(screens.getClass()).defaultsWith(headless), Optional.empty());
                LiveContext own =
                        new LiveContext(Schema.of(factory().getClass()).defaultsWith(given), input());
                PluginInstance shown = screens.create(house);
                PluginInstance scene = factory().create(own)) {
            shown.prepare(Inputs.NONE, Deadline.in(PATIENCE));
            shown.start();
            scene.prepare(inputs(), Deadline.in(PATIENCE));
            scene.start();
            for (int i = 1; i <= times; i++) {
                int count = i;
                Display.Act act = new Display.Act("scene", "under test", SEED, (SceneProgram) scene, failures::add);
                ((Display) shown).show(act);
                assertTrue(
                        house.published()
                                .await(p -> p.events("picture").size() >= count || !failures.isEmpty(), PATIENCE),
                        "no picture of the scene after " + PATIENCE.toSeconds() + " s");
                ((Display) shown).hide(act).toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
            assertEquals(List.of(), failures);
            List<Event> events = new ArrayList<>();
            for (Output o : house.published().outputs()) {
                if (o instanceof Output.Happened h) {
                    events.add(h.event());
                }
            }
            Path file = Path.of(String.valueOf(house.published()
                    .events("picture")
                    .get(times - 1)
                    .attributes()
                    .get("file")));
            return new Run(Files.readAllBytes(file), events, failures);
        }
    }

    @Test
    void drawsSomethingAndTheSameForTheSameSeed() throws Exception {
        Run one = run(Map.of(), 1, FRAMES, 1);
        assertTrue(one.picture().length > WIDTH * HEIGHT / 50, "the picture is of one colour or nearly so");
        assertArrayEquals(
                one.picture(),
                run(Map.of(), 1, FRAMES, 1).picture(),
                "the same seed gave another picture; draw only from Stage.random, and move only with the frame's time");
        looksAsItDid(one.picture());
    }

    @Test
    void freesWhatItMadeAndMayBeginAgain() throws Exception {
        Run twice = few(Map.of(), 2);
        List<Event> ended = twice.of("scene-ended");
        assertEquals(2, ended.size());
        ended.forEach(e -> assertEquals(
                List.of(),
                e.attributes().get("forgotten"),
                "the scene forgot objects of OpenGL; make them through Stage.resources"));
        // It may go on where it was, so the picture may be another, but there has to be one.
        assertTrue(twice.picture().length > WIDTH * HEIGHT / 50 / HALF / HALF, "nothing is drawn when it begins again");
    }

    /**
     * A picture beside the test class, named like it with {@code .png}, is what the scene has to look like; without one nothing
     * is compared. {@code -Danodyne.golden=FOLDER} writes such pictures there. Drivers differ in the last bits, so both are
     * made smaller first.
     */
    private void looksAsItDid(byte[] picture) throws IOException {
        int[] now = smaller(picture);
        String name = getClass().getSimpleName() + ".png";
        String write = System.getProperty("anodyne.golden", "");
        if (!write.isEmpty()) {
            Files.createDirectories(Path.of(write));
            BufferedImage image = new BufferedImage(SMALL_WIDTH, SMALL_HEIGHT, BufferedImage.TYPE_INT_RGB);
            image.setRGB(0, 0, SMALL_WIDTH, SMALL_HEIGHT, now, 0, SMALL_WIDTH);
            ImageIO.write(image, "png", Path.of(write, name).toFile());
        }
        try (InputStream golden = getClass().getResourceAsStream(name)) {
            if (golden == null) {
                return;
            }
            int[] before = ImageIO.read(golden).getRGB(0, 0, SMALL_WIDTH, SMALL_HEIGHT, null, 0, SMALL_WIDTH);
            double mean = 0;
            int most = 0;
            for (int i = 0; i < now.length; i++) {
                for (int shift = 0; shift <= 16; shift += 8) {
                    int difference = Math.abs((now[i] >> shift & 0xFF) - (before[i] >> shift & 0xFF));
                    mean += difference / (3.0 * now.length);
                    most = Math.max(most, difference);
                }
            }
            assertTrue(
                    mean < MEAN_DIFFERENCE && most < MOST_DIFFERENCE,
                    "the scene looks different from " + name + ": on average by " + mean + ", at most by " + most
                            + " of 255; if it is meant to, run the test with -Danodyne.golden=FOLDER, look at the new"
                            + " picture and put it in the place of the old one");
        }
    }

    private static int[] smaller(byte[] png) throws IOException {
        BufferedImage whole = ImageIO.read(new ByteArrayInputStream(png));
        int[] small = new int[SMALL_WIDTH * SMALL_HEIGHT];
        for (int i = 0; i < small.length; i++) {
            int[] sums = new int[3];
            for (int k = 0; k < SMALLER * SMALLER; k++) {
                int rgb =
                        whole.getRGB(i % SMALL_WIDTH * SMALLER + k % SMALLER, i / SMALL_WIDTH * SMALLER + k / SMALLER);
                for (int c = 0; c < 3; c++) {
                    sums[c] += rgb >> 8 * c & 0xFF;
                }
            }
            for (int c = 0; c < 3; c++) {
                small[i] |= sums[c] / (SMALLER * SMALLER) << 8 * c;
            }
        }
        return small;
    }

    @Test
    void keepsToTheFlashRule() throws Exception {
        assertEquals(List.of(), run(Map.of(), 1, WATCHED, 1).of("flash-limit"));
    }

    @Test
    void everyDialIsALiveParameterAndAPortAndChangesThePicture() throws Exception {
        List<Dial> dials;
        try (LiveContext own = new LiveContext(Schema.of(factory().getClass()).defaultsWith(parameters()), input());
                PluginInstance scene = factory().create(own)) {
            scene.prepare(inputs(), Deadline.in(PATIENCE));
            dials = scene instanceof Dialled d ? List.copyOf(d.dials()) : List.of();
        }
        JsonNode properties = Schema.of(factory().getClass()).root().path("properties");
        List<InputPort> ports = factory()
                .ports(new Parameters(Schema.of(factory().getClass()).defaultsWith(parameters())))
                .inputs();
        for (Dial dial : dials) {
            JsonNode property = properties.path(dial.name());
            assertEquals("live", property.path("x-change").asText(), dial.name() + " is no live parameter");
            assertEquals(dial.minimum(), property.path("minimum").asDouble(Double.NaN), dial.name());
            assertEquals(dial.maximum(), property.path("maximum").asDouble(Double.NaN), dial.name());
            assertNotNull(
                    ports.stream()
                            .filter(p -> p.name().equals(dial.name()) && p.carries() == Carries.FEATURES)
                            .findFirst()
                            .orElse(null),
                    dial.name() + " has no port that a feature can drive it by");
            byte[] least = few(Map.of(dial.name(), dial.minimum()), 1).picture();
            byte[] most = few(Map.of(dial.name(), dial.maximum()), 1).picture();
            assertTrue(!Arrays.equals(least, most), "dial '" + dial.name() + "' changes nothing that is seen");
        }
    }
}
