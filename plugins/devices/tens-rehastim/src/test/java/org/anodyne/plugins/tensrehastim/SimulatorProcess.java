package org.anodyne.plugins.tensrehastim;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.anodyne.plugin.Deadline;
import org.junit.jupiter.api.Assumptions;

/** Another program, spoken to over its standard input and output: the stimulator's simulator, or a host to be killed. */
final class SimulatorProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Process process;
    private final PrintWriter in;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    private SimulatorProcess(List<String> command) throws IOException {
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        in = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
        Thread reader = new Thread(this::readLines, "process-output");
        reader.setDaemon(true);
        reader.start();
    }

    /** The simulator, as far as it has been built; the test is skipped otherwise. */
    static SimulatorProcess simulator(String... arguments) throws IOException {
        Path built = null;
        for (Path at = Path.of("").toAbsolutePath(); at != null && built == null; at = at.getParent()) {
            Path classes = at.resolve("plugins/devices/rehastim-simulator/target/classes");
            built = Files.isDirectory(classes) ? classes : null;
        }
        Assumptions.assumeTrue(built != null, "SKIPPED: plugins/devices/rehastim-simulator has not been built");
        List<String> command = java(String.valueOf(built), "org.anodyne.simulator.rehastim.Main");
        command.add("--quit-at-end");
        command.addAll(List.of(arguments));
        return new SimulatorProcess(command);
    }

    /** A program of this module's tests. */
    static SimulatorProcess own(Class<?> main, String... arguments) throws IOException {
        List<String> command = java(System.getProperty("java.class.path"), main.getName());
        command.addAll(List.of(arguments));
        return new SimulatorProcess(command);
    }

    /** Any other program; the test is skipped where it is not installed. */
    static SimulatorProcess other(String... command) {
        try {
            return new SimulatorProcess(List.of(command));
        } catch (IOException e) {
            return Assumptions.abort("SKIPPED: " + command[0] + " is not installed");
        }
    }

    private static List<String> java(String classPath, String main) {
        return new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx64m", "-cp", classPath, main));
    }

    private void readLines() {
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            out.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException killed) {
            // The process was ended while it was read from.
        }
    }

    /** The next line that the process prints. */
    String line() throws InterruptedException {
        String line = lines.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (line == null) {
            throw new AssertionError("the process printed nothing for " + PATIENCE);
        }
        return line;
    }

    /** The port at the end of its first line. */
    int port() throws InterruptedException {
        String line = line();
        return Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));
    }

    String ask(String command) throws InterruptedException {
        in.println(command);
        return line();
    }

    /** Asks for the state until it is as wanted. */
    String await(Predicate<String> wanted) throws InterruptedException {
        Deadline deadline = Deadline.in(PATIENCE);
        for (String state = ask("state"); ; state = ask("state")) {
            if (wanted.test(state)) {
                return state;
            }
            if (deadline.passed()) {
                throw new AssertionError("still " + state);
            }
            LockSupport.parkNanos(2_000_000);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
