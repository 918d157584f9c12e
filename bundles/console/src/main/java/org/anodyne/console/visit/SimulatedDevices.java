package org.anodyne.console.visit;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.anodyne.session.ProtocolException;
import org.anodyne.session.SessionEngine.Fault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The simulated devices of one visit, each in a process of its own on a free port of this machine, from the jars in the
 * distribution's {@code simulators/}. They end with the visit, and with this process however it ends. Thread: any.
 */
public final class SimulatedDevices implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SimulatedDevices.class);
    private static final String SUFFIX = "-simulator.jar";
    private static final String READY = "LISTENING ";
    private static final long READY_SECONDS = 120;

    private final List<Process> processes = new ArrayList<>();
    private final Map<String, String> addresses = new LinkedHashMap<>();

    private SimulatedDevices() {}

    /**
     * The simulated device that stands in for a plug-in's: a plug-in's id names its device, {@code tens-rehastim} that of
     * {@code rehastim-simulator.jar}.
     */
    public static Optional<Path> of(Path folder, String plugin) {
        for (String word : plugin.split("-")) {
            Path jar = folder.resolve(word + SUFFIX);
            if (word.matches("[a-z0-9]+") && Files.isRegularFile(jar)) {
                return Optional.of(jar);
            }
        }
        return Optional.empty();
    }

    /** What a simulator is told of its device: its options by the plug-in's parameters of the same meaning. */
    private static final Map<String, Map<String, String>> OPTIONS = Map.of(
            "tms-magstim", Map.of("model", "--model", "softwareVersion", "--software", "mains", "--mains"),
            "tms-magventure", Map.of("model", "--model"));

    /** The options of a simulator, so that its device is the one that the parameters of the plug-in speak of. */
    public static List<String> options(String plugin, Map<String, Object> parameters) {
        List<String> options = new ArrayList<>();
        OPTIONS.getOrDefault(plugin, Map.of()).forEach((parameter, option) -> {
            Object value = parameters.get(parameter);
            if (value != null) {
                options.addAll(List.of(option, String.valueOf(value)));
            }
        });
        return options;
    }

    /**
     * Starts one for each slot, and waits until they listen.
     *
     * @param jars slot to simulator
     * @throws ProtocolException when one does not start; none is left then
     */
    public static SimulatedDevices start(Map<String, Path> jars) {
        return start(jars, Map.of());
    }

    /**
     * As {@link #start(Map)}, with options for some.
     *
     * @param options slot to {@link #options}
     */
    public static SimulatedDevices start(Map<String, Path> jars, Map<String, List<String>> options) {
        SimulatedDevices devices = new SimulatedDevices();
        try {
            jars.forEach((slot, jar) -> devices.addresses.put(
                    slot, "tcp:" + devices.start(slot, jar, options.getOrDefault(slot, List.of()))));
            return devices;
        } catch (RuntimeException e) {
            devices.close();
            throw e;
        }
    }

    /** Where they listen, by slot, as a session takes it as input. */
    public Map<String, String> addresses() {
        return Map.copyOf(addresses);
    }

    private String start(String slot, Path jar, List<String> options) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                jar.toString(),
                "--tcp",
                "0",
                "--seed",
                "1",
                "--quit-at-end"));
        command.addAll(options);
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            processes.add(process);
            return listening(slot, process);
        } catch (IOException e) {
            throw refused(slot, "it cannot be started: " + e.getMessage());
        }
    }

    private static String listening(String slot, Process process) {
        BufferedReader lines = process.inputReader();
        CompletableFuture<String> ready = CompletableFuture.supplyAsync(
                () -> lines.lines().filter(l -> l.startsWith(READY)).findFirst().orElse(""));
        try {
            String line = ready.get(READY_SECONDS, TimeUnit.SECONDS);
            if (line.isEmpty()) {
                throw refused(slot, "it ended before it was ready");
            }
            return line.substring(READY.length());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw refused(slot, "the console is being stopped");
        } catch (ExecutionException | TimeoutException e) {
            throw refused(slot, "it was not ready after " + READY_SECONDS + " s");
        }
    }

    private static ProtocolException refused(String slot, String why) {
        return new ProtocolException(List.of(new Fault(0, "slots." + slot, "the simulated device: " + why)));
    }

    /** Ends them. Idempotent; does not wait. */
    @Override
    public void close() {
        for (Process p : processes) {
            p.destroy();
            p.onExit().orTimeout(5, TimeUnit.SECONDS).exceptionally(e -> {
                LOG.warn("A simulated device had to be killed");
                return p.destroyForcibly();
            });
        }
        processes.clear();
    }
}
