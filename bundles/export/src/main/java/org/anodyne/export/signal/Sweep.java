package org.anodyne.export.signal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.anodyne.bus.Message;
import org.anodyne.bus.Payload;
import org.anodyne.export.facts.Placement;
import org.anodyne.export.facts.StreamKey;
import org.anodyne.plugin.signal.SampleBlock;

/** Leads the samples of a record past everything that wants them, once, block by block: nothing is kept here. */
public final class Sweep implements Consumer<Message> {
    private static final class Way {
        final Placement placement;
        final List<SampleSink> sinks = new ArrayList<>();

        Way(double rate) {
            placement = new Placement(rate);
        }
    }

    private final Map<StreamKey, Way> ways = new HashMap<>();

    /** Adds a taker for one stream. */
    public void add(StreamKey stream, SampleSink sink) {
        ways.computeIfAbsent(stream, k -> new Way(k.rateHz())).sinks.add(sink);
    }

    @Override
    public void accept(Message message) {
        if (message.payload() instanceof Payload.Samples s) {
            SampleBlock block = s.block();
            Way way = ways.get(StreamKey.of(message.topic(), block));
            if (way != null) {
                Placement.Step step = way.placement.place(block);
                for (SampleSink sink : way.sinks) {
                    if (step.hole() != Placement.Hole.NONE) {
                        sink.hole(step);
                    }
                    sink.block(block, step.skip());
                }
            }
        }
    }
}
