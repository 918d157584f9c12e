package org.anodyne.plugins.vr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lwjgl.opengl.GL33C.GL_COLOR_BUFFER_BIT;
import static org.lwjgl.opengl.GL33C.glClear;
import static org.lwjgl.opengl.GL33C.glClearColor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.Event;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.scene.Dial;
import org.anodyne.plugin.scene.Dialled;
import org.anodyne.plugin.scene.Display.Act;
import org.anodyne.plugin.scene.Frame;
import org.anodyne.plugin.scene.SceneProgram;
import org.anodyne.plugin.scene.Stage;
import org.anodyne.plugin.scene.View;
import org.anodyne.plugin.tck.LiveContext;
import org.anodyne.plugin.tck.Output;
import org.anodyne.plugin.tck.Schema;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The two arms of a trial, headset and screen: the same scene gives the same events in the same order. */
class BothArmsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final ScriptedRuntime RUNTIME = new ScriptedRuntime();
    /** What is told as often as there are frames, or of the device itself. */
    private static final Set<String> OF_THE_DEVICE =
            Set.of("frames", "dial", "display-opened", "eye-distance", "sound-opened", "sound-level", "noise-begun");

    /** A code of the patch takes nine frames, and how long those last is the device's. */
    private static final Set<String> TIMES =
            Set.of("frame", "frames", "displayNanos", "submitNanos", "buildNanos", "objects", "patch");

    private static final double[] ONSETS = {0.1, 0.3, 0.31, 0.8};

    /** Says something at set moments of its own time, and has a dial that a feature drives. */
    private static final class Trial implements SceneProgram, Dialled {
        private final Dial light = new Dial("light", "1", 0, 1, 0.2, 0.5);
        private int next;

        @Override
        public void begin(Stage stage) {
            next = 0;
        }

        @Override
        public void advance(Frame frame) {
            while (next < ONSETS.length && frame.sceneSeconds() >= ONSETS[next]) {
                frame.onset("cue", Map.of("number", (long) next, "side", next % 2 == 0 ? "left" : "right"));
                next++;
            }
        }

        @Override
        public void draw(View view) {
            glClearColor((float) light.value(), 0.3f, 0.3f, 1);
            glClear(GL_COLOR_BUFFER_BIT);
        }

        @Override
        public List<Dial> dials() {
            return List.of(light);
        }

        @Override
        public void close() {}
    }

    private static List<String> events(String mode) throws Exception {
        Trial scene = new Trial();
        Act act = new Act("world", "trial 1.0.0", 7, scene, why -> {
            throw new AssertionError(why);
        });
        try (LiveContext context = new LiveContext(
                        Schema.of(DisplayFactory.class)
                                .defaultsWith(Map.of("mode", mode, "width", 160L, "height", 90L, "photodiode", true)),
                        Optional.empty());
                DisplayInstance display = (DisplayInstance) new DisplayFactory().create(context)) {
            display.prepare(Inputs.NONE, Deadline.in(PATIENCE));
            display.start();
            display.show(act);
            assertTrue(context.published().await(p -> p.events("cue").size() == ONSETS.length, PATIENCE), mode);
            scene.light.drive(0.9, 5_000);
            assertTrue(context.published().await(p -> !p.events("driven").isEmpty(), PATIENCE), mode);
            display.hide(act).toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            List<String> all = new ArrayList<>();
            for (Output o : context.published().outputs()) {
                if (o instanceof Output.Happened h
                        && !OF_THE_DEVICE.contains(h.event().type())) {
                    all.add(told(h.event()));
                }
            }
            return all;
        }
    }

    private static String told(Event event) {
        Map<String, Object> attributes = new TreeMap<>(event.attributes());
        attributes.keySet().removeAll(TIMES);
        if (event.type().equals("driven")) {
            attributes.remove("value"); // on its way: how far depends on the frame
        }
        return event.type() + " " + attributes;
    }

    @Test
    void headsetAndScreenTellTheSame() throws Exception {
        String missing = RUNTIME.build();
        Assumptions.assumeTrue(missing.isEmpty(), missing);
        List<String> screen = events("headless");
        assertEquals(ONSETS.length + 3, screen.size(), screen.toString());
        RUNTIME.forget();
        RUNTIME.order(Map.of());
        assertEquals(screen, events("headset"));
    }
}
