package org.anodyne.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.anodyne.session.SessionEngine.Request;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "demo",
        description =
                "Runs one closed-loop session with simulated devices: synthetic EEG and skin conductance, a pain-state"
                        + " detector, and a simulated TENS unit in a process of its own.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    private static final long SIMULATOR_SECONDS = 10;
    private static final String READY = "LISTENING ";
    private static final String TRACE = "simulator-tens.jsonl";

    private final CommandLineRunner.Session session;

    @Spec
    CommandSpec spec;

    @Option(
            names = "--input",
            paramLabel = "SLOT=FILE",
            description =
                    "Plays a real recording in a slot (eeg, eda) instead of the synthetic signal. May be repeated.")
    List<String> inputs = new ArrayList<>();

    @Option(
            names = "--speed",
            defaultValue = "1",
            paramLabel = "N|max",
            description = "1 is real time. Default: ${DEFAULT-VALUE}.")
    String speed;

    @Option(names = "--out", paramLabel = "DIR", description = "Default: out/demo-<date and time>.")
    Path out;

    DemoCommand(CommandLineRunner.Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        Path home = session.home().get();
        Path folder = out != null
                ? out
                : Path.of("out", "demo-" + LocalDateTime.now().format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss")));
        Path protocol = home.resolve("examples").resolve("closed-loop-tens.yaml");
        Map<String, String> all = Assignments.inputs(inputs);
        Path fresh = SessionCommand.fresh(folder);
        List<Path> made = missing(folder);
        Process simulator = null;
        try {
            if (!all.containsKey("tens")) {
                simulator = simulator(home, folder);
                all.put("tens", "tcp:" + listening(simulator));
            }
            return new SessionRun(
                            session,
                            spec.commandLine().getOut(),
                            spec.commandLine().getErr())
                    .run(new Request(
                            protocol, "DEMO", all, SessionCommand.speed(speed), fresh, simulator != null, Map.of()));
        } finally {
            if (simulator != null) {
                simulator.destroy();
                simulator.waitFor(SIMULATOR_SECONDS, TimeUnit.SECONDS);
                if (!Files.exists(folder.resolve("record"))) {
                    discard(folder.resolve(TRACE), made);
                }
            }
        }
    }

    /** A folder and those above it, as far as they are not there yet; innermost first. */
    private static List<Path> missing(Path folder) {
        List<Path> missing = new ArrayList<>();
        for (Path f = folder.toAbsolutePath(); f != null && !Files.exists(f); f = f.getParent()) {
            missing.add(f);
        }
        return missing;
    }

    /** A session that could not begin leaves nothing; a session's folder is not empty, and stays. */
    private static void discard(Path trace, List<Path> made) throws IOException {
        Files.deleteIfExists(trace);
        try {
            for (Path folder : made) {
                Files.deleteIfExists(folder);
            }
        } catch (DirectoryNotEmptyException e) {
            // Somebody else put something there meanwhile: it stays.
        }
    }

    private static Process simulator(Path home, Path folder) throws IOException {
        Path jar = home.resolve("simulators").resolve("rehastim-simulator.jar");
        if (!Files.isRegularFile(jar)) {
            throw new CommandFailure(1, "the simulated TENS unit is missing: " + jar + ". Build again");
        }
        Files.createDirectories(folder);
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-jar",
                        jar.toString(),
                        "--tcp",
                        "0",
                        "--seed",
                        "1",
                        // It ends with this process, however that ends.
                        "--quit-at-end",
                        "--trace",
                        folder.resolve(TRACE).toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static String listening(Process simulator) throws IOException, InterruptedException {
        BufferedReader lines = simulator.inputReader();
        CompletableFuture<String> ready = CompletableFuture.supplyAsync(() -> lines.lines()
                .filter(l -> l.startsWith(READY))
                .findFirst()
                .orElseThrow(() -> new CommandFailure(1, "the simulated TENS unit ended before it was ready")));
        try {
            return ready.get(SIMULATOR_SECONDS, TimeUnit.SECONDS).substring(READY.length());
        } catch (ExecutionException | TimeoutException e) {
            throw new CommandFailure(
                    1, "the simulated TENS unit was not ready after " + SIMULATOR_SECONDS + " s: " + e.getMessage());
        }
    }
}
