package org.anodyne.plugins.markerbox;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.anodyne.plugin.Acknowledgement;
import org.anodyne.plugin.Acknowledgement.Outcome;
import org.anodyne.plugin.Command;
import org.anodyne.plugin.PluginException;
import org.anodyne.plugin.PluginFactory;
import org.anodyne.plugin.PluginInstance;
import org.anodyne.plugin.device.SignalSink;
import org.anodyne.plugin.device.Witness;
import org.anodyne.plugin.tck.FakeContext;
import org.anodyne.plugin.tck.Phases;
import org.anodyne.plugin.tck.PluginContract;
import org.anodyne.plugin.tck.Schema;
import org.anodyne.simulator.kit.SimulatorProcess;
import org.anodyne.simulator.kit.TerminalPair;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkerBoxContractTest extends PluginContract {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Map<String, Object> CODES = Map.of(
            "phase/baseline",
            1L,
            "phase/*",
            2L,
            "trigger/calm",
            10L,
            "stimulus/tens",
            20L,
            "refused/*",
            30L,
            "session/start",
            100L,
            "session/end",
            101L);

    private SimulatorProcess simulator;
    private String address;

    @BeforeEach
    void open() throws Exception {
        simulator = SimulatorProcess.simulator("marker-simulator", "--tcp", "0");
        address = "tcp:127.0.0.1:" + simulator.port();
    }

    @AfterEach
    void close() {
        simulator.close();
    }

    @Override
    protected PluginFactory factory() {
        return new MarkerBoxFactory();
    }

    @Override
    protected Class<? extends PluginInstance> role() {
        return SignalSink.class;
    }

    @Override
    protected Optional<String> input() {
        return Optional.of(address);
    }

    @Override
    protected Map<String, Object> parameters() {
        return Map.of("codes", CODES);
    }

    private static Acknowledgement answer(Outcome outcome) {
        return new Acknowledgement("calm-1", outcome, "", 0, Map.of());
    }

    private static void session(FakeContext context, PluginInstance instance) throws Exception {
        Witness witness = (Witness) instance;
        instance.start();
        instance.enterPhase(Phases.active("baseline", 0, 0, 1));
        instance.enterPhase(Phases.active("loop", 1, 1, 2));
        witness.commanded(new Command("calm-1", "tens", "burst", Map.of(), 0, "calm"));
        witness.answered("tens", answer(Outcome.EXECUTED));
        witness.answered("tens", answer(Outcome.REFUSED));
        // Hands what is not listed over without a code.
        witness.commanded(new Command("x-1", "tens", "burst", Map.of(), 0, "other"));
    }

    @Test
    void whatHappensIsShownInOrderAndTakenBack() throws Exception {
        FakeContext context = context();
        PluginInstance instance = prepared(context);
        session(context, instance);
        assertTrue(context.published().await(p -> p.events("marker").size() >= 6, PATIENCE));
        instance.close();
        String state = simulator.await(s -> s.contains("\"markers\":7") && s.contains("\"lines\":0"));
        assertTrue(state.contains("\"shown\":[\"100\",\"1\",\"2\",\"10\",\"20\",\"30\",\"101\"]"), state);
    }

    @Test
    void xidBoxIsAskedAndGetsLines() throws Exception {
        try (SimulatorProcess xid = SimulatorProcess.simulator("marker-simulator", "--tcp", "0", "--box", "xid")) {
            FakeContext context = FakeContext.of(
                            Schema.of(MarkerBoxFactory.class).defaultsWith(Map.of("box", "xid", "codes", CODES)))
                    .with("tcp:127.0.0.1:" + xid.port());
            try (PluginInstance instance = prepared(context)) {
                session(context, instance);
                xid.await(s -> s.contains("\"markers\":6") && s.contains("\"lines\":0"));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"generic", "triggerbox", "xid"})
    void pseudoTerminalWorksToo(String kind, @TempDir Path folder) throws Exception {
        TerminalPair pair =
                TerminalPair.open(folder).orElseGet(() -> Assumptions.abort("SKIPPED: socat is not installed"));
        try (pair;
                SimulatorProcess box =
                        SimulatorProcess.simulator("marker-simulator", "--pty", pair.device(), "--box", kind)) {
            box.line();
            FakeContext context = FakeContext.of(
                            Schema.of(MarkerBoxFactory.class).defaultsWith(Map.of("box", kind, "codes", CODES)))
                    .with(pair.address());
            try (PluginInstance instance = prepared(context)) {
                session(context, instance);
                box.await(s -> s.contains("\"markers\":6") && s.contains("\"lines\":0"));
            }
            box.await(s -> s.contains("\"markers\":7") && s.contains("\"lines\":0"));
        }
    }

    @Test
    void anotherBoxThanExpectedIsSaidSo() {
        FakeContext context = FakeContext.of(Schema.of(MarkerBoxFactory.class).defaultsWith(Map.of("box", "xid")))
                .with(address);
        PluginException refusal = assertThrows(PluginException.class, () -> prepared(context));
        assertTrue(refusal.getMessage().contains("no Cedrus XID box"), refusal.getMessage());
    }

    @Test
    void markersAreLostAndToldWhileTheLineIsGone() throws Exception {
        FakeContext context = context();
        try (PluginInstance instance = prepared(context)) {
            instance.start();
            // The marker of the session's start is out before the cable goes.
            assertTrue(context.published().await(p -> !p.events("marker").isEmpty(), PATIENCE));
            simulator.ask("fault cable-pulled=400");
            assertTrue(context.published().await(p -> !p.events("device-lost").isEmpty(), PATIENCE));
            instance.enterPhase(Phases.active("baseline", 0, 0, 1));
            assertEquals(
                    "phase/baseline",
                    context.published()
                            .events("marker-lost")
                            .get(0)
                            .attributes()
                            .get("name"));
            assertTrue(context.published().await(p -> !p.events("device-back").isEmpty(), PATIENCE));
            instance.enterPhase(Phases.active("loop", 1, 1, 2));
            simulator.await(s -> s.contains("\"2\""));
        }
    }

    @Test
    void literalCommandsOfXid() {
        assertArrayEquals(HexFormat.of().parseHex("6d700a000000"), Box.pulse(10));
        assertArrayEquals(HexFormat.of().parseHex("6d680500"), Box.XID.raise(5));
    }

    @Test
    void strangeTablesAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> CodeTable.of(Map.of("phase/x", 0L), 255));
        assertThrows(IllegalArgumentException.class, () -> CodeTable.of(Map.of("phase/x", 255L), 254));
        assertThrows(IllegalArgumentException.class, () -> CodeTable.of(Map.of("blink", 1L), 255));
    }
}
