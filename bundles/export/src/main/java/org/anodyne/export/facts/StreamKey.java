package org.anodyne.export.facts;

import org.anodyne.bus.Topic;
import org.anodyne.plugin.signal.SampleBlock;

/** Identity of a stream in a dataset: a stream that changes its width or rate within a session is another one from there on. */
public record StreamKey(String slot, String stream, int channels, double rateHz) {
    /** The stream that a block belongs to. */
    public static StreamKey of(Topic topic, SampleBlock block) {
        return new StreamKey(topic.slot(), block.stream(), block.channels(), block.rateHz());
    }

    /** {@code slot/stream}. */
    public String name() {
        return slot + "/" + stream;
    }
}
