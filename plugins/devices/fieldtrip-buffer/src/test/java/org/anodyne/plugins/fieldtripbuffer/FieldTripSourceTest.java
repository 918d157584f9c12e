package org.anodyne.plugins.fieldtripbuffer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.Event;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.PluginException;
import org.anodyne.plugin.PluginFactory;
import org.anodyne.plugin.PluginInstance;
import org.anodyne.plugin.device.SignalSource;
import org.anodyne.plugin.signal.SampleBlock;
import org.anodyne.plugin.signal.StreamInfo;
import org.anodyne.plugin.tck.LiveContext;
import org.anodyne.plugin.tck.Output;
import org.anodyne.plugin.tck.Phases;
import org.anodyne.plugin.tck.PluginContract;
import org.anodyne.plugin.tck.Schema;
import org.anodyne.simulator.kit.SimulatorProcess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract of every plug-in, and what this one makes of the simulator in a process of its own. */
class FieldTripSourceTest extends PluginContract {
    private static final int TRIES = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private SimulatorProcess simulator;
    private String address;
    private LiveContext context;
    private SignalSource source;

    @BeforeEach
    void simulate() throws Exception {
        simulate("float32");
    }

    private void simulate(String format, String... more) throws Exception {
        List<String> options = new ArrayList<>(List.of("--tcp", "0", "--format", format));
        options.addAll(List.of(more));
        simulator = SimulatorProcess.simulator("fieldtrip-simulator", options.toArray(String[]::new));
        address = "tcp:127.0.0.1:" + simulator.port();
    }

    @AfterEach
    void close() {
        if (source != null) {
            source.close();
            context.close();
        }
        simulator.close();
    }

    @Override
    protected PluginFactory factory() {
        return new FieldTripFactory();
    }

    @Override
    protected Class<? extends PluginInstance> role() {
        return SignalSource.class;
    }

    @Override
    protected Optional<String> input() {
        return Optional.of(address);
    }

    private void run(Map<String, Object> parameters) throws Exception {
        context = new LiveContext(Schema.of(FieldTripFactory.class).defaultsWith(parameters), input());
        source = (SignalSource) factory().create(context);
        source.prepare(Inputs.NONE, Deadline.in(PATIENCE));
        source.start();
        source.enterPhase(Phases.active("only", 0, 0, 1000));
    }

    private List<SampleBlock> await(int samples) throws InterruptedException {
        assertTrue(context.published()
                .await(
                        p -> p.blocks("eeg").stream()
                                        .mapToInt(SampleBlock::length)
                                        .sum()
                                >= samples,
                        PATIENCE));
        return context.published().blocks("eeg");
    }

    private Event event(String type) throws InterruptedException {
        assertTrue(context.published().await(p -> !p.events(type).isEmpty(), PATIENCE), "no " + type);
        return context.published().events(type).get(0);
    }

    private void swings() throws InterruptedException {
        float greatest = 0;
        for (SampleBlock block : await(600)) {
            for (int i = 0; i < block.length(); i++) {
                greatest = Math.max(greatest, block.at(i, 0));
            }
        }
        assertEquals(100, greatest, 0.2, "in microvolts");
    }

    @Test
    void samplesAndMarkersOfBothFormats() throws Exception {
        run(Map.of());
        StreamInfo stream = source.streams().get(0);
        assertEquals(250, stream.rateHz());
        assertEquals(
                List.of(new StreamInfo.Channel("E1", "uV"), new StreamInfo.Channel("E2", "uV")), stream.channels());
        swings();
        Event marker = event("marker");
        assertEquals("second", marker.attributes().get("type"));
        assertTrue(marker.attributes().get("value") instanceof Long);
        close();
        simulate("int16");
        run(Map.of());
        swings();
    }

    @Test
    void splitMergedAndLateMessagesLoseNothing() throws Exception {
        run(Map.of());
        for (String fault : List.of("split", "merge")) {
            simulator.ask("fault " + fault);
            await(context.published().blocks("eeg").size() * 10 + 200);
            simulator.ask("clear " + fault);
        }
        assertEquals(List.of(), context.published().events("device-lost"));
        long next = 0;
        for (SampleBlock block : context.published().blocks("eeg")) {
            assertEquals(next, block.index());
            next += block.length();
        }
    }

