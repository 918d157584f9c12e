package org.anodyne.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./anodyne} says on a machine that cannot build, and where it must not install anything. */
@Tag("beside")
class ScriptTest {
    private static final List<String> TOOLS =
            List.of("bash", "env", "readlink", "dirname", "ls", "tail", "head", "sed", "id", "mkdir");

    @TempDir
    Path folder;

    private Path bin;

    /** Nothing but what the script itself works with: no package manager, no Java, no Maven. */
    @BeforeEach
    void bareMachine() throws IOException {
        bin = Files.createDirectories(folder.resolve("bin"));
        for (String tool : TOOLS) {
            Path real = List.of("/usr/bin", "/bin").stream()
                    .map(d -> Path.of(d, tool))
                    .filter(Files::isExecutable)
                    .findFirst()
                    .orElseThrow();
            Files.createSymbolicLink(bin.resolve(tool), real);
        }
    }

    private static void program(Path at, String body) throws IOException {
        Files.createDirectories(at.getParent());
        Files.writeString(at, "#!/bin/sh\n" + body + "\n");
        assertTrue(at.toFile().setExecutable(true));
    }

    /** A Java of this version in a home of its own, with a compiler or without. */
    private void java(String version, boolean compiler) throws IOException {
        Path home = folder.resolve("java");
        program(
                home.resolve("bin/java"),
                "echo 'openjdk version \"" + version + "\"' >&2\necho '    java.home = " + home + "' >&2");
        if (compiler) {
            program(home.resolve("bin/javac"), "exit 0");
        }
        Files.createSymbolicLink(bin.resolve("java"), home.resolve("bin/java"));
    }

    private void refuses(String... said) throws Exception {
        Path output = folder.resolve("said.txt");
        ProcessBuilder script = new ProcessBuilder(bin.resolve("bash").toString(), "../../anodyne", "build")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        script.environment().clear();
        script.environment().put("PATH", bin.toString());
        Process process = script.start();
        assertTrue(process.waitFor(120, TimeUnit.SECONDS));
        String all = Files.readString(output, StandardCharsets.UTF_8);
        assertEquals(1, process.exitValue(), all);
        assertEquals(1, all.lines().count(), all);
        for (String s : said) {
            assertTrue(all.contains(s), "'" + s + "' is not in: " + all);
        }
    }

    @Test
    void withoutJavaItSaysWhatToInstall() throws Exception {
        refuses("Java 17 or newer is needed", "apt-get install openjdk-17-jdk-headless");
    }

    @Test
    void aJavaThatOnlyRunsIsToldFromOneThatCompiles() throws Exception {
        java("21.0.4", false);
        program(bin.resolve("mvn"), "echo 'Apache Maven 3.9.9 (abc)'");
        refuses("has no compiler (javac)", "Install a JDK", "apt-get install openjdk-17-jdk-headless");
    }

    @Test
    void anOldMavenIsToldWithItsVersion() throws Exception {
        java("17.0.15", true);
        program(bin.resolve("mvn"), "echo 'Apache Maven 3.6.3'");
        refuses("Maven 3.8.7 or newer is needed", "mvn' is 3.6.3", "apt-get install maven");
    }

    @Test
    void withoutMavenItSaysWhatToInstall() throws Exception {
        java("17.0.15", true);
        refuses("Maven 3.8.7 or newer is needed.", "apt-get install maven");
    }
}
