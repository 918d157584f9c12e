package org.anodyne.host;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anodyne.plugin.FeatureRef;
import org.anodyne.plugin.Parameters;

/**
 * What a session puts into a slot.
 *
 * @param slot name of the slot
 * @param plugin id of the plug-in
 * @param parameters checked, defaults filled in, quantities converted
 * @param streams per input port the streams to connect
 * @param features per input port the features to connect
 * @param input recording or device address for the slot, if one was given
 * @param seed seed of the slot's random numbers
 * @param host name of the device host in whose process an actuator is to be; empty for this process
 */
public record SlotSpec(
        String slot,
        String plugin,
        Parameters parameters,
        Map<String, List<StreamRef>> streams,
        Map<String, List<FeatureRef>> features,
        Optional<String> input,
        long seed,
        String host) {
    public SlotSpec {
        streams = Map.copyOf(streams);
        features = Map.copyOf(features);
    }

    /** In this process. */
    public SlotSpec(
            String slot,
            String plugin,
            Parameters parameters,
            Map<String, List<StreamRef>> streams,
            Map<String, List<FeatureRef>> features,
            Optional<String> input,
            long seed) {
        this(slot, plugin, parameters, streams, features, input, seed, "");
    }

    /** Names a stream, as protocols write it: {@code slot/stream}; an empty stream name is the slot's only one. */
    public record StreamRef(String slot, String stream) {}
}
