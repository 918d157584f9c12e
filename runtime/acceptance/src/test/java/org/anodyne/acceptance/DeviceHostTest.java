package org.anodyne.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An actuator in a process of its own, with a simulated stimulator: the engine is killed while current flows. */
class DeviceHostTest {
    @TempDir
    private Path folder;

    private Path protocol() throws IOException {
        return Files.writeString(folder.resolve("protocol.yaml"), """
                anodyne: 1
                id: device-host
                title: One long burst
                seed: 1
                slots:
                  eeg:   {plugin: synthetic, parameters: {kind: eeg, episode: 10 s}}
                  alpha: {plugin: band-power, inputs: {samples: eeg}, parameters: {low: 8 Hz, high: 13 Hz}}
                  loop:  {plugin: closed-loop, inputs: {features: [alpha/relative]}}
                  tens:  {plugin: tens-rehastim, parameters: {maximumDuration: 120 s, replyTimeout: 500 ms}}
                phases:
                  - id: treat
                    duration: 3 min
                    slots: [eeg, alpha, loop, tens]
                    triggers:
                      - id: go
                        slot: loop
                        feature: alpha/relative
                        above: 0
                        refractory: 150 s
                        do: {slot: tens, action: burst, with: {amplitude: 10 mA, pulseWidth: 200 us, frequency: 20 Hz, duration: 100 s}}
                """);
    }

    private static void await(String what, BooleanSupplier wanted) {
        long until = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (!wanted.getAsBoolean()) {
            assertTrue(System.nanoTime() - until < 0, "did not come: " + what);
            LockSupport.parkNanos(20_000_000);
        }
    }

    private static List<String> lines(Path trace) {
        try {
            return Files.exists(trace) ? Files.readAllLines(trace) : List.of();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean any(Path trace, String words) {
        return lines(trace).stream().anyMatch(l -> l.contains(words));
    }

    @Test
    void theDeathOfTheEngineEndsTheCurrentAndTheLedgerStillCounts() throws Exception {
        Path home = folder.resolve("home");
        Path trace = folder.resolve("trace.jsonl");
        Anodyne anodyne = new Anodyne(home);
        Process simulator = null;
        try (Anodyne.Running host = anodyne.start("device-host", "--name", "bench")) {
            host.awaitLine(l -> l.contains("waits for a platform"));
            simulator = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx64m",
                            "-jar",
                            home.resolve("simulators")
                                    .resolve("rehastim-simulator.jar")
                                    .toString(),
                            "--tcp",
                            "0",
                            "--trace",
                            trace.toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            BufferedReader out = simulator.inputReader();
            String address = out.readLine().substring("LISTENING ".length());
            try (Anodyne.Running engine = anodyne.start(
                    "session",
                    protocol(),
                    "--participant",
                    "P01",
                    "--simulated",
                    "--host",
                    "tens=bench",
                    "--input",
                    "tens=tcp:" + address,
                    "--out",
                    folder.resolve("out"))) {
                await("a pulse", () -> any(trace, "\"event\":\"pulse\""));
                assertFalse(any(trace, "\"command\":\"stop\""));
                engine.kill();
                await("a stop from the device host", () -> any(trace, "\"command\":\"stop\""));
            }
            List<String> ledger =
                    Files.readAllLines(home.resolve("var").resolve("safety").resolve("ledger.txt"));
            assertTrue(
                    ledger.stream().anyMatch(l -> l.contains(" order ") && l.contains("+pulses=2000.0")),
                    ledger.toString());
        } finally {
            if (simulator != null) {
                simulator.destroy();
            }
        }
        List<String> all = lines(trace);
        int stop = 0;
        while (!all.get(stop).contains("\"command\":\"stop\"")) {
            stop++;
        }
        assertEquals(
                0,
                all.subList(stop, all.size()).stream()
                        .filter(l -> l.contains("\"event\":\"pulse\""))
                        .count());
    }
}
