package org.anodyne.console.visit;

import java.nio.file.Path;
import org.anodyne.session.SessionEngine.RunningSession;

/**
 * A session that was begun here and is not over.
 *
 * @param session the session's id
 * @param protocol the protocol's name
 * @param folder where its output goes
 * @param by who began it
 * @param devices simulated devices that end with it
 */
public record Visit(
        String session,
        String participant,
        String protocol,
        Path folder,
        String by,
        RunningSession running,
        SimulatedDevices devices) {}
