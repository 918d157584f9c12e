package org.anodyne.plugins.tensrehastim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.anodyne.plugin.Acknowledgement;
import org.anodyne.plugin.Acknowledgement.Outcome;
import org.anodyne.plugin.Command;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.device.Actuator;
import org.anodyne.plugin.tck.FakeContext;
import org.anodyne.plugin.tck.Phases;
import org.anodyne.plugin.tck.Schema;
import org.anodyne.simulator.kit.SimulatorProcess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A burst that takes the place of the one under way, and those that may not. */
class UpdateTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** Seconds, so that no stall of the machine sees the end of a burst. */
    private static final double LONG = 100;

    private FakeStimulator device;
    private FakeContext context;
    private Actuator actuator;

    @BeforeEach
    void open() throws Exception {
        device = new FakeStimulator();
        actuator = adapter(device.address());
        actuator.arm();
        assertEquals(
                Outcome.EXECUTED, actuator.execute(burst("c-1", 10, 200, 50)).outcome());
    }

    @AfterEach
    void close() throws Exception {
        actuator.close();
        device.close();
    }

    private Actuator adapter(String address) throws Exception {
        context = FakeContext.of(
                        Schema.of(TensFactory.class).defaultsWith(Map.of("replyTimeout", 1.0, "maximumDuration", LONG)))
                .with(address);
        Actuator made = (Actuator) new TensFactory("").create(context);
        made.prepare(Inputs.NONE, Deadline.in(PATIENCE));
        made.start();
        return made;
    }

    private static Command burst(String id, double amplitude, double width, double frequency) {
        return new Command(
                id,
                "slot",
                "burst",
                Map.of("amplitude", amplitude, "pulseWidth", width, "frequency", frequency, "duration", LONG),
                0,
                "test");
    }

    private List<Packet> received(int command) {
        return device.received().stream().filter(p -> p.command() == command).toList();
    }

    @Test
    void aWeakerBurstTakesThePlaceWithoutAStop() throws Exception {
        Acknowledgement answer = actuator.execute(burst("c-2", 6, 150, 50));
        assertEquals(Outcome.EXECUTED, answer.outcome(), answer.reason());
        assertEquals(50 * LONG, answer.delivered().get("pulses"), "it counts as a burst of its own");
        List<Packet> starts = received(Packet.START);
        assertEquals(2, starts.size());
        assertEquals(
                List.of(0, 0, 150, 6),
                List.of(
                        starts.get(1).at(0),
                        starts.get(1).at(1),
                        starts.get(1).at(2),
                        starts.get(1).at(3)));
        assertEquals(1, received(Packet.INIT_CHANNEL_LIST).size());
        assertEquals(List.of(), received(Packet.STOP));
        Map<String, Object> ended =
                context.published().events("burst-ended").get(0).attributes();
        assertEquals("c-1", ended.get("command"));
        assertEquals("replaced", ended.get("reason"));
        context.lane().advanceTo(Phases.nanos(LONG));
        assertTrue(context.published().await(p -> p.events("burst-ended").size() == 2, PATIENCE));
        assertEquals(1, received(Packet.STOP).size());
    }

    @ParameterizedTest
    @CsvSource({"11, 200, 50, stronger", "10, 201, 50, stronger", "10, 200, 49, another frequency"})
    void anythingElseWaitsForTheEnd(double amplitude, double width, double frequency, String why) throws Exception {
        int before = received(Packet.START).size();
        Acknowledgement answer = actuator.execute(burst("c-2", amplitude, width, frequency));
        assertEquals(Outcome.REFUSED, answer.outcome());
        assertTrue(
                answer.reason().contains("of c-1 is still going on")
                        && answer.reason().contains(why),
                answer.reason());
        Acknowledgement pulse = actuator.execute(
                new Command("p-1", "slot", "pulse", Map.of("amplitude", 1.0, "pulseWidth", 50.0), 0, "test"));
        assertEquals(Outcome.REFUSED, pulse.outcome());
        assertEquals(before, received(Packet.START).size());
        assertEquals(List.of(), received(Packet.SINGLE_PULSE));
    }

    /** What was to be replaced would go on, and nobody would end it any more. */
    @Test
    void anUpdateThatTheDeviceRefusesEndsTheOutput() throws Exception {
        device.distort(bytes -> {
            PacketParser parser = new PacketParser();
            byte[] told = bytes;
            for (byte b : bytes) {
                var received = parser.next(b);
                if (received.isPresent()
                        && received.get() instanceof PacketParser.Received.Whole whole
                        && whole.packet().command() == Packet.START_ACK) {
                    told = Packet.of(whole.packet().number(), Packet.START_ACK, -2)
                            .encoded();
                }
            }
            return told;
        });
        assertEquals(Outcome.FAILED, actuator.execute(burst("c-2", 6, 200, 50)).outcome());
        assertEquals(Outcome.REFUSED, actuator.execute(burst("c-3", 6, 200, 50)).outcome());
        // Disarmed by a fault that is told, so that whoever runs the session knows that it has to be armed again.
        assertTrue(context.published().await(p -> !p.events("device-fault").isEmpty(), PATIENCE));
        actuator.close();
        assertTrue(received(Packet.STOP).size() >= 1);
    }

    @Test
    void anUpdateWithoutAnAnswerIsUnknownAndEndsTheOutput() throws Exception {
        actuator.close();
        try (SimulatorProcess simulator =
                        // Reply 1 is to GetStimMode, 2 to InitChannelList, 3 to Start, 4 to the Update.
                        SimulatorProcess.simulator("rehastim-simulator", "--tcp", "0", "--fault", "no-reply@4");
                Actuator adapter = adapter("tcp:127.0.0.1:" + simulator.port())) {
            adapter.arm();
            assertEquals(
                    Outcome.EXECUTED, adapter.execute(burst("c-1", 10, 200, 50)).outcome());
            Acknowledgement answer = adapter.execute(burst("c-2", 6, 200, 50));
            assertEquals(Outcome.UNKNOWN, answer.outcome(), answer.reason());
            simulator.await(s -> s.contains("\"outputOn\":false"));
            assertEquals(
                    Outcome.REFUSED, adapter.execute(burst("c-3", 6, 200, 50)).outcome());
        }
    }

    @Test
    void theSimulatorGivesLessFromTheNextPulseOn() throws Exception {
        actuator.close();
        try (SimulatorProcess simulator = SimulatorProcess.simulator("rehastim-simulator", "--tcp", "0");
                Actuator adapter = adapter("tcp:127.0.0.1:" + simulator.port())) {
            adapter.arm();
            adapter.execute(burst("c-1", 10, 200, 50));
            simulator.await(s -> s.contains("\"ma\":10"));
            Acknowledgement answer = adapter.execute(burst("c-2", 6, 200, 50));
            assertEquals(Outcome.EXECUTED, answer.outcome(), answer.reason());
            String state = simulator.await(s -> s.contains("\"ma\":6"));
            assertTrue(state.contains("\"outputOn\":true"), state);
            assertTrue(state.contains("\"maxChargePerPhaseMicroCoulomb\":2.000"), state);
        }
    }
}
