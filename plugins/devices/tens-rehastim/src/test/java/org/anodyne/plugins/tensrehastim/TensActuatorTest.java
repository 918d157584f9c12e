package org.anodyne.plugins.tensrehastim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.anodyne.plugin.Acknowledgement;
import org.anodyne.plugin.Acknowledgement.Outcome;
import org.anodyne.plugin.Command;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.PluginException;
import org.anodyne.plugin.device.Actuator;
import org.anodyne.plugin.tck.FakeContext;
import org.anodyne.plugin.tck.Phases;
import org.anodyne.plugin.tck.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TensActuatorTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private FakeStimulator device;
    private FakeContext context;
    private Actuator actuator;

    @BeforeEach
    void open() throws Exception {
        device = new FakeStimulator();
        context = FakeContext.of(Schema.of(TensFactory.class).defaultsWith(Map.of("replyTimeout", 0.5, "channel", 3L)))
                .with(device.address());
        actuator = (Actuator) new TensFactory("").create(context);
        actuator.prepare(Inputs.NONE, Deadline.in(PATIENCE));
        actuator.start();
    }

    @AfterEach
    void close() throws Exception {
        actuator.close();
        device.close();
    }

    private static Command burst(String id, double amplitude, double width, double frequency, double duration) {
        return new Command(
                id,
                "slot",
                "burst",
                Map.of("amplitude", amplitude, "pulseWidth", width, "frequency", frequency, "duration", duration),
                0,
                "test");
    }

    private List<Integer> commands() {
        return device.received().stream()
                .map(Packet::command)
                .filter(c -> c != Packet.WATCHDOG && c != Packet.INIT_ACK)
                .toList();
    }

    private boolean eventually(String event) throws InterruptedException {
        return context.published().await(o -> !o.events(event).isEmpty(), PATIENCE);
    }

    @Test
    void burstIsAcknowledgedWithItsDoseAndEndsWithSessionTime() throws Exception {
        actuator.arm();
        Acknowledgement answer = actuator.execute(burst("c-1", 10, 200, 100, 10));
        assertEquals(Outcome.EXECUTED, answer.outcome(), answer.reason());
        assertEquals(1000, answer.delivered().get("pulses"));
        assertEquals(2000, answer.delivered().get("charge_uC"), 1e-9);
        assertEquals(10, answer.delivered().get("duration_s"), 1e-9);
        context.lane().advanceTo(Phases.nanos(10));
        assertTrue(eventually("burst-ended"));
        assertEquals(
                Outcome.EXECUTED,
                actuator.execute(burst("c-3", 10, 200, 100, 1)).outcome());
        Packet list = device.received().stream()
                .filter(p -> p.command() == Packet.INIT_CHANNEL_LIST)
                .findFirst()
                .orElseThrow();
        assertEquals(4, list.at(1), "channel 3");
    }

    @Test
    void burstEndsByItselfWhenTheLaneStandsStill() throws Exception {
        actuator.arm();
        actuator.execute(burst("c-1", 10, 200, 100, 0.05));
        assertTrue(eventually("burst-ended"));
        assertEquals(
                "complete",
                context.published().events("burst-ended").get(0).attributes().get("reason"));
    }

    @Test
    void safeStateStopsABurst() throws Exception {
        actuator.arm();
        actuator.execute(burst("c-1", 10, 200, 100, 10));
        actuator.safeState();
        assertTrue(eventually("burst-ended"));
        assertEquals(
                Outcome.REFUSED, actuator.execute(burst("c-2", 1, 20, 1, 1)).outcome());
        actuator.arm();
        assertTrue(commands().contains(Packet.STOP));
        assertEquals(
                Outcome.EXECUTED, actuator.execute(burst("c-3", 1, 20, 1, 1)).outcome());
    }

    @ParameterizedTest
    @CsvSource({
        "20.1,200,100,1",
        "-1,200,100,1",
        "NaN,200,100,1",
        "10,19,100,1",
        "10,501,100,1",
        "10,200,126,1",
        "10,200,0.5,1",
        "10,200,100,10.1",
        "10,200,100,0",
        "Infinity,200,100,1"
    })
    void whatIsBeyondTheLimitsIsRefused(double amplitude, double width, double frequency, double duration)
            throws Exception {
        actuator.arm();
        int before = commands().size();
        Acknowledgement answer = actuator.execute(burst("c-1", amplitude, width, frequency, duration));
        assertEquals(Outcome.REFUSED, answer.outcome());
        assertTrue(answer.reason().contains("is not between"), answer.reason());
        assertEquals(before, commands().size());
    }

    @Test
    void missingArgumentIsRefused() throws Exception {
        actuator.arm();
        Acknowledgement answer =
                actuator.execute(new Command("c-1", "slot", "pulse", Map.of("amplitude", 1.0), 0, "test"));
        assertEquals(Outcome.REFUSED, answer.outcome());
        assertTrue(answer.reason().contains("pulseWidth"), answer.reason());
    }

    @Test
    void refusalByTheDeviceIsAFailure() throws Exception {
        actuator.arm();
        device.distort(bytes -> whole(bytes).command() == Packet.START_ACK
                ? Packet.of(whole(bytes).number(), Packet.START_ACK, -2).encoded()
                : bytes);
        Acknowledgement answer = actuator.execute(burst("c-1", 10, 200, 100, 1));
        assertEquals(Outcome.FAILED, answer.outcome());
        assertTrue(answer.reason().contains("parameter error"), answer.reason());
        device.distort(UnaryOperator.identity());
        assertEquals(
                Outcome.EXECUTED,
                actuator.execute(burst("c-2", 10, 200, 100, 1)).outcome());
    }

    @Test
    void commandThatTheDeviceDoesNotKnowIsAFailure() throws Exception {
        actuator.arm();
        device.distort(bytes -> whole(bytes).command() == Packet.SINGLE_PULSE_ACK
                ? Packet.of(whole(bytes).number(), Packet.UNKNOWN_COMMAND, Packet.SINGLE_PULSE)
                        .encoded()
                : bytes);
        Acknowledgement answer = actuator.execute(
                new Command("c-1", "slot", "pulse", Map.of("amplitude", 1.0, "pulseWidth", 50.0), 0, "test"));
        assertEquals(Outcome.FAILED, answer.outcome());
    }

    @Test
    void answerWithAWrongCheckSumIsUnknownAndMakesSafe() throws Exception {
        actuator.arm();
        device.distort(bytes -> {
            if (whole(bytes).command() == Packet.START_ACK) {
                bytes[2] ^= 1;
            }
            return bytes;
        });
        unknownAndSafe();
    }

    @Test
    void noAnswerIsUnknownAndMakesSafe() throws Exception {
        actuator.arm();
        device.distort(bytes -> whole(bytes).command() == Packet.START_ACK ? new byte[0] : bytes);
        unknownAndSafe();
    }

    @Test
    void answerToAnotherRequestIsUnknownAndMakesSafe() throws Exception {
        actuator.arm();
        device.distort(bytes -> whole(bytes).command() == Packet.START_ACK
                ? Packet.of(whole(bytes).number() + 1, Packet.START_ACK, 0).encoded()
                : bytes);
        unknownAndSafe();
    }

    private void unknownAndSafe() throws Exception {
        Acknowledgement answer = actuator.execute(burst("c-1", 10, 200, 100, 1));
        assertEquals(Outcome.UNKNOWN, answer.outcome(), answer.reason());
        assertEquals(100, answer.delivered().get("pulses"), "counts as delivered");
        assertTrue(eventually("device-fault"));
        assertTrue(eventually("burst-ended"));
        assertEquals(
                Outcome.REFUSED, actuator.execute(burst("c-2", 10, 200, 100, 1)).outcome());
        actuator.arm();
        assertTrue(commands().contains(Packet.STOP));
        assertEquals(1, commands().stream().filter(c -> c == Packet.START).count(), "a start is never repeated");
    }

    @Test
    void stimulationErrorDisarms() throws Exception {
        actuator.arm();
        actuator.execute(burst("c-1", 10, 200, 100, 10));
        device.say(Packet.of(1, Packet.STIMULATION_ERROR, -2));
        assertTrue(eventually("device-fault"));
        assertTrue(context.published()
                .events("device-fault")
                .get(0)
                .attributes()
                .get("reason")
                .toString()
                .contains("electrode"));
        assertEquals(
                Outcome.REFUSED, actuator.execute(burst("c-2", 10, 200, 100, 1)).outcome());
    }

    @Test
    void deviceThatBeginsAnewIsAcceptedAgainButDisarmed() throws Exception {
        actuator.arm();
        device.say(Packet.of(7, Packet.INIT, 1));
        assertTrue(eventually("device-fault"));
        assertEquals(
                Outcome.REFUSED, actuator.execute(burst("c-1", 10, 200, 100, 1)).outcome());
        actuator.arm();
        assertEquals(
                Outcome.EXECUTED,
                actuator.execute(burst("c-2", 10, 200, 100, 1)).outcome());
    }

    @Test
    void lostLineDisarmsAndArmingConnectsAgain() throws Exception {
        actuator.arm();
        device.hangUp();
        assertTrue(eventually("device-fault"));
        assertEquals(
                Outcome.REFUSED, actuator.execute(burst("c-1", 10, 200, 100, 1)).outcome());
        actuator.arm();
        assertEquals(
                Outcome.EXECUTED,
                actuator.execute(burst("c-2", 10, 200, 100, 1)).outcome());
    }

    @Test
    void watchdogPacketsKeepTheSessionAlive() throws Exception {
        Deadline deadline = Deadline.in(PATIENCE);
        while (device.received().stream().noneMatch(p -> p.command() == Packet.WATCHDOG) && !deadline.passed()) {
            LockSupport.parkNanos(1_000_000);
        }
        assertTrue(device.received().stream().anyMatch(p -> p.command() == Packet.WATCHDOG));
    }

    private static Packet whole(byte[] bytes) {
        PacketParser parser = new PacketParser();
        for (byte b : bytes) {
            var received = parser.next(b);
            if (received.isPresent() && received.get() instanceof PacketParser.Received.Whole whole) {
                return whole.packet();
            }
        }
        throw new IllegalArgumentException("no packet");
    }

    @Test
    void withoutAnAddressItSaysWhatToPass() {
        FakeContext none = FakeContext.of(Schema.of(TensFactory.class).defaultsWith(Map.of()));
        PluginException refusal = assertThrows(
                PluginException.class,
                () -> new TensFactory("").create(none).prepare(Inputs.NONE, Deadline.in(PATIENCE)));
        assertTrue(refusal.getMessage().contains("--input slot=ADDRESS"), refusal.getMessage());
    }

    @Test
    void addressOfTheSiteIsUsedWhenASessionNamesNone() throws Exception {
        try (FakeStimulator there = new FakeStimulator();
                Actuator adapter = (Actuator) new TensFactory(there.address())
                        .create(FakeContext.of(Schema.of(TensFactory.class).defaultsWith(Map.of())))) {
            adapter.prepare(Inputs.NONE, Deadline.in(PATIENCE));
            adapter.start();
            adapter.arm();
            assertTrue(there.received().stream().anyMatch(p -> p.command() == Packet.GET_STIM_MODE));
        }
    }

    @Test
    void strangeAddressIsRefused() {
        FakeContext wrong = FakeContext.of(Schema.of(TensFactory.class).defaultsWith(Map.of()))
                .with("udp:1:2");
        PluginException refusal = assertThrows(
                PluginException.class,
                () -> new TensFactory("").create(wrong).prepare(Inputs.NONE, Deadline.in(PATIENCE)));
        assertTrue(refusal.getMessage().contains("'udp:1:2' is no address"), refusal.getMessage());
    }

    @Test
    void nobodyThereIsSaidSo() throws IOException {
        int port;
        try (var server = new java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            port = server.getLocalPort();
        }
        FakeContext wrong = FakeContext.of(Schema.of(TensFactory.class).defaultsWith(Map.of()))
                .with("tcp:127.0.0.1:" + port);
        PluginException refusal = assertThrows(
                PluginException.class,
                () -> new TensFactory("").create(wrong).prepare(Inputs.NONE, Deadline.in(PATIENCE)));
        assertTrue(refusal.getMessage().contains("cannot be opened"), refusal.getMessage());
    }

    @Test
    void serialPortThatIsNotThereIsSaidSo() {
        FakeContext wrong = FakeContext.of(Schema.of(TensFactory.class).defaultsWith(Map.of()))
                .with("serial:/dev/no-such-port");
        PluginException refusal = assertThrows(
                PluginException.class,
                () -> new TensFactory("").create(wrong).prepare(Inputs.NONE, Deadline.in(PATIENCE)));
        assertTrue(refusal.getMessage().contains("/dev/no-such-port"), refusal.getMessage());
    }
}
