package org.anodyne.plugin.host.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.anodyne.bus.Payload;
import org.anodyne.bus.Topic;
import org.anodyne.bus.Topic.Kind;
import org.anodyne.host.HostException;
import org.anodyne.host.InstalledPlugin;
import org.anodyne.host.SessionSlots;
import org.anodyne.host.SlotSpec;
import org.anodyne.host.SlotSpec.StreamRef;
import org.anodyne.host.SlotStatus;
import org.anodyne.host.SwapReport;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.Phase;
import org.anodyne.plugin.PluginFactory;
import org.anodyne.plugin.PluginKind;
import org.anodyne.plugin.host.VirtualTime;
import org.anodyne.plugin.host.sample.Broken;
import org.anodyne.plugin.signal.SampleBlock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/** Slots over bundles of a real framework. */
class FrameworkSwapTest {
    @TempDir
    private Path folder;

    private Felix felix;
    private VirtualTime time;
    private SessionSlots slots;
    private int blocks;

    @BeforeEach
    void start() {
        felix = new Felix(folder, Map.of("org.osgi.framework.bsnversion", "multiple"));
        felix.settle();
        Jar.counter("count", "1.0.0").to(felix.plugins(), "count.jar");
        felix.await("count is available", () -> felix.registry().find("count").isPresent());
        time = new VirtualTime(felix.bus.inFlight());
        slots = felix.slots().open("s1", time);
        run("a");
        run("b");
    }

    @AfterEach
    void stop() {
        slots.close();
        felix.close();
    }

    private void run(String slot) {
        get(slots.prepare(
                new SlotSpec(
                        slot,
                        "count",
                        new Parameters(Map.of()),
                        Map.of("samples", List.of(new StreamRef("eeg", "raw"))),
                        Map.of(),
                        Optional.empty(),
                        1),
                Duration.ofSeconds(5)));
        get(slots.start(slot));
        slots.announce(
                slot, new Phase("p", 0, 0, 0, OptionalLong.empty(), true, Map.of(), List.of()), Duration.ofMillis(250));
    }

    private static <T> T get(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException r) {
                throw r;
            }
            throw new AssertionError(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    private void block() {
        SampleBlock b = new SampleBlock("raw", blocks * 10L, blocks * 40_000_000L, 250, 1, new float[10]);
        blocks++;
        felix.bus.publish(Topic.of("lab", "s1", Kind.SAMPLE, "eeg", "raw"), new Payload.Samples(b), 0);
    }

    private List<Integer> counts(String slot) {
        time.settle();
        return felix.bus.of(Kind.FEATURE, slot).stream()
                .map(p -> (int) ((Payload.FeatureValue) p).feature().value())
                .toList();
    }

    private List<Integer> upTo(int n) {
        List<Integer> all = new ArrayList<>();
        for (int i = 1; i <= n; i++) {
            all.add(i);
        }
        return all;
    }

    private Path jar(String version, String note) {
        return Jar.counter("count", version)
                .text("note.txt", note)
                .to(folder.resolve("elsewhere"), "count-" + note + ".jar");
    }

    private SlotStatus.State state(String slot) {
        return slots.status().get(slot).state();
    }

    @Test
    void aHundredSwapsLoseNothingAndLeaveNoThreadServiceOrClassLoader() throws InterruptedException {
        int factories = felix.factories();
        int threads = Thread.activeCount();
        long begin = System.nanoTime();
        long took = 0;
        for (int i = 0; i < 100; i++) {
            block();
            // Versions go up, down and stay: each is another build.
            SwapReport r = get(slots.swap("a", jar("1." + (i % 3) + ".0", "build" + i)));
            assertTrue(r.handedOver());
            took += r.tookNanos();
            block();
        }
        System.out.println("100 swaps in " + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin)
                + " ms; jar to successor at work " + took / 100_000 / 1000.0 + " ms on average");
        assertEquals(upTo(200), counts("a"));
        assertEquals(upTo(200), counts("b"));
        get(slots.swap("b", jar("1.0.0", "last")));
        felix.settle();
        felix.await(
                "replaced bundles are gone",
                () -> felix.bundles("org.example.count").size() == 2);
        assertEquals(factories + 1, felix.factories());
        slots.close();
        assertEquals(List.of(), slots.leaks());
        assertTrue(Thread.activeCount() <= threads, Thread.activeCount() + " threads after " + threads);
    }

