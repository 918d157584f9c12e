package org.anodyne.host;

/**
 * Whose session it is.
 *
 * @param session id of the session, as in topics
 * @param participant code of the participant; empty when there is none: then nothing stimulates
 * @param simulated whether all its actuators are simulators on this machine: then doses are kept apart from those of
 *     people, and no screening is asked for, neither for stimulation nor for virtual reality
 */
public record SessionInfo(String session, String participant, boolean simulated) {
    /** A session without a participant, for measurements and replays. */
    public static SessionInfo nobody(String session) {
        return new SessionInfo(session, "", false);
    }
}
