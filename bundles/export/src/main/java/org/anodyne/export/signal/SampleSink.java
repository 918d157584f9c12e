package org.anodyne.export.signal;

import org.anodyne.export.facts.Placement;
import org.anodyne.plugin.signal.SampleBlock;

/** Takes the samples of one stream in order. One thread. */
public interface SampleSink extends AutoCloseable {
    /** Something is missing, or begins anew, before the block that follows. */
    void hole(Placement.Step step);

    /**
     * The next samples.
     *
     * @param skip samples at the block's beginning that were there already
     */
    void block(SampleBlock block, int skip);

    /** No more samples come. */
    @Override
    default void close() {}
}
