package org.anodyne.plugin;

import java.util.Map;

/**
 * A request to an actuator.
 *
 * @param id unique in the session and reproducible: a replay gives the same
 * @param target slot of the actuator
 * @param action name of an action that the actuator offers
 * @param arguments values by argument name, in the units of {@link PluginPorts.ArgumentInfo}
 * @param decidedNanos session time of the newest data that the decision rests on; a command that arrives too long after
 *     it is refused, not executed
 * @param cause what led to it, e.g. the trigger's id
 */
public record Command(
        String id, String target, String action, Map<String, Double> arguments, long decidedNanos, String cause) {
    /**
     * Ends the name of an argument that stands for another one, in percent of the resting motor threshold: with
     * {@code intensityOfThreshold} 110, and 50 % of the stimulator's maximum output as the threshold measured in this
     * session, the gate gives the actuator {@code intensity} 55. An actuator never sees it.
     */
    public static final String OF_THRESHOLD = "OfThreshold";

    public Command {
        arguments = Map.copyOf(arguments);
    }
}
