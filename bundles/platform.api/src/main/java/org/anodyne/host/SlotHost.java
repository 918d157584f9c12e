package org.anodyne.host;

import org.osgi.annotation.versioning.ProviderType;

/** Opens the slots of a session. */
@ProviderType
public interface SlotHost {
    /**
     * Opens a session's slots; each gets a lane of its own.
     *
     * @param session id of the session, as in topics
     * @param time the session's time
     */
    SessionSlots open(String session, SessionTime time);
}
