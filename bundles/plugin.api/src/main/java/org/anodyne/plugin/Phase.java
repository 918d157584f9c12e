package org.anodyne.plugin;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.anodyne.plugin.intervention.Trigger;

/**
 * A phase of the running session, as one slot sees it.
 *
 * @param id the phase's id in the protocol
 * @param index position in the session's timeline, from 0
 * @param repetition which repetition of a repeated block this is, from 0
 * @param startNanos session time at which it begins, nanoseconds
 * @param endNanos session time at which it will end, where that is known; what is complete by then belongs to it
 * @param active whether the slot runs in this phase; while it does not, the instance is paused
 * @param parameters parameters that the phase overrides for the slot
 * @param triggers the phase's triggers that this slot is to evaluate; empty for all but interventions
 */
public record Phase(
        String id,
        int index,
        int repetition,
        long startNanos,
        OptionalLong endNanos,
        boolean active,
        Map<String, Object> parameters,
        List<Trigger> triggers) {
    public Phase {
        parameters = Map.copyOf(parameters);
        triggers = List.copyOf(triggers);
    }
}
