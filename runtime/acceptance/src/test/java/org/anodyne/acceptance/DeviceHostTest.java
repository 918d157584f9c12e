package org.anodyne.acceptance;

import static org.anodyne.acceptance.Patience.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Actuators in a process of their own, with simulated stimulators: engine or device host is killed while current flows. */
@Tag("alone")
@Isolated("a session on a busy machine misses its heartbeats")
class DeviceHostTest {
    @TempDir
    private Path folder;

    private Path protocol() throws IOException {
        return Files.writeString(folder.resolve("protocol.yaml"), """
                anodyne: 1
                id: device-host
                title: One long burst and one long stimulation
                seed: 1
                slots:
                  eeg:   {plugin: synthetic, parameters: {kind: eeg, episode: 10 s}}
                  alpha: {plugin: band-power, inputs: {samples: eeg}, parameters: {low: 8 Hz, high: 13 Hz}}
                  loop:  {plugin: closed-loop, inputs: {features: [alpha/relative]}}
                  tens:  {plugin: tens-rehastim, parameters: {maximumDuration: 120 s, replyTimeout: 1 s}}
                  tdcs:  {plugin: tdcs-reference, parameters: {maximumCurrent: 2 mA}}
                phases:
                  - id: treat
                    duration: 3 min
                    slots: [eeg, alpha, loop, tens, tdcs]
                    triggers:
                      - id: current
                        slot: loop
                        feature: alpha/relative
                        above: 0
                        refractory: 150 s
                        do: {slot: tdcs, action: stimulate, with: {current: 2 mA, duration: 120 s, ramp: 10 s, area: 25 cm^2, frequency: 0 Hz, sham: 0}}
                      - id: go
                        slot: loop
                        feature: alpha/relative
                        above: 0
                        refractory: 150 s
                        do: {slot: tens, action: burst, with: {amplitude: 10 mA, pulseWidth: 200 us, frequency: 20 Hz, duration: 100 s}}
                """);
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

    private record Simulated(Process process, String address, Path trace) implements AutoCloseable {
        @Override
        public void close() {
            process.destroy();
        }

        /** What the device says of itself, asked on its standard input. */
        String state() throws IOException {
            process.outputWriter().write("state\n");
            process.outputWriter().flush();
            return process.inputReader().readLine();
        }
    }

    private Simulated simulate(Path home, String device) throws IOException {
        Path trace = folder.resolve(device + ".jsonl");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        home.resolve("simulators")
                                .resolve(device + "-simulator.jar")
                                .toString(),
                        "--tcp",
                        "0",
                        "--trace",
                        trace.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String said = process.inputReader().readLine();
        return new Simulated(process, "tcp:" + said.substring("LISTENING ".length()), trace);
    }

    @Test
    void theDeathOfTheEngineEndsTheCurrentAndTheLedgerStillCounts() throws Exception {
        Path home = folder.resolve("home");
        Anodyne anodyne = new Anodyne(home);
        List<String> pulses;
        List<String> current;
        try (Anodyne.Running host = anodyne.start("device-host", "--name", "bench")) {
            host.awaitLine(l -> l.contains("waits for a platform"));
            try (Simulated tens = simulate(home, "rehastim");
                    Simulated tdcs = simulate(home, "tdcs")) {
                try (Anodyne.Running engine = anodyne.start(
                        "session",
                        protocol(),
                        "--participant",
                        "P01",
                        "--simulated",
                        "--host",
                        "tens=bench",
                        "--host",
                        "tdcs=bench",
                        "--input",
                        "tens=" + tens.address(),
                        "--input",
                        "tdcs=" + tdcs.address(),
                        "--out",
                        folder.resolve("out"))) {
                    until("a pulse", () -> any(tens.trace(), "\"event\":\"pulse\""));
                    until("2 mA", () -> any(tdcs.trace(), "\"to\":\"HOLD\",\"milliamps\":2.000"));
                    assertFalse(
                            any(tens.trace(), "\"command\":\"stop\""), () -> String.join("\n", lines(tens.trace())));
                    assertFalse(any(tdcs.trace(), "\"to\":\"RAMPDOWN\""));
                    engine.kill();
                    until("a stop from the device host", () -> any(tens.trace(), "\"command\":\"stop\""));
                    until("no current", () -> any(tdcs.trace(), "\"to\":\"IDLE\",\"milliamps\":0.000"));
                }
                pulses = lines(tens.trace());
                current = lines(tdcs.trace());
            }
            List<String> ledger =
                    Files.readAllLines(home.resolve("var").resolve("safety").resolve("ledger.txt"));
            assertTrue(
                    ledger.stream().anyMatch(l -> l.contains(" order ") && l.contains("+pulses=2000.0")),
                    ledger.toString());
        }
        int stop = first(pulses, "\"command\":\"stop\"");
        assertEquals(
                0,
                pulses.subList(stop, pulses.size()).stream()
                        .filter(l -> l.contains("\"event\":\"pulse\""))
                        .count());
        // Told to ramp down by the device host; its own watchdog would have ended it as a fault.
        assertTrue(
                current.stream()
                        .anyMatch(l -> l.contains("\"from\":\"HOLD\",\"to\":\"RAMPDOWN\",\"milliamps\":2.000")
                                && l.contains("\"why\":\"abort\"")),
                current.toString());
        assertTrue(current.stream().noneMatch(l -> l.contains("\"event\":\"watchdog\"")), current.toString());
    }

    /**
     * As soon as current flows, so that as little as may be lies between: a machine that stands still for longer than the
     * watchdog ends the output in the same way, only earlier.
     */
    @Test
    void theDeathOfTheDeviceHostIsEndedByTheDevicesOwnWatchdog() throws Exception {
        Path home = folder.resolve("home");
        Anodyne anodyne = new Anodyne(home);
        Path protocol = Files.writeString(folder.resolve("current.yaml"), """
                anodyne: 1
                id: device-host-killed
                seed: 1
                slots:
                  eeg:   {plugin: synthetic, parameters: {kind: eeg}}
                  alpha: {plugin: band-power, inputs: {samples: eeg}, parameters: {window: 1 s}}
                  loop:  {plugin: closed-loop, inputs: {features: [alpha/relative]}}
                  tdcs:  {plugin: tdcs-reference, parameters: {watchdog: 1 s, replyTimeout: 1 s}}
                phases:
                  - id: treat
                    duration: 3 min
                    slots: [eeg, alpha, loop, tdcs]
                    triggers:
                      - id: current
                        slot: loop
                        feature: alpha/relative
                        above: 0
                        refractory: 3 s
                        do: {slot: tdcs, action: stimulate, with: {current: 2 mA, duration: 120 s, ramp: 10 s, area: 25 cm^2, frequency: 0 Hz, sham: 0}}
                """);
        try (Anodyne.Running host = anodyne.start("device-host", "--name", "bench")) {
            host.awaitLine(l -> l.contains("waits for a platform"));
            try (Simulated tdcs = simulate(home, "tdcs");
                    Anodyne.Running engine = anodyne.start(
                            "session",
                            protocol,
                            "--participant",
                            "P01",
                            "--simulated",
                            "--host",
                            "tdcs=bench",
                            "--input",
                            "tdcs=" + tdcs.address(),
                            "--out",
                            folder.resolve("out"))) {
                until(
                        () -> "a ramp; the session said: " + engine.output(),
                        () -> any(tdcs.trace(), "\"to\":\"RAMPUP\""));
                host.kill();
                until(
                        () -> "the watchdog: " + String.join("\n", lines(tdcs.trace())),
                        () -> any(tdcs.trace(), "\"event\":\"watchdog\""));
                until("no current", () -> tdcs.state().contains("\"outputOn\":false"));
                List<String> states = lines(tdcs.trace()).stream()
                        .filter(l -> l.contains("\"event\":\"state\""))
                        .toList();
                // The device had not been told to end: it went from what it was doing to its fault by itself.
                String after = states.get(first(states, "\"to\":\"RAMPUP\"") + 1);
                assertTrue(after.contains("\"from\":\"RAMPUP\",\"to\":\"FAULT\""), after);
                assertTrue(after.contains("\"why\":\"WATCHDOG\""), after);
                assertFalse(after.contains("\"milliamps\":0.000"), () -> "no current had flowed: " + after);
                String state = tdcs.state();
                assertTrue(state.contains("\"state\":\"FAULT\""), state);
                assertTrue(state.contains("\"milliamps\":0.000"), state);
            }
        }
    }

    private static int first(List<String> trace, String words) {
        for (int i = 0; i < trace.size(); i++) {
            if (trace.get(i).contains(words)) {
                return i;
            }
        }
        throw new AssertionError("no line with " + words);
    }
}
