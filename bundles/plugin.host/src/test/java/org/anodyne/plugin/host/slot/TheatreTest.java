package org.anodyne.plugin.host.slot;

import static org.anodyne.plugin.host.slot.House.get;
import static org.anodyne.plugin.host.slot.House.phase;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.anodyne.host.HostException;
import org.anodyne.host.SlotStatus.State;
import org.anodyne.plugin.Event;
import org.anodyne.plugin.PluginContext;
import org.anodyne.plugin.PluginKind;
import org.anodyne.plugin.PluginPorts;
import org.anodyne.plugin.host.FakeProviders;
import org.anodyne.plugin.scene.Display;
import org.anodyne.plugin.scene.Frame;
import org.anodyne.plugin.scene.SceneProgram;
import org.anodyne.plugin.scene.Stage;
import org.anodyne.plugin.scene.View;
import org.junit.jupiter.api.Test;

/** The display is told of every scene that runs, whichever comes first, and lets go of it before it is closed. */
class TheatreTest {
    private final List<String> log = new CopyOnWriteArrayList<>();
    /** What the displays hold on to: hidden only once the test says so. */
    private final Map<String, CompletableFuture<Void>> held = new LinkedHashMap<>();

    private final Map<String, Display.Act> acts = new LinkedHashMap<>();
    private final Map<String, PluginContext> contexts = new ConcurrentHashMap<>();

    private final class Scene implements SceneProgram {
        private final String name;

        Scene(String name) {
            this.name = name;
        }

        @Override
        public void begin(Stage stage) {}

        @Override
        public void advance(Frame frame) {}

        @Override
        public void draw(View view) {}

        @Override
        public void pause() {
            log.add("pause " + name);
        }

        @Override
        public void close() {
            log.add("close " + name);
        }
    }

    private final class Screen implements Display {
        private final String name;

        Screen(String name) {
            this.name = name;
        }

        @Override
        public void show(Act act) {
            acts.put(act.plugin(), act);
            log.add(name + " shows " + act.plugin() + " of " + act.slot());
        }

        @Override
        public CompletionStage<Void> hide(Act act) {
            log.add(name + " hides " + act.plugin());
            return held.getOrDefault(act.plugin(), CompletableFuture.completedFuture(null));
        }

        @Override
        public String recentre() {
            log.add(name + " is recentred");
            return "";
        }

        @Override
        public String tell(String text, Duration time) {
            log.add(name + " says " + text + " for " + time.toSeconds() + " s");
            return text.isEmpty() ? "there is nothing to say" : "";
        }

        @Override
        public void release() {
            log.add(name + " is released");
        }

        @Override
        public void close() {
            log.add("close " + name);
        }
    }

    private org.anodyne.plugin.host.Provider scene(String version) {
        return FakeProviders.provider(
                "island", PluginKind.SCENE, version, PluginPorts.NONE, false, (PluginContext c) -> new Scene(version));
    }

    private org.anodyne.plugin.host.Provider screen(String version) {
        return FakeProviders.provider(
                "display", PluginKind.DISPLAY, version, PluginPorts.NONE, true, (PluginContext c) -> {
                    contexts.put(version, c);
                    return new Screen(version);
                });
    }

