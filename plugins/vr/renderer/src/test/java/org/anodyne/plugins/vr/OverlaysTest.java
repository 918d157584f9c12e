package org.anodyne.plugins.vr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lwjgl.opengl.GL33C.GL_COLOR_BUFFER_BIT;
import static org.lwjgl.opengl.GL33C.glClear;
import static org.lwjgl.opengl.GL33C.glClearColor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.PluginException;
import org.anodyne.plugin.scene.Display.Act;
import org.anodyne.plugin.scene.Frame;
import org.anodyne.plugin.scene.SceneProgram;
import org.anodyne.plugin.scene.Stage;
import org.anodyne.plugin.scene.View;
import org.anodyne.plugin.tck.Schema;
import org.anodyne.plugins.vr.gl.Picture;
import org.anodyne.plugins.vr.mirror.Mirror;
import org.anodyne.plugins.vr.sound.Audio;
import org.anodyne.plugins.vr.surface.Surface;
import org.anodyne.plugins.vr.surface.Tick;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** The loop over a surface whose keys the test presses; pictures into the folder of the property {@code pictures}, if set. */
class OverlaysTest {
    private static final int RATE = 30;
    /** The longest step of a world is 0.1 s; of large pictures no more are drawn than are looked at. */
    private static final int SLOW = 10;

    private final List<String> told = new ArrayList<>();
    private final Map<String, Map<String, Object>> last = new HashMap<>();
    private final Holds holds = new Holds();
    private final List<Mirror.Shot> shots = new ArrayList<>();
    private Typing surface;
    private RenderLoop loop;
    private int rate;
    private long nanos;

    /** A surface without a screen, with keys. */
    private static final class Typing implements Surface {
        private final Surface real;
        private Tick.Keys keys = Tick.Keys.NONE;

        Typing(Surface real) {
            this.real = real;
        }

        @Override
        public int eyes() {
            return real.eyes();
        }

        @Override
        public int width() {
            return real.width();
        }

        @Override
        public int height() {
            return real.height();
        }

        @Override
        public double rateHz() {
            return real.rateHz();
        }

        @Override
        public String description() {
            return real.description();
        }

        @Override
        public Tick await() throws Lost, InterruptedException {
            Tick t = real.await();
            Tick.Keys now = keys;
            keys = Tick.Keys.NONE;
            return new Tick(
                    t.displayNanos(),
                    t.visible(),
                    t.tracked(),
                    t.head(),
                    t.eyes(),
                    t.left(),
                    t.right(),
                    t.gaze(),
                    now,
                    t.news());
        }

        @Override
        public int framebuffer(int eye) {
            return real.framebuffer(eye);
        }

        @Override
        public long submit() throws Lost {
            return real.submit();
        }

        @Override
        public void recentre() {
            real.recentre();
        }

        @Override
        public void close() {
            real.close();
        }
    }

    /** Green; counts what is pressed; glides when told to. */
    private static final class Green implements SceneProgram {
        private int pressed;
        private float speed;
        private Stage stage;

        @Override
        public void begin(Stage on) {
            stage = on;
        }

        @Override
        public void advance(Frame frame) {
            pressed += frame.selected() ? 1 : 0;
            stage.rig().glide(0, 0, -100, speed);
        }

        @Override
        public void draw(View view) {
            glClearColor(0.1f, 0.4f, 0.2f, 1);
            glClear(GL_COLOR_BUFFER_BIT);
        }

        @Override
        public void close() {}
    }

    private Act open(Map<String, Object> parameters, SceneProgram scene) throws Exception {
        Map<String, Object> all =
                new HashMap<>(Map.of("mode", "headless", "pace", "steps", "rate", RATE, "width", 320L, "height", 180L));
        all.putAll(parameters);
        rate = (Integer) all.get("rate");
        Parameters p = new Parameters(Schema.of(DisplayFactory.class).defaultsWith(all));
        Settings settings = Settings.of(p);
        settings.check();
        surface = new Typing(Surfaces.open(settings, p.integer("eyes")));
        loop = new RenderLoop(
                surface,
                settings,
                () -> nanos,
                Audio.OFF,
                new ConcurrentLinkedQueue<>(),
                0,
                holds,
                new SceneCall(),
                shots::add,
                (type, at, attributes) -> {
                    told.add(type);
                    last.put(type, attributes);
                });
        Act act = new Act("world", "green 1.0.0", 1, scene, why -> told.add("failed: " + why));
        loop.acts().show(act);
        return act;
    }

    @AfterEach
    void close() {
        if (loop != null) {
            loop.close();
            surface.close();
        }
    }

    private void pass(double seconds) throws Exception {
        for (int i = 0; i < Math.round(seconds * rate); i++) {
            loop.frame(true);
        }
    }

    private void press(boolean select, int digit) throws Exception {
        surface.keys = new Tick.Keys(select, 0, 0, 0, false, digit);
        loop.frame(true);
    }

