package org.anodyne.plugins.tensrehastim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.anodyne.plugin.Acknowledgement;
import org.anodyne.plugin.Acknowledgement.Outcome;
import org.anodyne.plugin.Command;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.device.Actuator;
import org.anodyne.plugin.tck.FakeContext;
import org.anodyne.plugin.tck.Schema;
import org.anodyne.simulator.kit.SimulatorProcess;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** With the simulator in a process of its own; it shares no code with the adapter. */
class SimulatorTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private FakeContext context;

    private Actuator adapter(String address) throws Exception {
        context = FakeContext.of(Schema.of(TensFactory.class).defaultsWith(Map.of("replyTimeout", 1.0, "channel", 2L)))
                .with(address);
        Actuator actuator = (Actuator) new TensFactory("").create(context);
        actuator.prepare(Inputs.NONE, Deadline.in(PATIENCE));
        actuator.start();
        return actuator;
    }

    private static SimulatorProcess simulator(String... arguments) throws IOException {
        return SimulatorProcess.simulator("rehastim-simulator", arguments);
    }

    private static SimulatorProcess orSkip(String... command) {
        try {
            return SimulatorProcess.other(command);
        } catch (IOException e) {
            return Assumptions.abort("SKIPPED: " + command[0] + " is not installed");
        }
    }

    private static Command burst(double seconds) {
        return new Command(
                "c-1",
                "slot",
                "burst",
                Map.of("amplitude", 10.0, "pulseWidth", 200.0, "frequency", 50.0, "duration", seconds),
                0,
                "test");
    }

    private static Command pulse() {
        return new Command("p-1", "slot", "pulse", Map.of("amplitude", 12.0, "pulseWidth", 250.0), 0, "test");
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
    void pulseIsDelivered() throws Exception {
        try (SimulatorProcess simulator = simulator("--tcp", "0");
                Actuator actuator = adapter("tcp:127.0.0.1:" + simulator.port())) {
            actuator.arm();
            Acknowledgement answer = actuator.execute(pulse());
            assertEquals(Outcome.EXECUTED, answer.outcome(), answer.reason());
            String state = simulator.await(s -> number(s, "pulsesDelivered") == 1);
            assertEquals(answer.delivered().get("charge_uC"), number(state, "chargeMicroCoulomb"), 1e-9);
            assertTrue(
                    Pattern.compile("\"channel\":2,[^}]*\"pulses\":1,")
                            .matcher(state)
                            .find(),
                    state);
        }
    }

    @Test
    void burstIsDeliveredAndEnds() throws Exception {
        try (SimulatorProcess simulator = simulator("--tcp", "0");
                Actuator actuator = adapter("tcp:127.0.0.1:" + simulator.port())) {
            actuator.arm();
            Acknowledgement answer = actuator.execute(burst(2));
            assertEquals(Outcome.EXECUTED, answer.outcome(), answer.reason());
            assertEquals(100, answer.delivered().get("pulses"));
            assertTrue(eventually("burst-ended"));
            String state = simulator.await(s -> s.contains("\"outputOn\":false"));
            // Exactly 100 on a machine that is not late; how late this one is, is not judged here.
            assertTrue(number(state, "pulsesDelivered") >= 10, state);
            assertEquals(2, number(state, "maxChargePerPhaseMicroCoulomb"), 1e-9);
        }
    }

    @Test
    void tripletsOnAllChannelsAreDelivered() throws Exception {
        try (SimulatorProcess simulator = SimulatorProcess.simulator("rehastim-simulator", "--tcp", "0")) {
            context = FakeContext.of(Schema.of(TensFactory.class)
                            .defaultsWith(Map.of(
                                    "replyTimeout",
                                    1.0,
                                    "channels",
                                    PatternTest.all(),
                                    "pulsesPerGroup",
                                    3L,
                                    "groupInterval",
                                    0.012)))
                    .with("tcp:127.0.0.1:" + simulator.port());
            try (Actuator actuator = (Actuator) new TensFactory("").create(context)) {
                actuator.prepare(Inputs.NONE, Deadline.in(PATIENCE));
                actuator.start();
                actuator.arm();
                Acknowledgement answer = actuator.execute(burst(0.4));
                assertEquals(Outcome.EXECUTED, answer.outcome(), answer.reason());
                // 50 Hz of triplets: 7 groups of 3 pulses on 8 channels.
                assertEquals(168, answer.delivered().get("pulses"));
                assertTrue(eventually("burst-ended"));
                String state = simulator.await(s -> s.contains("\"outputOn\":false"));
                // How late this machine stops it is not judged here, nor where in a group of three:
                // every channel had whole groups, and none is more than one group behind another.
                List<Integer> perChannel = Pattern.compile("\"channel\":[1-8],[^}]*\"pulses\":(\\d+)")
                        .matcher(state)
                        .results()
                        .map(match -> Integer.valueOf(match.group(1)))
                        .toList();
                assertEquals(8, perChannel.size(), state);
                int fewest = Collections.min(perChannel);
                assertTrue(fewest >= 3 && Collections.max(perChannel) - fewest <= 3, state);
                assertEquals(
                        perChannel.stream().mapToInt(Integer::intValue).sum(),
                        (int) number(state, "pulsesDelivered"),
                        state);
            }
        }
    }

    @Test
    void safeStateSwitchesOff() throws Exception {
        try (SimulatorProcess simulator = simulator("--tcp", "0");
                Actuator actuator = adapter("tcp:127.0.0.1:" + simulator.port())) {
            actuator.arm();
            actuator.execute(burst(10));
            simulator.await(s -> s.contains("\"outputOn\":true"));
            actuator.safeState();
            simulator.await(s -> s.contains("\"outputOn\":false"));
            assertEquals(Outcome.REFUSED, actuator.execute(pulse()).outcome());
            actuator.arm();
            assertEquals(Outcome.EXECUTED, actuator.execute(pulse()).outcome());
        }
    }

    @Test
    void closingSwitchesOff() throws Exception {
        try (SimulatorProcess simulator = simulator("--tcp", "0")) {
            Actuator actuator = adapter("tcp:127.0.0.1:" + simulator.port());
            actuator.arm();
            actuator.execute(burst(10));
            simulator.await(s -> s.contains("\"outputOn\":true"));
            actuator.close();
            assertTrue(simulator.ask("state").contains("\"outputOn\":false"));
        }
    }

    @Test
    void startWithoutAnAnswerIsUnknownAndSwitchedOff() throws Exception {
        // Reply 1 is to GetStimMode, 2 to InitChannelList, 3 to Start.
        unknown("no-reply@3");
    }

    @Test
    void startWithADamagedAnswerIsUnknownAndSwitchedOff() throws Exception {
        unknown("bad-crc@3");
    }

    @Test
    void startWithALostByteIsUnknownAndSwitchedOff() throws Exception {
        unknown("lost-byte@3");
    }

    private void unknown(String fault) throws Exception {
        try (SimulatorProcess simulator = simulator("--tcp", "0", "--fault", fault);
                Actuator actuator = adapter("tcp:127.0.0.1:" + simulator.port())) {
            actuator.arm();
            Acknowledgement answer = actuator.execute(burst(10));
            assertEquals(Outcome.UNKNOWN, answer.outcome(), answer.reason());
            assertEquals(500, answer.delivered().get("pulses"), "counts as delivered");
            simulator.await(s -> s.contains("\"outputOn\":false"));
            assertEquals(Outcome.REFUSED, actuator.execute(pulse()).outcome());
        }
    }

    @Test
    void wrongStateAndBusyAreFailures() throws Exception {
        try (SimulatorProcess simulator = simulator("--tcp", "0", "--fault", "wrong-state@2", "--fault", "busy@3");
                Actuator actuator = adapter("tcp:127.0.0.1:" + simulator.port())) {
            actuator.arm();
            Acknowledgement wrong = actuator.execute(pulse());
            assertEquals(Outcome.FAILED, wrong.outcome());
            assertTrue(wrong.reason().contains("wrong mode"), wrong.reason());
            Acknowledgement busy = actuator.execute(pulse());
            assertTrue(busy.reason().contains("busy"), busy.reason());
            assertEquals(Outcome.EXECUTED, actuator.execute(pulse()).outcome());
        }
    }

    @Test
    void splitAndMergedPacketsAreNoFault() throws Exception {
        for (String fault : new String[] {"split", "merge"}) {
            try (SimulatorProcess simulator = simulator("--tcp", "0", "--fault", fault);
                    Actuator actuator = adapter("tcp:127.0.0.1:" + simulator.port())) {
                actuator.arm();
                for (int i = 0; i < 5; i++) {
                    Acknowledgement answer = actuator.execute(pulse());
                    assertEquals(Outcome.EXECUTED, answer.outcome(), fault + ": " + answer.reason());
                }
            }
        }
    }

    @Test
    void emergencyStopElectrodeAndResetDisarm() throws Exception {
        for (String fault : new String[] {"emergency-stop", "electrode-off", "module-error", "reset"}) {
            try (SimulatorProcess simulator = simulator("--tcp", "0");
                    Actuator actuator = adapter("tcp:127.0.0.1:" + simulator.port())) {
                actuator.arm();
                actuator.execute(burst(10));
                simulator.ask("fault " + fault);
                assertTrue(eventually("device-fault"), fault);
                simulator.await(s -> s.contains("\"outputOn\":false"));
                assertEquals(Outcome.REFUSED, actuator.execute(pulse()).outcome(), fault);
            }
        }
    }

    @Test
    void outputThatIsStuckIsSaidSo() throws Exception {
        try (SimulatorProcess simulator = simulator("--tcp", "0");
                Actuator actuator = adapter("tcp:127.0.0.1:" + simulator.port())) {
            actuator.arm();
            actuator.execute(burst(10));
            simulator.await(s -> s.contains("\"outputOn\":true"));
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
    void killedHostLeavesTheOutputOff() throws Exception {
        try (SimulatorProcess simulator = simulator("--tcp", "0");
                SimulatorProcess host = SimulatorProcess.own(HostProgram.class, "tcp:127.0.0.1:" + simulator.port())) {
            assertEquals("EXECUTED", host.line());
            simulator.await(s -> s.contains("\"outputOn\":true"));
            host.close();
            String state = simulator.await(s -> s.contains("\"outputOn\":false"));
            assertTrue(number(state, "lastPacketAgeMs") >= 1000, "by its own watchdog: " + state);
        }
    }

    @Test
    void sameOverAPseudoTerminal() throws Exception {
        String python = """
                import os, select, sys, tty
                a, forAdapter = os.openpty()
                b, forDevice = os.openpty()
                tty.setraw(forAdapter)
                tty.setraw(forDevice)
                print(os.ttyname(forAdapter), flush=True)
                print(os.ttyname(forDevice), flush=True)
                while True:
                    for ready in select.select([0, a, b], [], [])[0]:
                        data = os.read(ready, 4096)
                        if ready == 0 and not data:
                            sys.exit()
                        os.write(b if ready == a else a, data)
                """;
        try (SimulatorProcess pair = orSkip("python3", "-c", python)) {
            String forAdapter = pair.line();
            String forDevice = pair.line();
            try (SimulatorProcess simulator = simulator("--pty", forDevice)) {
                assertEquals("LISTENING " + forDevice, simulator.line());
                try (Actuator actuator = adapter("pty:" + forAdapter)) {
                    actuator.arm();
                    Acknowledgement answer = actuator.execute(pulse());
                    assertEquals(Outcome.EXECUTED, answer.outcome(), answer.reason());
                    actuator.execute(burst(10));
                    simulator.await(s -> s.contains("\"outputOn\":true"));
                    actuator.safeState();
                    simulator.await(s -> s.contains("\"outputOn\":false"));
                    pair.close();
                    assertTrue(eventually("device-fault"));
                }
            }
        }
    }
}
