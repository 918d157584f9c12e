package org.anodyne.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code new-plugin} of every kind, in a checkout of its own that holds no other module; what they use, the build has installed. */
@Tag("alone")
class TemplatesTest {
    private static final long LONGEST_MINUTES = 8;

    @TempDir
    Path folder;

    private Path copy;

    @BeforeEach
    void copyOfWhatAPluginNeeds() throws IOException {
        Path checkout = checkout();
        copy = Files.createDirectory(folder.resolve("checkout"));
        List<String> pom = Files.readAllLines(checkout.resolve("pom.xml")).stream()
                .filter(l -> !l.contains("<module>") || l.contains(">cnf<"))
                .toList();
        Files.write(copy.resolve("pom.xml"), pom);
        copyTree(checkout.resolve("cnf"), copy.resolve("cnf"));
        Files.createDirectory(copy.resolve("plugins"));
    }

    @Test
    void everyKindBuildsAndPassesItsFirstTest() throws Exception {
        String maven = System.getProperty("maven.home", "");
        Path mvn = Path.of(maven, "bin", "mvn");
        assumeTrue(Files.isExecutable(mvn), "skipped: this test needs the Maven that runs the build");
        List<String> kinds = kinds();
        assertEquals(
                Set.of("device", "source", "processor", "intervention", "actuator", "outcome", "scene"),
                Set.copyOf(kinds));
        for (String kind : kinds) {
            Anodyne.Ended made = newPlugin("--only-make", kind, "made-" + kind, "Made for a test");
            assertEquals(0, made.exit(), made.output());
        }
        List<Path> modules = modules();
        assertEquals(kinds.size(), modules.size(), modules.toString());
        String list = modules.stream().map(m -> copy.relativize(m).toString()).collect(Collectors.joining(","));
        // Offline: the build around this test has fetched all that a plug-in needs. The format depends on the name's
        // length, which is why new-plugin formats what it has made.
        Anodyne.Ended built =
                run(mvn.toString(), "-o", "-B", "-ntp", "-Dspotless.check.skip=true", "-pl", list, "verify");
        assertEquals(0, built.exit(), built.output());
        for (Path module : modules) {
            try (Stream<Path> reports = Files.list(module.resolve("target/surefire-reports"))) {
                assertTrue(
                        reports.anyMatch(r -> r.toString().endsWith("ContractTest.xml")),
                        module + " ran no first test");
            }
        }
    }

    @Test
    void whatCannotBeMadeIsRefusedAndChangesNothing() throws Exception {
        List<String> before = Files.readAllLines(copy.resolve("pom.xml"));
        Anodyne.Ended kind = newPlugin("rater", "mine");
        assertEquals(2, kind.exit());
        assertTrue(kind.output().contains("'rater'") && kind.output().contains("outcome"), kind.output());
        Anodyne.Ended name = newPlugin("outcome", "My_Scale");
        assertEquals(2, name.exit());
        assertTrue(name.output().contains("'My_Scale'"), name.output());
        assertEquals(before, Files.readAllLines(copy.resolve("pom.xml")));
        assertEquals(List.of(), modules());
    }

    @Test
    void aNameIsTakenOnce() throws Exception {
        assertEquals(0, newPlugin("--only-make", "outcome", "mood").exit());
        Anodyne.Ended again = newPlugin("--only-make", "processor", "mood");
        assertEquals(2, again.exit());
        assertTrue(again.output().contains("plugins/outcomes/mood exists already"), again.output());
    }

    private Anodyne.Ended newPlugin(String... words) throws Exception {
        List<String> line =
                new ArrayList<>(List.of("bash", copy.resolve("cnf/new-plugin").toString()));
        line.addAll(List.of(words));
        return run(line.toArray(String[]::new));
    }

    private Anodyne.Ended run(String... line) throws Exception {
        File output = folder.resolve("output.txt").toFile();
        Process process = new ProcessBuilder(line)
                .directory(copy.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output)
                .start();
        try {
            assertTrue(process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES), () -> "it does not end: " + text(output));
        } finally {
            process.destroyForcibly();
        }
        return new Anodyne.Ended(process.exitValue(), text(output));
    }

    private static String text(File file) {
        try {
            return Files.readString(file.toPath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> kinds() throws IOException {
        try (Stream<Path> kinds = Files.list(copy.resolve("cnf/templates"))) {
            return kinds.map(k -> k.getFileName().toString())
                    .filter(k -> !k.equals("common"))
                    .toList();
        }
    }

    private List<Path> modules() throws IOException {
        try (Stream<Path> all = Files.find(copy.resolve("plugins"), 3, (p, a) -> p.endsWith("pom.xml"))) {
            return all.map(Path::getParent).sorted().toList();
        }
    }

    private static Path checkout() {
        for (Path p = Path.of("").toAbsolutePath(); p != null; p = p.getParent()) {
            if (Files.isRegularFile(p.resolve("anodyne")) && Files.isDirectory(p.resolve("cnf"))) {
                return p;
            }
        }
        throw new IllegalStateException("this test runs below the checkout");
    }

    private static void copyTree(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) throws IOException {
                String name = dir.getFileName().toString();
                if (name.equals("target") || name.equals("node_modules")) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(to.resolve(from.relativize(dir)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file)));
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