    private void rate(int... digits) throws Exception {
        int asked = count("fms-asked");
        while (count("fms-asked") == asked) {
            loop.frame(true);
        }
        for (int d : digits) {
            press(false, d);
        }
        press(true, -1);
    }

    private int count(String type) {
        return (int) told.stream().filter(type::equals).count();
    }

    /** The frame just drawn; also as a file for a person to look at. */
    private Picture picture(String name) throws Exception {
        Picture picture = loop.picture();
        String folder = System.getProperty("pictures", "");
        if (!folder.isEmpty()) {
            Files.createDirectories(Path.of(folder));
            Files.write(Path.of(folder, name + ".png"), picture.png());
        }
        return picture;
    }

    private static final IntPredicate BRIGHT = light -> light > 200;
    private static final IntPredicate DARK = light -> light < 60;

    /** Whether the darker of red and blue is so. */
    private static boolean is(IntPredicate what, Picture p, int pixel) {
        return what.test(Math.min(p.rgba()[4 * pixel] & 0xFF, p.rgba()[4 * pixel + 2] & 0xFF));
    }

    private static long brightPixels(Picture p) {
        return IntStream.range(0, p.width() * p.height())
                .filter(i -> is(BRIGHT, p, i))
                .count();
    }

    /** Mean place of such pixels between two columns, from the first of them. */
    private static double middle(Picture p, int from, int to, IntPredicate what) {
        return IntStream.range(0, p.width() * p.height())
                .filter(i -> i % p.width() >= from && i % p.width() < to && is(what, p, i))
                .map(i -> i % p.width() - from)
                .average()
                .orElseThrow();
    }

    private static final Map<String, Object> FMS =
            Map.of("fms", Map.of("every", 5, "within", 3, "pauseAt", 10, "stopAt", 15));

    @Test
    void ratingsPauseAndStopTheWorlds() throws Exception {
        Green scene = new Green();
        open(FMS, scene);
        pass(2);
        assertEquals("world", loop.acts().slot());
        press(true, -1);
        assertEquals(1, scene.pressed);
        rate(4);
        assertEquals(4L, last.get("fms").get("rating"));
        assertEquals("world", loop.acts().slot());
        assertEquals(1, scene.pressed, "an answer is no press for the scene");
        rate(1, 2);
        assertEquals(1, count("fms-pause"));
        assertEquals("", loop.acts().slot());
        rate(3);
        pass(1);
        assertEquals("world", loop.acts().slot());
        rate(1, 6);
        assertEquals(1, count("fms-stop"));
        loop.acts().show(new Act("other", "green 1.0.0", 1, new Green(), why -> {}));
        rate(0);
        pass(1);
        assertEquals("", loop.acts().slot(), "a low rating does not end a stop");
        holds.clear();
        pass(1);
        assertEquals("other", loop.acts().slot());
        assertEquals(0, told.stream().filter(t -> t.startsWith("failed")).count(), told.toString());
    }

    @Test
    void theQuestionIsWrittenIntoTheWorldForBothEyes() throws Exception {
        open(
                Map.of(
                        "rate",
                        SLOW,
                        "width",
                        1280L,
                        "height",
                        720L,
                        "eyes",
                        2L,
                        "fms",
                        Map.of("every", 5, "within", 3)),
                new NeutralWorld());
        pass(4.5);
        long before = brightPixels(picture("before"));
        pass(1.1);
        press(false, 1);
        press(false, 3);
        Picture asked = picture("question");
        assertTrue(brightPixels(asked) > before + 2000, brightPixels(asked) + " bright pixels");
        // Eyes 64 mm apart, 1.5 m away, 60 degrees over 720 pixels: half of that to either side.
        double pixels = 0.064 / 1.5 * 360 / Math.tan(Math.toRadians(30));
        assertEquals(pixels, middle(asked, 0, 1280, BRIGHT) - middle(asked, 1280, 2560, BRIGHT), 2);
    }

    @Test
    void aPauseSaysSo() throws Exception {
        open(
                Map.of(
                        "rate",
                        SLOW,
                        "width",
                        1280L,
                        "height",
                        720L,
                        "fms",
                        Map.of("every", 5, "within", 3, "pauseAt", 10)),
                new Green());
        pass(1);
        rate(1, 2);
        pass(1);
        long bright = brightPixels(picture("pause"));
        assertTrue(bright > 200, bright + " bright pixels");
    }

    @Test
    void theHorizonIsSeenWhileTheFloorMovesOnly() throws Exception {
        Green scene = new Green();
        open(Map.of("rate", SLOW, "width", 1280L, "height", 720L, "restFrame", true), scene);
        pass(2);
        byte[] still = picture("still").rgba();
        scene.speed = 1;
        pass(1);
        Picture moving = picture("horizon");
        Assertions.assertFalse(java.util.Arrays.equals(still, moving.rgba()));
        scene.speed = 0;
        pass(1);
        Assertions.assertArrayEquals(still, loop.picture().rgba());
    }

