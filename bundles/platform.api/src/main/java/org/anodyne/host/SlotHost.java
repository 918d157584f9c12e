package org.anodyne.host;

import org.osgi.annotation.versioning.ProviderType;

/** Opens the slots of a session. */
@ProviderType
public interface SlotHost {
    /** As {@link #open(SessionInfo, SessionTime)}, for a session without a participant. */
    default SessionSlots open(String session, SessionTime time) {
        return open(SessionInfo.nobody(session), time);
    }

    /**
     * Opens a session's slots; each gets a lane of its own.
     *
     * @param info whose session it is
     * @param time the session's time
     */
    SessionSlots open(SessionInfo info, SessionTime time);
}
