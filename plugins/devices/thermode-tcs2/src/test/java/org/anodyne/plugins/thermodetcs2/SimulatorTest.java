package org.anodyne.plugins.thermodetcs2;

import static org.anodyne.plugins.thermodetcs2.Site.PATIENCE;
import static org.anodyne.plugins.thermodetcs2.Site.heat;
import static org.anodyne.plugins.thermodetcs2.Site.number;
import static org.anodyne.plugins.thermodetcs2.Site.simulator;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.anodyne.plugin.Acknowledgement;
import org.anodyne.plugin.Acknowledgement.Outcome;
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
        return adapter(simulator, 5);
    }

    private Actuator adapter(SimulatorProcess simulator, double replyTimeout) throws Exception {
        context = Site.context("tcp:127.0.0.1:" + simulator.port(), replyTimeout);
        return Site.adapter(context);
    }

    private void eventually(String event) throws InterruptedException {
        assertTrue(
                context.published().await(o -> !o.events(event).isEmpty(), PATIENCE),
                () -> event + " is not among " + context.published().outputs());
    }

    private static void executed(Acknowledgement answer) {
        assertEquals(Outcome.EXECUTED, answer.outcome(), answer.reason());
    }

    @Test
    void aStimulusIsDeliveredAndTold() throws Exception {
        try (SimulatorProcess simulator = simulator("--tcp", "0");
                Actuator actuator = adapter(simulator)) {
            actuator.arm();
            executed(actuator.execute(heat("c-1", 45, 3)));
            assertEquals(Outcome.REFUSED, actuator.execute(heat("c-2", 45, 3)).outcome());
            eventually("heat-ended");
            String state = simulator.ask("state");
            assertEquals(45.0, number(state, "maxCelsius"), 0.01);
            assertEquals(48.0, number(state, "limitCelsius"), 0.01);
            assertEquals(32.0, number(state, "neutralCelsius"), 0.01);
            assertEquals(
                    "complete",
                    context.published().events("heat-ended").get(0).attributes().get("reason"));
            assertEquals(List.of(), context.published().events("delivered"), "the acknowledgement has told it");
            assertEquals(List.of(), context.published().events("device-fault"));
            executed(actuator.execute(heat("c-3", 45, 1)));
        }
    }

    @Test
    void safeStateEndsItFromAnyThread() throws Exception {
        try (SimulatorProcess simulator = simulator("--tcp", "0");
                Actuator actuator = adapter(simulator)) {
            actuator.arm();
            executed(actuator.execute(heat("c-1", 45, 10)));
            Thread other = new Thread(actuator::safeState, "somebody-else");
            other.start();
            other.join();
            simulator.await(s -> s.contains("\"outputOn\":false"));
            eventually("heat-ended");
            assertEquals(Outcome.REFUSED, actuator.execute(heat("c-2", 45, 3)).outcome());
            actuator.arm();
            executed(actuator.execute(heat("c-3", 45, 3)));
        }
    }

    @Test
    void theButtonEndsItWithoutAFault() throws Exception {
        try (SimulatorProcess simulator = simulator("--tcp", "0");
                Actuator actuator = adapter(simulator)) {
            actuator.arm();
            executed(actuator.execute(heat("c-1", 45, 10)));
            simulator.await(s -> number(s, "celsius") > 44);
            simulator.ask("fault emergency-stop");
            eventually("heat-ended");
            assertEquals(List.of(), context.published().events("device-fault"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"no-reply", "lost-byte", "half-frame", "late-reply=1500", "module-error", "over-temperature"})
    void everyFaultEndsTheStimulus(String fault) throws Exception {
        try (SimulatorProcess simulator = simulator("--tcp", "0");
                Actuator actuator = adapter(simulator, 1)) {
            actuator.arm();
            executed(actuator.execute(heat("c-1", 44, 10)));
            simulator.ask("fault " + fault);
            String state = simulator.await(s -> s.contains("\"outputOn\":false"));
            assertTrue(number(state, "maxCelsius") <= 48.01, state);
            eventually("device-fault");
            eventually("heat-ended");
            assertEquals(Outcome.REFUSED, actuator.execute(heat("c-2", 44, 3)).outcome());
        }
    }

    /** Nothing of the device's own ends these before its duration: there is no watchdog. */
    @ParameterizedTest
    @ValueSource(strings = {"silence", "cable-pulled"})
    void whatCannotBeAbortedEndsByItsDurationAndIsToldToAPerson(String fault) throws Exception {
        try (SimulatorProcess simulator = simulator("--tcp", "0");
                Actuator actuator = adapter(simulator, 0.5)) {
            actuator.arm();
            executed(actuator.execute(heat("c-1", 44, 10)));
            simulator.ask("fault " + fault);
            assertTrue(context.published()
                    .await(
                            o -> o.events("device-fault").stream()
                                    .anyMatch(e -> String.valueOf(e.attributes().get("reason"))
                                            .contains("TAKE IT OFF")),
                            PATIENCE));
            assertTrue(simulator.ask("state").contains("\"outputOn\":true"));
            simulator.await(s -> s.contains("\"outputOn\":false"));
        }
    }

    @Test
    void aStuckHeaterIsToldToAPerson() throws Exception {
        try (SimulatorProcess simulator = simulator("--tcp", "0");
                Actuator actuator = adapter(simulator)) {
            actuator.arm();
            executed(actuator.execute(heat("c-1", 45, 2)));
            simulator.ask("fault stuck-output");
            assertTrue(context.published()
                    .await(
                            o -> o.events("device-fault").stream()
                                    .anyMatch(e -> String.valueOf(e.attributes().get("reason"))
                                            .contains("TAKE IT OFF THE SKIN BY HAND")),
                            PATIENCE));
            simulator.ask("clear all");
        }
    }

    @Test
    void aDeviceWithAnErrorIsNotArmedAndNothingBeginsUnseen() throws Exception {
        try (SimulatorProcess simulator = simulator("--tcp", "0");
                Actuator actuator = adapter(simulator)) {
            simulator.ask("fault module-error");
            assertThrows(PluginException.class, actuator::arm);
            actuator.arm();
            executed(actuator.execute(heat("c-1", 45, 1)));
        }
    }

    /** It is read once a second, and the device tells it only once. */
    @Test
    void anErrorThatWasReadBeforeAnybodyArmedIsToldToWhoArms() throws Exception {
        try (SimulatorProcess simulator = simulator("--tcp", "0");
                Actuator actuator = adapter(simulator)) {
            simulator.ask("fault module-error");
            eventually("device-fault");
            PluginException refused = assertThrows(PluginException.class, actuator::arm);
            assertTrue(refused.getMessage().contains("error 000001"), refused.getMessage());
            actuator.arm();
        }
    }

    @Test
    void aKilledHostLeavesItToItsDuration() throws Exception {
        try (SimulatorProcess simulator = simulator("--tcp", "0");
                SimulatorProcess host = SimulatorProcess.own(HostProgram.class, "tcp:127.0.0.1:" + simulator.port())) {
            assertEquals("EXECUTED", host.line());
            host.close();
            simulator.await(s -> s.contains("\"connected\":false"));
            String state = simulator.await(s -> s.contains("\"outputOn\":false"));
            assertTrue(number(state, "lastPacketAgeMs") > 1000, state);
        }
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
                context = Site.context("pty:" + here.toRealPath());
                try (Actuator actuator = Site.adapter(context)) {
                    actuator.arm();
                    executed(actuator.execute(heat("c-1", 45, 10)));
                    actuator.safeState();
                    simulator.await(s -> s.contains("\"outputOn\":false"));
                }
            }
        }
    }
}
