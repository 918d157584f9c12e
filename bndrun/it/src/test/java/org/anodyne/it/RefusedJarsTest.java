package org.anodyne.it;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.anodyne.host.HostException;
import org.anodyne.host.InstalledPlugin;
import org.anodyne.it.faulty.ThrowingFactory;
import org.anodyne.session.SessionEngine.RunningSession;
import org.junit.Test;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;

/** Jars that cannot be used, dropped and swapped in while a session runs. */
@ExamReactorStrategy(PerClass.class)
public class RefusedJarsTest extends InTheFramework {
    private static final int SECONDS = 8;

    @Test
    public void jarsThatCannotBeUsedAreRefusedWithAReasonAndDisturbNothing() throws Exception {
        Lab lab = new Lab(context);
        Path made = lab.folder("made");
        Path like = lab.plugin("band-power");
        List<String> before = standing(lab);
        int bundles = context.getBundles().length;
        RunningSession session = lab.started(lab.closedLoop(SECONDS), Duration.ofSeconds(1));

        Path text = Files.writeString(made.resolve("a"), "this is no jar");
        refused(lab, session, text, "no-jar.jar", "no-jar.jar");
        Path plain = made.resolve("p");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(plain))) {
            out.putNextEntry(new JarEntry("readme.txt"));
        }
        refused(lab, session, plain, "no-bundle.jar", "bundle");
        Path lacking = Jars.with(
                like,
                made.resolve("b"),
                Map.of("Bundle-Version", "2.0.0", "Import-Package", "+org.absent;version=\"[1,2)\""));
        refused(lab, session, lacking, "lacking.jar", "org.absent");
        Path claiming = Jars.with(
                like,
                made.resolve("c"),
                Map.of("Bundle-Version", "2.0.0", "Bundle-SymbolicName", "org.other.band-power"));
        refused(lab, session, claiming, "claiming.jar", "org.anodyne.plugin.band-power");

        // What throws in prepare is seen when it is to be used: the old one stays at work.
        Path throwing = Jars.withFactory(
                like,
                made.resolve("d"),
                "2.0.0",
                "band-power",
                ThrowingFactory.class,
                List.of(ThrowingFactory.Throwing.class));
        String why = swapFails(session, throwing);
        assertTrue(why, why.contains(ThrowingFactory.REASON));

        Lab.await("no bundle is left of what was refused", () -> context.getBundles().length == bundles);
        assertEquals(before, standing(lab));
        Recorded record = lab.completed(session);
        record.assertNothingLostOrDoubled();
        assertEquals(SECONDS * 250, record.samples("eeg"));
        assertEquals(List.of(), record.events("swap"));
        assertEquals(List.of(), record.events("gap"));
        assertTrue(record.states("alpha").stream().noneMatch(s -> "FAILED".equals(s.get("state"))));
    }

    /** Refused for the running slot, and in the watched folder, where the reason stays until the jar is taken away. */
    private static void refused(Lab lab, RunningSession session, Path jar, String name, String reason)
            throws Exception {
        String why = swapFails(session, jar);
        assertTrue(why, why.contains(reason) || reason.equals(name));
        assertThrows(HostException.class, () -> lab.registry().install(jar));
        List<String> before = standing(lab);
        Path dropped = lab.drop(jar, name);
        InstalledPlugin rejected = Lab.awaited("the refusal of " + name, () -> lab.registry().plugins().stream()
                .filter(p -> p.state() == InstalledPlugin.State.REJECTED)
                .findFirst()
                .orElse(null));
        assertTrue(rejected.toString(), (rejected.bundle() + " " + rejected.reason()).contains(reason));
        assertTrue(rejected.toString(), rejected.reason().length() > 20);
        assertEquals(before, standing(lab));
        Files.delete(dropped);
        Lab.await("the refusal is forgotten", () -> lab.registry().plugins().stream()
                .noneMatch(p -> p.state() == InstalledPlugin.State.REJECTED));
    }

    private static String swapFails(RunningSession session, Path jar) {
        ExecutionException failure = assertThrows(
                ExecutionException.class,
                () -> session.swap("alpha", jar).toCompletableFuture().get(Lab.SOON.toSeconds(), TimeUnit.SECONDS));
        assertTrue(failure.getCause().toString(), failure.getCause() instanceof HostException);
        return failure.getCause().getMessage();
    }

    /** What can be used. */
    private static List<String> standing(Lab lab) {
        return lab.registry().plugins().stream()
                .filter(p -> p.state() != InstalledPlugin.State.REJECTED)
                .map(p -> p.id() + " " + p.version() + " " + p.state() + " " + p.sha256())
                .sorted()
                .toList();
    }
}
