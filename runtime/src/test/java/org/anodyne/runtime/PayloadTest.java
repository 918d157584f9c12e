package org.anodyne.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PayloadTest {
    @TempDir
    Path folder;

    private Path home;
    private Folders folders;

    @BeforeEach
    void aHome() throws IOException {
        home = Files.createDirectories(folder.resolve("home"));
        folders = new Folders(home, home.resolve("var"), home.resolve("var/log"), Optional.empty());
    }

    private static Map<String, String> home(String version) {
        return Map.of(
                "home/plugins/a.jar", version,
                "home/plugins/b.jar", version,
                "home/etc/anodyne.json", version,
                "home/etc/logback.xml", version,
                "home/examples/one.yaml", version,
                "bundles/org.anodyne.command-0.1.jar", version,
                "org/anodyne/runtime/Main.class", version);
    }

    private String text(String name) throws IOException {
        return Files.readString(home.resolve(name));
    }

    @Test
    void anEmptyHomeGetsEverythingThatIsForIt() throws IOException {
        MadeJar.in(folder, home("1")).fillHome(home);
        assertEquals("1", text("plugins/b.jar"));
        assertEquals("1", text("etc/logback.xml"));
        assertEquals("1", text("examples/one.yaml"));
        try (Stream<Path> top = Files.list(home)) {
            assertEquals(3, top.count(), "plugins, etc, examples and nothing else");
        }
    }

    @Test
    void whatAHomeHasIsLeftAsItIs() throws IOException {
        // The lab has taken a plug-in away and changed a setting: neither comes back with the next start.
        Files.createDirectories(home.resolve("plugins"));
        Files.createDirectories(home.resolve("etc"));
        Files.writeString(home.resolve("etc/anodyne.json"), "ours");
        MadeJar.in(folder, home("2")).fillHome(home);
        assertFalse(Files.exists(home.resolve("plugins/a.jar")));
        assertEquals("ours", text("etc/anodyne.json"));
        assertEquals("2", text("etc/logback.xml"), "a file of etc/ that was not there");
        assertEquals("2", text("examples/one.yaml"));
    }

    @Test
    void loggingAndSettingsStartFirstAndOursLast() throws IOException {
        Payload payload = MadeJar.in(
                folder,
                Map.of(
                        "bundles/org.anodyne.safety-0.1.jar", "",
                        "bundles/artemis-server.jar", "",
                        "bundles/org.apache.felix.configurator-1.jar", "",
                        "bundles/org.osgi.service.cm-1.jar", "",
                        "bundles/org.apache.felix.log-1.jar", "",
                        "bundles/logback-classic-1.jar", "",
                        "bundles/asm-9.jar", "",
                        "bundles/notes.txt", ""));
        assertEquals(
                List.of(
                        "asm-9.jar",
                        "logback-classic-1.jar",
                        "org.apache.felix.log-1.jar",
                        "org.osgi.service.cm-1.jar",
                        "org.apache.felix.configurator-1.jar",
                        "artemis-server.jar",
                        "org.anodyne.safety-0.1.jar"),
                payload.bundles(folders).stream()
                        .map(b -> b.getFileName().toString())
                        .toList());
    }

    @Test
    void bundlesAreUnpackedOncePerBuild() throws IOException {
        List<Path> first = MadeJar.in(folder, home("1")).bundles(folders);
        FileTime mark = FileTime.fromMillis(1_000_000_000_000L);
        Files.setLastModifiedTime(first.get(0), mark);
        assertEquals(first, MadeJar.in(folder, home("1")).bundles(folders));
        assertEquals(mark, Files.getLastModifiedTime(first.get(0)), "it was written again");
        // The same names and sizes, other bytes.
        List<Path> next = MadeJar.in(folder, home("2")).bundles(folders);
        assertNotEquals(first, next);
        assertEquals("2", Files.readString(next.get(0)));
        assertEquals("1", Files.readString(first.get(0)), "another process may still run from it");
        assertTrue(next.get(0).startsWith(home.resolve("var/bundles")), next.toString());
    }
}
