package org.anodyne.record;

import java.util.Map;

/**
 * Who, what and when of a session, kept with its record.
 *
 * @param site the site
 * @param session the session's id
 * @param participant the participant's code
 * @param protocol text of the protocol file, whole
 * @param startedAt wall-clock time at session time 0, ISO 8601 with offset
 * @param speed {@code 1}, a factor, or {@code max}
 * @param seed the session's seed
 * @param versions bundle or plug-in name to version and hash
 * @param inputs slot to recording, where given
 */
public record SessionMeta(
        String site,
        String session,
        String participant,
        String protocol,
        String startedAt,
        String speed,
        long seed,
        Map<String, String> versions,
        Map<String, String> inputs) {
    public SessionMeta {
        versions = Map.copyOf(versions);
        inputs = Map.copyOf(inputs);
    }
}
