package org.anodyne.plugin.signal;

import java.util.List;
import org.anodyne.plugin.Phase;
import org.anodyne.plugin.PluginInstance;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Computes features or blocks from blocks and features, and publishes them by {@code context.outlet()}. Pure and
 * deterministic: the same inputs in the same order give the same outputs bit for bit; no I/O, no wall clock.
 *
 * <p>Inputs of one port arrive in order and none is left out. Inputs of different ports arrive in the order of their
 * times as far as the bus delivers them so; a processor of several ports must step on one of them and use of the
 * others only what is older by a fixed lag, or its results depend on the network.
 */
@ConsumerType
public interface SignalProcessor extends PluginInstance {
    /**
     * The streams that it publishes itself, under the names of the factory's ports; known and constant from the end of {@code prepare}
     * on. Who takes them and the record then know channels and units. None where it publishes no samples, or does not know them
     * because its own input is not known. Thread: any.
     */
    default List<StreamInfo> streams() {
        return List.of();
    }

    /** A block arrived at an input port. Thread: the lane. */
    default void samples(String port, SampleBlock block) {}

    /** A feature arrived at an input port. Thread: the lane. */
    default void feature(String port, FeatureInput feature) {}

    /** The phase is over in data time: publish per-phase features. Called before {@code enterPhase} of the next. */
    default void endPhase(Phase phase) {}
}
