package org.anodyne.it;

import static org.junit.Assert.assertEquals;

import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.anodyne.plugin.PluginFactory;
import org.anodyne.session.SessionEngine;
import org.anodyne.session.SessionEngine.RunningSession;
import org.anodyne.session.SessionEngine.SessionState;
import org.junit.Test;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.wiring.BundleWiring;

/**
 * Swaps as often as a lab would in a year. What is looked for makes the machine busy (whole garbage collections), so
 * nothing is armed meanwhile; {@link HotSwapTest} swaps under an armed actuator.
 */
@ExamReactorStrategy(PerClass.class)
public class HundredSwapsTest extends InTheFramework {
    private static final int SWAPS = 100;
    private static final String BAND_POWER = "org.anodyne.plugin.band-power";

    @Test
    public void aHundredSwapsLeaveNothingBehind() throws Exception {
        Lab lab = new Lab(context);
        List<WeakReference<ClassLoader>> loaders = new CopyOnWriteArrayList<>();
        SynchronousBundleListener listener = event -> {
            if (event.getType() == BundleEvent.STARTED
                    && BAND_POWER.equals(event.getBundle().getSymbolicName())) {
                loaders.add(new WeakReference<>(
                        event.getBundle().adapt(BundleWiring.class).getClassLoader()));
            }
        };
        context.addBundleListener(listener);
        Path jars = lab.folder("versions");
        RunningSession session = lab.started(lab.listening(600), Duration.ofSeconds(2));
        // The first swap leaves the folder's own version, which stays for later sessions, out of the count.
        swap(lab, session, jars, 1);
        int bundles = context.getBundles().length;
        int services = services();
        List<String> threads = threads();
        for (int version = 2; version <= SWAPS + 1; version++) {
            swap(lab, session, jars, version);
        }
        // The old version of a swap goes a moment after the new one is at work, so the count before may hold one more.
        Lab.await("no bundle more than before", () -> context.getBundles().length <= bundles);
        Lab.await("no service more than before", () -> services() <= services);
        Lab.await(
                "no thread more than " + threads + ", now " + threads(),
                () -> threads().size() <= threads.size());
        assertEquals("class loaders seen", SWAPS + 1, loaders.size());
        Lab.await("all class loaders but the newest are gone", () -> {
            System.gc();
            // Between two collections the session goes on.
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
            return loaders.stream().filter(l -> l.get() != null).count() <= 1;
        });
        assertEquals(SessionState.RUNNING, session.state());
        session.abort("the test is over");
        SessionEngine.Result result = lab.resultOf(session);
        // A machine that collects garbage again and again is told that a signal comes late; that none is lost is held
        // below.
        assertEquals(
                List.of(),
                Lab.problems(result).stream()
                        .filter(p -> !p.startsWith("stream eeg/eeg should be there")
                                && !p.startsWith("stream eeg/eeg is back"))
                        .toList());
        context.removeBundleListener(listener);
        Recorded record = lab.record(result);
        record.assertNothingLostOrDoubled();
        record.samples("eeg");
        assertEquals(SWAPS + 1, record.events("swap").size());
        assertEquals(List.of(), record.events("gap"));
    }

    private static void swap(Lab lab, RunningSession session, Path jars, int version) throws Exception {
        Path jar = Jars.withVersion(lab.plugin("band-power"), jars.resolve(version + ".jar"), "1.0." + version);
        session.swap("alpha", jar).toCompletableFuture().get(Lab.SOON.toSeconds(), TimeUnit.SECONDS);
    }

    private int services() {
        try {
            return context.getAllServiceReferences(PluginFactory.class.getName(), null).length;
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All threads but those of the broker's own pool, which fills up to its bound with the work that there is. */
    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> !name.contains("(activemq-anodyne)"))
                .sorted()
                .toList();
    }
}
