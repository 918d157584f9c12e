package org.anodyne.plugins.lsloutlet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.anodyne.lsl.ClockOffset;
import org.anodyne.lsl.Inlet;
import org.anodyne.lsl.LslClock;
import org.anodyne.lsl.Network;
import org.anodyne.lsl.Resolver;
import org.anodyne.lsl.Sample;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.Event;
import org.anodyne.plugin.EventInput;
import org.anodyne.plugin.FeatureRef;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.PluginFactory;
import org.anodyne.plugin.PluginInstance;
import org.anodyne.plugin.device.SignalSink;
import org.anodyne.plugin.signal.Feature;
import org.anodyne.plugin.signal.FeatureInput;
import org.anodyne.plugin.signal.SampleBlock;
import org.anodyne.plugin.signal.StreamInfo;
import org.anodyne.plugin.tck.FakeContext;
import org.anodyne.plugin.tck.PluginContract;
import org.junit.jupiter.api.Test;

/** The contract of every plug-in, and what an inlet makes of what this one offers on 127.0.0.1. */
class LslOutletTest extends PluginContract {
    private static final Network NETWORK = Network.LOOPBACK.ports(30_572, 64);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Override
    protected PluginFactory factory() {
        return new LslOutletFactory(NETWORK);
    }

    @Override
    protected Class<? extends PluginInstance> role() {
        return SignalSink.class;
    }

    @Override
    protected Inputs inputs() {
        return new Inputs(
                Map.of(
                        "samples",
                        List.of(new StreamInfo(
                                "amp",
                                "eeg",
                                "EEG",
                                250,
                                List.of(new StreamInfo.Channel("C3", "uV"), new StreamInfo.Channel("C4", "uV")),
                                false))),
                Map.of(
                        "features",
                        List.of(new FeatureRef("alpha", "relative", "")),
                        "events",
                        List.of(new FeatureRef("session", "phase", ""))));
    }

    private static Inlet inlet(String name, BlockingQueue<Sample> samples) throws Exception {
        List<org.anodyne.lsl.StreamInfo> found =
                new Resolver(NETWORK).resolve(Resolver.query("default", Map.of("name", name)), 1, PATIENCE);
        assertEquals(1, found.size(), name + " was not found");
        Inlet inlet = new Inlet(NETWORK, found.get(0), 1000, "test-inlet", new Inlet.Listener() {
            @Override
            public void connected(org.anodyne.lsl.StreamInfo info, ClockOffset clock) {}

            @Override
            public void sample(Sample sample, double localSeconds) {
                samples.add(sample);
            }

            @Override
            public void clock(ClockOffset clock) {}

            @Override
            public void lost(String reason) {}
        });
        inlet.open(PATIENCE);
        return inlet;
    }

    private static Sample next(BlockingQueue<Sample> samples) throws InterruptedException {
        Sample sample = samples.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertTrue(sample != null, "no sample came");
        return sample;
    }

    private SignalSink started(FakeContext context) throws Exception {
        SignalSink sink = (SignalSink) factory().create(context);
        sink.prepare(inputs(), Deadline.in(PATIENCE));
        sink.start();
        return sink;
    }

    @Test
    void blocksArriveWithLabelsUnitsAndTimes() throws Exception {
        FakeContext context = context();
        BlockingQueue<Sample> samples = new LinkedBlockingQueue<>();
        try (SignalSink sink = started(context);
                Inlet inlet = inlet("anodyne-amp-eeg", samples)) {
            org.anodyne.lsl.StreamInfo full = Resolver.fullInfo(
                    new Resolver(NETWORK)
                            .resolve("name='anodyne-amp-eeg'", 1, PATIENCE)
                            .get(0),
                    PATIENCE);
            assertEquals(
                    new org.anodyne.lsl.StreamInfo.Channel("C4", "uV", "EEG"),
                    full.channels().get(1));
            sink.samples("samples", "amp", new SampleBlock("eeg", 0, 0, 250, 2, new float[] {1, 2, 3, 4}));
            double now = LslClock.seconds();
            Sample first = next(samples);
            Sample second = next(samples);
            assertArrayEquals(new double[] {1, 2}, first.values().numbers());
            assertArrayEquals(new double[] {3, 4}, second.values().numbers());
            assertEquals(0.004, second.time() - first.time(), 1e-6);
            assertTrue(first.time() <= now && first.time() > now - PATIENCE.toSeconds(), "session time 0 is now");
            sink.pause();
            sink.samples("samples", "amp", new SampleBlock("eeg", 2, 0, 250, 2, new float[] {5, 6}));
            sink.resume();
            sink.samples("samples", "amp", new SampleBlock("eeg", 3, 0, 250, 2, new float[] {7, 8}));
            assertArrayEquals(new double[] {7, 8}, next(samples).values().numbers());
        }
    }

    @Test
    void featuresArriveOnceTheyHaveAValue() throws Exception {
        FakeContext context = context();
        BlockingQueue<Sample> samples = new LinkedBlockingQueue<>();
        try (SignalSink sink = started(context)) {
            sink.feature("features", new FeatureInput("alpha", new Feature("relative", 0, new double[] {0.1})));
            try (Inlet inlet = inlet("anodyne-alpha-relative", samples)) {
                sink.feature("features", new FeatureInput("alpha", new Feature("relative", 0, new double[] {0.25})));
                assertEquals(0.25, next(samples).values().numbers()[0]);
            }
            assertEquals(3, context.published().events("outlet-opened").size());
        }
    }

    @Test
    void eventsArriveAsMarkers() throws Exception {
        FakeContext context = context();
        BlockingQueue<Sample> samples = new LinkedBlockingQueue<>();
        try (SignalSink sink = started(context);
                Inlet inlet = inlet("anodyne-events", samples)) {
            sink.event(
                    "events",
                    new EventInput("session", new Event("phase", 5, Map.of("id", "a \"b\"\n", "x", Double.NaN))));
            assertEquals(
                    new Sample.Texts(List.of("{\"attributes\":{\"id\":\"a \\\"b\\\"\\u000a\",\"x\":null},"
                            + "\"slot\":\"session\",\"timeNanos\":5,\"type\":\"phase\"}")),
                    next(samples).values());
        }
    }
}
