package org.anodyne.host;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.anodyne.plugin.Acknowledgement;
import org.anodyne.plugin.Command;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.PluginPorts;
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
     * @param slotArmed whether the slot is armed
     * @param busConnected whether the bus is connected: a controller that cannot be reached inhibits
     * @param execute tells the actuator; called at most once
     * @return the acknowledgement, a refusal when it may not pass
     */
    Acknowledgement pass(
            Subject subject,
            Command command,
            SessionTime time,
            boolean slotArmed,
            boolean busConnected,
            Function<Command, Acknowledgement> execute);

    /** As {@link #pass(Subject, Command, SessionTime, boolean, boolean, Function)}, for nobody: nothing stimulates. */
    default Acknowledgement pass(
            String session,
            String plugin,
            Command command,
            SessionTime time,
            boolean slotArmed,
            boolean busConnected,
            Function<Command, Acknowledgement> execute) {
        Subject subject = new Subject(SessionInfo.nobody(session), command.target(), plugin, "");
        return pass(subject, command, time, slotArmed, busConnected, execute);
    }

    /**
     * A session begins whose actuators are in this process.
     *
     * @return what of policy and screening holds for it, for the record; JSON values
     */
    Map<String, Object> begin(SessionInfo session);

    /** Why an actuator must not be armed now, for a person; empty when it may be. Thread: any; quick. */
    Optional<String> objectionToArming(Subject subject);

    /**
     * Why nothing that an actuator can do may be done in this session, whatever is commanded: the participant has no
     * screening, the site's policy has faults. Such an actuator is not armed. Thread: any; quick.
     *
     * @param actions what the actuator can do
     * @return for a person, with what to do about it; empty when an action may pass
     */
    Optional<String> objectionToActing(Subject subject, List<PluginPorts.ActionInfo> actions);

    /**
     * Why a display must not show the participant a world: no screening for virtual reality holds and permits it. Such a
     * display is not started. Thread: any; quick.
     *
     * @param sight by what the participant sees it
     * @return for a person, with what to do about it; empty when it may be shown
     */
    Optional<String> objectionToShowing(Subject subject, Sight sight);

    /**
     * An actuator that goes on after it has acknowledged tells what it has delivered since it last told.
     *
     * @param commandId the command that it belongs to
     * @param amounts as in {@link Acknowledgement#delivered}
     * @param last whether the command is over
     */
    void delivered(Subject subject, String commandId, Map<String, Double> amounts, boolean last);

    /** A session is over and its actuators are closed. */
    void end(String session);

    /** By what a participant sees what a display shows. */
    enum Sight {
        HEADSET,
        SCREEN,
        /** It is drawn and shown to nobody. */
        NOTHING;

        /**
         * As the parameter {@code mode} of a display says: {@code window} and {@code borderless}, {@code headless}; everything else, and a display
         * without it, counts as a headset, of which most is asked.
         */
        public static Sight of(Parameters display) {
            Object mode = display.get("mode").orElse("");
            boolean screen = mode.equals("window") || mode.equals("borderless");
            return screen ? SCREEN : mode.equals("headless") ? NOTHING : HEADSET;
        }
    }

    /**
     * Where a command goes.
     *
     * @param plugin id of the plug-in in the slot
     * @param address the device's address, as it was given; empty when none was
     */
    record Subject(SessionInfo session, String slot, String plugin, String address) {}
}
