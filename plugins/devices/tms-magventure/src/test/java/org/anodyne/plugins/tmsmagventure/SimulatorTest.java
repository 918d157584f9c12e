package org.anodyne.plugins.tmsmagventure;

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
import org.junit.jupiter.params.provider.ValueSource;

/** With the simulator in a process of its own; it shares no code with the adapter. */
class SimulatorTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private FakeContext context;

    private Actuator adapter(String address, Map<String, Object> parameters) throws Exception {
        // A busy machine may let the simulator answer late; how late is not judged here.
        Map<String, Object> patient = new HashMap<>(Map.of("replyTimeout", 1.0, "heartbeat", 5.0));
        patient.putAll(parameters);
        context = FakeContext.of(Schema.of(MagventureFactory.class).defaultsWith(patient))
                .with(address);
        Actuator actuator = (Actuator) new MagventureFactory("").create(context);
        actuator.prepare(Inputs.NONE, Deadline.in(PATIENCE));
        actuator.start();
        return actuator;
    }

    private static SimulatorProcess simulator(String... more) throws IOException {
        String[] arguments = new String[more.length + 2];
        arguments[0] = "--tcp";
        arguments[1] = "0";
        System.arraycopy(more, 0, arguments, 2, more.length);
        return SimulatorProcess.simulator("magventure-simulator", arguments);
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
    private static void untilExecuted(Actuator actuator, Command command) {
        Deadline deadline = Deadline.in(PATIENCE);
        Acknowledgement answer = actuator.execute(command);
        while (answer.outcome() == Outcome.REFUSED && !deadline.passed()) {
            LockSupport.parkNanos(20_000_000);
            answer = actuator.execute(command);
        }
        assertEquals(Outcome.EXECUTED, answer.outcome(), answer.reason());
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
    void pulsesAreGiven() throws Exception {
        try (SimulatorProcess simulator = simulator();
                Actuator actuator = adapter(at(simulator), Map.of())) {
            actuator.arm();
            Acknowledgement answer = actuator.execute(pulse(50));
            assertEquals(Outcome.EXECUTED, answer.outcome(), answer.reason());
            assertEquals(1, answer.delivered().get("pulses"));
            assertEquals(Outcome.REFUSED, actuator.execute(pulse(50)).outcome(), "too soon");
            untilExecuted(actuator, pulse(25));
            String state = simulator.await(s -> number(s, "pulses") == 2);
            assertEquals(50, number(state, "maxPercentMso"), state);
        }
    }

    @Test
    void trainsRunOnTheDeviceAndPulsesGoOnAfterwards() throws Exception {
        try (SimulatorProcess simulator = simulator("--model", "x100");
                Actuator actuator = adapter(at(simulator), Map.of("model", "x100"))) {
            actuator.arm();
            Acknowledgement answer = actuator.execute(train(30, 20, 20));
            assertEquals(Outcome.EXECUTED, answer.outcome(), answer.reason());
            assertEquals(20, answer.delivered().get("pulses"));
            assertEquals(Outcome.REFUSED, actuator.execute(train(30, 20, 20)).outcome(), "while it goes on");
            assertTrue(eventually("train-ended"));
            assertEquals(
                    20L,
                    context.published()
                            .events("train-ended")
                            .get(0)
                            .attributes()
                            .get("pulses"));
            assertEquals(20, number(simulator.ask("state"), "pulses"));
            untilExecuted(actuator, pulse(30));
            simulator.await(s -> number(s, "pulses") == 21);
        }
    }

    @Test
    void safeStateEndsATrain() throws Exception {
        try (SimulatorProcess simulator = simulator();
                Actuator actuator = adapter(at(simulator), Map.of())) {
            actuator.arm();
            untilExecuted(actuator, train(30, 1, 50));
            simulator.await(s -> s.contains("\"trainRunning\":true"));
            actuator.safeState();
            simulator.await(s -> s.contains("\"trainRunning\":false") && s.contains("\"outputOn\":false"));
            assertTrue(eventually("train-ended"));
            assertEquals(Outcome.REFUSED, actuator.execute(pulse(30)).outcome());
            actuator.arm();
            assertTrue(simulator.ask("state").contains("\"outputOn\":true"));
        }
    }

    private static Command preset(String action) {
        return new Command("b-1", "slot", action, Map.of("intensity", 25.0), 0, "test");
    }

    @Test
    void thetaBurstIsGivenInBurstsAndASinglePulseIsOneAgain() throws Exception {
        Map<String, Object> parameters = Map.of("model", "x100-option", "maximumPulses", 600);
        try (SimulatorProcess simulator = simulator("--model", "x100-option");
                Actuator actuator = adapter(at(simulator), parameters)) {
            actuator.arm();
            Acknowledgement answer = actuator.execute(preset("cTBS300"));
            assertEquals(Outcome.EXECUTED, answer.outcome(), answer.reason());
            assertEquals(300, answer.delivered().get("pulses"));
            assertEquals(20, answer.delivered().get("seconds"));
            String state = simulator.await(s -> number(s, "pulses") >= 15);
            assertEquals(3, number(state, "perBurst"), state);
            Deadline deadline = Deadline.in(Duration.ofSeconds(60));
            while (context.published().events("train-ended").isEmpty() && !deadline.passed()) {
                LockSupport.parkNanos(200_000_000);
                context.lane().advanceTo(context.lane().nowNanos() + 200_000_000);
            }
            assertEquals(
                    "complete",
                    context.published()
                            .events("train-ended")
                            .get(0)
                            .attributes()
                            .get("reason"));
            untilExecuted(actuator, pulse(30));
            state = simulator.await(s -> number(s, "pulses") > 300);
            assertEquals(301, number(state, "pulses"), state);
            assertEquals(1, number(state, "waveform"), state);
            assertEquals(0, context.published().events("device-fault").size());
        }
    }

    @Test
    void thetaBurstIsRefusedWhereItIsNotDescribedOrMayNotRunToItsEnd() throws Exception {
        try (SimulatorProcess simulator = simulator();
                Actuator actuator = adapter(at(simulator), Map.of("maximumPulses", 600))) {
            actuator.arm();
            Acknowledgement answer = actuator.execute(preset("iTBS600"));
            assertEquals(Outcome.REFUSED, answer.outcome());
            assertTrue(answer.reason().contains("X100 with option alone"), answer.reason());
        }
        try (SimulatorProcess simulator = simulator("--model", "x100-option");
                Actuator actuator = adapter(at(simulator), Map.of("model", "x100-option"))) {
            actuator.arm();
            Acknowledgement answer = actuator.execute(preset("iTBS600"));
            assertEquals(Outcome.REFUSED, answer.outcome());
            assertTrue(
                    answer.reason().contains("gives 600 pulses, and the parameter maximumPulses is 50"),
                    answer.reason());
            assertEquals(0, number(simulator.ask("state"), "pulses"));
        }
    }

    @Test
    void closingDisables() throws Exception {
        try (SimulatorProcess simulator = simulator()) {
            Actuator actuator = adapter(at(simulator), Map.of());
            actuator.arm();
            assertTrue(simulator.ask("state").contains("\"outputOn\":true"));
            actuator.close();
            assertTrue(simulator.ask("state").contains("\"outputOn\":false"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"coil-off", "over-temperature", "emergency-stop", "reset", "bad-crc", "half-frame"})
    void faultsDisable(String fault) throws Exception {
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
    @ValueSource(strings = {"silence", "cable-pulled", "stuck-output"})
    void whatCannotBeReachedIsSaidSo(String fault) throws Exception {
        try (SimulatorProcess simulator = simulator();
                Actuator actuator = adapter(at(simulator), Map.of())) {
            actuator.arm();
            simulator.ask("fault " + fault);
            if (fault.equals("stuck-output")) {
                actuator.safeState();
            }
            assertTrue(context.published()
                    .await(
                            o -> o.events("device-fault").stream().anyMatch(e -> e.attributes()
                                    .get("reason")
                                    .toString()
                                    .contains("DISABLE IT BY HAND")),
                            PATIENCE));
            assertEquals(Outcome.REFUSED, actuator.execute(pulse(30)).outcome(), fault);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"split", "merge"})
    void splitAndMergedPacketsAreNoFault(String fault) throws Exception {
        try (SimulatorProcess simulator = simulator("--fault", fault);
                Actuator actuator = adapter(at(simulator), Map.of())) {
            actuator.arm();
            Acknowledgement answer = actuator.execute(pulse(35));
            assertEquals(Outcome.EXECUTED, answer.outcome(), answer.reason());
        }
    }

    @Test
    void silentSessionDisables() throws Exception {
        try (SimulatorProcess simulator = simulator();
                Actuator actuator = adapter(at(simulator), Map.of("heartbeat", 0.5))) {
            actuator.arm();
            // The lane's virtual clock stands still, as in a session that hangs.
            assertTrue(eventually("device-fault"));
            simulator.await(s -> s.contains("\"outputOn\":false"));
        }
    }

    /** There is no watchdog: this is what the documentation warns of. */
    @Test
    void killedHostLeavesTheStimulatorEnabled() throws Exception {
        try (SimulatorProcess simulator = simulator();
                SimulatorProcess host = SimulatorProcess.own(HostProgram.class, at(simulator))) {
            assertEquals("ARMED", host.line());
            host.close();
            String state = simulator.await(s -> number(s, "lastPacketAgeMs") >= 2000);
            assertTrue(state.contains("\"outputOn\":true"), state);
        }
    }

    @Test
    void anotherModelOrModeIsNotArmed() throws Exception {
        try (SimulatorProcess simulator = simulator("--model", "x100");
                Actuator actuator = adapter(at(simulator), Map.of())) {
            PluginException refusal = assertThrows(PluginException.class, actuator::arm);
            assertTrue(refusal.getMessage().contains("MagPro x100"), refusal.getMessage());
        }
        try (SimulatorProcess simulator = simulator("--mode", "2");
                Actuator actuator = adapter(at(simulator), Map.of())) {
            PluginException refusal = assertThrows(PluginException.class, actuator::arm);
            assertTrue(refusal.getMessage().contains("Twin"), refusal.getMessage());
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
                    SimulatorProcess.simulator("magventure-simulator", "--pty", forDevice.toString())) {
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
