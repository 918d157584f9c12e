package org.anodyne.bench.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What a lab has, as processes of its own: a simulator for each device and one for the amplifier, a device host that holds
 * all actuators, and an engine that runs a session with them; the broker is the benchmark's own. One thread at a time.
 */
final class Setup implements AutoCloseable {
    private static final String HOST = "faults";
    /** A site of its own on the broker, so that the benchmark's platform does not take part. */
    static final String SITE = "faults";

    private static final List<String> FLAGS = List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private final Path jar;
    private final Path home;
    private final Path folder;
    private final BusProxy toHost;
    private final Map<DeviceCase, Simulator> simulators = new LinkedHashMap<>();
    private final Simulator amplifier;
    private final Path shipped;
    private final StormAgent storm;
    private final Map<DeviceCase, Double> dosesBefore = new LinkedHashMap<>();
    private long startedNanos;
    private Process host;
    private Process engine;
    private int sessions;

    /**
     * Starts the simulators and makes a home.
     *
     * @param shipped home of the running distribution, for its simulators
     * @param jar the runnable jar
     * @param broker uri of the broker
     */
    Setup(Path shipped, Path jar, String broker, Path folder) throws IOException, InterruptedException {
        this.jar = jar;
        this.shipped = shipped;
        this.folder = folder;
        this.home = folder.resolve("home");
        Files.createDirectories(home.resolve("etc"));
        Files.writeString(home.resolve("etc").resolve("anodyne.json"), """
                {
                  ":configurator:resource-version": 1,
                  ":configurator:symbolic-name": "org.anodyne.settings",
                  ":configurator:version": "1.0.0",
                  "org.anodyne.broker": {"enabled": false},
                  "org.anodyne.bus": {"uri": "%s", "site": "%s"}
                }
                """.formatted(broker, SITE));
        toHost = new BusProxy(broker);
        storm = new StormAgent(folder);
        for (DeviceCase c : DeviceCase.ALL) {
            simulators.put(c, simulator(c));
        }
        amplifier = Simulator.start(shipped, "cyton", folder);
    }

    private Simulator simulator(DeviceCase c) throws IOException, InterruptedException {
        return Simulator.start(shipped, c.simulator(), folder, c.options().toArray(String[]::new));
    }

    /** A new device in place of one that gave more than was ordered by its own fault: its sums begin anew. */
    void renew(DeviceCase c) throws IOException, InterruptedException {
        simulators.get(c).close();
        simulators.put(c, simulator(c));
    }

    /** Lets the device host's garbage be collected without rest. */
    StormAgent storm() {
        return storm;
    }

    /** What of the device's sum was delivered since {@link #start}, and in how many seconds. */
    double delivered(DeviceCase c) throws IOException {
        return simulators.get(c).number(c.dose().field()) - dosesBefore.get(c);
    }

    double seconds() {
        return (System.nanoTime() - startedNanos) * 1e-9;
    }

    Map<DeviceCase, Simulator> simulators() {
        return simulators;
    }

    Simulator amplifier() {
        return amplifier;
    }

    BusProxy toHost() {
        return toHost;
    }

    Process host() {
        return host;
    }

    Process engine() {
        return engine;
    }

    /** Starts device host and session; all outputs come on some seconds later. */
    void start() throws IOException {
        sessions++;
        for (Map.Entry<DeviceCase, Simulator> e : simulators.entrySet()) {
            dosesBefore.put(e.getKey(), e.getValue().number(e.getKey().dose().field()));
        }
        startedNanos = System.nanoTime();
        Path out = folder.resolve("session-" + sessions);
        Files.createDirectories(out);
        host = anodyne("host", "device-host", "--name", HOST, "--bus", toHost.uri(), "--site", SITE);
        Path protocol = Files.writeString(
                out.resolve("protocol.yaml"), DeviceCase.protocol(DeviceCase.ALL, "openbci-cyton", 300, true));
        List<String> words = new ArrayList<>(List.of(
                "session",
                protocol.toString(),
                // Each has limits of a day.
                "--participant",
                "B" + sessions,
                "--simulated",
                "--input",
                "eeg=" + amplifier.address(),
                "--out",
                out.resolve("out").toString()));
        simulators.forEach((c, simulator) -> words.addAll(
                List.of("--input", c.plugin() + "=" + simulator.address(), "--host", c.plugin() + "=" + HOST)));
        engine = anodyne("engine", words.toArray(String[]::new));
    }

    private Process anodyne(String name, String... words) throws IOException {
        List<String> line = new ArrayList<>();
        line.add(java("java").toString());
        line.addAll(FLAGS);
        if (name.equals("host")) {
            line.add(storm.option());
        }
        line.addAll(List.of("-jar", jar.toString(), "--home", home.toString()));
        line.addAll(List.of(words));
        return new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(log(name).toFile())
                .start();
    }

    private Path log(String name) {
        return folder.resolve(name + "-" + sessions + ".log");
    }

    /** A program of the running JDK; it may be missing where only a runtime is installed. */
    static Path java(String program) {
        return Path.of(System.getProperty("java.home"), "bin", program);
    }

    /** The last lines that host and engine said, for a person. */
    String said() throws IOException {
        StringBuilder all = new StringBuilder();
        for (String name : List.of("host", "engine")) {
            List<String> lines = Files.exists(log(name)) ? Files.readAllLines(log(name)) : List.of();
            all.append(name).append(":\n");
            lines.subList(Math.max(0, lines.size() - 12), lines.size())
                    .forEach(l -> all.append("  ").append(l).append('\n'));
        }
        return all.toString();
    }

    /** Sends a signal to a process by its id. */
    static void signal(Process process, String signal) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                .start()
                .waitFor(5, TimeUnit.SECONDS);
    }

    /** Ends device host and session as they are and mends everything else. */
    void end() throws IOException, InterruptedException {
        for (Process p : new Process[] {engine, host}) {
            if (p != null) {
                p.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
            }
        }
        toHost.freeze(false);
        toHost.cut(false);
        amplifier.ask("clear all");
        for (Simulator simulator : simulators.values()) {
            simulator.ask("clear all");
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        end();
        for (Simulator simulator : simulators.values()) {
            simulator.close();
        }
        amplifier.close();
        toHost.close();
    }
}
