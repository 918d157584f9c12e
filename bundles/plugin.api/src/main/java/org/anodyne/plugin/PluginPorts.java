package org.anodyne.plugin;

import java.util.List;

/**
 * What a plug-in takes and gives.
 *
 * @param inputs ports that a protocol connects to streams or features of other slots
 * @param features features that the plug-in publishes; protocols may name no other
 * @param streams streams that the plug-in publishes, as far as they are known before {@code prepare}; a source that
 *     learns its streams from a device leaves this empty
 * @param actions what an actuator can be told to do; empty for all other kinds
 */
public record PluginPorts(
        List<InputPort> inputs, List<FeatureInfo> features, List<String> streams, List<ActionInfo> actions) {
    /** Takes and gives nothing. */
    public static final PluginPorts NONE = new PluginPorts(List.of(), List.of(), List.of(), List.of());

    public PluginPorts {
        inputs = List.copyOf(inputs);
        features = List.copyOf(features);
        streams = List.copyOf(streams);
        actions = List.copyOf(actions);
    }

    /** What may be connected to a port. */
    public enum Carries {
        SAMPLES,
        FEATURES,
        /** Events, written {@code slot/type} or {@code slot/*} for all of a slot's; for sinks. */
        EVENTS
    }

    /**
     * A named input.
     *
     * @param many whether more than one stream or feature may be connected
     * @param required whether a protocol without a connection is refused
     */
    public record InputPort(String name, Carries carries, boolean many, boolean required) {}

    /**
     * A feature: one value or vector per step.
     *
     * @param unit unit of the values; {@code 1} where there is none, made of {@link #INPUT_UNIT} where it follows the
     *     input's unit, empty where it cannot be told
     * @param components names of the vector's components; a single-valued feature has one
     * @param perPhase published once at the end of a phase instead of at every step
     */
    public record FeatureInfo(String name, String unit, List<String> components, boolean perPhase) {
        /** Stands for the unit of the input: a power has <code>{input}^2</code>. */
        public static final String INPUT_UNIT = "{input}";

        public FeatureInfo {
            components = List.copyOf(components);
        }

        /** The unit where it is the same whatever the input; else empty. */
        public String fixedUnit() {
            return unit.contains(INPUT_UNIT) ? "" : unit;
        }
    }

    /**
     * An action of an actuator.
     *
     * @param arguments name and unit of each argument; all are numbers
     */
    public record ActionInfo(String name, List<ArgumentInfo> arguments) {
        public ActionInfo {
            arguments = List.copyOf(arguments);
        }
    }

    /**
     * An argument of an action.
     *
     * @param minimum least value the device accepts, inclusive
     * @param maximum greatest value the device accepts, inclusive
     */
    public record ArgumentInfo(String name, String unit, double minimum, double maximum) {}
}
