package org.anodyne.command;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.anodyne.plugin.scene.MirrorPicture;

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
     * Waits for the next picture of what the participant sees in a session; empty when none came in time.
     *
     * @throws CommandFailure when the platform cannot be reached
     */
    Optional<MirrorPicture> mirror(RunningMark.Running platform, String session, Duration patience)
            throws InterruptedException;

    /**
     * Calls the emergency stop; returns when the broker has it.
     *
     * @throws CommandFailure when the platform cannot be reached
     */
    void stop(RunningMark.Running platform, String reason) throws InterruptedException;
}