    @Test
    void samplesThatWereOverwrittenAreAGap() throws Exception {
        close();
        simulate("float32", "--length", "0.1");
        run(Map.of("replyTimeout", 5.0));
        await(50);
        simulator.ask("fault late-reply=400");
        Event gap = event("gap");
        assertTrue((long) gap.attributes().get("samples") > 0);
        assertEquals(List.of(), context.published().events("device-lost"));
    }

    @Test
    void everyFaultOfTheLineEndsInANewConnection() throws Exception {
        run(Map.of("replyTimeout", 0.3));
        for (String fault : List.of("bad-crc", "no-reply", "half-frame", "cable-pulled=100")) {
            // On a busy computer an answer may be late without any fault, too.
            int lost = context.published().events("device-lost").size();
            assertTrue(noticed(fault, lost), fault + " went unnoticed");
            simulator.ask("clear all");
            assertTrue(
                    context.published()
                            .await(
                                    p -> p.events("device-back").size()
                                            == p.events("device-lost").size(),
                                    PATIENCE),
                    "not back after " + fault);
            int before = context.published().blocks("eeg").size();
            assertTrue(context.published().await(p -> p.blocks("eeg").size() > before + 3, PATIENCE), fault);
        }
        // How much an outage costs depends on how soon the line is open again; what is missing is told, all of it.
        long missing = 0;
        long next = 0;
        long told = 0;
        long toldSoFar = 0;
        // A gap is told before the block that follows it, so one that comes last belongs to none of these.
        for (Output o : context.published().outputs()) {
            if (o instanceof Output.Happened h && h.event().type().equals("gap")) {
                toldSoFar += (long) h.event().attributes().get("samples");
            } else if (o instanceof Output.Samples b && b.block().stream().equals("eeg")) {
                missing += b.block().index() - next;
                next = b.block().index() + b.block().length();
                told = toldSoFar;
            }
        }
        assertEquals(missing, told);
    }

    /** Makes the fault until it is seen: it may spoil an answer on a line that is just given up, which nobody reads. */
    private boolean noticed(String fault, int lost) throws Exception {
        for (int i = 0; i < TRIES; i++) {
            simulator.ask("fault " + fault);
            if (context.published().await(p -> p.events("device-lost").size() > lost, PATIENCE.dividedBy(TRIES))) {
                return true;
            }
            // On a busy computer it may have been lost already when the fault was made, and stays so as long as that
            // lasts.
            simulator.ask("clear all");
            context.published()
                    .await(
                            p -> p.events("device-back").size()
                                    == p.events("device-lost").size(),
                            PATIENCE.dividedBy(TRIES));
        }
        return false;
    }

    @Test
    void bufferThatIsBegunAnewIsNoFaultAndSilenceIsTold() throws Exception {
        run(Map.of("silence", 0.3));
        await(50);
        simulator.ask("fault reset");
        int before = context.published().blocks("eeg").size();
        assertTrue(context.published().await(p -> p.blocks("eeg").size() > before + 5, PATIENCE));
        simulator.ask("fault silence");
        event("device-silent");
        assertEquals(List.of(), context.published().events("device-lost"));
    }

    @Test
    void whatIsNoRecorderIsRefusedWithAReason() throws Exception {
        for (String where : List.of("tcp:127.0.0.1:1", "nonsense", "")) {
            context = new LiveContext(
                    Schema.of(FieldTripFactory.class).defaultsWith(Map.of()),
                    where.isEmpty() ? Optional.empty() : Optional.of(where));
            source = (SignalSource) factory().create(context);
            PluginException e =
                    assertThrows(PluginException.class, () -> source.prepare(Inputs.NONE, Deadline.in(PATIENCE)));
            assertTrue(e.getMessage().startsWith("fieldtrip-buffer: "), e.getMessage());
            source.close();
            context.close();
        }
    }
}
