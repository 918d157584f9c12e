package org.anodyne.plugins.tmsmagstim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.anodyne.plugin.Acknowledgement;
import org.anodyne.plugin.Acknowledgement.Outcome;
import org.anodyne.plugin.Command;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.PluginException;
import org.anodyne.plugin.device.Actuator;
import org.anodyne.plugin.tck.FakeContext;
import org.anodyne.plugin.tck.Schema;
import org.anodyne.simulator.kit.SimulatorProcess;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With the simulator in a process of its own; it shares no code with the adapter. */
class SimulatorTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private FakeContext context;

    private Actuator adapter(String address, Map<String, Object> parameters) throws Exception {
        // A busy machine may let the simulator answer late; how late is not judged here.
        Map<String, Object> patient = new HashMap<>(parameters);
        patient.putIfAbsent("replyTimeout", 5.0);
        context = FakeContext.of(Schema.of(MagstimFactory.class).defaultsWith(patient))
                .with(address);
        Actuator actuator = (Actuator) new MagstimFactory("", "").create(context);
        actuator.prepare(Inputs.NONE, Deadline.in(PATIENCE));
        actuator.start();
        return actuator;
    }

    private static SimulatorProcess simulator(String... more) throws IOException {
        String[] arguments = new String[more.length + 2];
        arguments[0] = "--tcp";
        arguments[1] = "0";
        System.arraycopy(more, 0, arguments, 2, more.length);
        return SimulatorProcess.simulator("magstim-simulator", arguments);
    }

    private static String at(SimulatorProcess simulator) throws InterruptedException {
        return "tcp:127.0.0.1:" + simulator.port();
    }

    private static Command pulse(double intensity) {
        return new Command("p-1", "slot", "pulse", Map.of("intensity", intensity), 0, "test");
    }

    private static Command train(double intensity, double hertz, double pulses) {
        return new Command(
                "t-1",
                "slot",
                "train",
                Map.of("intensity", intensity, "frequency", hertz, "pulses", pulses),
                0,
                "test");
    }

    /** As a lab would: a refusal says that it may be given again. */
    private static Acknowledgement untilExecuted(Actuator actuator, Command command) {
        Deadline deadline = Deadline.in(PATIENCE);
        Acknowledgement answer = actuator.execute(command);
        while (answer.outcome() == Outcome.REFUSED && !deadline.passed()) {
            LockSupport.parkNanos(20_000_000);
            answer = actuator.execute(command);
        }
        assertEquals(Outcome.EXECUTED, answer.outcome(), answer.reason());
        return answer;
    }

    private static double number(String state, String name) {
        Matcher matcher = Pattern.compile("\"" + name + "\":(-?[0-9.]+)").matcher(state);
        assertTrue(matcher.find(), state);
        return Double.parseDouble(matcher.group(1));
    }

    private boolean eventually(String event) throws InterruptedException {
        return context.published().await(o -> !o.events(event).isEmpty(), PATIENCE);
    }

    @Test
    void pulsesAreGivenWithSettledPower() throws Exception {
        try (SimulatorProcess simulator = simulator();
                Actuator actuator = adapter(at(simulator), Map.of())) {
            actuator.arm();
            Acknowledgement up = actuator.execute(pulse(50));
            assertEquals(Outcome.EXECUTED, up.outcome(), up.reason());
            assertEquals(1, up.delivered().get("pulses"));
            Acknowledgement soon = actuator.execute(pulse(50));
            assertEquals(Outcome.REFUSED, soon.outcome());
            assertTrue(soon.reason().contains("too short a time ago"), soon.reason());
            untilExecuted(actuator, pulse(25));
            String state = simulator.await(s -> number(s, "pulses") == 2);
            assertEquals(0, number(state, "unsettledPulses"), state);
            assertEquals(50, number(state, "maxPercentMso"), state);
            assertTrue(state.contains("\"interlockIgnored\":false"), state);
        }
    }

    @ParameterizedTest
    @CsvSource({"6.0, 1", "8.1, 1", "9.0.0, 1", "9.0.0, 0", "10.2, 1"})
    void trainsRunOnTheDevice(String software, String locked) throws Exception {
        try (SimulatorProcess simulator =
                        simulator("--model", "super-rapid", "--software", software, "--locked", locked);
                Actuator actuator = adapter(at(simulator), Map.of("model", "super-rapid"))) {
            actuator.arm();
            Acknowledgement answer = untilExecuted(actuator, train(30, 20, 20));
            assertEquals(20, answer.delivered().get("pulses"));
            assertEquals(1, answer.delivered().get("seconds"), 1e-9);
            assertEquals(Outcome.REFUSED, actuator.execute(train(30, 20, 20)).outcome(), "while it goes on");
            assertTrue(eventually("train-ended"));
            String state = simulator.await(s -> s.contains("\"trainRunning\":false"));
            assertEquals(20, number(state, "pulses"), state);
            untilExecuted(actuator, pulse(30));
            simulator.await(s -> number(s, "pulses") == 21);
        }
    }

    @Test
    void safeStateEndsATrain() throws Exception {
        try (SimulatorProcess simulator = simulator("--model", "rapid");
                Actuator actuator = adapter(at(simulator), Map.of("model", "rapid", "softwareVersion", "9.1"))) {
            actuator.arm();
            untilExecuted(actuator, train(30, 1, 50));
            simulator.await(s -> s.contains("\"trainRunning\":true"));
            actuator.safeState();
            simulator.await(s -> s.contains("\"trainRunning\":false") && s.contains("\"outputOn\":false"));
            assertTrue(eventually("train-ended"));
            assertEquals(Outcome.REFUSED, actuator.execute(pulse(30)).outcome());
            actuator.arm();
            untilExecuted(actuator, pulse(30));
        }
    }

    @Test
    void pairedPulses() throws Exception {
        try (SimulatorProcess simulator = simulator("--model", "bistim");
                Actuator actuator = adapter(at(simulator), Map.of("model", "bistim"))) {
            actuator.arm();
            Command paired = new Command(
                    "c-1",
                    "slot",
                    "pairedPulse",
                    Map.of("intensity", 40.0, "secondIntensity", 50.0, "interval", 3.0),
                    0,
                    "test");
            Acknowledgement answer = actuator.execute(paired);
            assertEquals(Outcome.EXECUTED, answer.outcome(), answer.reason());
            assertEquals(2, answer.delivered().get("pulses"));
            simulator.await(s -> number(s, "pulses") == 2);
        }
    }

    @Test
    void closingDisarmsAndReleases() throws Exception {
        try (SimulatorProcess simulator = simulator()) {
            Actuator actuator = adapter(at(simulator), Map.of());
            actuator.arm();
            assertTrue(simulator.ask("state").contains("\"outputOn\":true"));
            actuator.close();
            String state = simulator.ask("state");
            assertTrue(state.contains("\"outputOn\":false") && state.contains("\"remote\":false"), state);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "coil-off",
                "over-temperature",
                "emergency-stop",
                "module-error",
                "reset",
                "silence",
                "watchdog-expiry",
                "no-reply",
                "bad-crc",
                "lost-byte",
                "half-frame",
                "late-reply=1400",
                "wrong-state",
                "unknown-command",
                "cable-pulled"
            })
    void faultsDisarm(String fault) throws Exception {
        try (SimulatorProcess simulator = simulator();
                Actuator actuator = adapter(at(simulator), Map.of())) {
            actuator.arm();
            simulator.ask("fault " + fault);
            assertTrue(eventually("device-fault"), fault);
            assertEquals(Outcome.REFUSED, actuator.execute(pulse(30)).outcome(), fault);
            simulator.await(s -> s.contains("\"outputOn\":false"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"split", "merge"})
    void splitAndMergedRepliesAreNoFault(String fault) throws Exception {
        try (SimulatorProcess simulator = simulator("--fault", fault);
                Actuator actuator = adapter(at(simulator), Map.of())) {
            actuator.arm();
            Acknowledgement answer = actuator.execute(pulse(35));
            assertEquals(Outcome.EXECUTED, answer.outcome(), answer.reason());
        }
    }

    @Test
    void outputThatIsStuckIsSaidSo() throws Exception {
        try (SimulatorProcess simulator = simulator();
                Actuator actuator = adapter(at(simulator), Map.of())) {
            actuator.arm();
            simulator.ask("fault stuck-output");
            actuator.safeState();
            assertTrue(context.published()
                    .await(
                            o -> o.events("device-fault").stream().anyMatch(e -> e.attributes()
                                    .get("reason")
                                    .toString()
                                    .contains("SWITCH IT OFF BY HAND")),
                            PATIENCE));
            simulator.ask("clear all");
        }
    }

    @Test
    void killedHostLeavesTheStimulatorDisarmed() throws Exception {
        try (SimulatorProcess simulator = simulator();
                SimulatorProcess host = SimulatorProcess.own(HostProgram.class, at(simulator))) {
            assertEquals("ARMED", host.line());
            assertTrue(simulator.ask("state").contains("\"outputOn\":true"));
            host.close();
            String state = simulator.await(s -> s.contains("\"outputOn\":false"));
            assertTrue(number(state, "lastPacketAgeMs") >= 1000, "by its own keep-alive: " + state);
        }
    }

    @Test
    void anotherVersionThanTheParameterSaysIsRefused() throws Exception {
        try (SimulatorProcess simulator = simulator("--model", "rapid", "--software", "8.0")) {
            String address = at(simulator);
            PluginException refusal = assertThrows(
                    PluginException.class, () -> adapter(address, Map.of("model", "rapid", "softwareVersion", "9.0")));
            assertTrue(refusal.getMessage().contains("software 8.0"), refusal.getMessage());
        }
    }

    @Test
    void unlockCodeIsNeededWhereTheStimulatorWantsIt() throws Exception {
        try (SimulatorProcess simulator = simulator("--model", "rapid", "--unlock", "7cef-5b2a")) {
            FakeContext fake = FakeContext.of(
                    Schema.of(MagstimFactory.class).defaultsWith(Map.of("model", "rapid", "replyTimeout", 1.0)));
            try (Actuator actuator = (Actuator) new MagstimFactory(at(simulator), "7cef-5b2a").create(fake)) {
                actuator.prepare(Inputs.NONE, Deadline.in(PATIENCE));
                actuator.start();
                actuator.arm();
                assertTrue(simulator.ask("state").contains("\"outputOn\":true"));
            }
        }
    }

    @Test
    void sameOverAPseudoTerminal(@TempDir Path folder) throws Exception {
        Path forAdapter = folder.resolve("a");
        Path forDevice = folder.resolve("b");
        try (SimulatorProcess pair = socat(forAdapter, forDevice)) {
            Deadline deadline = Deadline.in(PATIENCE);
            while (!(Files.exists(forAdapter) && Files.exists(forDevice)) && !deadline.passed()) {
                LockSupport.parkNanos(5_000_000);
            }
            try (SimulatorProcess simulator =
                    SimulatorProcess.simulator("magstim-simulator", "--pty", forDevice.toString())) {
                assertEquals("LISTENING " + forDevice, simulator.line());
                simulator.await(s -> s.contains("\"connected\":true"));
                try (Actuator actuator = adapter("pty:" + forAdapter, Map.of())) {
                    actuator.arm();
                    Acknowledgement answer = actuator.execute(pulse(40));
                    assertEquals(Outcome.EXECUTED, answer.outcome(), answer.reason());
                    actuator.safeState();
                    simulator.await(s -> s.contains("\"outputOn\":false"));
                }
            }
        }
    }

    private static SimulatorProcess socat(Path a, Path b) {
        try {
            return SimulatorProcess.other("socat", "pty,raw,echo=0,link=" + a, "pty,raw,echo=0,link=" + b);
        } catch (IOException e) {
            return Assumptions.abort("SKIPPED: socat is not installed");
        }
    }
}
