package org.anodyne.plugin;

import java.util.List;
import java.util.Map;
import org.anodyne.plugin.signal.StreamInfo;

/**
 * What is connected to an instance's input ports.
 *
 * @param streams per port the streams connected to it
 * @param features per port the features connected to it; of a port that carries events the events, where {@code feature} is
 *     the event's type or {@code *}
 */
public record Inputs(Map<String, List<StreamInfo>> streams, Map<String, List<FeatureRef>> features) {
    /** Nothing is connected. */
    public static final Inputs NONE = new Inputs(Map.of(), Map.of());

    public Inputs {
        streams = Map.copyOf(streams);
        features = Map.copyOf(features);
    }
}
