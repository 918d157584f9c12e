package org.anodyne.simulator.rehastim;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** The simulator as a process of its own, with its standard input and output. */
final class SimulatorProcess implements AutoCloseable {

    private static final long DEADLINE_SECONDS = 30;

    private final Process process;
    private final PrintWriter in;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    SimulatorProcess(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                Path.of(Main.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .getPath())
                        .toString(),
                Main.class.getName(),
                "--quit-at-end"));
        command.addAll(List.of(arguments));
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        in = new PrintWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8), true);
        Thread reader = new Thread(this::readLines, "simulator-output");
        reader.setDaemon(true);
        reader.start();
    }

    private void readLines() {
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                lines.add(line);
            }
        } catch (IOException killed) {
            // The test has ended the process while it was read from.
            return;
        }
    }

    /** The next line that the process prints. */
    String line() throws InterruptedException {
        String line = lines.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
        if (line == null) {
            throw new AssertionError("the simulator printed nothing for " + DEADLINE_SECONDS + " s");
        }
        return line;
    }

    /** The port behind {@code LISTENING} or {@code CONTROL}. */
    int port(String word) throws InterruptedException {
        String line = line();
        if (!line.startsWith(word + " 127.0.0.1:")) {
            throw new AssertionError("expected " + word + ", got " + line);
        }
        return Integer.parseInt(line.substring(line.indexOf(':') + 1));
    }

    String ask(String command) throws InterruptedException {
        in.println(command);
        return line();
    }

    /** Asks for the state until it is as wanted. */
    String await(Predicate<String> wanted) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        String state = ask("state");
        while (!wanted.test(state)) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("still " + state);
            }
            new CountDownLatch(1).await(5, TimeUnit.MILLISECONDS);
            state = ask("state");
        }
        return state;
    }

    int exitCode() throws InterruptedException {
        if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("the simulator did not end");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
