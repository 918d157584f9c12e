package org.anodyne.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.ScheduledExecutorService;
import java.util.random.RandomGenerator;
import org.anodyne.plugin.device.LiveStream;
import org.anodyne.plugin.intervention.Decision;
import org.anodyne.plugin.scene.MirrorPicture;
import org.anodyne.plugin.signal.Feature;
import org.anodyne.plugin.signal.SampleBlock;
import org.anodyne.plugin.signal.StreamInfo;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LiveStreamTest {
    private static final long PERIOD = 4_000_000;

    private final List<SampleBlock> blocks = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();
    private final LiveStream stream = new LiveStream(
            new Context(),
            new StreamInfo("", "eeg", "EEG", 250, List.of(new StreamInfo.Channel("a", "uV")), false),
            Duration.ofMillis(40));

    @BeforeEach
    void start() {
        stream.start();
        stream.enterPhase(new Phase("p", 0, 0, 0, OptionalLong.empty(), true, Map.of(), List.of()));
    }

    private void sample(double arrivedNanos) {
        stream.sample(new float[] {1}, Math.round(arrivedNanos));
    }

    @Test
    void timesAreSmoothAlthoughArrivalsAreNot() {
        Random random = new Random(1);
        for (int i = 1; i <= 2500; i++) {
            sample(i * PERIOD + random.nextInt(15_000_000));
        }
        SampleBlock before = null;
        for (SampleBlock block : blocks.subList(50, blocks.size())) {
            if (before != null) {
                assertTrue(Math.abs(block.startNanos() - before.endNanos()) <= 500_000, "a step at " + block);
            }
            assertEquals(block.index() * PERIOD, block.startNanos(), 2_000_000, "time of " + block);
            before = block;
        }
    }

    @Test
    void aDriftingClockIsFollowed() {
        double real = PERIOD * (1 + 200e-6);
        for (int i = 1; i <= 25_000; i++) {
            sample(i * real);
        }
        SampleBlock last = blocks.get(blocks.size() - 1);
        assertEquals((last.index()) * real, last.startNanos(), 3_000_000);
    }

    @Test
    void lostSamplesAreCountedAndTold() {
        for (int i = 1; i <= 5; i++) {
            sample(i * PERIOD);
        }
        stream.lost(3, "the counter jumped");
        for (int i = 9; i <= 18; i++) {
            sample(i * PERIOD);
        }
        assertEquals(List.of(0L, 8L), blocks.stream().map(SampleBlock::index).toList());
        assertEquals(5 * PERIOD, events.get(0).attributes().get("fromNanos"));
        assertEquals(8 * PERIOD, events.get(0).attributes().get("toNanos"));
        assertEquals(8 * PERIOD, blocks.get(1).startNanos());
    }

    @Test
    void lossThatTheCounterCannotShowIsFoundByTime() {
        for (int i = 1; i <= 1000; i++) {
            sample(i * PERIOD);
        }
        for (int i = 1257; i <= 2000; i++) {
            sample(i * PERIOD);
        }
        assertEquals(256L, events.get(0).attributes().get("samples"));
        SampleBlock last = blocks.get(blocks.size() - 1);
        assertEquals(last.index() * PERIOD, last.startNanos(), 1_000_000);
    }

    @Test
    void afterAnInterruptionTimesAreCountedAnew() {
        for (int i = 1; i <= 10; i++) {
            sample(i * PERIOD);
        }
        stream.interrupted(1_000_000_000, "cable pulled");
        for (int i = 1; i <= 10; i++) {
            sample(1_000_000_000 + i * PERIOD);
        }
        assertEquals(240L, events.get(0).attributes().get("samples"));
        assertEquals(250, blocks.get(1).index());
        assertEquals(1_000_000_000, blocks.get(1).startNanos());
    }

    private final class Context implements PluginContext, Outlet {
        @Override
        public String slot() {
            return "slot";
        }

        @Override
        public String session() {
            return "session";
        }

        @Override
        public Parameters parameters() {
            return new Parameters(Map.of());
        }

        @Override
        public Optional<String> input() {
            return Optional.empty();
        }

        @Override
        public SessionClock clock() {
            return () -> 0;
        }

        @Override
        public ScheduledExecutorService executor() {
            throw new UnsupportedOperationException();
        }

        @Override
        public RandomGenerator random() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Outlet outlet() {
            return this;
        }

        @Override
        public void samples(SampleBlock block) {
            blocks.add(block);
        }

        @Override
        public void feature(Feature feature) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void decision(Decision decision) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void command(Command command) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void mirror(MirrorPicture picture) {
            // Of displays only.
        }

        @Override
        public void event(Event event) {
            events.add(event);
        }
    }
}
