package org.anodyne.plugin.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.anodyne.plugin.PluginInstance;
import org.anodyne.plugin.signal.SampleBlock;
import org.anodyne.plugin.signal.SignalProcessor;
import org.anodyne.plugin.signal.StreamInfo;
import org.junit.jupiter.api.Test;

/** The contract of a signal processor. */
public abstract class ProcessorContract extends StepContract {
    @Override
    protected final Class<? extends PluginInstance> role() {
        return SignalProcessor.class;
    }

    @Test
    void everyBlockIsOfAStreamOfThePortsAndAsTheProcessorTellsIt() throws Exception {
        List<String> declared = ports().streams();
        List<StreamInfo> told;
        try (PluginInstance instance = prepared(context())) {
            told = ((SignalProcessor) instance).streams();
        }
        if (!told.isEmpty()) {
            assertEquals(
                    new TreeSet<>(declared),
                    told.stream().map(StreamInfo::name).collect(Collectors.toCollection(TreeSet::new)));
        }
        TreeSet<String> published = new TreeSet<>();
        for (Output output : run().outputs()) {
            if (output instanceof Output.Samples samples) {
                SampleBlock block = samples.block();
                published.add(block.stream());
                assertTrue(declared.contains(block.stream()), "stream " + block.stream() + " is not declared");
                for (StreamInfo stream : told) {
                    if (stream.name().equals(block.stream())) {
                        assertEquals(stream.channels().size(), block.channels(), "channels of " + stream.name());
                        assertEquals(stream.rateHz(), block.rateHz(), "rate of " + stream.name());
                    }
                }
            }
        }
        assertEquals(new TreeSet<>(declared), published);
    }
}
