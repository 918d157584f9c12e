package org.anodyne.plugin.host.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.anodyne.bus.Payload;
import org.anodyne.host.InstalledPlugin;
import org.anodyne.host.InstalledPlugin.State;
import org.anodyne.plugin.PluginFactory;
import org.anodyne.plugin.PluginKind;
import org.anodyne.plugin.host.sample.Counter;
import org.anodyne.plugin.host.sample.Rule;
import org.anodyne.plugin.host.sample.Unwilling;
import org.anodyne.plugin.safety.SafetyRule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

/** Jars dropped into the folder of a real, running framework. */
class FolderTest {
    @TempDir
    private Path folder;

    private Felix felix;

    @BeforeEach
    void start() {
        felix = new Felix(folder, Map.of());
        felix.settle();
    }

    @AfterEach
    void stop() {
        felix.close();
    }

    private InstalledPlugin available(String id) {
        felix.await(id + " is available", () -> felix.registry().find(id).isPresent());
        return felix.registry().find(id).orElseThrow();
    }

    /** A jar that is dropped is refused for this reason, leaves no bundle, and disturbs nothing that is there. */
    private void refused(String id, String reason) {
        felix.await(id + " is refused", () -> felix.plugin(id, State.REJECTED).isPresent());
        InstalledPlugin p = felix.plugin(id, State.REJECTED).orElseThrow();
        assertTrue(p.reason().contains(reason), p.reason());
        assertTrue(felix.bundles("org.example.bad").isEmpty());
        assertEquals("1.0.0", felix.registry().find("good").orElseThrow().version());
        assertEquals(Bundle.ACTIVE, felix.bundles("org.example.good").get(0).getState());
        assertEquals(1, felix.factories());
    }

    private void good() {
        Jar.counter("good", "1.0.0").to(felix.plugins(), "good.jar");
        available("good");
    }

    @Test
    void aDroppedJarIsInstalledAndDescribed() {
        good();
        InstalledPlugin p = available("good");
        assertEquals(PluginKind.PROCESSOR, p.kind());
        assertEquals("A test", p.title());
        assertEquals("org.example.good", p.bundle());
        assertEquals(64, p.sha256().length());
        assertEquals("{\"title\": \"good\"}", p.schema());
        assertEquals(1, p.factory().ports(null).features().size());
        assertEquals("counts at once", p.delays(null, null).get(0).basis());
        assertEquals(
                "anodyne:" + p.sha256(),
                felix.bundles("org.example.good").get(0).getLocation());
        Payload.Document d = (Payload.Document) felix.bus
                .await(m -> m.topic().path().equals("anodyne/1/lab/plugin/good")
                        && ((Payload.Document) m.payload())
                                .attributes()
                                .get("state")
                                .equals("AVAILABLE"))
                .payload();
        assertEquals("1.0.0", d.attributes().get("version"));
    }

    @Test
    void whatIsNoBundleIsRefused() throws IOException {
        good();
        Files.writeString(felix.plugins().resolve("text.jar"), "this is no jar");
        refused("text.jar", "text.jar is not a complete jar file");
        Jar.plain().to(felix.plugins(), "plain.jar");
        refused("plain.jar", "plain.jar is a plain jar and no bundle");
    }

    @Test
    void aJarThatLacksAnImportIsRefusedByName() {
        good();
        Jar.counter("bad", "1.0.0")
                .header("Import-Package", "org.anodyne.plugin,org.anodyne.plugin.signal,org.missing.part")
                .to(felix.plugins(), "bad.jar");
        refused("bad", "it needs package org.missing.part, which nobody exports");
        Jar.counter("bad", "1.0.0")
                .header("Import-Package", "org.anodyne.plugin;version=\"[2.0,3)\",org.anodyne.plugin.signal")
                .to(felix.plugins(), "bad.jar");
        felix.await("the version is named", () -> felix.plugin("bad", State.REJECTED)
                .filter(
                        p -> p.reason()
                                .matches(
                                        ".* org\\.anodyne\\.plugin in a version from 2\\.0\\.0 and below 3\\.0\\.0, but only 1\\.\\S+ is there.*"))
                .isPresent());
    }

    @Test
    void aJarThatClaimsAnExistingIdIsRefusedAndTheOwnerStays() {
        good();
        Jar.bundle("org.example.bad", "9.0.0")
                .provides("good", PluginKind.PROCESSOR, Counter.class, PluginFactory.class)
                .to(felix.plugins(), "bad.jar");
        refused("good", "claims plug-in id 'good', which belongs to bundle org.example.good");
    }

    @Test
    void aJarThatCannotStartOrDoesNotKeepItsPromiseIsRefused() {
        good();
        Jar.bundle("org.example.bad", "1.0.0")
                .promises("bad", PluginKind.PROCESSOR)
                .header("Bundle-Activator", Unwilling.class.getName())
                .header("Import-Package", "org.osgi.framework")
                .type(Unwilling.class.getName())
                .to(felix.plugins(), "bad.jar");
        refused("bad", "no licence");
        Jar.bundle("org.example.bad", "1.0.1")
                .promises("bad-two", PluginKind.PROCESSOR)
                .to(felix.plugins(), "bad2.jar");
        refused("bad-two", "registers no factory for it");
    }

