package org.anodyne.plugins.tensrehastim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import org.anodyne.plugin.Acknowledgement.Outcome;
import org.anodyne.plugin.Command;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.device.Actuator;
import org.anodyne.plugin.tck.FakeContext;
import org.anodyne.plugin.tck.Schema;
import org.anodyne.simulator.kit.SimulatorProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A stimulator that says no to Stop. */
class RefusedStopTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static Actuator adapter(FakeContext context) throws Exception {
        Actuator actuator = (Actuator) new TensFactory("").create(context);
        actuator.prepare(Inputs.NONE, Deadline.in(PATIENCE));
        actuator.start();
        actuator.arm();
        Command burst = new Command(
                "c-1",
                "slot",
                "burst",
                Map.of("amplitude", 10.0, "pulseWidth", 200.0, "frequency", 50.0, "duration", 100.0),
                0,
                "test");
        assertEquals(Outcome.EXECUTED, actuator.execute(burst).outcome());
        return actuator;
    }

    private static FakeContext context(SimulatorProcess simulator) throws InterruptedException {
        return FakeContext.of(Schema.of(TensFactory.class)
                        .defaultsWith(Map.of("replyTimeout", 1.0, "maximumDuration", 100.0)))
                .with("tcp:127.0.0.1:" + simulator.port());
    }

    @ParameterizedTest
    @ValueSource(strings = {"wrong-state", "busy", "unknown-command"})
    void isToldAgain(String fault) throws Exception {
        // Reply 1 is to GetStimMode, 2 to InitChannelList, 3 to Start, 4 to Stop, 5 to GetStimMode, 6 to Stop again.
        try (SimulatorProcess simulator =
                SimulatorProcess.simulator("rehastim-simulator", "--tcp", "0", "--fault", fault + "@4")) {
            FakeContext context = context(simulator);
            try (Actuator actuator = adapter(context)) {
                actuator.safeState();
                simulator.await(s -> s.contains("\"outputOn\":false"));
                assertTrue(context.published()
                        .await(
                                p -> p.events("device-fault").stream()
                                        .anyMatch(e ->
                                                e.attributes().get("reason").equals("the stimulator refuses to stop")),
                                PATIENCE));
                actuator.arm();
            }
        }
    }

    /** Whatever it is told, it is busy: the line is given up, so that its own watchdog ends the output. */
    @Test
    void thatNeverDoesIsLeftToItsWatchdog() throws Exception {
        try (SimulatorProcess simulator = SimulatorProcess.simulator("rehastim-simulator", "--tcp", "0")) {
            FakeContext context = context(simulator);
            try (Actuator actuator = adapter(context)) {
                simulator.ask("fault busy@*");
                actuator.safeState();
                simulator.await(s -> s.contains("\"outputOn\":false"));
                assertTrue(context.published()
                        .await(
                                p -> p.events("device-fault").stream().anyMatch(e -> e.attributes()
                                        .get("reason")
                                        .toString()
                                        .contains("it refuses Stop; its own watchdog")),
                                PATIENCE));
            }
        }
    }
}
