package org.anodyne.plugins.vr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lwjgl.opengl.GL33C.GL_COLOR_BUFFER_BIT;
import static org.lwjgl.opengl.GL33C.glClear;
import static org.lwjgl.opengl.GL33C.glClearColor;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.Event;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.PluginException;
import org.anodyne.plugin.scene.Display.Act;
import org.anodyne.plugin.scene.Frame;
import org.anodyne.plugin.scene.Pose;
import org.anodyne.plugin.scene.SceneProgram;
import org.anodyne.plugin.scene.Stage;
import org.anodyne.plugin.scene.View;
import org.anodyne.plugin.tck.LiveContext;
import org.anodyne.plugin.tck.Schema;
import org.joml.Matrix4f;
import org.joml.Quaternionf;
import org.joml.Vector3f;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The display in a headset, against the runtime of {@code src/test/c}. */
class HeadsetTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final float SAME = 2e-4f;
    private static final long SAME_NANOS = 2_000_000;
    private static final ScriptedRuntime RUNTIME = new ScriptedRuntime();

    private LiveContext context;
    private DisplayInstance display;

    @BeforeAll
    static void build() throws Exception {
        String missing = RUNTIME.build();
        Assumptions.assumeTrue(missing.isEmpty(), missing);
    }

    /** One colour for each eye. */
    private static final class TwoColours implements SceneProgram {
        private final AtomicInteger begun = new AtomicInteger();
        private final AtomicInteger selected = new AtomicInteger();
        private final float green;

        TwoColours(float green) {
            this.green = green;
        }

        @Override
        public void begin(Stage stage) {
            assertTrue(stage.stereo());
            begun.incrementAndGet();
        }

        @Override
        public void advance(Frame frame) {
            if (frame.selected()) {
                selected.incrementAndGet();
            }
        }

        @Override
        public void draw(View view) {
            glClearColor(view.eye() == 0 ? 1 : 0, green, view.eye() == 0 ? 0 : 1, 1);
            glClear(GL_COLOR_BUFFER_BIT);
        }

        @Override
        public void close() {}
    }

    private void open(Map<String, Object> orders) throws Exception {
        RUNTIME.forget();
        RUNTIME.order(orders);
        start();
    }

    private void start() throws Exception {
        context = new LiveContext(
                Schema.of(DisplayFactory.class).defaultsWith(new HashMap<>(Map.of("mode", "headset"))),
                Optional.empty());
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

    private List<Event> events(String type, int count) throws InterruptedException {
        assertTrue(
                context.published().await(p -> p.events(type).size() >= count, PATIENCE),
                () -> "fewer than " + count + " of " + type);
        return context.published().events(type);
    }

    private Event event(String type) throws InterruptedException {
        return events(type, 1).get(0);
    }

    private static Act act(SceneProgram scene) {
        return new Act("world", "two-colours 1.0.0", 7, scene, why -> {});
    }

    /** One frame of the display's log. */
    private record Logged(long number, long displayNanos, long dropped, Pose head, Pose left, Pose gaze) {}

    private List<Logged> frames() {
        List<Logged> all = new ArrayList<>();
        for (Event e : context.published().events("frames")) {
            List<?> numbers = (List<?>) e.attributes().get("number");
            for (int i = 0; i < numbers.size(); i++) {
                all.add(new Logged(
                        (Long) numbers.get(i),
                        (Long) ((List<?>) e.attributes().get("displayNanos")).get(i),
                        (Long) ((List<?>) e.attributes().get("dropped")).get(i),
                        pose((List<?>) e.attributes().get("head"), i),
                        pose((List<?>) e.attributes().get("left"), i),
                        pose((List<?>) e.attributes().get("gaze"), i)));
            }
        }
        return all;
    }

    /** All frames until the display was closed, which is once the runtime was given one with this number. */
    private List<Logged> untilFrame(long number) throws Exception {
        assertTrue(RUNTIME.given(number + 1, PATIENCE), () -> "no frame " + number);
        // What it has not told yet of its frames it tells when it is closed.
        display.close();
        List<Logged> all = frames();
        assertTrue(all.stream().anyMatch(f -> f.number() == number), () -> "frame " + number + " is not in the log");
        return all;
    }

    private static Pose pose(List<?> values, int i) {
        if (values == null) {
            return null;
        }
        float[] v = new float[7];
        for (int k = 0; k < 7; k++) {
            v[k] = ((Double) values.get(7 * i + k)).floatValue();
        }
        return new Pose(v[0], v[1], v[2], v[3], v[4], v[5], v[6]);
    }

    private static Pose pose(JsonNode seven) {
        float[] v = new float[7];
        for (int k = 0; k < 7; k++) {
            v[k] = (float) seven.get(k).asDouble();
        }
        return new Pose(v[0], v[1], v[2], v[3], v[4], v[5], v[6]);
    }

    private static Matrix4f matrix(Pose p) {
        return new Matrix4f().translationRotate(p.x(), p.y(), p.z(), new Quaternionf(p.qx(), p.qy(), p.qz(), p.qw()));
    }

    private static void assertSame(Matrix4f expected, Pose actual, String what) {
        assertTrue(matrix(actual).equals(expected, SAME), () -> what + " is\n" + matrix(actual) + "not\n" + expected);
    }

    private double seconds(long runtimeTime) {
        return (runtimeTime - RUNTIME.log("begun").get(0).get("start").asLong()) / 1e9;
    }

    @Test
    void eachEyeGetsItsPictureAndTheLogsAgree() throws Exception {
        open(Map.of("ipd", 0.0585, "dumpAt", 60));
        display.show(act(new TwoColours(0.5f)));
        List<Logged> logged = untilFrame(65);
        Map<String, Object> opened = event("display-opened").attributes();
        String device = (String) opened.get("device");
        for (String part :
                List.of("Scripted headset", "Scripted runtime 0.1.2", "58.5 mm", "CLOCK_MONOTONIC", "no gaze")) {
            assertTrue(device.contains(part), device);
        }
        assertEquals(2L, opened.get("eyes"));
        assertEquals(256L, opened.get("width"));
        assertEquals(50.0, (Double) opened.get("rate"), 1e-6);
        assertEquals(0x8C43, RUNTIME.log("swapchain").get(0).get("format").asInt(), "sRGB");

        List<JsonNode> shown = RUNTIME.log("frame");
        for (Logged f : logged.subList(0, 66)) {
            JsonNode s = shown.get((int) f.number());
            long time = s.get("display").asLong();
            assertEquals(context.sessionNanos(ScriptedRuntime.nanoTime(time)), f.displayNanos(), SAME_NANOS);
            assertSame(matrix(ScriptedRuntime.head(seconds(time))), f.head(), "the head");
            assertEquals(-0.2 + 0.05 * Math.sin(seconds(time)), f.left().x(), SAME);
            assertEquals(Math.sin(-0.25), f.left().qx(), SAME, "it points where the controller does");
            Vector3f apart = matrix(pose(s.get("right"))).getTranslation(new Vector3f());
            apart.sub(matrix(pose(s.get("left"))).getTranslation(new Vector3f()));
            assertEquals(0.0585f, apart.length(), 1e-5f);
            assertEquals(-0.9, s.get("leftFov").get(0).asDouble(), 1e-6);
            assertEquals(0.9, s.get("rightFov").get(1).asDouble(), 1e-6);
        }
        assertTrue(RUNTIME.dumped());
        assertArrayEquals(new int[] {255, 128, 0}, RUNTIME.middleOf("left"));
        assertArrayEquals(new int[] {0, 128, 255}, RUNTIME.middleOf("right"));
    }

    @Test
    void recentredOnceAndRelativeAfterwards() throws Exception {
        open(Map.of("recentreAt", 15));
        List<Logged> logged = untilFrame(40);
        JsonNode told = RUNTIME.log("recentred").get(0);
        Matrix4f back = matrix(pose(told.get("middle"))).invert();
        List<JsonNode> shown = RUNTIME.log("frame");
        for (Logged f : logged.subList(0, 41)) {
            long time = shown.get((int) f.number()).get("display").asLong();
            Matrix4f expected = matrix(ScriptedRuntime.head(seconds(time)));
            if (time >= told.get("from").asLong()) {
                back.mul(expected, expected);
            }
            assertSame(expected, f.head(), "the head of frame " + f.number());
        }
        assertEquals(1, context.published().events("recentred").size());
    }

    @Test
    void takenOffNothingIsDrawnAndThenItGoesOn() throws Exception {
        open(Map.of("hideAt", 15, "hideFor", 12, "dumpAt", 60));
        TwoColours scene = new TwoColours(0.5f);
        Act act = act(scene);
        display.show(act);
        event("focus-lost");
        event("display-hidden");
        // Nobody sees it, so it need not grow dark first.
        display.hide(act).toCompletableFuture().get(5, TimeUnit.SECONDS);
        display.show(act(new TwoColours(1)));
        event("display-seen");
        event("focus-back");
        List<Logged> logged = untilFrame(65);
        assertEquals(
                66,
                logged.subList(0, 66).stream().map(Logged::number).distinct().count());
        assertEquals(0, logged.get(15).dropped(), "frames that nobody wanted are not missing");
        assertTrue(RUNTIME.log("empty").size() >= 12);
        assertTrue(RUNTIME.dumped());
        assertArrayEquals(new int[] {255, 255, 0}, RUNTIME.middleOf("left"), "drawn after a scene was let go of");
        assertEquals(1, context.published().events("display-hidden").size());
    }

    @Test
    void stoppedAndReadyAgainTheSessionGoesOn() throws Exception {
        open(Map.of("stopAt", 15));
        event("focus-back");
        untilFrame(40);
        assertEquals(List.of(), context.published().events("display-lost"));
        assertEquals(1, RUNTIME.log("instance").size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"loseSessionAt", "loseInstanceAt", "lossPendingAt"})
    void lostItComesBackWithItsScenes(String fault) throws Exception {
        open(Map.of(fault, 40));
        TwoColours scene = new TwoColours(0.5f);
        display.show(act(scene));
        Event lost = event("display-lost");
        assertTrue(((String) lost.attributes().get("reason")).contains("the headset"), lost.toString());
        event("display-back");
        events("scene-shown", 2);
        List<Logged> logged = untilFrame(50);
        assertEquals(2, RUNTIME.log("instance").size());
        assertEquals(2, scene.begun.get());
        for (int i = 1; i < logged.size(); i++) {
            assertTrue(logged.get(i).number() > logged.get(i - 1).number());
        }
        assertEquals(List.of(), context.published().events("display-failed"));
    }

    @Test
    void hiddenWhileLostItIsNotShownAgain() throws Exception {
        open(Map.of("loseSessionAt", 40));
        TwoColours scene = new TwoColours(0.5f);
        Act act = act(scene);
        display.show(act);
        event("scene-shown");
        RUNTIME.remove();
        event("display-lost");
        display.hide(act).toCompletableFuture().get(5, TimeUnit.SECONDS);
        RUNTIME.order(Map.of());
        event("display-back");
        untilFrame(60);
        assertEquals(1, scene.begun.get());
    }

    @Test
    void afterPanicALostHeadsetComesBackWithoutItsScenes() throws Exception {
        open(Map.of("panicAt", 30, "loseSessionAt", 50));
        TwoColours scene = new TwoColours(0.5f);
        display.show(act(scene));
        event("panic");
        event("display-back");
        assertTrue(RUNTIME.given(90, PATIENCE), "no frame after it was back");
        assertEquals(1, scene.begun.get());
        assertEquals(1, context.published().events("scene-shown").size());
        display.release();
        events("scene-shown", 2);
    }

    @Test
    void endedByTheWearerItStaysEnded() throws Exception {
        open(Map.of("exitAt", 15));
        Event failed = event("display-failed");
        assertTrue(((String) failed.attributes().get("reason")).contains("ended by the wearer"), failed.toString());
        assertEquals(1, RUNTIME.log("instance").size());
    }

    @Test
    void noHeadsetIsRefused() {
        PluginException e = assertThrows(PluginException.class, () -> open(Map.of("noHeadset", 1)));
        assertTrue(e.getMessage().contains("no headset is there"), e.getMessage());
        assertTrue(e.getMessage().contains("Scripted runtime"), e.getMessage());
        assertTrue(e.getMessage().contains("switch it on"), e.getMessage());
    }

    @Test
    void noRuntimeIsRefused() throws Exception {
        RUNTIME.remove();
        PluginException e = assertThrows(PluginException.class, this::start);
        assertTrue(e.getMessage().contains("no OpenXR runtime answers"), e.getMessage());
        assertTrue(e.getMessage().contains("mode: window"), e.getMessage());
    }

    @Test
    void framesThatTheRuntimeDoesNotAskForAreMissingToo() throws Exception {
        open(Map.of("slowAt", 20));
        List<Logged> logged = untilFrame(30);
        for (Logged f : logged.subList(20, 23)) {
            long gap = f.displayNanos() - logged.get((int) f.number() - 1).displayNanos();
            assertEquals(Math.round(gap / 20e6) - 1, f.dropped());
            assertTrue(f.dropped() >= 1);
        }
        assertEquals(50.0, (Double) event("display-opened").attributes().get("rate"), 1e-6);
    }

    @Test
    void gazeIsLoggedWhereItIsMeasured() throws Exception {
        open(Map.of("gaze", 1));
        List<Logged> logged = untilFrame(30);
        List<JsonNode> shown = RUNTIME.log("frame");
        for (Logged f : logged.subList(5, 31)) {
            long time = shown.get((int) f.number()).get("display").asLong();
            Matrix4f expected = matrix(ScriptedRuntime.head(seconds(time))).rotateY(0.1f);
            assertSame(expected, f.gaze(), "the gaze");
        }
        assertTrue(((String) event("display-opened").attributes().get("device")).contains("gaze measured"));
    }

    /** All values that the log has under a name, frame by frame. */
    private List<Object> logged(String name) {
        List<Object> all = new ArrayList<>();
        for (Event e : context.published().events("frames")) {
            all.addAll((List<?>) e.attributes().get(name));
        }
        return all;
    }

    @Test
    void aHeadThatIsNotTrackedIsToldFromOneThatIs() throws Exception {
        open(Map.of("untrackedAt", 15, "untrackedFor", 6));
        untilFrame(40);
        List<Object> tracked = logged("headTracked");
        for (int i = 0; i <= 40; i++) {
            assertEquals(i < 15 || i >= 21, tracked.get(i), "frame " + i);
        }
    }

    @Test
    void whatHandsPressIsInTheLogOfEachFrame() throws Exception {
        open(Map.of("selectAt", 15));
        untilFrame(40);
        List<Object> right = logged("rightControls");
        List<Object> left = logged("leftControls");
        for (int i = 0; i <= 40; i++) {
            assertEquals(i >= 15 && i < 18 ? 1.0 : 0.0, right.get(4 * i), "trigger of frame " + i);
            assertEquals(0.25, right.get(4 * i + 1), "grip of frame " + i);
            assertEquals(0.0, left.get(4 * i), "the other hand's trigger in frame " + i);
        }
    }

    @Test
    void onePullIsOneSelection() throws Exception {
        open(Map.of("selectAt", 35));
        TwoColours scene = new TwoColours(0.5f);
        display.show(act(scene));
        untilFrame(44);
        assertEquals(1, scene.selected.get());
    }

    @Test
    void bothGripsAndTriggersAreThePanicKey() throws Exception {
        open(Map.of("panicAt", 20));
        assertEquals("participant", event("panic").attributes().get("by"));
        untilFrame(40);
        assertEquals(1, context.published().events("panic").size());
    }

    @Test
    void withoutTheExtensionTimesAreMeasuredAndItSaysSo() throws Exception {
        open(Map.of("timespec", 0));
        List<Logged> logged = untilFrame(30);
        assertTrue(((String) event("display-opened").attributes().get("device")).contains("display times measured"));
        for (int i = 1; i < logged.size(); i++) {
            assertTrue(logged.get(i).displayNanos() > logged.get(i - 1).displayNanos());
        }
    }

    @Test
    void onAStageTheMiddleIsWhereTheHeadIsFirst() throws Exception {
        open(Map.of("localFloor", 0));
        Pose first = untilFrame(20).get(0).head();
        assertEquals(0, first.x(), SAME);
        assertEquals(0, first.z(), SAME);
        assertEquals(0, first.turned(0, 0, -1)[0], SAME, "it looks ahead");
        assertEquals(ScriptedRuntime.head(0).y(), first.y(), 0.03f);
    }

    @Test
    void withoutAFloorItIsBelowTheEyesOfASeatedPerson() throws Exception {
        open(Map.of("localFloor", 0, "stage", 0));
        Logged f = untilFrame(20).get(10);
        Pose expected = ScriptedRuntime.head(seconds(
                RUNTIME.log("frame").get((int) f.number()).get("display").asLong()));
        // The runtime's LOCAL is 1.5 m above its floor; the settings say 1.2 m.
        assertEquals(expected.y() - 1.5f + 1.2f, f.head().y(), SAME);
    }
}