    @Test
    void aRefusedJarThatIsMendedIsInstalled() throws IOException {
        good();
        Path jar = Jar.plain().to(felix.plugins(), "mend.jar");
        felix.await("refused", () -> felix.plugin("mend.jar", State.REJECTED).isPresent());
        Files.delete(jar);
        felix.await("forgotten", () -> felix.plugin("mend.jar", State.REJECTED).isEmpty());
        Jar.counter("mend", "1.0.0").to(felix.plugins(), "mend.jar");
        available("mend");
    }

    @Test
    void aJarThatIsCopiedInPiecesIsTakenWhenItIsWhole() throws IOException {
        byte[] bytes = Jar.counter("slow", "1.0.0").bytes();
        Path jar = felix.plugins().resolve("slow.jar");
        try (OutputStream out = Files.newOutputStream(jar)) {
            for (int i = 0; i < bytes.length; i += 500) {
                out.write(bytes, i, Math.min(500, bytes.length - i));
                out.flush();
                // A look at the folder between any two pieces finds nothing to install and nothing to refuse.
                assertTrue(felix.registry().plugins().isEmpty() || i + 500 >= bytes.length);
            }
        }
        available("slow");
    }

    @Test
    void aNewerVersionTakesThePlaceAndTheUnusedOldOneIsRemoved() {
        good();
        Jar.counter("good", "1.1.0").to(felix.plugins(), "good-new.jar");
        felix.await(
                "1.1.0 is offered",
                () -> felix.registry().find("good").orElseThrow().version().equals("1.1.0"));
        felix.settle();
        felix.await(
                "the old one is removed",
                () -> felix.bundles("org.example.good").size() == 1);
        Jar.counter("good", "1.0.5").to(felix.plugins(), "good-older.jar");
        felix.await("the older one is refused", () -> felix.plugin("good", State.REJECTED)
                .isPresent());
        assertTrue(
                felix.plugin("good", State.REJECTED).orElseThrow().reason().contains("older than the installed 1.1.0"));
        assertEquals("1.1.0", felix.registry().find("good").orElseThrow().version());
    }

    @Test
    void aRebuiltJarOfTheSameVersionTakesThePlace() {
        good();
        String before = available("good").sha256();
        Jar.counter("good", "1.0.0").text("more.txt", "changed").to(felix.plugins(), "good.jar");
        felix.await(
                "the rebuilt one is offered",
                () -> !felix.registry().find("good").orElseThrow().sha256().equals(before));
        felix.settle();
        felix.await(
                "the old one is removed",
                () -> felix.bundles("org.example.good").size() == 1);
    }

    @Test
    void aJarThatIsTakenAwayIsRetired() throws IOException {
        good();
        Files.delete(felix.plugins().resolve("good.jar"));
        felix.await("it is gone", () -> felix.registry().find("good").isEmpty());
        felix.settle();
        felix.await("its bundle too", () -> felix.bundles("org.example.good").isEmpty());
    }

    @Test
    void aSafetyRuleIsAPluginToo() {
        Jar.bundle("org.example.rule", "1.0.0")
                .provides("rule", PluginKind.SAFETY_RULE, Rule.class, SafetyRule.class)
                .to(felix.plugins(), "rule.jar");
        assertEquals(PluginKind.SAFETY_RULE, available("rule").kind());
    }

    @Test
    void anotherBundleIsInstalledAndStarted() {
        Jar.bundle("org.example.other", "1.0.0").to(felix.plugins(), "other.jar");
        felix.settle();
        felix.await(
                "it is active",
                () -> !felix.bundles("org.example.other").isEmpty()
                        && felix.bundles("org.example.other").get(0).getState() == Bundle.ACTIVE);
    }

    @Test
    void aRestartKeepsWhatIsInTheFolderAndNothingElse() throws IOException {
        good();
        Jar.counter("other", "1.0.0").to(felix.plugins(), "other.jar");
        available("other");
        felix.close();
        Files.delete(felix.plugins().resolve("other.jar"));
        felix = new Felix(folder, Map.of());
        available("good");
        felix.settle();
        felix.await("what is not there is removed", () -> felix.bundles("org.example.other")
                .isEmpty());
        assertNotNull(available("good").factory());
    }

    /** How soon is measured by {@code ./anodyne bench start} and {@code bench swap}. */
    @Test
    void aFolderIsNotPolledAndReactsToEventsAlone() {
        good();
        felix.await("the folder's thread waits for an event, however long", FolderTest::waitsForEvents);
        Jar.counter("quick", "1.0.0").to(felix.plugins(), "quick.jar");
        available("quick");
        felix.await("the folder's thread waits for an event again", FolderTest::waitsForEvents);
    }

    /** Whether the thread is in a wait that no timer ends: a folder that is polled never is. */
    private static boolean waitsForEvents() {
        List<Map.Entry<Thread, StackTraceElement[]>> threads = Thread.getAllStackTraces().entrySet().stream()
                .filter(t -> t.getKey().getName().equals("plugins-folder"))
                .toList();
        return !threads.isEmpty()
                && threads.stream()
                        .allMatch(t -> t.getKey().getState() == Thread.State.WAITING
                                && Arrays.stream(t.getValue())
                                        .anyMatch(f -> f.getMethodName().equals("take")
                                                && f.getClassName().endsWith("WatchService")));
    }
}
