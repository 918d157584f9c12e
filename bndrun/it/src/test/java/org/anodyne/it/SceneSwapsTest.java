package org.anodyne.it;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.ObjectName;
import org.anodyne.bus.MessageBus;
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

/**
 * Two worlds take turns and are replaced again and again while a signal is processed, feeds both, and sound is rendered;
 * {@code -Danodyne.sceneSwaps=100} for as often as one likes.
 */
@ExamReactorStrategy(PerClass.class)
public class SceneSwapsTest extends InTheFramework {
    private static final int SWAPS = Integer.getInteger("anodyne.sceneSwaps", 12);
    /** Slots and plug-ins alike: phases show them in turn, and each swap replaces the other one, whether it is seen or not. */
    private static final List<String> WORLDS = List.of("island", "attention-task");
    /** The first swaps load what all later ones use. */
    private static final int SETTLED = Math.max(4, SWAPS / 3);

    private static final long GROWTH_KB = 30_000;
    /** Bounds of the heap's parts, as the virtual machine tells them; of a mapping, as the kernel does. */
    private static final Pattern ADDRESS = Pattern.compile("0x([0-9a-f]{8,16})");

    private static final Pattern MAPPING = Pattern.compile("([0-9a-f]+)-([0-9a-f]+) ");

    @Test
    public void worldsComeAndGoWithoutALostFrameOrAnythingLeftBehind() throws Exception {
        Lab lab = new Lab(context);
        List<WeakReference<ClassLoader>> loaders = new CopyOnWriteArrayList<>();
        SynchronousBundleListener listener = event -> {
            if (event.getType() == BundleEvent.STARTED
                    && WORLDS.stream().anyMatch(w -> ("org.anodyne.plugin." + w)
                            .equals(event.getBundle().getSymbolicName()))) {
                loaders.add(new WeakReference<>(
                        event.getBundle().adapt(BundleWiring.class).getClassLoader()));
            }
        };
        context.addBundleListener(listener);
        Path jars = lab.folder("versions");
        List<String> seen = new CopyOnWriteArrayList<>();
        lab.service(MessageBus.class)
                .subscribe("anodyne/1/+/+/event/show/scene-shown", m -> {
                    if (m.payload() instanceof Payload.Document d) {
                        seen.add(String.valueOf(d.attributes().get("scene")));
                    }
                })
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS);
        RunningSession session = lab.started(protocol(lab), Duration.ofSeconds(1));
        long settled = 0;
        for (int version = 1; version <= SWAPS; version++) {
            String world = WORLDS.get(version % 2);
            Path jar = Jars.withVersion(lab.plugin(world), jars.resolve(version + ".jar"), "1.0." + version);
            session.swap(world, jar).toCompletableFuture().get(60, TimeUnit.SECONDS);
            if (version == SETTLED) {
                settled = residentKilobytes();
            }
        }
        long grown = residentKilobytes() - settled;
        Lab.await("both worlds were seen again", () -> WORLDS.stream()
                .allMatch(w -> seen.stream().filter(w::equals).count() > 1));
        Lab.await("all class loaders but the newest of each world are gone", () -> {
            System.gc();
            // Between two collections the session goes on.
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
            return loaders.stream().filter(l -> l.get() != null).count() <= WORLDS.size();
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
        record.samples("eeg");
        assertEquals(List.of(), record.events("gap"));
        assertTrue("no feature was shown", record.events("driven").size() > 0);
        assertTrue("no sound was rendered", record.events("sound-level").size() > 0);
        List<Payload.Document> shown = record.events("scene-shown");
        assertEquals("worlds begun", shown.size(), record.events("scene-ended").size());
        record.events("scene-ended")
                .forEach(e -> assertEquals(List.of(), e.attributes().get("forgotten")));
        System.out.println(SWAPS + " swaps of two worlds: " + numbers.size()
                + " frames, memory outside of the heap grew by " + grown + " kB after the first " + SETTLED);
        assertTrue("memory outside of the heap grew by " + grown + " kB", grown < GROWTH_KB);
    }

    private static Path protocol(Lab lab) throws IOException {
        return Files.writeString(lab.folder("protocol").resolve("worlds.yaml"), """
                anodyne: 1
                id: worlds
                title: A world that is replaced
                slots:
                  eeg: {plugin: synthetic, parameters: {channels: 8, rate: 250 Hz}}
                  alpha: {plugin: band-power, inputs: {samples: eeg}, parameters: {window: 1 s}}
                  level: {plugin: feedback, inputs: {feature: alpha/relative}, parameters: {low: 0.1, high: 0.4}}
                  island: {plugin: island, inputs: {fog: level/level}}
                  attention-task: {plugin: attention-task, inputs: {fog: level/level}}
                  show: {plugin: display, parameters: {mode: headless, width: 160, height: 90}}
                phases:
                  - block:
                      repeat: 600
                      phases:
                        - {id: beach, duration: 3 s, slots: [eeg, alpha, level, island, show]}
                        - {id: heath, duration: 3 s, slots: [eeg, alpha, level, attention-task, show]}
                """);
    }

    /**
     * What the process holds in memory outside of the Java heap, the graphics library's share included. How far the heap spreads
     * before it is collected says nothing of what is left behind; the class loaders of old worlds are watched by themselves.
     */
    private static long residentKilobytes() throws Exception {
        String heap = (String) ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "gcHeapInfo",
                        new Object[] {new String[0]},
                        new String[] {String[].class.getName()});
        long[] addresses = ADDRESS.matcher(heap)
                .results()
                .mapToLong(m -> Long.parseUnsignedLong(m.group(1), 16))
                .sorted()
                .toArray();
        assertTrue(heap, addresses.length > 2);
        long kilobytes = 0;
        boolean outside = false;
        for (String line : Files.readAllLines(Path.of("/proc/self/smaps"))) {
            Matcher mapping = MAPPING.matcher(line);
            if (mapping.lookingAt()) {
                long from = Long.parseUnsignedLong(mapping.group(1), 16);
                long to = Long.parseUnsignedLong(mapping.group(2), 16);
                outside = to <= addresses[0] || from >= addresses[addresses.length - 1];
            } else if (outside && line.startsWith("Rss:")) {
                kilobytes += Long.parseLong(line.replaceAll("[^0-9]", ""));
            }
        }
        return kilobytes;
    }
}
