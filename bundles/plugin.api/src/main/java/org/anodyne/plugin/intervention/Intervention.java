package org.anodyne.plugin.intervention;

import org.anodyne.plugin.Acknowledgement;
import org.anodyne.plugin.PluginInstance;
import org.anodyne.plugin.signal.FeatureInput;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Decides and acts. Decisions rest on data and session time alone, so that a replay decides the same; whether a command
 * may be executed now is not its business but the gate's.
 */
@ConsumerType
public interface Intervention extends PluginInstance {
    /** A feature arrived at an input port. Thread: the lane. */
    default void feature(String port, FeatureInput feature) {}

    /** What became of a command of this instance. Must not change later decisions. Thread: the lane. */
    default void acknowledged(Acknowledgement acknowledgement) {}
}
