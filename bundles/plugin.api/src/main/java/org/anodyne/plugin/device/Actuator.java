package org.anodyne.plugin.device;

import org.anodyne.plugin.Acknowledgement;
import org.anodyne.plugin.Command;
import org.anodyne.plugin.PluginInstance;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Executes commands that the gate has approved, and can be made safe at any time. An adapter whose device has a fault goes
 * to its safe state by itself, refuses commands, and publishes an event {@code device-fault} with a {@code reason}: the
 * host then holds it for disarmed, the session tells it, and a person arms it again.
 */
@ConsumerType
public interface Actuator extends PluginInstance {
    /**
     * Executes one command; returns when the device has answered or its time is over. Never repeats a command to the
     * device: an unknown outcome is {@link Acknowledgement.Outcome#UNKNOWN} and the actuator goes to its safe state.
     *
     * <p>Thread: the lane.
     */
    Acknowledgement execute(Command command);

    /**
     * Makes the device ready to execute commands. Thread: the lane.
     *
     * @throws org.anodyne.plugin.PluginException when the device is not ready; it stays disarmed, is not FAILED, and may
     *     be armed later
     */
    void arm() throws org.anodyne.plugin.PluginException;

    /**
     * Ends all output at once and refuses commands until {@link #arm}. Thread: any, also while {@link #execute} runs;
     * lock-free, never blocks, cannot fail: what cannot be sent is left to the device's own watchdog.
     */
    void safeState();
}
