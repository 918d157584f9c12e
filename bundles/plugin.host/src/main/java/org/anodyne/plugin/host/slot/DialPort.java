package org.anodyne.plugin.host.slot;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.anodyne.host.SessionTime;
import org.anodyne.plugin.Acknowledgement;
import org.anodyne.plugin.Acknowledgement.Outcome;
import org.anodyne.plugin.Command;
import org.anodyne.plugin.PluginInstance;
import org.anodyne.plugin.intervention.Trigger;
import org.anodyne.plugin.scene.Dial;
import org.anodyne.plugin.scene.Dialled;

/**
 * Moves the dials of a scene as a trigger says. A dial moves at the rate that its scene sets, whoever tells it
 * where to, so that no gate judges it. What is seen of it, and in which frame, the display records. Thread: the lane.
 */
final class DialPort {
    private DialPort() {}

    /**
     * Tells the dials, all of them or none.
     *
     * @param scene the instance in the slot
     * @return executed, with where each dial goes to within its range; or refused, with the reason
     */
    static Acknowledgement turn(SessionTime time, PluginInstance scene, Command command) {
        if (!command.action().equals(Trigger.Action.DIAL) || !(scene instanceof Dialled dialled)) {
            return refused(time, command, "a scene cannot do '" + command.action() + "'; its dials can be moved: dial");
        }
        Map<Dial, Double> to = new HashMap<>();
        for (Map.Entry<String, Double> argument : command.arguments().entrySet()) {
            Optional<Dial> dial = dialled.dials().stream()
                    .filter(d -> d.name().equals(argument.getKey()))
                    .findFirst();
            if (dial.isEmpty() || argument.getValue().isNaN()) {
                return refused(
                        time, command, "the scene has no dial '" + argument.getKey() + "', or it was told no number");
            }
            to.put(dial.get(), argument.getValue());
        }
        Map<String, Double> delivered = new HashMap<>();
        to.forEach((dial, value) -> {
            // As a feature drives it: the display then records the first frame after it with the time of the decision.
            dial.drive((value - dial.minimum()) / (dial.maximum() - dial.minimum()), command.decidedNanos());
            delivered.put(dial.name(), dial.target());
        });
        return new Acknowledgement(command.id(), Outcome.EXECUTED, "", time.nowNanos(), delivered);
    }

    private static Acknowledgement refused(SessionTime time, Command command, String reason) {
        return new Acknowledgement(command.id(), Outcome.REFUSED, reason, time.nowNanos(), Map.of());
    }
}
