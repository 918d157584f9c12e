package org.anodyne.simulator.kit;

import java.io.BufferedReader;
import java.io.File;
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

/**
 * For tests: a simulator, or another program, as a process of its own, spoken to over its standard input and output. Not
 * thread-safe. Every wait ends after 30 s with an {@link AssertionError}.
 */
public final class SimulatorProcess implements AutoCloseable {
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

    /**
     * A simulator of this checkout; with {@code --quit-at-end}, so that it never outlives the test.
     *
     * @param module its folder in {@code plugins/devices}, such as {@code rehastim-simulator}
     * @throws IllegalStateException when the module has not been built
     */
    public static SimulatorProcess simulator(String module, String... arguments) throws IOException {
        Path classes = classes(module);
        String name = "org.anodyne.simulator."
                + module.substring(0, module.length() - "-simulator".length()).replace("-", "") + ".Main";
        List<String> command = java(classes + File.pathSeparator + kit(), name);
        command.add("--quit-at-end");
        command.addAll(List.of(arguments));
        return new SimulatorProcess(command);
    }

    /** A program of the calling module's tests. */
    public static SimulatorProcess own(Class<?> main, String... arguments) throws IOException {
        List<String> command = java(System.getProperty("java.class.path"), main.getName());
        command.addAll(List.of(arguments));
        return new SimulatorProcess(command);
    }

    /**
     * Any other program.
     *
     * @throws IOException when it is not installed
     */
    public static SimulatorProcess other(String... command) throws IOException {
        return new SimulatorProcess(List.of(command));
    }

    private static Path classes(String module) {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path folder = at.resolve("plugins/devices").resolve(module);
            if (Files.isDirectory(folder)) {
                Path classes = folder.resolve("target/classes");
                if (Files.isDirectory(classes)) {
                    return classes;
                }
                break;
            }
        }
        throw new IllegalStateException(
                "plugins/devices/" + module + " has not been built: build that module first, this test runs it");
    }

    private static String kit() {
        return Path.of(SimulatorProcess.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath())
                .toString();
    }

    private static List<String> java(String classPath, String main) {
        return new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath,
                main));
    }

    private void readLines() {
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            out.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException killed) {
            // The process was ended while it was read from.
            return;
        }
    }

    /** The next line that the process prints. */
    public String line() throws InterruptedException {
        String line = lines.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (line == null) {
            throw new AssertionError("the process printed nothing for " + PATIENCE.toSeconds() + " s");
        }
        return line;
    }

    /** The port behind {@code LISTENING}. */
    public int port() throws InterruptedException {
        return port("LISTENING");
    }

    /** The port behind {@code LISTENING} or {@code CONTROL}. */
    public int port(String word) throws InterruptedException {
        String line = line();
        if (!line.startsWith(word + " 127.0.0.1:")) {
            throw new AssertionError("expected " + word + ", got " + line);
        }
        return Integer.parseInt(line.substring(line.indexOf(':') + 1));
    }

    /** Gives one command and returns the line that answers it. */
    public String ask(String command) throws InterruptedException {
        in.println(command);
        return line();
    }

    /** Asks for the state until it is as wanted. */
    public String await(Predicate<String> wanted) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (String state = ask("state"); ; state = ask("state")) {
            if (wanted.test(state)) {
                return state;
            }
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("still " + state);
            }
            LockSupport.parkNanos(2_000_000);
        }
    }

    /** The process, to send it a signal. */
    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** Waits for the end and gives the exit code. */
    public int exitCode() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("the process did not end");
        }
        return process.exitValue();
    }

    /** Kills the process and waits for its end. */
    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
