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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.imageio.ImageIO;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.Event;
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
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract of a scene, shown without a screen by the display that the test brings along: it draws, the same for the same
 * seed, frees what it made, answers to each of its dials and keeps to the flash rule. What several tests look at is shown once.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class SceneContract extends PluginContract {
    private static final String SLOT = "scene";
    private static final int WIDTH = 320;
    private static final int HEIGHT = 180;
    private static final double RATE = 60;
    /** Frames until a picture is taken that is compared with how the scene looked before: half a second. */
    private static final long FRAMES = 30;
    /** So many frames is the check for flashes behind. */
    private static final long BEHIND = 4;

    /**
     * Where only whether a picture is another matters, pictures are smaller by this, and so few frames make a second that dials
     * may be turned from one to the next without flashing; the scene then goes on by a tenth of a second with each.
     */
    private static final int HALF = 2;

    private static final double FEW_RATE = 2;
    /** Frames of these until the first picture. */
    private static final long FEW = 4;

    /** Frames of these until the last picture: six seconds. */
    private static final long LATER = 60;

    private static final Set<String> OF_THE_DISPLAY = Set.of("frames", "dial", "picture", "scene-shown", "scene-ended");
    private static final Set<String> TIMES = Set.of("frame", "displayNanos", "submitNanos");

    private static final int SMALLER = 4;
    private static final int SMALL_WIDTH = WIDTH / SMALLER;
    private static final int SMALL_HEIGHT = HEIGHT / SMALLER;
    /** Differences of a channel, of 255, that another driver may make. */
    private static final double MEAN_DIFFERENCE = 2;

    private static final int MOST_DIFFERENCE = 40;

    @TempDir
    Path pictures;

    private Watched watched;
    private Turned turned;

    /** The display's factory: {@code new DisplayFactory()} of {@code org.anodyne.plugin.display}, a dependency of the test. */
    protected abstract PluginFactory display();

    /** How long the scene is watched for flashes, seconds of its own time: until all that it does by itself was seen. */
    protected double watchedSeconds() {
        return 2;
    }

    /**
     * Parameters that change neither what is seen nor what is told within six seconds without a participant, each with a test
     * of its own: what is only heard, what answers to a hand, what comes later.
     */
    protected Set<String> notSeenByThemselves() {
        return Set.of();
    }

    /** What else is set when this parameter is tried, both with the value it has and with another; nothing for most. */
    protected Map<String, Object> beside(String parameter) {
        return Map.of();
    }

    @Override
    protected final Class<? extends PluginInstance> role() {
        return SceneProgram.class;
    }

    /** The scene for as long as it is watched for flashes, with a picture of it on the way. */
    private record Watched(byte[] picture, List<Event> events) {}

    /**
     * The scene with its dials turned while its time stood still, taken away, and shown once more.
     *
     * @param pictures three of each dial, in the order of the dials: at its least, the same again, at its greatest
     * @param again a picture after it began again
     */
    private record Turned(List<Dial> dials, List<byte[]> pictures, byte[] again, List<Event> events) {}

    private LiveContext own(Map<String, Object> changed) {
        Map<String, Object> given = new HashMap<>(parameters());
        given.putAll(changed);
        return new LiveContext(Schema.of(factory().getClass()).defaultsWith(given), input());
    }

    private PluginInstance ready(LiveContext own) throws Exception {
        PluginInstance scene = factory().create(own);
        scene.prepare(inputs(), Deadline.in(Screening.PATIENCE));
        scene.start();
        return scene;
    }

    private Screening screening(int smallerBy, double rateHz, List<Long> picturesAt) throws Exception {
        return new Screening(
                display(),
                Files.createTempDirectory(pictures, "run"),
                new Screening.Way(WIDTH / smallerBy, HEIGHT / smallerBy, rateHz, picturesAt));
    }

    /** Shows the scene until this frame, the last of those that pictures are wanted of. */
    private Watched show(List<Long> picturesAt) throws Exception {
        try (LiveContext own = own(Map.of());
                PluginInstance scene = ready(own);
                Screening screen = screening(1, RATE, picturesAt)) {
            screen.show(SLOT, (SceneProgram) scene);
            screen.picture(SLOT, picturesAt.get(picturesAt.size() - 1));
            return new Watched(screen.picture(SLOT, FRAMES), screen.events());
        }
    }

    private Watched watched() throws Exception {
        if (watched == null) {
            watched = show(List.of(FRAMES, Math.round(watchedSeconds() * RATE) + BEHIND));
        }
        return watched;
    }

    private Turned turned() throws Exception {
        if (turned == null) {
            try (LiveContext own = own(Map.of());
                    PluginInstance scene = ready(own)) {
                turned = turned((SceneProgram) scene);
            }
        }
        return turned;
    }

    private Turned turned(SceneProgram scene) throws Exception {
        TurnedDials first = new TurnedDials(scene, FEW);
        try (Screening screen = screening(HALF, FEW_RATE, first.pictures())) {
            Display.Act act = screen.show(SLOT, first);
            List<byte[]> seen = new ArrayList<>();
            for (long frame : first.pictures()) {
                seen.add(screen.picture(SLOT, frame));
            }
            screen.hide(act);
            Display.Act once = screen.show("again", scene);
            byte[] again = screen.picture("again", first.pictures().get(0));
            screen.hide(once);
            return new Turned(first.dials(), seen, again, screen.events());
        }
    }

    /** A small picture of the scene with this parameter, after a few frames. */
    private byte[] few(String parameter, double value) throws Exception {
        try (LiveContext own = own(Map.of(parameter, value));
                PluginInstance scene = ready(own);
                Screening screen = screening(HALF, FEW_RATE, List.of(FEW))) {
            screen.show(SLOT, (SceneProgram) scene);
            return screen.picture(SLOT, FEW);
        }
    }

    @Test
    void drawsSomethingAndTheSameForTheSameSeed() throws Exception {
        byte[] one = watched().picture();
        assertTrue(one.length > WIDTH * HEIGHT / 50, "the picture is of one colour or nearly so");
        assertArrayEquals(
                one,
                show(List.of(FRAMES)).picture(),
                "the same seed gave another picture; draw only from Stage.random, and move only with the frame's time");
        looksAsItDid(one);
    }

    @Test
    void freesWhatItMadeAndMayBeginAgain() throws Exception {
        List<Event> ended = turned().events().stream()
                .filter(e -> e.type().equals("scene-ended"))
                .toList();
        assertEquals(2, ended.size());
        ended.forEach(e -> assertEquals(
                List.of(),
                e.attributes().get("forgotten"),
                "the scene forgot objects of OpenGL; make them through Stage.resources"));
        // It may go on where it was, so the picture may be another, but there has to be one.
        assertTrue(
                turned().again().length > WIDTH * HEIGHT / 50 / HALF / HALF, "nothing is drawn when it begins again");
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
        assertEquals(
                List.of(),
                watched().events().stream()
                        .filter(e -> e.type().equals("flash-limit"))
                        .toList());
    }

    @Test
    void everyDialIsALiveParameterAndAPortAndChangesThePicture() throws Exception {
        List<Dial> dials = turned().dials();
        JsonNode properties = Schema.of(factory().getClass()).root().path("properties");
        List<InputPort> ports = ports().inputs();
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
        }
        areSetByTheirParameters(dials);
        for (int i = 0; i < dials.size(); i++) {
            Dial dial = dials.get(i);
            byte[] least = turned().pictures().get(TurnedDials.EACH * i);
            byte[] again = turned().pictures().get(TurnedDials.EACH * i + 1);
            byte[] most = turned().pictures().get(TurnedDials.EACH * i + 2);
            if (!Arrays.equals(least, again) || Arrays.equals(least, most)) {
                // Something moves although its time stands still, or what the dial does takes time: two that began so.
                least = few(dial.name(), dial.minimum());
                most = few(dial.name(), dial.maximum());
            }
            assertTrue(!Arrays.equals(least, most), "dial '" + dial.name() + "' changes nothing that is seen");
        }
    }

    @Test
    void everyOtherParameterChangesWhatIsSeenOrTold() throws Exception {
        Set<String> dials = new HashSet<>();
        turned().dials().forEach(d -> dials.add(d.name()));
        Set<String> left = new TreeSet<>(notSeenByThemselves());
        List<String> without = new ArrayList<>();
        Map<Map<String, Object>, List<Object>> before = new HashMap<>();
        Schema schema = Schema.of(factory().getClass());
        for (Map.Entry<String, JsonNode> p : schema.root().path("properties").properties()) {
            if (dials.contains(p.getKey()) || left.remove(p.getKey())) {
                continue;
            }
            Map<String, Object> beside = beside(p.getKey());
            if (!before.containsKey(beside)) {
                before.put(beside, shownFor(beside, List.of()));
            }
            Map<String, Object> given = new HashMap<>(parameters());
            given.putAll(beside);
            Object other =
                    OtherValue.of(p.getValue(), schema.defaultsWith(given).get(p.getKey()));
            Map<String, Object> changed = new HashMap<>(beside);
            changed.put(p.getKey(), other);
            if (before.get(beside).equals(shownFor(changed, before.get(beside)))) {
                without.add(p.getKey() + ": " + other);
            }
        }
        assertEquals(List.of(), without, "parameters that change neither the picture nor what is told");
        assertEquals(Set.of(), left, "no such parameters of the scene");
    }

    /**
     * Pictures at first and after six seconds of the scene's time, and what was told until then, without times; ends with the
     * first picture when that differs already.
     *
     * @param before what it is compared with; empty for nothing
     */
    private List<Object> shownFor(Map<String, Object> changed, List<Object> before) throws Exception {
        try (LiveContext own = own(changed);
                PluginInstance scene = ready(own);
                Screening screen = screening(SMALLER, FEW_RATE, List.of(FEW, LATER))) {
            Display.Act act = screen.show(SLOT, (SceneProgram) scene);
            List<Object> seen = new ArrayList<>();
            seen.add(Arrays.hashCode(screen.picture(SLOT, FEW)));
            if (!before.isEmpty() && !before.get(0).equals(seen.get(0))) {
                screen.hide(act);
                return seen;
            }
            seen.add(Arrays.hashCode(screen.picture(SLOT, LATER)));
            screen.hide(act);
            screen.events().stream()
                    .filter(e -> SLOT.equals(e.attributes().get("scene")) && !OF_THE_DISPLAY.contains(e.type()))
                    .filter(e -> ((Number) e.attributes().getOrDefault("frame", 0L)).longValue() < LATER)
                    .forEach(e -> {
                        Map<String, Object> told = new TreeMap<>(e.attributes());
                        told.keySet().removeAll(TIMES);
                        seen.add(e.type() + " " + told);
                    });
            return seen;
        }
    }

    /** Both when the scene is made and while it lives. */
    private void areSetByTheirParameters(List<Dial> dials) throws Exception {
        Map<String, Object> least = new HashMap<>();
        Map<String, Object> most = new HashMap<>(parameters());
        dials.forEach(d -> least.put(d.name(), d.minimum()));
        dials.forEach(d -> most.put(d.name(), d.maximum()));
        try (LiveContext own = own(least);
                PluginInstance scene = ready(own)) {
            List<Dial> now = scene instanceof Dialled d ? d.dials() : List.of();
            assertEquals(
                    dials.stream().map(Dial::name).toList(),
                    now.stream().map(Dial::name).toList());
            now.forEach(d ->
                    assertEquals(d.minimum(), d.target(), "parameter " + d.name() + " does not set the dial at first"));
            scene.change(new Parameters(Schema.of(factory().getClass()).defaultsWith(most)));
            now.forEach(
                    d -> assertEquals(d.maximum(), d.target(), "parameter " + d.name() + " does not turn its dial"));
        }
    }
}
