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
    public Command {
        arguments = Map.copyOf(arguments);
    }
}
