package org.anodyne.plugin.device;

import org.anodyne.plugin.Acknowledgement;
import org.anodyne.plugin.Command;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * What a sink, or a source, implements besides {@link SignalSink} or {@link SignalSource} when it is to be told of all commands
 * and answers of the session, whoever gave them: a marker box that writes them into another recording, a simulated participant
 * who feels them.
 */
@ConsumerType
public interface Witness {
    /** A trigger or a person told an actuator something; whether it is executed shows later. Thread: the lane. */
    default void commanded(Command command) {}

    /**
     * An actuator has answered.
     *
     * <p>Thread: the lane.
     *
     * @param slot the actuator's slot
     */
    default void answered(String slot, Acknowledgement acknowledgement) {}
}
