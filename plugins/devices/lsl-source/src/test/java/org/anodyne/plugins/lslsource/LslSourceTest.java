package org.anodyne.plugins.lslsource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.anodyne.lsl.ChannelFormat;
import org.anodyne.lsl.LslClock;
import org.anodyne.lsl.Network;
import org.anodyne.lsl.Outlet;
import org.anodyne.lsl.Sample;
import org.anodyne.lsl.StreamInfo;
import org.anodyne.lsl.wire.Datagrams;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.Event;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.PluginContext;
import org.anodyne.plugin.PluginException;
import org.anodyne.plugin.PluginFactory;
import org.anodyne.plugin.PluginInstance;
import org.anodyne.plugin.device.SignalSource;
import org.anodyne.plugin.signal.SampleBlock;
import org.anodyne.plugin.tck.FakeContext;
import org.anodyne.plugin.tck.LiveContext;
import org.anodyne.plugin.tck.Phases;
import org.anodyne.plugin.tck.PluginContract;
import org.anodyne.plugin.tck.RecordedOutlet;
import org.anodyne.plugin.tck.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract of every plug-in, and what this one makes of streams of our own outlets on 127.0.0.1. */
class LslSourceTest extends PluginContract {
    private static final Network NETWORK = Network.LOOPBACK.ports(28_572, 64);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final StreamInfo EEG = StreamInfo.of("amp", "EEG", 2, 250, ChannelFormat.FLOAT32, "sn-7")
            .withChannels(List.of(
                    new StreamInfo.Channel("C3", "microvolts", "EEG"),
                    new StreamInfo.Channel("C4", "microvolts", "EEG")));

    private Outlet outlet;

    @BeforeEach
    void open() throws Exception {
        outlet = Outlet.open(EEG, NETWORK);
    }

    @AfterEach
    void shut() {
        outlet.close();
    }

    @Override
    protected PluginFactory factory() {
        return new LslSourceFactory(NETWORK);
    }

    @Override
    protected Class<? extends PluginInstance> role() {
        return SignalSource.class;
    }

    @Override
    protected Optional<String> input() {
        return Optional.of("lsl:name='amp'");
    }

    private static FakeContext with(Map<String, Object> parameters) {
        return FakeContext.of(Schema.of(LslSourceFactory.class).defaultsWith(parameters));
    }

    /** For what depends on session time: a sample's is told from how long ago it was taken. */
    private LiveContext live() {
        return new LiveContext(Schema.of(LslSourceFactory.class).defaultsWith(parameters()), input());
    }

    private static SignalSource started(PluginContext context) throws Exception {
        SignalSource source = (SignalSource) new LslSourceFactory(NETWORK).create(context);
        source.prepare(Inputs.NONE, Deadline.in(PATIENCE));
        source.start();
        source.enterPhase(Phases.active("only", 0, 0, 1000));
        return source;
    }

    private static int delivered(RecordedOutlet published, String stream) {
        return published.blocks(stream).stream().mapToInt(SampleBlock::length).sum();
    }

    private void push(double first, int from, int count) {
        for (int k = from; k < from + count; k++) {
            outlet.push(Sample.of(first + k / 250.0, k, -k));
        }
    }

    @Test
    void samplesBecomeBlocksWithLabelsUnitsAndTimes() throws Exception {
        try (LiveContext context = live();
                SignalSource source = started(context)) {
            org.anodyne.plugin.signal.StreamInfo stream = source.streams().get(0);
            assertEquals("eeg", stream.name());
            assertEquals(250, stream.rateHz());
            assertEquals(
                    List.of(
                            new org.anodyne.plugin.signal.StreamInfo.Channel("C3", "uV"),
                            new org.anodyne.plugin.signal.StreamInfo.Channel("C4", "uV")),
                    stream.channels());
            push(LslClock.seconds(), 0, 100);
            assertTrue(context.published().await(p -> delivered(context.published(), "eeg") == 100, PATIENCE));
            long next = 0;
            for (SampleBlock block : context.published().blocks("eeg")) {
                assertEquals(next, block.index());
                for (int i = 0; i < block.length(); i++) {
                    assertEquals(next + i, block.at(i, 0));
                    assertEquals(-(next + i), block.at(i, 1));
                }
                next += block.length();
            }
            List<SampleBlock> blocks = context.published().blocks("eeg");
            // To within what comparing the clocks is worth on a busy machine; by arrival all would be at one instant.
            assertEquals(
                    360_000_000L,
                    blocks.get(9).startNanos() - blocks.get(0).startNanos(),
                    20_000_000,
                    "by time stamps");
        }
    }

    @Test
    void jumpOfTheTimeStampsIsAGap() throws Exception {
        try (LiveContext context = live();
                SignalSource source = started(context)) {
            double first = LslClock.seconds();
            push(first, 0, 50);
            push(first, 550, 50);
            assertTrue(context.published().await(p -> delivered(context.published(), "eeg") == 100, PATIENCE));
            Event gap = context.published().events("gap").get(0);
            assertEquals(500L, gap.attributes().get("samples"));
            assertEquals(
                    550,
                    context.published().blocks("eeg").stream()
                            .filter(b -> b.index() >= 550)
                            .findFirst()
                            .orElseThrow()
                            .index());
        }
    }

