package org.anodyne.plugin.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.anodyne.plugin.PluginInstance;
import org.anodyne.plugin.device.SignalSource;
import org.anodyne.plugin.signal.SampleBlock;
import org.anodyne.plugin.signal.StreamInfo;
import org.junit.jupiter.api.Test;

/** The contract of a signal source. The input must last at least 10 s and begin without a gap of that length. */
public abstract class SourceContract extends PluginContract {
    @Override
    protected final Class<? extends PluginInstance> role() {
        return SignalSource.class;
    }

    /** What is published when one phase of 10 s runs from session time 1 s on. */
    protected final FakeContext tenSeconds() throws Exception {
        FakeContext context = context();
        try (PluginInstance source = prepared(context)) {
            source.start();
            context.lane().advanceTo(Phases.nanos(1));
            source.enterPhase(Phases.active("only", 0, 1, 11));
            context.lane().advanceTo(Phases.nanos(11));
        }
        return context;
    }

    @Test
    void streamsAreKnownAfterPrepareAndAreThoseDelivered() throws Exception {
        List<StreamInfo> streams;
        try (PluginInstance source = prepared(context())) {
            streams = ((SignalSource) source).streams();
        }
        assertFalse(streams.isEmpty());
        FakeContext context = tenSeconds();
        for (Output output : context.published().outputs()) {
            if (output instanceof Output.Samples samples) {
                SampleBlock block = samples.block();
                StreamInfo info = streams.stream()
                        .filter(s -> s.name().equals(block.stream()))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("stream " + block.stream() + " is not announced"));
                assertEquals(info.rateHz(), block.rateHz());
                assertEquals(info.channels().size(), block.channels());
            }
        }
    }

    @Test
    void blocksFollowWithoutGapOrDriftFromTheStartOfThePhase() throws Exception {
        FakeContext context = context();
        try (PluginInstance source = prepared(context)) {
            source.start();
            context.lane().advanceTo(Phases.nanos(1));
            source.enterPhase(Phases.active("only", 0, 1, 11));
            for (int step = 0; step < 1000; step++) {
                long now = Phases.nanos(1 + step * 0.01);
                context.lane().advanceTo(now);
                for (StreamInfo stream : ((SignalSource) source).streams()) {
                    for (SampleBlock block : context.published().blocks(stream.name())) {
                        assertTrue(block.endNanos() <= now, "published before it was complete: " + block);
                    }
                }
            }
            for (StreamInfo stream : ((SignalSource) source).streams()) {
                long next = 0;
                for (SampleBlock block : context.published().blocks(stream.name())) {
                    assertEquals(next, block.index());
                    long expected = Phases.nanos(1) + Math.round(block.index() * 1e9 / block.rateHz());
                    assertEquals(expected, block.startNanos());
                    next += block.length();
                }
                assertTrue(next >= 8 * stream.rateHz(), stream.name() + " delivered only " + next + " samples");
            }
        }
    }

    @Test
    void sameSeedGivesTheSameBlocks() throws Exception {
        assertEquals(tenSeconds().published().bits(), tenSeconds().published().bits());
    }

    @Test
    void goesOnWhereItStoppedAfterAPhaseWithoutIt() throws Exception {
        FakeContext context = context();
        try (PluginInstance source = prepared(context)) {
            source.start();
            source.enterPhase(Phases.active("first", 0, 0, 3));
            context.lane().advanceTo(Phases.nanos(3));
            source.enterPhase(Phases.inactive("rest", 1, 3, 5));
            source.pause();
            int before = context.published().outputs().size();
            context.lane().advanceTo(Phases.nanos(5));
            assertEquals(before, context.published().outputs().size(), "it delivers in a phase that leaves it out");
            source.resume();
            source.enterPhase(Phases.active("second", 2, 5, 8));
            context.lane().advanceTo(Phases.nanos(8));
            for (StreamInfo stream : ((SignalSource) source).streams()) {
                long next = 0;
                boolean second = false;
                for (SampleBlock block : context.published().blocks(stream.name())) {
                    assertEquals(next, block.index());
                    next += block.length();
                    if (!second && block.endNanos() > Phases.nanos(3)) {
                        assertEquals(Phases.nanos(5), block.startNanos(), "not anchored at the start of the phase");
                        second = true;
                    }
                }
                assertTrue(second, stream.name() + " did not go on");
            }
        }
    }
}
