package org.anodyne.plugins.openbcicyton;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.Event;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.PluginException;
import org.anodyne.plugin.device.SignalSource;
import org.anodyne.plugin.signal.SampleBlock;
import org.anodyne.plugin.tck.LiveContext;
import org.anodyne.plugin.tck.Phases;
import org.anodyne.plugin.tck.RecordedOutlet;
import org.anodyne.plugin.tck.Schema;
import org.anodyne.simulator.kit.SimulatorProcess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CytonSourceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private SimulatorProcess simulator;
    private LiveContext context;
    private SignalSource source;

    private void open(String address, Map<String, Object> parameters) throws Exception {
        context = new LiveContext(Schema.of(CytonFactory.class).defaultsWith(parameters), Optional.of(address));
        source = (SignalSource) new CytonFactory().create(context);
        source.prepare(Inputs.NONE, Deadline.in(PATIENCE));
    }

    private void run(Map<String, Object> parameters, String... options) throws Exception {
        String[] all = new String[options.length + 2];
        all[0] = "--tcp";
        all[1] = "0";
        System.arraycopy(options, 0, all, 2, options.length);
        simulator = SimulatorProcess.simulator("cyton-simulator", all);
        open("tcp:127.0.0.1:" + simulator.port(), parameters);
        begin();
    }

    private void begin() throws Exception {
        source.start();
        source.enterPhase(Phases.active("only", 0, 0, 1000));
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

    private RecordedOutlet await(String stream, int samples) throws InterruptedException {
        assertTrue(
                context.published()
                        .await(
                                p -> p.blocks(stream).stream()
                                                .mapToInt(SampleBlock::length)
                                                .sum()
                                        >= samples,
                                PATIENCE),
                () -> "only " + context.published().bits());
        return context.published();
    }

    private Event event(String type) throws InterruptedException {
        assertTrue(
                context.published().await(p -> !p.events(type).isEmpty(), PATIENCE),
                () -> "no " + type + " but " + context.published().events("gap"));
        return context.published().events(type).get(0);
    }

    /** Amplitude of a channel over these blocks. */
    private static double peak(List<SampleBlock> blocks, int channel) {
        double peak = 0;
        for (SampleBlock block : blocks) {
            for (int i = 0; i < block.length(); i++) {
                peak = Math.max(peak, Math.abs(block.at(i, channel)));
            }
        }
        return peak;
    }

    @Test
    void eightChannelsInMicrovoltsAndGravityInG() throws Exception {
        run(Map.of());
        RecordedOutlet published = await("eeg", 300);
        List<SampleBlock> blocks = published.blocks("eeg");
        assertEquals(250, blocks.get(0).rateHz());
        assertEquals(8, blocks.get(0).channels());
        assertEquals(50, peak(blocks, 0), 1);
        assertEquals(50, peak(blocks, 7), 1);
        SampleBlock gravity = await("accelerometer", 10).blocks("accelerometer").get(0);
        assertEquals(0, gravity.at(0, 0));
        assertEquals(1, gravity.at(0, 2), 1e-6);
    }

    @Test
    void everyGainGivesTheSameMicrovolts() throws Exception {
        Map<String, Object> channels = new HashMap<>();
        int[] gains = {1, 2, 4, 6, 8, 12, 24};
        for (int i = 0; i < gains.length; i++) {
            channels.put(String.valueOf(i + 1), Map.of("gain", (long) gains[i]));
        }
        channels.put("8", Map.of("on", false));
        run(Map.of("channels", channels));
        List<SampleBlock> blocks = await("eeg", 300).blocks("eeg");
        assertEquals(7, blocks.get(0).channels());
        for (int i = 0; i < gains.length; i++) {
            assertEquals(50, peak(blocks, i), 1.5, "gain " + gains[i]);
        }
    }

    @Test
    void testSignalIsSetByTheChannelsInput() throws Exception {
        run(Map.of("channels", Map.of("3", Map.of("input", 5L))));
        assertEquals(1875, peak(await("eeg", 100).blocks("eeg"), 2), 0.1);
    }

    @Test
    void daisyGivesSixteenChannelsAt125Hertz() throws Exception {
        run(Map.of("daisy", true), "--daisy", "1");
        List<SampleBlock> blocks = await("eeg", 200).blocks("eeg");
        assertEquals(16, blocks.get(0).channels());
        assertEquals(125, blocks.get(0).rateHz());
        assertEquals(50, peak(blocks, 15), 1);
    }

    @Test
    void daisyThatIsNotThereIsSaidSo() throws Exception {
        PluginException refusal = assertThrows(PluginException.class, () -> run(Map.of("daisy", true)));
        assertTrue(refusal.getMessage().contains("no Daisy"), refusal.getMessage());
    }

    @Test
    void boardTimeIsTold() throws Exception {
        run(Map.of("timeStamps", true, "aux", "analog"));
        assertTrue((Long) event("board-time").attributes().get("boardMillis") > 0);
        assertEquals(1, await("aux", 10).blocks("aux").get(0).channels());
    }

    @Test
    void lostPacketsAreAGapAndTheIndexGoesOn() throws Exception {
        run(Map.of());
        await("eeg", 50);
        for (int i = 0; i < 3; i++) {
            simulator.ask("fault no-reply");
        }
        Event gap = event("gap");
        assertTrue((Long) gap.attributes().get("samples") >= 1);
        await("eeg", 300);
        long next = 0;
        long missing = 0;
        for (SampleBlock block : context.published().blocks("eeg")) {
            missing += block.index() - next;
            next = block.index() + block.length();
        }
        assertEquals(3, missing);
    }

    @Test
    void aLostByteCostsOnePacketOrTwo() throws Exception {
        run(Map.of());
        await("eeg", 50);
        simulator.ask("fault lost-byte");
        event("resynchronised");
        assertTrue((Long) event("gap").attributes().get("samples") <= 2);
    }

    @Test
    void splitAndMergedBytesLoseNothing() throws Exception {
        run(Map.of(), "--fault", "split");
        await("eeg", 100);
        simulator.ask("clear split");
        simulator.ask("fault merge");
        await("eeg", 400);
        assertEquals(List.of(), context.published().events("gap"));
    }

    @Test
    void silenceIsToldAndTheBoardIsSetUpAnew() throws Exception {
        run(Map.of());
        await("eeg", 50);
        simulator.ask("fault silence");
        event("device-silent");
        event("device-lost");
        simulator.ask("clear silence");
        event("device-back");
        assertTrue((Long) event("gap").attributes().get("samples") > 100);
        int before = context.published().blocks("eeg").size();
        assertTrue(context.published().await(p -> p.blocks("eeg").size() > before + 5, PATIENCE));
    }

    @Test
    void resetAndPulledCableAreComeBackFrom() throws Exception {
        run(Map.of("gain", 12L));
        await("eeg", 50);
        simulator.ask("fault reset");
        event("device-back");
        assertTrue(simulator.ask("state").contains("\"gainOfChannel1\":12"));
        simulator.ask("fault cable-pulled=300");
        assertTrue(context.published().await(p -> p.events("device-back").size() == 2, PATIENCE));
    }

    @Test
    void nothingComesWhilePausedAndTheIndexGoesOn() throws Exception {
        run(Map.of());
        await("eeg", 50);
        source.pause();
        int before = context.published().blocks("eeg").size();
        source.enterPhase(Phases.inactive("rest", 1, 1, 2));
        source.enterPhase(Phases.active("again", 2, 2, 1000));
        assertEquals(before, context.published().blocks("eeg").size());
        source.resume();
        assertTrue(context.published().await(p -> p.blocks("eeg").size() > before, PATIENCE));
        long next = 0;
        for (SampleBlock block : context.published().blocks("eeg")) {
            assertEquals(next, block.index());
            next += block.length();
        }
        assertEquals(List.of(), context.published().events("gap"));
    }

    @Test
    void pseudoTerminalWorksToo(@TempDir Path folder) throws Exception {
        Path here = folder.resolve("a");
        Path there = folder.resolve("b");
        SimulatorProcess socat;
        try {
            socat = SimulatorProcess.other("socat", "pty,raw,echo=0,link=" + here, "pty,raw,echo=0,link=" + there);
        } catch (java.io.IOException e) {
            Assumptions.abort("SKIPPED: socat is not installed");
            return;
        }
        try (socat) {
            Deadline deadline = Deadline.in(PATIENCE);
            while (!(Files.exists(here) && Files.exists(there)) && !deadline.passed()) {
                LockSupport.parkNanos(1_000_000);
            }
            simulator = SimulatorProcess.simulator("cyton-simulator", "--pty", there.toString());
            simulator.line();
            open("pty:" + here, Map.of());
            begin();
            await("eeg", 250);
        }
    }

    @Test
    void addressThatLeadsNowhereIsSaidSo() {
        PluginException refusal = assertThrows(PluginException.class, () -> open("tcp:127.0.0.1:1", Map.of()));
        assertTrue(refusal.getMessage().contains("tcp:127.0.0.1:1"), refusal.getMessage());
    }
}
