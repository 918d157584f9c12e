package org.anodyne.bench.device;

import java.util.List;
import java.util.function.DoublePredicate;
import org.anodyne.plugin.signal.SampleBlock;

/**
 * A source with its simulator, and how the bus sees that its electrode came off.
 *
 * @param plugin id of the adapter
 * @param simulator name of the simulator
 * @param stream the stream that is looked at, by its first channel
 * @param off what that channel shows only while the electrode is off
 */
record SourceCase(String plugin, String simulator, String stream, DoublePredicate off) {
    /** Slot in the protocol. */
    static final String SLOT = "source";

    /** Those whose simulators have an electrode that comes off. */
    static final List<SourceCase> ALL = List.of(
            // The converter at its rail, 187.5 mV at a gain of 24.
            new SourceCase("openbci-cyton", "cyton", "eeg", v -> Math.abs(v) > 100_000),
            // Raw 0; the simulated conductance is never below 7 uS.
            new SourceCase("bitalino", "bitalino", "eda", v -> v < 1));

    /** Whether the block holds a sample of an electrode that is off. */
    boolean isOff(SampleBlock block) {
        for (int i = 0; i < block.length(); i++) {
            if (off.test(block.at(i, 0))) {
                return true;
            }
        }
        return false;
    }

    String protocol(double seconds) {
        return String.format(java.util.Locale.ROOT, """
                anodyne: 1
                id: bench
                title: Benchmark of a source
                seed: 1
                slots:
                  %1$s: {plugin: %2$s}
                phases:
                  - id: run
                    duration: %3$.1f s
                    slots: [%1$s]
                """, SLOT, plugin, seconds);
    }
}
