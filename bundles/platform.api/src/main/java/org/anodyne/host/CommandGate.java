package org.anodyne.host;

import java.util.function.Function;
import org.anodyne.plugin.Acknowledgement;
import org.anodyne.plugin.Command;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The gate in front of every actuator, in the actuator's own process. The host calls it on the actuator's lane for each
 * command; nothing else executes commands. Without a gate service no command is executed.
 */
@ProviderType
public interface CommandGate {
    /**
     * Judges a command and, when it may pass, has it executed and counts what was delivered.
     *
     * @param plugin id of the plug-in in the actuator's slot
     * @param slotArmed whether the slot is armed
     * @param busConnected whether the bus is connected: a controller that cannot be reached inhibits
     * @param execute tells the actuator; called at most once
     * @return the acknowledgement, a refusal when it may not pass
     */
    Acknowledgement pass(
            String session,
            String plugin,
            Command command,
            SessionTime time,
            boolean slotArmed,
            boolean busConnected,
            Function<Command, Acknowledgement> execute);

    /** Forgets a session's totals. */
    void end(String session);
}
