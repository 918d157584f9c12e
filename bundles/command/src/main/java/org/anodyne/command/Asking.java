package org.anodyne.command;

import java.util.Map;

/** Asks the session of a running platform for something. Thread: the command's. */
interface Asking {
    /**
     * Asks and waits for the answer.
     *
     * @return attributes of the answer, {@code ok} and {@code message} among them
     * @throws CommandFailure when the platform cannot be reached or does not answer in time
     */
    Map<String, Object> ask(RunningMark.Running platform, String action, Map<String, Object> attributes)
            throws InterruptedException;

    /**
     * Calls the emergency stop; returns when the broker has it.
     *
     * @throws CommandFailure when the platform cannot be reached
     */
    void stop(RunningMark.Running platform, String reason) throws InterruptedException;
}
