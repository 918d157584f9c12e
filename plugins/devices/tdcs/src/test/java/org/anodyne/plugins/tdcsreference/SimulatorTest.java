package org.anodyne.plugins.tdcsreference;

import static org.anodyne.plugins.tdcsreference.Site.PATIENCE;
import static org.anodyne.plugins.tdcsreference.Site.PLAIN;
import static org.anodyne.plugins.tdcsreference.Site.number;
import static org.anodyne.plugins.tdcsreference.Site.simulator;
import static org.anodyne.plugins.tdcsreference.Site.stimulate;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.anodyne.allocation.Arm;
import org.anodyne.plugin.Acknowledgement;
import org.anodyne.plugin.Acknowledgement.Outcome;
import org.anodyne.plugin.Event;
import org.anodyne.plugin.PluginException;
import org.anodyne.plugin.device.Actuator;
import org.anodyne.plugin.tck.FakeContext;
import org.anodyne.simulator.kit.SimulatorProcess;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With the simulator in a process of its own; it shares no code with the adapter. */
class SimulatorTest {
    @TempDir
    private Path folder;

    private FakeContext context;

    private Actuator adapter(SimulatorProcess simulator) throws Exception {
        return adapter(simulator, Map.of(), PLAIN);
    }

    private Actuator adapter(SimulatorProcess simulator, Map<String, Object> parameters, TdcsFactory.Site site)
            throws Exception {
        context = Site.context("tcp:127.0.0.1:" + simulator.port(), parameters);
        return Site.adapter(context, site);
    }

    private void eventually(String event) throws InterruptedException {
        assertTrue(
                context.published().await(o -> !o.events(event).isEmpty(), PATIENCE),
                () -> event + " is not among " + context.published().outputs());
    }

    /** Once more where a busy computer has let the stimulator answer too late, as a person would. */
    private static void arm(Actuator actuator) throws PluginException {
        for (int tries = 1; ; tries++) {
            try {
                actuator.arm();
                return;
            } catch (PluginException e) {
                if (tries == 5) {
                    throw e;
                }
            }
        }
    }

    private static void executed(Acknowledgement answer) {
        assertEquals(Outcome.EXECUTED, answer.outcome(), answer.reason());
    }

    private double told(String attribute) {
        return context.published().events("delivered").stream()
                .mapToDouble(e -> (Double) e.attributes().get(attribute))
                .sum();
    }

    @Test
    void aStimulationIsDeliveredAndTold() throws Exception {
        try (SimulatorProcess simulator = simulator("--tcp", "0");
                Actuator actuator = adapter(simulator)) {
            actuator.arm();
            executed(actuator.execute(stimulate("c-1", 1, 5, 1)));
            simulator.await(s -> s.contains("\"state\":\"HOLD\""));
            Acknowledgement second = actuator.execute(stimulate("c-2", 1, 5, 1));
            assertEquals(Outcome.REFUSED, second.outcome());
            eventually("stimulation-ended");
            Event end = context.published().events("stimulation-ended").get(0);
            assertEquals("complete", end.attributes().get("reason"));
            String state = simulator.ask("state");
            assertEquals(number(state, "chargeMillicoulomb"), told("chargeMillicoulomb"), 0.06);
            assertEquals(4.0, told("chargeMillicoulomb"), 0.1);
            assertEquals(5.0, told("seconds"), 0.15);
            assertTrue(context.published().events("delivered").size() >= 4);
            assertEquals(List.of(), context.published().events("device-fault"));
            assertTrue(number(state, "maxMilliamps") <= 1);
            executed(actuator.execute(stimulate("c-3", 1, 5, 1)));
        }
    }

