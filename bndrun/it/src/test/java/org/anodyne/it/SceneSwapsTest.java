package org.anodyne.it;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.anodyne.bus.Payload;
import org.anodyne.session.SessionEngine;
import org.anodyne.session.SessionEngine.RunningSession;
import org.anodyne.session.SessionEngine.SessionState;
import org.junit.Test;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.wiring.BundleWiring;

/** A world is replaced again and again while it is seen; {@code -Danodyne.sceneSwaps=100} for as often as one likes. */
@ExamReactorStrategy(PerClass.class)
public class SceneSwapsTest extends InTheFramework {
    private static final int SWAPS = Integer.getInteger("anodyne.sceneSwaps", 12);
    private static final String ISLAND = "org.anodyne.plugin.island";
    /** The first swaps load what all later ones use. */
    private static final int SETTLED = Math.max(2, SWAPS / 3);

    private static final long GROWTH_KB = 60_000;

    @Test
    public void worldsComeAndGoWithoutALostFrameOrAnythingLeftBehind() throws Exception {
        Lab lab = new Lab(context);
        List<WeakReference<ClassLoader>> loaders = new CopyOnWriteArrayList<>();
        SynchronousBundleListener listener = event -> {
            if (event.getType() == BundleEvent.STARTED
                    && ISLAND.equals(event.getBundle().getSymbolicName())) {
                loaders.add(new WeakReference<>(
                        event.getBundle().adapt(BundleWiring.class).getClassLoader()));
            }
        };
        context.addBundleListener(listener);
        Path jars = lab.folder("versions");
        RunningSession session = lab.started(protocol(lab), Duration.ofSeconds(1));
        long settled = 0;
        for (int version = 1; version <= SWAPS; version++) {
            Path jar = Jars.withVersion(lab.plugin("island"), jars.resolve(version + ".jar"), "1.0." + version);
            session.swap("world", jar).toCompletableFuture().get(60, TimeUnit.SECONDS);
            if (version == SETTLED) {
                settled = residentKilobytes();
            }
        }
        long grown = residentKilobytes() - settled;
        Lab.await("all class loaders but the newest are gone", () -> {
            System.gc();
            return loaders.stream().filter(l -> l.get() != null).count() <= 1;
        });
        assertEquals(SessionState.RUNNING, session.state());
        session.abort("the test is over");
        SessionEngine.Result result = lab.resultOf(session);
        assertEquals(List.of(), result.problems());
        context.removeBundleListener(listener);
        Recorded record = lab.record(result);
        record.assertNothingLostOrDoubled();
        List<Long> numbers = new ArrayList<>();
        for (Payload.Document batch : record.events("frames")) {
            ((List<?>) batch.attributes().get("number")).forEach(n -> numbers.add(((Number) n).longValue()));
        }
        for (int i = 1; i < numbers.size(); i++) {
            assertEquals("a frame is missing from the log", numbers.get(i - 1) + 1, (long) numbers.get(i));
        }
        assertEquals(SWAPS + 1, record.events("scene-shown").size());
        record.events("scene-ended")
                .forEach(e -> assertEquals(List.of(), e.attributes().get("forgotten")));
        System.out.println(SWAPS + " swaps of a world: " + numbers.size() + " frames, resident memory grew by " + grown
                + " kB after the first " + SETTLED);
        assertTrue("resident memory grew by " + grown + " kB", grown < GROWTH_KB);
    }

    private static Path protocol(Lab lab) throws IOException {
        return Files.writeString(lab.folder("protocol").resolve("worlds.yaml"), """
                anodyne: 1
                id: worlds
                title: A world that is replaced
                slots:
                  world: {plugin: island}
                  show: {plugin: display, parameters: {mode: headless, width: 160, height: 90}}
                phases:
                  - {id: only, duration: 1 h, slots: [world, show]}
                """);
    }

    /** What the process holds in memory, the graphics library's share included. */
    private static long residentKilobytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(l -> l.startsWith("VmRSS:"))
                .mapToLong(l -> Long.parseLong(l.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElseThrow();
    }
}
