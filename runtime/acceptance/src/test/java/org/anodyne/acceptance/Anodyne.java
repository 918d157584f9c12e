package org.anodyne.acceptance;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** The runnable jar as a process, as {@code ./anodyne} starts it. */
public final class Anodyne {
    private static final long LONGEST_MINUTES = 8;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path home;
    private final Map<String, String> environment;

    /** @param home folder that the jar fills with plug-ins and settings when it lacks them */
    public Anodyne(Path home) {
        this(home, Map.of());
    }

    /** @param environment what its processes find in their environment besides that of the test */
    Anodyne(Path home, Map<String, String> environment) {
        this.home = home;
        this.environment = environment;
    }

    /** How a command ended. */
    public record Ended(int exit, String output) {}

    /** Runs a command to its end; both of its streams are one here. */
    public Ended run(Object... words) throws Exception {
        try (Running running = start(words)) {
            return running.end();
        }
    }

    public Running start(Object... words) throws IOException {
        Path jar = Path.of(System.getProperty("anodyne.jar"));
        assertTrue(Files.isRegularFile(jar), jar + " was not built: run the whole build");
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                // As bin/anodyne starts short commands; these sessions are short, too.
                "-XX:TieredStopAtLevel=1",
                "-jar",
                jar.toString(),
                "--home",
                home.toString()));
        for (Object w : words) {
            line.add(w.toString());
        }
        ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return new Running(builder.start());
    }

    /** A command at work. */
    public static final class Running implements AutoCloseable {
        private final Process process;
        private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
        private final Thread reader;

        private Running(Process process) {
            this.process = process;
            this.reader = new Thread(this::read, "output-of-" + process.pid());
            reader.setDaemon(true);
            reader.start();
        }

        private void read() {
            try (BufferedReader in = process.inputReader()) {
                for (String l = in.readLine(); l != null; l = in.readLine()) {
                    synchronized (lines) {
                        lines.add(l);
                        lines.notifyAll();
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        Process process() {
            return process;
        }

        long pid() {
            return process.pid();
        }

        /** Waits for a line of output; fails when the process ends before. */
        public void awaitLine(Predicate<String> wanted) throws InterruptedException {
            long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(LONGEST_MINUTES);
            synchronized (lines) {
                while (lines.stream().noneMatch(wanted)) {
                    long left = deadline - System.nanoTime();
                    assertTrue(left > 0 && (process.isAlive() || reader.isAlive()), "not said: " + output());
                    lines.wait(Math.min(1000, Math.max(1, left / 1_000_000)));
                }
            }
        }

        /** {@code kill -9}. */
        void kill() throws InterruptedException {
            process.destroyForcibly().waitFor();
        }

        public Ended end() throws InterruptedException {
            assertTrue(process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES), "it does not end: " + output());
            reader.join(10_000);
            return new Ended(process.exitValue(), output());
        }

        /** What it has said so far. */
        public String output() {
            synchronized (lines) {
                return String.join("\n", lines);
            }
        }

        @Override
        public void close() throws InterruptedException {
            process.destroy();
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                kill();
            }
        }
    }

    public static JsonNode summary(Path out) throws IOException {
        return JSON.readTree(out.resolve("summary.json").toFile());
    }

    /** The real recordings next to the checkout; skips the test, saying so, where they are not. */
    public static Path recording(String name) {
        for (Path p = Path.of("").toAbsolutePath(); p != null; p = p.getParent()) {
            Path file = p.resolveSibling("shared")
                    .resolve("data")
                    .resolve("biosppy")
                    .resolve(name);
            if (p.getFileName() != null && Files.isRegularFile(p.resolve("anodyne")) && Files.isRegularFile(file)) {
                return file;
            }
        }
        org.junit.jupiter.api.Assumptions.abort(
                "skipped: the recording " + name + " is not in ../shared/data next to the checkout");
        throw new IllegalStateException();
    }
}