    @Test
    void streamThatComesBackIsTakenAgainWithAGap() throws Exception {
        FakeContext context = context();
        try (SignalSource source = started(context)) {
            push(LslClock.seconds(), 0, 50);
            assertTrue(context.published().await(p -> delivered(context.published(), "eeg") == 50, PATIENCE));
            outlet.close();
            assertTrue(context.published().await(p -> p.events("device-lost").size() == 1, PATIENCE));
            outlet = Outlet.open(EEG, NETWORK);
            context.lane().advanceTo(Duration.ofSeconds(5).toNanos());
            assertTrue(context.published().await(p -> p.events("device-back").size() == 1, PATIENCE));
            push(LslClock.seconds(), 0, 50);
            assertTrue(context.published().await(p -> delivered(context.published(), "eeg") == 100, PATIENCE));
            Event gap = context.published().events("gap").get(0);
            assertTrue((long) gap.attributes().get("samples") > 0);
            assertTrue(gap.attributes().get("reason").toString().startsWith("the stream was away"));
            assertTrue(context.published().events("clock-offset").size() >= 1);
        }
    }

    @Test
    void markersBecomeEvents() throws Exception {
        StreamInfo markers = StreamInfo.of("marks", "Markers", 1, StreamInfo.IRREGULAR, ChannelFormat.STRING, "m");
        FakeContext context = with(Map.of("type", "Markers", "event", "trigger"));
        try (Outlet marks = Outlet.open(markers, NETWORK);
                SignalSource source = started(context)) {
            assertEquals(List.of(), source.streams());
            marks.push(Sample.of(LslClock.seconds(), "S  1"));
            assertTrue(context.published().await(p -> p.events("trigger").size() == 1, PATIENCE));
            Event event = context.published().events("trigger").get(0);
            assertEquals("S  1", event.attributes().get("value"));
            assertEquals("markers", event.attributes().get("stream"));
            source.enterPhase(Phases.inactive("rest", 1, 1000, 2000));
            marks.push(Sample.of(LslClock.seconds(), "S  2"));
            source.enterPhase(Phases.inactive("rest", 2, 2000, 3000));
            assertEquals(1, context.published().events("trigger").size());
        }
    }

    @Test
    void numbersWithoutARateBecomeEvents() throws Exception {
        StreamInfo ratings = StreamInfo.of("ratings", "Rating", 2, StreamInfo.IRREGULAR, ChannelFormat.INT64, "r");
        FakeContext context = with(Map.of("sourceId", "r"));
        try (Outlet out = Outlet.open(ratings, NETWORK);
                SignalSource source = started(context)) {
            assertEquals(List.of(), source.streams());
            out.push(new Sample(LslClock.seconds(), new Sample.Wholes(new long[] {Long.MAX_VALUE, 3})));
            assertTrue(context.published().await(p -> p.events("marker").size() == 1, PATIENCE));
            assertEquals(
                    List.of(Long.MAX_VALUE, 3L),
                    context.published().events("marker").get(0).attributes().get("values"));
        }
    }

    @Test
    void whatCannotBeFoundOrIsNotMeantIsRefusedWithAReason() {
        for (Map<String, Object> parameters : List.<Map<String, Object>>of(
                Map.of(),
                Map.of("name", "nobody", "wait", 0.2),
                Map.of("name", "'\""),
                Map.of("query", "(((", "wait", 0.2))) {
            PluginInstance source = new LslSourceFactory(NETWORK).create(with(parameters));
            PluginException e =
                    assertThrows(PluginException.class, () -> source.prepare(Inputs.NONE, Deadline.in(PATIENCE)));
            assertTrue(e.getMessage().startsWith("lsl-source: "), e.getMessage());
            source.close();
        }
    }

    @Test
    void secondStreamThatAnswersLaterIsSeenBeforeOneIsTaken() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        // At the last port of the range, and deaf to what is asked first.
        try (DatagramSocket late = new DatagramSocket(new InetSocketAddress("127.0.0.1", NETWORK.basePort() + 63))) {
            Thread answering = new Thread(() -> {
                try {
                    while (true) {
                        DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
                        late.receive(packet);
                        Datagrams.Question question =
                                Datagrams.question(Arrays.copyOf(packet.getData(), packet.getLength()));
                        if (question instanceof Datagrams.Question.ShortInfo shortInfo && asked.getAndIncrement() > 0) {
                            byte[] answer = Datagrams.found(shortInfo.id(), other());
                            late.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                        }
                    }
                } catch (IOException e) {
                    // The test is over.
                    return;
                }
            });
            answering.setDaemon(true);
            answering.start();
            PluginInstance source = new LslSourceFactory(NETWORK).create(with(Map.of("type", "EEG")));
            PluginException e =
                    assertThrows(PluginException.class, () -> source.prepare(Inputs.NONE, Deadline.in(PATIENCE)));
            assertTrue(e.getMessage().contains("2 streams answer"), e.getMessage());
            source.close();
        }
    }

    private static StreamInfo other() {
        return new StreamInfo(
                "late",
                "EEG",
                2,
                250,
                ChannelFormat.FLOAT32,
                "sn-8",
                "uid-late",
                "default",
                "",
                0,
                "",
                1,
                1,
                EEG.desc());
    }

    @Test
    void unitsAreThoseOfThePlatform() {
        assertEquals("uV", Shape.unit("Microvolts"));
        assertEquals("uS", Shape.unit("microsiemens"));
        assertEquals("a.u.", Shape.unit("furlongs"));
        assertEquals("a.u.", Shape.unit(""));
    }
}