    private static void await(BooleanSupplier condition) {
        long until = System.nanoTime() + House.SOON.toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - until < 0, "not in time");
            LockSupport.parkNanos(1_000_000);
        }
    }

    private House house(String... slots) {
        House h = new House();
        h.providers.offer(scene("1.0.0")).offer(screen("d1"));
        List<org.anodyne.host.SlotSpec> specs = new ArrayList<>();
        for (String slot : slots) {
            specs.add(House.source(slot, slot.equals("screen") ? "display" : "island"));
        }
        h.ready(specs.toArray(org.anodyne.host.SlotSpec[]::new));
        return h;
    }

    @Test
    void scenesAreShownWhileTheirPhaseRunsThem() {
        try (House h = house("world", "screen")) {
            h.slots.announce("world", phase("a", 0, 0, 1000, true), House.lag("world"));
            h.slots.announce("world", phase("b", 1, 1000, -1, false), House.lag("world"));
            assertEquals(List.of("d1 shows island 1.0.0 of world"), log);
            h.millis(1500);
            assertEquals(List.of("d1 shows island 1.0.0 of world", "d1 hides island 1.0.0", "pause 1.0.0"), log);
        }
        assertTrue(log.contains("close 1.0.0") && log.contains("close d1"), log.toString());
    }

    @Test
    void aSuccessorIsShownBeforeTheOldOneIsLetGoOf() {
        try (House h = house("screen", "world")) {
            get(h.slots.swap("world", h.providers.jar(scene("1.1.0"))));
            assertEquals(
                    List.of(
                            "d1 shows island 1.0.0 of world",
                            "d1 shows island 1.1.0 of world",
                            "d1 hides island 1.0.0",
                            "close 1.0.0"),
                    log);
        }
    }

    @Test
    void aSceneIsClosedOnlyWhenTheRenderThreadHasLetGoOfIt() {
        try (House h = house("screen", "world")) {
            CompletableFuture<Void> letGo = new CompletableFuture<>();
            held.put("island 1.0.0", letGo);
            CompletableFuture<Void> ended = new CompletableFuture<>();
            Thread closing = new Thread(() -> {
                get(h.slots.swap("world", h.providers.jar(scene("1.1.0"))));
                ended.complete(null);
            });
            closing.start();
            await(() -> log.contains("d1 hides island 1.0.0"));
            assertFalse(log.contains("close 1.0.0"));
            letGo.complete(null);
            ended.join();
            assertTrue(log.contains("close 1.0.0"));
        }
    }

    @Test
    void aNewDisplayIsToldOfTheScenesThatRun() {
        try (House h = house("world", "screen")) {
            get(h.slots.swap("screen", h.providers.jar(screen("d2"))));
            assertEquals(List.of("d1 shows island 1.0.0 of world", "close d1", "d2 shows island 1.0.0 of world"), log);
        }
    }

    @Test
    void aSceneThatThrowsWhileItIsDrawnFailsItsSlot() {
        try (House h = house("screen", "world")) {
            acts.get("island 1.0.0").failed().accept("it threw in draw: nothing left");
            h.await("world", State.FAILED);
            assertTrue(h.slots.status().get("world").reason().contains("nothing left"));
            assertEquals(State.RUNNING, h.slots.status().get("screen").state());
            await(() -> log.contains("close 1.0.0"));
        }
    }

    private void panic(String display) {
        PluginContext c = contexts.get(display);
        c.outlet().event(new Event("panic", c.clock().nowNanos(), Map.of("by", "participant")));
    }

    @Test
    void afterPanicNoDisplayIsGivenASceneUntilAPersonLetsItGoOn() {
        try (House h = house("screen", "world")) {
            panic("d1");
            assertEquals(List.of("d1 shows island 1.0.0 of world", "d1 hides island 1.0.0"), log, "on the spot");
            log.clear();
            // The session's pause comes over the bus; whatever happens before or after it:
            get(h.slots.pause("world"));
            get(h.slots.resume("world"));
            get(h.slots.swap("world", h.providers.jar(scene("1.1.0"))));
            get(h.slots.swap("screen", h.providers.jar(screen("d2"))));
            assertEquals(
                    List.of(), log.stream().filter(l -> l.contains("shows")).toList(), log.toString());
            log.clear();
            h.slots.release();
            assertEquals(List.of("d2 is released", "d2 shows island 1.1.0 of world"), log);
        }
    }

    @Test
    void aDisplayThatFailsAfterPanicIsFollowedByOneThatShowsNoScene() {
        try (House h = house("screen", "world")) {
            panic("d1");
            contexts.get("d1").executor().execute(() -> {
                throw new IllegalStateException("the window is gone");
            });
            h.await("screen", State.FAILED);
            await(() -> log.contains("close d1"));
            get(h.slots.swap("screen", h.providers.jar(screen("d2"))));
            assertEquals(State.RUNNING, h.slots.status().get("screen").state());
            assertFalse(log.contains("d2 shows island 1.0.0 of world"), log.toString());
            h.slots.release();
            assertTrue(log.contains("d2 shows island 1.0.0 of world"), log.toString());
        }
    }

    @Test
    void anOperatorAsksTheDisplayAndHearsWhyNot() {
        try (House h = house("screen", "world")) {
            get(h.slots.recentre("screen"));
            get(h.slots.tell("screen", "All is well", Duration.ofSeconds(4)));
            assertTrue(log.contains("d1 is recentred"), log.toString());
            assertTrue(log.contains("d1 says All is well for 4 s"), log.toString());
            assertEquals(
                    "the display in slot screen cannot show a message: there is nothing to say",
                    assertThrows(HostException.class, () -> get(h.slots.tell("screen", "", Duration.ofSeconds(4))))
                            .getMessage());
            assertEquals(
                    "slot world holds no display",
                    assertThrows(HostException.class, () -> get(h.slots.recentre("world")))
                            .getMessage());
            assertEquals(State.RUNNING, h.slots.status().get("screen").state());
        }
    }
}
