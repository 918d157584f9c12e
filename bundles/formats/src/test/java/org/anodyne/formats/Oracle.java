package org.anodyne.formats;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** Independent programs that check our files; a test that needs one is skipped where it is not installed. */
public final class Oracle {
    private static final Path SOURCES = Path.of("src/test/oracle");
    private static final long DEADLINE_SECONDS = 180;

    private Oracle() {}

    /** Result of a program. */
    public record Result(int status, List<String> lines) {}

    /** Runs a program to its end; standard error goes with the output. */
    public static Result run(List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("oracle", ".txt");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                Assertions.fail(command + " did not end within " + DEADLINE_SECONDS + " s");
            }
            return new Result(process.exitValue(), Files.readAllLines(output, StandardCharsets.UTF_8));
        } finally {
            Files.delete(output);
        }
    }

    /** Compiles a C or C++ oracle, or skips the test where compiler or header are missing. */
    public static Path compile(String source, String header, String library, Path folder) throws Exception {
        Assumptions.assumeTrue(
                Files.exists(Path.of("/usr/include").resolve(header)),
                "skipped: " + header + " is not installed (Debian: lib" + library + "-dev and g++)");
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/g++")), "skipped: g++ is not installed");
        Path program = folder.resolve(source + ".out");
        Result result = run(List.of(
                "/usr/bin/g++",
                "-o",
                program.toString(),
                SOURCES.resolve(source).toString(),
                "-l" + library));
        Assertions.assertEquals(0, result.status(), () -> String.join("\n", result.lines()));
        return program;
    }

    /** Runs a Python oracle with the system's Python, or skips the test where a module is missing. */
    public static Result python(String script, String module, String... arguments) throws Exception {
        Path python = Path.of("/usr/bin/python3");
        Assumptions.assumeTrue(Files.isExecutable(python), "skipped: " + python + " is not installed");
        Assumptions.assumeTrue(
                run(List.of(
                                        python.toString(),
                                        "-c",
                                        "import importlib.util,sys;sys.exit(importlib.util.find_spec('" + module
                                                + "') is None)"))
                                .status()
                        == 0,
                "skipped: the Python module " + module + " is not installed (Debian: python3-" + module + ")");
        List<String> command = new ArrayList<>(
                List.of(python.toString(), SOURCES.resolve(script).toString()));
        command.addAll(List.of(arguments));
        return run(command);
    }
}
