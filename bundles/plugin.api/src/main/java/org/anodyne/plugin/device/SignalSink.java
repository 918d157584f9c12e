package org.anodyne.plugin.device;

import org.anodyne.plugin.EventInput;
import org.anodyne.plugin.PluginInstance;
import org.anodyne.plugin.signal.FeatureInput;
import org.anodyne.plugin.signal.SampleBlock;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Hands on what passes over the bus: to a network, a device, a file. It gives nothing back but events about itself, no
 * decision rests on it, a session goes on without it, and a replay leaves it out; so, other than a processor, it may do input
 * and output. None of its methods may block for the world outside.
 */
@ConsumerType
public interface SignalSink extends PluginInstance {
    /** A block arrived at an input port. Thread: the lane. */
    default void samples(String port, String slot, SampleBlock block) {}

    /** A feature arrived at an input port. Thread: the lane. */
    default void feature(String port, FeatureInput feature) {}

    /**
     * An event arrived at an input port. Its time may lie ahead: a phase is told before it begins. Thread: the lane.
     */
    default void event(String port, EventInput event) {}
}
