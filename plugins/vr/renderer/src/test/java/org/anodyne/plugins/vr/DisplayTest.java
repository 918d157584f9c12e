package org.anodyne.plugins.vr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lwjgl.opengl.GL33C.GL_ARRAY_BUFFER;
import static org.lwjgl.opengl.GL33C.GL_COLOR_BUFFER_BIT;
import static org.lwjgl.opengl.GL33C.glBindBuffer;
import static org.lwjgl.opengl.GL33C.glClear;
import static org.lwjgl.opengl.GL33C.glClearColor;
import static org.lwjgl.opengl.GL33C.glGenBuffers;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.Event;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.scene.Dial;
import org.anodyne.plugin.scene.Dialled;
import org.anodyne.plugin.scene.Display.Act;
import org.anodyne.plugin.scene.Frame;
import org.anodyne.plugin.scene.MirrorPicture;
import org.anodyne.plugin.scene.SceneProgram;
import org.anodyne.plugin.scene.Stage;
import org.anodyne.plugin.scene.View;
import org.anodyne.plugin.tck.LiveContext;
import org.anodyne.plugin.tck.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lwjgl.stb.STBImage;
import org.lwjgl.system.MemoryUtil;

class DisplayTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private LiveContext context;
    private DisplayInstance display;

    /** One colour; forgets a buffer, and throws or says an onset when it is told to. */
    private static final class Plain implements SceneProgram, Dialled {
        private final Dial light = new Dial("light", "1", 0, 1, 0.5, 1);
        private final List<String> calls = new CopyOnWriteArrayList<>();
        private volatile boolean throwing;
        private volatile boolean onset;
        private volatile long slowMillis;
        private volatile int width;

        @Override
        public void begin(Stage stage) {
            stage.resources().buffer();
            glBindBuffer(GL_ARRAY_BUFFER, glGenBuffers());
            calls.add("begin");
        }

        @Override
        public void advance(Frame frame) {
            if (throwing) {
                throw new IllegalStateException("told to");
            }
            if (onset) {
                onset = false;
                frame.onset("flash", Map.of("number", 1L));
            }
        }

        @Override
        public void draw(View view) {
            width = view.width();
            LockSupport.parkNanos(slowMillis * 1_000_000);
            glClearColor(0, (float) light.value(), 0, 1);
            glClear(GL_COLOR_BUFFER_BIT);
        }

        @Override
        public void end() {
            calls.add("end");
        }

        @Override
        public List<Dial> dials() {
            return List.of(light);
        }

        @Override
        public void close() {}
    }

    private void open(Map<String, Object> parameters) throws Exception {
        Map<String, Object> all = new HashMap<>(Map.of("mode", "headless", "width", 320L, "height", 180L));
        all.putAll(parameters);
        context = new LiveContext(Schema.of(DisplayFactory.class).defaultsWith(all), Optional.empty());
        display = (DisplayInstance) new DisplayFactory().create(context);
        display.prepare(Inputs.NONE, Deadline.in(PATIENCE));
        display.start();
    }

    @AfterEach
    void close() {
        if (display != null) {
            display.close();
        }
        if (context != null) {
            context.close();
        }
    }

    private Event event(String type) throws InterruptedException {
        assertTrue(context.published().await(p -> !p.events(type).isEmpty(), PATIENCE), "no " + type);
        return context.published().events(type).get(0);
    }

    private static Act act(SceneProgram scene, List<String> failures) {
        return new Act("world", "plain 1.0.0", 7, scene, failures::add);
    }

    @Test
    void framesAreLoggedAndOnsetsBelongToOne() throws Exception {
        open(Map.of("photodiode", true));
        Plain scene = new Plain();
        Act act = act(scene, List.of());
        display.show(act);
        event("scene-shown");
        scene.onset = true;
        Event flash = event("flash");
        assertEquals("world", flash.attributes().get("scene"));
        assertEquals(1L, flash.attributes().get("patch"));
        long frame = (Long) flash.attributes().get("frame");
        assertTrue(
                context.published().await(p -> times(p.events("frames"), frame).isPresent(), PATIENCE));
        assertEquals(
                flash.attributes().get("submitNanos"),
                times(context.published().events("frames"), frame).orElseThrow());
        scene.light.drive(1, 123);
        Event driven = event("driven");
        assertEquals(123L, driven.attributes().get("featureNanos"));
        display.hide(act).toCompletableFuture().get(5, TimeUnit.SECONDS);
        assertEquals(List.of("begin", "end"), scene.calls);
        assertEquals(List.of("1 buffer"), event("scene-ended").attributes().get("forgotten"));
    }

    private static Optional<Object> times(List<Event> batches, long frame) {
        for (Event e : batches) {
            int at = ((List<?>) e.attributes().get("number")).indexOf(frame);
            if (at >= 0) {
                return Optional.of(((List<?>) e.attributes().get("submitNanos")).get(at));
            }
        }
        return Optional.empty();
    }

    @Test
    void aSceneThatThrowsIsEndedAndTheDisplayGoesOn() throws Exception {
        open(Map.of());
        List<String> failures = new CopyOnWriteArrayList<>();
        Plain scene = new Plain();
        display.show(act(scene, failures));
        event("scene-shown");
        scene.throwing = true;
        event("scene-failed");
        assertEquals(1, failures.size());
        assertTrue(failures.get(0).contains("told to"), failures.toString());
        Plain next = new Plain();
        display.show(new Act("other", "plain 1.0.1", 7, next, failures::add));
        assertTrue(context.published().await(p -> p.events("scene-shown").size() == 2, PATIENCE));
    }

    @Test
    void picturesAreWritten(@TempDir Path folder) throws Exception {
        open(Map.of("pace", "steps", "pictures", folder.toString(), "picturesAt", List.of(3L)));
        display.show(act(new Plain(), List.of()));
        Event told = event("picture");
        byte[] png = Files.readAllBytes(Path.of((String) told.attributes().get("file")));
        assertEquals('P', png[1]);
    }

    @Test
    void aSceneThatIsTooSlowIsDrawnLessFinelyIfTheProtocolPermitsIt() throws Exception {
        open(Map.of("rate", 30.0, "resolution", "auto", "mirror", 5));
        Plain scene = new Plain();
        scene.slowMillis = 60;
        display.show(act(scene, List.of()));
        Event coarser = event("resolution");
        assertEquals(0.8, coarser.attributes().get("scale"));
        assertEquals(256L, coarser.attributes().get("width"));
        assertEquals(144L, coarser.attributes().get("height"));
        assertTrue(
                context.published().await(p -> scene.width < 320 && p.mirrored().isPresent(), PATIENCE),
                "drawn " + scene.width + " pixels wide");
        assertEquals(320, context.published().mirrored().orElseThrow().width(), "what is shown has the same size");
    }

    @Test
    void theOperatorGetsAPictureAndTheParticipantAMessage() throws Exception {
        open(Map.of("mirror", 5));
        display.show(act(new Plain(), List.of()));
        // Later than it has faded in: 0.35 s of frames of a sixtieth each, or of fewer longer ones.
        long bright = (Long) event("scene-shown").attributes().get("frame") + 40;
        assertTrue(
                context.published()
                        .await(p -> p.mirrored().filter(m -> m.frame() > bright).isPresent(), PATIENCE),
                "no picture");
        MirrorPicture picture = context.published().mirrored().orElseThrow();
        java.nio.ByteBuffer file = MemoryUtil.memAlloc(picture.jpeg().length);
        file.put(picture.jpeg()).flip();
        int[] w = new int[1];
        int[] h = new int[1];
        int[] channels = new int[1];
        java.nio.ByteBuffer pixels = STBImage.stbi_load_from_memory(file, w, h, channels, 3);
        MemoryUtil.memFree(file);
        assertEquals(picture.width(), w[0]);
        assertEquals(picture.height(), h[0]);
        int green = pixels.get(3 * (h[0] / 2 * w[0] + w[0] / 2) + 1) & 0xFF;
        STBImage.stbi_image_free(pixels);
        assertTrue(green > 60, "the scene is green: " + green);
        assertEquals("", display.tell("All is well", Duration.ofSeconds(3)));
        assertEquals("All is well", event("message-shown").attributes().get("text"));
        assertEquals("it has no letters for 中 文", display.tell("中文", Duration.ofSeconds(3)));
        assertEquals("", display.recentre());
        event("recentred");
        display.close();
        assertEquals("it has failed", display.recentre());
    }

    /** Black and white by turns, so many times a second of its own time. */
    private record Flashing(double hertz) implements SceneProgram {
        private static double seconds;

        @Override
        public void begin(Stage stage) {
            seconds = 0;
        }

        @Override
        public void advance(Frame frame) {
            seconds = frame.sceneSeconds();
        }

        @Override
        public void draw(View view) {
            float v = seconds * hertz % 1 < 0.5 ? 0.8f : 0.1f;
            glClearColor(v, v, v, 1);
            glClear(GL_COLOR_BUFFER_BIT);
        }

        @Override
        public void close() {}
    }

    @Test
    void aSceneThatFlashesFourTimesASecondIsStopped() throws Exception {
        open(Map.of("pace", "steps", "eyes", 2L));
        List<String> failures = new CopyOnWriteArrayList<>();
        display.show(act(new Flashing(4), failures));
        Event limit = event("flash-limit");
        assertEquals("general", limit.attributes().get("kind"));
        assertEquals(4L, limit.attributes().get("count"));
        assertEquals("world", limit.attributes().get("scene"));
        event("scene-failed");
        assertTrue(failures.get(0).contains("flashes"), failures.toString());
        display.show(act(new Flashing(2), failures));
        assertTrue(context.published().await(p -> p.events("scene-shown").size() == 2, PATIENCE));
        Event shown = context.published().events("scene-shown").get(1);
        long until = (Long) shown.attributes().get("frame") + 300;
        assertTrue(
                context.published().await(p -> times(p.events("frames"), until).isPresent(), PATIENCE));
        assertEquals(1, failures.size());
        assertEquals(1, context.published().events("flash-limit").size());
    }

    /** Hums around the participant. */
    private static final class Humming implements SceneProgram {
        @Override
        public void begin(Stage stage) {
            float[] hum = new float[48_000];
            for (int i = 0; i < hum.length; i++) {
                hum[i] = 0.01f * (float) Math.sin(2 * Math.PI * 100 * i / 48_000);
            }
            stage.sound().ambience(hum, 48_000, true).play();
        }

        @Override
        public void advance(Frame frame) {}

        @Override
        public void draw(View view) {}

        @Override
        public void close() {}
    }

    @Test
    void soundIsOpenedMeasuredAndToldInDecibelsOfFullScaleOnly() throws Exception {
        open(Map.of("pace", "steps", "noise", Map.of("kind", "pink", "snr", 5)));
        Event opened = event("sound-opened");
        assertEquals("none", opened.attributes().get("device"));
        assertEquals("dBFS", opened.attributes().get("unit"));
        assertEquals(false, opened.attributes().get("calibrated"));
        Act act = act(new Humming(), List.of());
        display.show(act);
        Event begun = event("noise-begun");
        // A sine of amplitude 0.01 has an RMS of 20 log10(0.01 / √2) = -43.01 dBFS.
        assertEquals(-43.01, (Double) begun.attributes().get("ambience"), 0.05);
        display.hide(act).toCompletableFuture().get(5, TimeUnit.SECONDS);
        Event level = event("sound-level");
        assertEquals("world", level.attributes().get("scene"));
        assertEquals(-43.01, (Double) level.attributes().get("ambience"), 0.1);
        org.junit.jupiter.api.Assertions.assertFalse(level.attributes().containsKey("spl"));
    }

    @Test
    void settingsOfSoundThatContradictEachOtherAreRefused() {
        org.anodyne.plugin.PluginException e = org.junit.jupiter.api.Assertions.assertThrows(
                org.anodyne.plugin.PluginException.class,
                () -> open(Map.of("sound", "off", "noise", Map.of("kind", "pink"))));
        assertTrue(e.getMessage().contains("sound is off"), e.getMessage());
    }
}
