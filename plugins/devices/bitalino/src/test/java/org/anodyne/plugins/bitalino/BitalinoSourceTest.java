package org.anodyne.plugins.bitalino;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.Event;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.PluginException;
import org.anodyne.plugin.device.SignalSource;
import org.anodyne.plugin.signal.SampleBlock;
import org.anodyne.plugin.tck.LiveContext;
import org.anodyne.plugin.tck.Phases;
import org.anodyne.plugin.tck.Schema;
import org.anodyne.simulator.kit.SimulatorProcess;
import org.anodyne.simulator.kit.TerminalPair;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BitalinoSourceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private SimulatorProcess simulator;
    private LiveContext context;
    private SignalSource source;

    private void run(Map<String, Object> parameters, String... options) throws Exception {
        String[] all = new String[options.length + 2];
        all[0] = "--tcp";
        all[1] = "0";
        System.arraycopy(options, 0, all, 2, options.length);
        simulator = SimulatorProcess.simulator("bitalino-simulator", all);
        open("tcp:127.0.0.1:" + simulator.port(), parameters);
        source.start();
        source.enterPhase(Phases.active("only", 0, 0, 1000));
    }

    private void open(String address, Map<String, Object> parameters) throws Exception {
        context = new LiveContext(Schema.of(BitalinoFactory.class).defaultsWith(parameters), Optional.of(address));
        source = (SignalSource) new BitalinoFactory().create(context);
        source.prepare(Inputs.NONE, Deadline.in(PATIENCE));
    }

    @AfterEach
    void close() {
        if (source != null) {
            source.close();
        }
        if (context != null) {
            context.close();
        }
        if (simulator != null) {
            simulator.close();
        }
    }

    private List<SampleBlock> await(String stream, int samples) throws InterruptedException {
        assertTrue(context.published()
                .await(
                        p -> p.blocks(stream).stream()
                                        .mapToInt(SampleBlock::length)
                                        .sum()
                                >= samples,
                        PATIENCE));
        return context.published().blocks(stream);
    }

    private Event event(String type) throws InterruptedException {
        assertTrue(context.published().await(p -> !p.events(type).isEmpty(), PATIENCE), "no " + type);
        return context.published().events(type).get(0);
    }

    private static double[] range(List<SampleBlock> blocks, int channel) {
        double[] range = {Double.MAX_VALUE, -Double.MAX_VALUE};
        for (SampleBlock block : blocks) {
            for (int i = 0; i < block.length(); i++) {
                range[0] = Math.min(range[0], block.at(i, channel));
                range[1] = Math.max(range[1], block.at(i, channel));
            }
        }
        return range;
    }

    @Test
    void eachTypeOfSignalIsAStreamInItsUnit() throws Exception {
        run(Map.of("digital", true));
        List<SampleBlock> ecg = await("ecg", 1200);
        assertEquals(1000, ecg.get(0).rateHz());
        assertEquals(Signal.ECG.of(712, 1023), range(ecg, 0)[1], 0.01);
        List<SampleBlock> eda = await("eda", 1200);
        assertEquals(Signal.EDA.of(312, 1023), range(eda, 0)[0], 0.1);
        assertEquals(Signal.EDA.of(712, 1023), range(eda, 0)[1], 0.1);
        assertEquals(1, await("digital", 10).get(0).at(0, 1));
        assertEquals("BITalino_v5.2", event("device-state").attributes().get("version"));
    }

    @Test
    void sixInputsAtAHundredHertzFromOlderFirmware() throws Exception {
        run(
                Map.of(
                        "rate",
                        100L,
                        "inputs",
                        Map.of("A1", "RAW", "A2", "RAW", "A3", "RAW", "A4", "RAW", "A5", "RAW", "A6", "RAW")),
                "--firmware",
                "51");
        List<SampleBlock> raw = await("misc", 150);
        assertEquals(6, raw.get(0).channels());
        assertEquals(712, range(raw, 0)[1], 2);
        assertEquals(712 >> 4, range(raw, 5)[1], 1);
    }

    /** A machine that stood still may have lost the device meanwhile, and then it was not a frame that was spoiled: once more. */
    private void spoilAFrame() throws Exception {
        do {
            int before = context.published().events("device-lost").size();
            assertTrue(context.published().await(p -> p.events("device-back").size() >= before, PATIENCE));
            // One that is spoiled in a stretch that is lost as a whole leaves no word of its own: another one is, then.
            long until = System.nanoTime() + PATIENCE.toNanos();
            boolean told = false;
            while (!told && System.nanoTime() < until) {
                simulator.ask("fault bad-crc");
                told = context.published()
                        .await(
                                p -> !p.events("resynchronised").isEmpty()
                                        || p.events("device-lost").size() > before,
                                Duration.ofSeconds(3));
            }
            assertTrue(told, "no word of the bad frame");
        } while (context.published().events("resynchronised").isEmpty());
    }

    @Test
    void lostFramesAndBadOnesAreGapsAndTheIndexGoesOn() throws Exception {
        run(Map.of());
        await("ecg", 100);
        for (int i = 0; i < 5; i++) {
            simulator.ask("fault no-reply");
        }
        event("gap");
        spoilAFrame();
        int before = context.published().blocks("ecg").size();
        assertTrue(context.published().await(p -> p.blocks("ecg").size() > before + 20, PATIENCE));
        long next = 0;
        long missing = 0;
        for (SampleBlock block : context.published().blocks("ecg")) {
            missing += block.index() - next;
            next = block.index() + block.length();
        }
        assertTrue(missing >= 6, missing + " missing");
        simulator.ask("fault reset");
        event("device-lost");
        event("device-back");
    }

    /** 00 sets the battery threshold of an idle device: it must never get one. */
    @Test
    void zeroIsNeverSentToAnIdleDevice() throws Exception {
        run(Map.of());
        await("eda", 10);
        simulator.ask("fault cable-pulled=200");
        event("device-back");
        source.close();
        String state = simulator.await(s -> s.contains("\"streaming\":false"));
        assertTrue(state.contains("\"thresholdCommands\":0"), state);
    }

    @Test
    void silenceIsComeBackFrom() throws Exception {
        run(Map.of(), "--fault", "split");
        await("eda", 10);
        simulator.ask("fault silence");
        event("device-silent");
        event("device-lost");
        simulator.ask("clear silence");
        event("device-back");
    }

    @Test
    void pseudoTerminalWorksToo(@TempDir Path folder) throws Exception {
        TerminalPair pair =
                TerminalPair.open(folder).orElseGet(() -> Assumptions.abort("SKIPPED: socat is not installed"));
        try (pair) {
            simulator = SimulatorProcess.simulator("bitalino-simulator", "--pty", pair.device());
            simulator.line();
            open(pair.address(), Map.of("rate", 100L));
            source.start();
            source.enterPhase(Phases.active("only", 0, 0, 1000));
            assertEquals(100, await("eda", 50).get(0).rateHz());
            assertEquals("BITalino_v5.2", event("device-state").attributes().get("version"));
            source.close();
            simulator.await(s -> s.contains("\"streaming\":false"));
        }
    }

    @Test
    void somethingElseIsSaidSo() throws Exception {
        try (SimulatorProcess cyton = SimulatorProcess.simulator("cyton-simulator", "--tcp", "0")) {
            String address = "tcp:127.0.0.1:" + cyton.port();
            PluginException refusal = assertThrows(PluginException.class, () -> open(address, Map.of()));
            assertTrue(refusal.getMessage().contains("nothing answers"), refusal.getMessage());
        }
    }
}