    @Test
    void aClassLoaderThatIsHeldIsNamed() throws ClassNotFoundException {
        get(slots.swap("a", jar("1.1.0", "held")));
        Bundle held = felix.bundles("org.example.count").stream()
                .filter(b -> b.getVersion().toString().equals("1.1.0"))
                .findFirst()
                .orElseThrow();
        Class<?> type = held.loadClass(Jar.SAMPLES + "Counter");
        get(slots.swap("a", jar("1.2.0", "next")));
        felix.settle();
        felix.await("it is removed", () -> held.getState() == Bundle.UNINSTALLED);
        assertEquals(1, slots.leaks().size());
        assertTrue(slots.leaks().get(0).contains("class loader of org.example.count 1.1.0"), type.getName());
    }

    @Test
    void aNewerJarInTheFolderServesNewSlotsWhileRunningOnesKeepTheOldUntilTheyAreSwapped() {
        block();
        Jar.counter("count", "1.1.0").to(felix.plugins(), "count-new.jar");
        felix.await(
                "1.1.0 is offered",
                () -> felix.registry().find("count").orElseThrow().version().equals("1.1.0"));
        felix.await("the old one is retiring", () -> felix.plugin("count", InstalledPlugin.State.RETIRING)
                .isPresent());
        assertEquals("1.0.0", slots.status().get("a").version());
        run("c");
        assertEquals("1.1.0", slots.status().get("c").version());
        assertTrue(get(slots.swap("a", null)).handedOver());
        assertEquals("1.1.0", slots.status().get("a").version());
        assertEquals(2, felix.bundles("org.example.count").size());
        get(slots.swap("b", null));
        felix.settle();
        felix.await(
                "the old one is removed",
                () -> felix.bundles("org.example.count").size() == 1);
        block();
        assertEquals(upTo(2), counts("a"));
        assertEquals(upTo(2), counts("b"));
    }

    @Test
    void aJarThatCannotBePreparedIsRefusedAndLeavesNothing() {
        block();
        Path broken = Jar.bundle("org.example.count", "2.0.0")
                .provides("count", PluginKind.PROCESSOR, Broken.class, PluginFactory.class)
                .to(folder.resolve("elsewhere"), "broken.jar");
        HostException e = assertThrows(HostException.class, () -> get(slots.swap("a", broken)));
        assertTrue(e.getMessage().contains("its table of filters is missing"), e.getMessage());
        assertTrue(e.getMessage().contains("the one at work goes on"), e.getMessage());
        felix.settle();
        felix.await("it is removed", () -> felix.bundles("org.example.count").size() == 1);
        assertEquals("1.0.0", felix.registry().find("count").orElseThrow().version());
        block();
        assertEquals(upTo(2), counts("a"));
        assertEquals(upTo(2), counts("b"));
        Path plain = Jar.plain().to(folder.resolve("elsewhere"), "plain.jar");
        e = assertThrows(HostException.class, () -> get(slots.swap("a", plain)));
        assertTrue(e.getMessage().contains("no bundle"), e.getMessage());
        assertEquals(SlotStatus.State.RUNNING, state("a"));
    }

    @Test
    void aBundleThatIsStoppedLosesItsSlotsOnlyAndCanComeBack() throws BundleException {
        get(slots.swap("a", jar("1.1.0", "own")));
        Map<String, Bundle> byVersion = new HashMap<>();
        felix.bundles("org.example.count")
                .forEach(b -> byVersion.put(b.getVersion().toString(), b));
        block();
        time.settle();
        byVersion.get("1.1.0").stop();
        assertEquals(SlotStatus.State.LOST, state("a"));
        assertEquals(SlotStatus.State.RUNNING, state("b"));
        block();
        assertEquals(upTo(1), counts("a"));
        assertEquals(upTo(2), counts("b"));
        byVersion.get("1.1.0").start();
        felix.await(
                "it is back",
                () -> felix.registry().find("count").orElseThrow().version().equals("1.1.0"));
        get(slots.swap("a", null));
        assertEquals(SlotStatus.State.RUNNING, state("a"));
        block();
        assertEquals(List.of(1, 1), counts("a"));
        assertEquals(upTo(3), counts("b"));
    }
}
