package org.anodyne.plugins.vr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lwjgl.opengl.GL33C.*;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.Event;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.scene.Display.Act;
import org.anodyne.plugin.scene.Frame;
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

/** Scenes that do what they must not: the display goes on, and the next world looks as it always does. */
class HostileSceneTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private final List<String> failures = new CopyOnWriteArrayList<>();
    private LiveContext context;
    private DisplayInstance display;

    /** Does as it is told where it is told. */
    private static final class Hostile implements SceneProgram {
        private final String where;
        private final Consumer<Object> deed;
        private final List<String> calls = new CopyOnWriteArrayList<>();

        Hostile(String where, Consumer<Object> deed) {
            this.where = where;
            this.deed = deed;
        }

        private void call(String method, Object with) {
            calls.add(method);
            if (method.equals(where)) {
                deed.accept(with);
            }
        }

        @Override
        public void begin(Stage stage) {
            call("begin", stage);
        }

        @Override
        public void advance(Frame frame) {
            call("advance", frame);
        }

        @Override
        public void draw(View view) {
            glClearColor(0.2f, 0.4f, 0.6f, 1);
            glClear(GL_COLOR_BUFFER_BIT);
            call("draw", view);
        }

        @Override
        public void end() {
            call("end", null);
        }

        @Override
        public void close() {}
    }

    private void open(Map<String, Object> parameters, long givenUpNanos) throws Exception {
        Map<String, Object> all =
                new HashMap<>(Map.of("mode", "headless", "pace", "steps", "width", 320L, "height", 180L));
        all.putAll(parameters);
        context = new LiveContext(Schema.of(DisplayFactory.class).defaultsWith(all), Optional.empty());
        display = new DisplayInstance(context, givenUpNanos);
        display.prepare(Inputs.NONE, Deadline.in(PATIENCE));
        display.start();
    }

    private void open() throws Exception {
        open(Map.of(), SceneCall.GIVEN_UP_NANOS);
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

    private Act show(String slot, SceneProgram scene) {
        Act act = new Act(slot, slot + " 1.0.0", 7, scene, failures::add);
        display.show(act);
        return act;
    }

    private List<Event> events(String type, int count) throws InterruptedException {
        assertTrue(
                context.published().await(p -> p.events(type).size() >= count, PATIENCE),
                () -> "fewer than " + count + " of " + type);
        return context.published().events(type);
    }

    private void aNextSceneIsShown() throws InterruptedException {
        show("next", new Hostile("never", with -> {}));
        assertTrue(
                context.published()
                        .await(
                                p -> p.events("scene-shown").stream().anyMatch(e -> "next"
                                        .equals(e.attributes().get("scene"))),
                                PATIENCE),
                "no next scene");
        assertEquals(List.of(), context.published().events("display-failed"));
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void unannounced(Throwable e) throws T {
        throw (T) e;
    }

    @Test
    void whateverItThrowsEndsTheSceneOnly() throws Exception {
        open();
        List<Throwable> all = List.of(
                new IllegalStateException("state"),
                new Exception("unannounced"),
                new StackOverflowError("deep"),
                new OutOfMemoryError("large"),
                new NoSuchMethodError("old"));
        int failed = 0;
        for (String where : List.of("begin", "advance", "draw")) {
            for (Throwable e : all) {
                show("world", new Hostile(where, with -> HostileSceneTest.<RuntimeException>unannounced(e)));
                failed++;
                assertEquals(
                        "it threw in " + where + ": " + e,
                        events("scene-failed", failed)
                                .get(failed - 1)
                                .attributes()
                                .get("reason"));
            }
        }
        Act act = show("world", new Hostile("end", with -> HostileSceneTest.<RuntimeException>unannounced(all.get(1))));
        events("scene-shown", 11);
        display.hide(act).toCompletableFuture().get(5, TimeUnit.SECONDS);
        events("scene-failed", failed + 1);
        aNextSceneIsShown();
    }

    @Test
    void aFrameThatTakesSecondsIsItsLast() throws Exception {
        open();
        AtomicInteger frames = new AtomicInteger();
        // Not the first, for which a driver may compile and before which nobody saw a picture of it.
        Hostile slow = new Hostile("advance", with -> sleep(frames.incrementAndGet() == 2 ? 2600 : 0));
        show("world", slow);
        String why = (String) events("scene-failed", 1).get(0).attributes().get("reason");
        assertTrue(why.startsWith("a frame took "), why);
        assertEquals(2, slow.calls.stream().filter("advance"::equals).count());
        aNextSceneIsShown();
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            HostileSceneTest.<RuntimeException>unannounced(e);
        }
    }

    @Test
    void oneThatNeverReturnsFailsItsSlotAndTheDisplays() throws Exception {
        open(Map.of(), 1_000_000_000L);
        CountDownLatch never = new CountDownLatch(1);
        Act act = show("world", new Hostile("draw", with -> {
            while (never.getCount() > 0) {
                Thread.interrupted(); // deaf, too
                Thread.onSpinWait();
            }
        }));
        try {
            String why =
                    (String) events("display-failed", 1).get(0).attributes().get("reason");
            assertTrue(why.contains("scene 'world' (world 1.0.0) holds up every frame"), why);
            assertEquals(List.of("it has not returned from draw for 1 s"), failures);
            display.hide(act).toCompletableFuture().get(5, TimeUnit.SECONDS);
            assertEquals("it has failed", display.tell("All is well", Duration.ofSeconds(3)));
        } finally {
            never.countDown();
        }
    }

    /** Leaves OpenGL in a state in which hardly anything is drawn as it was. */
    private static void devastate() {
        for (int what : new int[] {
            GL_RASTERIZER_DISCARD,
            GL_SCISSOR_TEST,
            GL_STENCIL_TEST,
            GL_BLEND,
            GL_CULL_FACE,
            GL_COLOR_LOGIC_OP,
            GL_FRAMEBUFFER_SRGB,
            GL_SAMPLE_COVERAGE,
            GL_DEPTH_CLAMP,
            GL_CLIP_DISTANCE0,
            GL_POLYGON_OFFSET_FILL,
            GL_PRIMITIVE_RESTART
        }) {
            glEnable(what);
        }
        glViewport(3, 3, 5, 5);
        glScissor(0, 0, 1, 1);
        glStencilFunc(GL_NEVER, 0, 0);
        glBlendFunc(GL_ZERO, GL_ZERO);
        glBlendEquation(GL_FUNC_REVERSE_SUBTRACT);
        glLogicOp(GL_INVERT);
        glCullFace(GL_FRONT_AND_BACK);
        glFrontFace(GL_CW);
        glPolygonMode(GL_FRONT_AND_BACK, GL_LINE);
        glColorMask(false, false, true, false);
        glDepthMask(false);
        glDepthFunc(GL_NEVER);
        glDepthRange(1, 0);
        glClearDepth(0);
        glPixelStorei(GL_PACK_ROW_LENGTH, 4000);
        glPixelStorei(GL_PACK_SKIP_ROWS, 100);
        glPixelStorei(GL_UNPACK_ROW_LENGTH, 3);
        glPixelStorei(GL_UNPACK_SKIP_PIXELS, 7);
        int sampler = glGenSamplers();
        glSamplerParameteri(sampler, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_BORDER);
        glSamplerParameterf(sampler, GL_TEXTURE_LOD_BIAS, 8);
        glSamplerParameteri(sampler, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
        glBindSampler(0, sampler);
        int other = glGenTextures();
        glBindTexture(GL_TEXTURE_2D, other);
        glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, 8, 8, 0, GL_RGBA, GL_UNSIGNED_BYTE, (ByteBuffer) null);
        glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, other, 0);
        glDrawBuffer(GL_NONE);
        glReadBuffer(GL_NONE);
        int buffer = glGenBuffers();
        glBindBuffer(GL_PIXEL_PACK_BUFFER, buffer);
        glBindBuffer(GL_PIXEL_UNPACK_BUFFER, buffer);
        glUseProgram(0);
        glBindVertexArray(0);
        glActiveTexture(GL_TEXTURE5);
        glBindFramebuffer(GL_FRAMEBUFFER, 0);
    }

    @Test
    void theStateThatItLeavesChangesNeitherItsSecondEyeNorTheNextWorld() throws Exception {
        open(
                Map.of(
                        "pace",
                        "steps",
                        "eyes",
                        2L,
                        "mirror",
                        5,
                        "pictures",
                        folder.toString(),
                        "picturesAt",
                        List.of(3L)),
                SceneCall.GIVEN_UP_NANOS);
        Act calm = show("before", new NeutralWorld());
        events("picture", 1);
        Act hostile = show("world", new Hostile("draw", with -> devastate()));
        events("picture", 2);
        display.hide(hostile).toCompletableFuture().get(5, TimeUnit.SECONDS);
        display.hide(calm).toCompletableFuture().get(5, TimeUnit.SECONDS);
        show("after", new NeutralWorld());
        events("picture", 3);
        assertArrayEquals(
                Files.readAllBytes(folder.resolve("before-3.png")), Files.readAllBytes(folder.resolve("after-3.png")));
        assertBothEyesAre(51, 102, 153, folder.resolve("world-3.png"));
        assertEquals(List.of(), failures);
        assertEquals(List.of(), context.published().events("display-lost"));
        assertEquals(
                List.of("1 buffer", "1 sampler", "1 texture"),
                events("scene-ended", 2).stream()
                        .filter(e -> "world".equals(e.attributes().get("scene")))
                        .flatMap(e -> sorted(e.attributes().get("forgotten")).stream())
                        .map(f -> f.replaceAll("\\d+", "1").replaceAll("s$", ""))
                        .toList());
    }

    private static void assertBothEyesAre(int red, int green, int blue, Path png) throws Exception {
        byte[] bytes = Files.readAllBytes(png);
        ByteBuffer file = MemoryUtil.memAlloc(bytes.length).put(bytes).flip();
        int[] w = new int[1];
        int[] h = new int[1];
        ByteBuffer pixels = STBImage.stbi_load_from_memory(file, w, h, new int[1], 3);
        MemoryUtil.memFree(file);
        for (int x : new int[] {w[0] / 4, 3 * w[0] / 4}) {
            int at = 3 * (h[0] / 2 * w[0] + x);
            assertEquals(
                    List.of(red, green, blue),
                    List.of(pixels.get(at) & 0xFF, pixels.get(at + 1) & 0xFF, pixels.get(at + 2) & 0xFF),
                    "at " + x);
        }
        STBImage.stbi_image_free(pixels);
    }

    private static List<String> sorted(Object forgotten) {
        return ((List<?>) forgotten).stream().map(String::valueOf).sorted().toList();
    }

    @Test
    void whatItForgetsIsFoundHoweverMuchItIs() throws Exception {
        open();
        Act act = show("world", new Hostile("begin", with -> {
            for (int i = 0; i < 700; i++) {
                glBindTexture(GL_TEXTURE_2D, glGenTextures());
            }
        }));
        events("scene-shown", 1);
        display.hide(act).toCompletableFuture().get(5, TimeUnit.SECONDS);
        assertEquals(
                List.of("700 textures"),
                events("scene-ended", 1).get(0).attributes().get("forgotten"));
        aNextSceneIsShown();
    }

    @Test
    void samplersAndQueriesAreFoundToo() throws Exception {
        open();
        Act act = show("world", new Hostile("draw", with -> {
            glSamplerParameteri(sampler(), GL_TEXTURE_MIN_FILTER, GL_NEAREST);
            int query = glGenQueries();
            glBeginQuery(GL_SAMPLES_PASSED, query);
            glEndQuery(GL_SAMPLES_PASSED);
        }));
        events("scene-shown", 1);
        assertTrue(context.published().await(p -> !p.events("frames").isEmpty(), PATIENCE), "no frames");
        display.hide(act).toCompletableFuture().get(20, TimeUnit.SECONDS);
        List<String> forgotten =
                sorted(events("scene-ended", 1).get(0).attributes().get("forgotten"));
        assertEquals(
                List.of("N queries", "N samplers"),
                forgotten.stream().map(f -> f.replaceAll("\\d+", "N")).toList());
        aNextSceneIsShown();
        assertTrue(
                context.published()
                        .await(
                                p -> p.events("frames").stream()
                                        .flatMap(e -> ((List<?>) e.attributes().get("gpuNanos")).stream())
                                        .anyMatch(n -> ((Number) n).longValue() >= 0),
                                PATIENCE),
                "the display's own queries are gone");
    }

    private static int sampler() {
        int name = glGenSamplers();
        // There once it was bound.
        glBindSampler(3, name);
        return name;
    }

    @Test
    void whatAFailedSceneForgotIsToldWithItsFailure() throws Exception {
        open();
        show("world", new Hostile("begin", with -> {
            glBindTexture(GL_TEXTURE_2D, glGenTextures());
            throw new IllegalStateException("no more");
        }));
        assertEquals(
                List.of("1 texture"),
                events("scene-failed", 1).get(0).attributes().get("forgotten"));
        show("later", new Hostile("advance", with -> {
            glBindBuffer(GL_ARRAY_BUFFER, glGenBuffers());
            throw new IllegalStateException("no more");
        }));
        assertEquals(
                List.of("1 buffer"),
                events("scene-failed", 2).get(1).attributes().get("forgotten"));
        aNextSceneIsShown();
    }

    @Test
    void oneThatDeletesTheDisplaysPicturesCostsAMomentOnly() throws Exception {
        open();
        Act act = show("world", new Hostile("end", with -> {
            for (int name = 1; name < 200; name++) {
                glDeleteTextures(name);
                glDeleteFramebuffers(name);
            }
        }));
        events("scene-shown", 1);
        display.hide(act).toCompletableFuture().get(5, TimeUnit.SECONDS);
        events("display-back", 1);
        aNextSceneIsShown();
    }

    @Test
    void itCannotSpeakForTheDisplayNorSendWhatIsNoValue() throws Exception {
        open();
        show("world", new Hostile("advance", with -> ((Frame) with).onset("panic", Map.of())));
        show("world", new Hostile("advance", with -> ((Frame) with).onset("cue", Map.of("x", new Object()))));
        show("world", new Hostile("advance", with -> {
            for (int i = 0; i < 1000; i++) {
                ((Frame) with).onset("cue", Map.of());
            }
        }));
        show("world", new Hostile("begin", with -> ((Stage) with).rig().place(Float.NaN, 0, 0, 0)));
        events("scene-failed", 4);
        assertEquals(List.of(), context.published().events("panic"));
        assertEquals(List.of(), context.published().events("cue"));
        aNextSceneIsShown();
    }

    @Test
    void takenAwayWhileItBeginsItIsLetGoOfAfterwards() throws Exception {
        open();
        CountDownLatch begins = new CountDownLatch(1);
        Hostile slow = new Hostile("begin", with -> {
            begins.countDown();
            sleep(700);
        });
        Act act = show("world", slow);
        assertTrue(begins.await(20, TimeUnit.SECONDS));
        Hostile next = new Hostile("never", with -> {});
        show("world", next);
        display.hide(act).toCompletableFuture().get(5, TimeUnit.SECONDS);
        List<String> calls = List.copyOf(slow.calls);
        assertEquals("end", calls.get(calls.size() - 1));
        events("scene-shown", 2);
        assertEquals(calls, slow.calls, "nothing is called after it was let go of");
        assertTrue(next.calls.contains("begin"));
        assertEquals(List.of(), failures);
    }
}