    @Test
    void safeStateEndsItFromAnyThread() throws Exception {
        try (SimulatorProcess simulator = simulator("--tcp", "0");
                Actuator actuator = adapter(simulator)) {
            actuator.arm();
            executed(actuator.execute(stimulate("c-1", 2, 600, 1)));
            simulator.await(s -> s.contains("\"state\":\"HOLD\""));
            Thread other = new Thread(actuator::safeState, "somebody-else");
            other.start();
            other.join();
            simulator.await(s -> s.contains("\"outputOn\":false"));
            eventually("stimulation-ended");
            assertEquals(
                    Outcome.REFUSED,
                    actuator.execute(stimulate("c-2", 2, 600, 1)).outcome());
            actuator.arm();
            executed(actuator.execute(stimulate("c-3", 2, 600, 1)));
            actuator.pause();
            simulator.await(s -> s.contains("\"outputOn\":false"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no-reply",
                "bad-crc",
                "lost-byte",
                "half-frame",
                "late-reply=1500",
                "reset",
                "watchdog-expiry",
                "emergency-stop",
                "electrode-off",
                "module-error",
                "silence",
                "cable-pulled",
                "impedance-rise=25"
            })
    void everyFaultEndsTheOutput(String fault) throws Exception {
        // What the stimulator does not hear of is ended by its watchdog.
        double watchdog = fault.equals("silence") || fault.equals("cable-pulled") ? 0.8 : 5;
        try (SimulatorProcess simulator = simulator("--tcp", "0");
                Actuator actuator = adapter(simulator, Map.of("replyTimeout", 1.0, "watchdog", watchdog), PLAIN)) {
            arm(actuator);
            executed(actuator.execute(stimulate("c-1", 2, 600, 2)));
            simulator.await(s -> number(s, "milliamps") > 0.3);
            simulator.ask("fault " + fault);
            String state = simulator.await(s -> s.contains("\"outputOn\":false"));
            assertTrue(number(state, "maxMilliamps") <= 2.51, state);
            eventually("stimulation-ended");
            assertTrue(told("chargeMillicoulomb") > number(state, "chargeMillicoulomb") - 0.06, state);
            eventually("device-fault");
            assertEquals(
                    Outcome.REFUSED,
                    actuator.execute(stimulate("c-2", 2, 600, 1)).outcome());
            if (fault.startsWith("impedance")) {
                eventually("impedance-warning");
                assertEquals(
                        "impedance",
                        context.published()
                                .events("stimulation-ended")
                                .get(0)
                                .attributes()
                                .get("reason"));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"split", "merge"})
    void bytesMayComeInOtherPieces(String fault) throws Exception {
        try (SimulatorProcess simulator = simulator("--tcp", "0", "--fault", fault);
                Actuator actuator = adapter(simulator)) {
            actuator.arm();
            executed(actuator.execute(stimulate("c-1", 1, 3, 1)));
            eventually("stimulation-ended");
            assertEquals(List.of(), context.published().events("device-fault"));
        }
    }

    @Test
    void aStuckOutputIsToldToAPerson() throws Exception {
        try (SimulatorProcess simulator = simulator("--tcp", "0");
                Actuator actuator = adapter(simulator)) {
            actuator.arm();
            executed(actuator.execute(stimulate("c-1", 1, 600, 1)));
            simulator.await(s -> s.contains("\"state\":\"HOLD\""));
            simulator.ask("fault stuck-output");
            actuator.safeState();
            assertTrue(context.published()
                    .await(
                            o -> o.events("device-fault").stream()
                                    .anyMatch(e -> String.valueOf(e.attributes().get("reason"))
                                            .contains("SWITCH IT OFF BY HAND")),
                            PATIENCE));
            simulator.ask("clear all");
        }
    }

    @Test
    void isNotArmedOnHighImpedanceOrWithoutALine() throws Exception {
        try (SimulatorProcess simulator = simulator("--tcp", "0", "--impedance", "12");
                Actuator actuator = adapter(simulator)) {
            PluginException high = assertThrows(PluginException.class, actuator::arm);
            assertTrue(high.getMessage().contains("impedance is 12.0 kOhm"), high.getMessage());
            simulator.ask("quit");
            eventually("device-fault");
            assertThrows(PluginException.class, actuator::arm);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"wrong-state@*", "unknown-command@*"})
    void isNotArmedByAStimulatorThatRefuses(String fault) throws Exception {
        try (SimulatorProcess simulator = simulator("--tcp", "0");
                Actuator actuator = adapter(simulator)) {
            simulator.ask("fault " + fault);
            assertThrows(PluginException.class, actuator::arm);
            simulator.ask("clear all");
        }
    }

    @Test
    void killedHostLeavesTheOutputOff() throws Exception {
        try (SimulatorProcess simulator = simulator("--tcp", "0");
                SimulatorProcess host = SimulatorProcess.own(HostProgram.class, "tcp:127.0.0.1:" + simulator.port())) {
            assertEquals("EXECUTED", host.line());
            simulator.await(s -> number(s, "milliamps") == 2.0);
            host.close();
            String state = simulator.await(s -> s.contains("\"outputOn\":false"));
            assertTrue(number(state, "lastPacketAgeMs") >= 800, "by its own watchdog: " + state);
            assertTrue(state.contains("\"state\":\"FAULT\""), state);
        }
    }

    /** What a person or a log can see is the same in both arms; the key opens what was different. */
    @Test
    void nothingButTheSealShowsTheArm() throws Exception {
        Path file = folder.resolve("key");
        SiteKey.create(file);
        SiteKey key = SiteKey.read(file);
        TdcsFactory.Site site = new TdcsFactory.Site("", file.toString());
        List<List<String>> seen = new ArrayList<>();
        List<SiteKey.Dose> truth = new ArrayList<>();
        for (Arm arm : Arm.values()) {
            try (SimulatorProcess simulator = simulator("--tcp", "0", "--drift", "0");
                    Actuator actuator = adapter(simulator, Map.of("allocation", key.code(arm)), site)) {
                actuator.arm();
                executed(actuator.execute(stimulate("c-1", 1, 8, 1)));
                eventually("stimulation-ended");
                String state = simulator.ask("state");
                assertEquals(arm == Arm.SHAM ? 1.0 : 7.0, number(state, "chargeMillicoulomb"), 0.05);
            }
            assertEquals(7.0, told("chargeMillicoulomb"), 0.1);
            List<String> shapes = new ArrayList<>();
            for (String type : List.of("stimulation-started", "delivered", "stimulation-ended")) {
                for (Event event : context.published().events(type)) {
                    shapes.add(type
                            + new TreeSet<>(event.attributes().keySet())
                            + event.attributes().get("impedance")
                            + event.attributes().get("reason")
                            + String.valueOf(event.attributes().get("sealed")).length());
                }
            }
            // How many seconds are told one by one depends on the machine's load, not on the arm.
            seen.add(shapes.stream().distinct().toList());
            List<Event> delivered = context.published().events("delivered");
            truth.add(key.open("c-1", (String)
                    delivered.get(delivered.size() - 1).attributes().get("sealed")));
        }
        assertEquals(seen.get(0), seen.get(1));
        assertEquals(Arm.ACTIVE, truth.get(0).arm());
        assertEquals(7.0, truth.get(0).millicoulombs(), 0.1);
        assertEquals(Arm.SHAM, truth.get(1).arm());
        assertEquals(1.0, truth.get(1).millicoulombs(), 0.1);
    }

    @Test
    void aCodeWithoutItsKeyIsRefused() throws Exception {
        Path file = folder.resolve("key");
        SiteKey.create(file);
        String other = folder.resolve("other").toString();
        SiteKey.create(Path.of(other));
        String code = SiteKey.read(file).code(Arm.SHAM);
        try (SimulatorProcess simulator = simulator("--tcp", "0")) {
            Map<String, Object> parameters = Map.of("allocation", code);
            assertThrows(PluginException.class, () -> adapter(simulator, parameters, new TdcsFactory.Site("", other))
                    .close());
        }
        assertTrue(Files.exists(file));
    }

    @Test
    void sameOverAPseudoTerminal() throws Exception {
        Path here = folder.resolve("adapter");
        Path there = folder.resolve("device");
        SimulatorProcess pair;
        try {
            pair = SimulatorProcess.other(
                    "socat", "-d", "-d", "pty,raw,echo=0,link=" + here, "pty,raw,echo=0,link=" + there);
        } catch (IOException e) {
            Assumptions.abort("SKIPPED: socat is not installed");
            return;
        }
        try (pair) {
            while (!pair.line().contains("starting data transfer")) {
                assertTrue(pair.handle().isAlive());
            }
            try (SimulatorProcess simulator = simulator("--pty", there.toString())) {
                assertEquals("LISTENING " + there, simulator.line());
                simulator.await(s -> s.contains("\"connected\":true"));
                context = Site.context("pty:" + here.toRealPath(), Map.of());
                try (Actuator actuator = Site.adapter(context, PLAIN)) {
                    actuator.arm();
                    executed(actuator.execute(stimulate("c-1", 1, 600, 1)));
                    simulator.await(s -> s.contains("\"outputOn\":true"));
                    actuator.safeState();
                    simulator.await(s -> s.contains("\"outputOn\":false"));
                }
            }
        }
    }
}
