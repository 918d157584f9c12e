package org.anodyne.lsl;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** The reference library in a process of its own, asked by Python expressions ({@code liblsl_serve.py}). Thread: one. */
final class Liblsl implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 90;

    private final Path folder;
    private final Process process;
    private final Writer in;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    private Liblsl(Path folder, Process process) {
        this.folder = folder;
        this.process = process;
        in = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
        Thread reader = new Thread(
                () -> new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
                        .lines()
                        .forEach(lines::add));
        reader.setDaemon(true);
        reader.start();
    }

    /** The library; skips the test where there is none. */
    static Path library() throws Exception {
        Path at = Path.of("").toAbsolutePath();
        while (at != null && !Files.exists(at.resolve("anodyne"))) {
            at = at.getParent();
        }
        Path library = at == null ? Path.of("none") : at.resolve(".tools/liblsl/liblsl64.so");
        Assumptions.assumeTrue(
                Files.exists(library),
                "liblsl is not there; cnf/tools/fetch-liblsl.sh fetches it where npm is installed");
        Assumptions.assumeTrue(
                System.getProperty("os.name").equals("Linux")
                        && System.getProperty("os.arch").equals("amd64"),
                "the liblsl that is fetched is for Linux on x86-64");
        Assumptions.assumeTrue(
                new ProcessBuilder("python3", "-c", "import ctypes").start().waitFor() == 0, "python3 is not there");
        return library;
    }

    /** The settings of a library that speaks on these ports of 127.0.0.1 alone, with more lines behind. */
    static String settings(int basePort, String more) {
        return "[ports]\nBasePort = " + basePort + "\nPortRange = 64\nMulticastPort = " + (basePort - 1)
                + "\nIPv6 = disable\n[multicast]\nResolveScope = machine\n[lab]\nKnownPeers = {127.0.0.1}\n" + more;
    }

    /** Starts it; {@code before} is what the command begins with, such as one that enters a network namespace. */
    static Liblsl start(Path folder, String settings, String... before) throws Exception {
        Path library = library();
        Path own = Files.createTempDirectory(folder, "liblsl");
        Files.writeString(own.resolve("lsl_api.cfg"), settings);
        List<String> command = new ArrayList<>(List.of(before));
        command.addAll(List.of("python3", script().toString(), library.toString()));
        Process process = new ProcessBuilder(command)
                .directory(own.toFile())
                .redirectError(own.resolve("errors.txt").toFile())
                .start();
        Liblsl started = new Liblsl(own, process);
        started.line();
        return started;
    }

    private static Path script() throws URISyntaxException {
        return Path.of(Liblsl.class.getResource("/liblsl_serve.py").toURI());
    }

    /** The value of an expression, as JSON. */
    String ask(String expression) throws IOException, InterruptedException {
        say(expression);
        return line();
    }

    /** Asks without waiting; the answer is got by {@link #line}. */
    void say(String expression) throws IOException {
        in.write(expression + "\n");
        in.flush();
    }

    /** The next answer. */
    String line() throws IOException, InterruptedException {
        String line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertTrue(line != null, "liblsl does not answer; it said: " + errors());
        return line;
    }

    /** What it wrote to its error output. */
    String errors() throws IOException {
        return Files.readString(folder.resolve("errors.txt"));
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
