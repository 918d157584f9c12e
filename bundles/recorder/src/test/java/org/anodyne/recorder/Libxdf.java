package org.anodyne.recorder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The reader of XDF that others made, as Debian ships it, with the program that the module of formats checks its files with. */
final class Libxdf {
    private static final Path SOURCE = Path.of("../formats/src/test/oracle/xdf_dump.cpp");
    private static final long DEADLINE_SECONDS = 180;

    private final Path program;

    /** Compiles the program, or skips the test where compiler or library are not installed. */
    Libxdf(Path folder) throws IOException, InterruptedException {
        Assumptions.assumeTrue(
                Files.exists(Path.of("/usr/include/xdf.h")) && Files.isExecutable(Path.of("/usr/bin/g++")),
                "skipped: libxdf is not installed (Debian: libxdf-dev and g++)");
        program = folder.resolve("xdf_dump");
        run(List.of("/usr/bin/g++", "-o", program.toString(), SOURCE.toString(), "-lxdf"), folder);
    }

    /** Lines {@code STREAM|name|rate|channels|samples|first stamp|last stamp|sum of channel 0} and {@code EVENT|stream|stamp|text}. */
    List<String> read(Path file) throws IOException, InterruptedException {
        return run(List.of(program.toString(), file.toString()), program.getParent()).stream()
                .filter(l -> l.startsWith("STREAM|") || l.startsWith("EVENT|"))
                .toList();
    }

    private static List<String> run(List<String> command, Path folder) throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "libxdf", ".txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertTrue(ended, command + " does not end");
        try (Stream<String> lines = Files.lines(output, StandardCharsets.UTF_8)) {
            List<String> all = lines.toList();
            assertEquals(0, process.exitValue(), () -> command + "\n" + String.join("\n", all));
            return all;
        }
    }
}