    @Test
    void aMessageIsReadWithBothEyesForAWhile() throws Exception {
        open(Map.of("rate", SLOW, "width", 1280L, "height", 720L, "eyes", 2L), new NeutralWorld());
        pass(1);
        long before = brightPixels(picture("unsaid"));
        loop.overlays()
                .say(
                        "We are pausing for a moment. Look at the horizon and breathe slowly, as you like it; Łukasz is"
                                + " beside you and Donaudampfschifffahrtsgesellschaftskapitänsmützenfabrik ends.",
                        2);
        pass(1);
        Picture said = picture("message");
        assertTrue(brightPixels(said) > before + 2000, brightPixels(said) + " bright pixels");
        double pixels = 0.064 / 1.5 * 360 / Math.tan(Math.toRadians(30));
        // Of the plate: strokes as thin as these are bright in one picture and not in the other.
        assertEquals(pixels, middle(said, 0, 1280, DARK) - middle(said, 1280, 2560, DARK), 1);
        assertEquals(1, count("message-shown"));
        assertEquals(0, count("message-gone"));
        pass(2);
        assertEquals(before, brightPixels(picture("said")), "it is gone");
        assertEquals("time", last.get("message-gone").get("reason"));
    }

    @Test
    void aMessageWaitsForAnAnswerAndGivesWayToTheNext() throws Exception {
        open(Map.of("fms", Map.of("every", 5, "within", 3)), new Green());
        pass(5.1);
        assertEquals(1, count("fms-asked"));
        loop.overlays().say("first", 10);
        pass(1);
        assertEquals(0, count("message-shown"), "the question stays");
        press(false, 1);
        press(true, -1);
        pass(1);
        assertEquals("first", last.get("message-shown").get("text"));
        loop.overlays().say("second", 1);
        pass(0.2);
        assertEquals("replaced", last.get("message-gone").get("reason"));
        assertEquals("second", last.get("message-shown").get("text"));
    }

    @Test
    void afterPanicNothingButAPersonBringsTheScenesBack() throws Exception {
        open(FMS, new Green());
        pass(2);
        rate(1, 2);
        pass(1);
        rate(3);
        pass(1);
        assertEquals("world", loop.acts().slot());
        surface.keys = new Tick.Keys(false, 0, 0, 0, true, -1);
        loop.frame(true);
        assertEquals("", loop.acts().slot(), "at once");
        rate(1, 2);
        rate(0);
        loop.acts().show(new Act("other", "green 1.0.1", 1, new Green(), why -> {}));
        pass(1);
        assertEquals("", loop.acts().slot(), "neither a low rating nor a new scene");
        holds.clear();
        pass(1);
        assertEquals("other", loop.acts().slot());
    }

    @Test
    void theMirrorShowsWhatIsSeenSmallerAndUpright() throws Exception {
        open(Map.of("rate", SLOW, "width", 1280L, "height", 720L, "eyes", 2L, "mirror", 5), new NeutralWorld());
        pass(2);
        shots.clear();
        while (shots.isEmpty()) {
            loop.frame(true);
        }
        Mirror.Shot shot = shots.get(0);
        assertEquals(480, shot.width());
        assertEquals(270, shot.height());
        Picture drawn = loop.picture();
        // The left eye's sky and floor; nothing moves.
        for (int y : new int[] {20, 250}) {
            for (int c = 0; c < 3; c++) {
                int from = drawn.rgba()[4 * ((719 - y * 720 / 270) * 2560 + 640) + c] & 0xFF;
                assertEquals(from, shot.rgba()[4 * (y * 480 + 240) + c] & 0xFF, 8, "line " + y + " channel " + c);
            }
        }
    }

    @Test
    void theMirrorIsDarkWhereTheParticipantSeesDark() throws Exception {
        open(Map.of("mirror", 5), new Green());
        while (shots.isEmpty()) {
            loop.frame(true);
        }
        assertTrue((shots.get(0).rgba()[4 * (90 * 320 + 160) + 1] & 0xFF) < 20, "the fade has only begun");
    }

    @Test
    void withoutAMirrorNothingIsFetched() throws Exception {
        open(Map.of("mirror", 0), new Green());
        pass(1);
        assertEquals(List.of(), shots);
    }

    @Test
    void contradictionsAreRefused() {
        PluginException e = Assertions.assertThrows(
                PluginException.class, () -> open(Map.of("fms", Map.of("pauseAt", 15, "stopAt", 10)), new Green()));
        assertTrue(e.getMessage().contains("below stopAt"), e.getMessage());
        e = Assertions.assertThrows(PluginException.class, () -> open(Map.of("fms", Map.of("every", 10)), new Green()));
        assertTrue(e.getMessage().contains("set within"), e.getMessage());
    }
}
