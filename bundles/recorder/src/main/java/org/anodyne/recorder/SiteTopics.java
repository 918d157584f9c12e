package org.anodyne.recorder;

import java.util.List;
import java.util.Set;
import org.anodyne.bus.Message;
import org.anodyne.bus.Payload;
import org.anodyne.bus.Topic;
import org.anodyne.record.SessionMeta;

/**
 * What of the topics of the site belongs into the record of one session: clock offsets, plug-ins, requests and replies,
 * stops. What does not:
 *
 * <ul>
 *   <li>{@code lease} and {@code mirror}: heartbeats ten times a second, which say nothing but that somebody was there (that
 *       they ceased is an event), and pictures that may be missing anyway.
 *   <li>Requests to another session: they are part of that one's record.
 *   <li>Questions about a person: screenings with their answers, and doses over all sessions. They are kept with the
 *       participant, not in every file; what held for this session is in its event {@code safety}.
 * </ul>
 */
final class SiteTopics {
    /** Actions of {@code control/safety} that are about a person, or fetch a form; so are the replies to them. */
    private static final Set<String> OF_A_PERSON =
            Set.of("checklists", "checklist", "screen", "screenings", "ledger", "firings");

    /** Twice a second to each device host, and back: a heartbeat. */
    private static final String HELLO = "hello";

    private final String session;
    private final List<String> filters;

    SiteTopics(SessionMeta meta) {
        this.session = meta.session();
        String site = "anodyne/1/" + meta.site() + "/";
        this.filters = List.of(
                site + Topic.Kind.CLOCK.level() + "/+",
                site + Topic.Kind.PLUGIN.level() + "/+",
                site + Topic.Kind.CONTROL.level() + "/+",
                site + Topic.Kind.STOP.level());
    }

    /** What to subscribe to. */
    List<String> filters() {
        return filters;
    }

    /** Whether a message on one of these topics is part of the record. */
    boolean takes(Message message) {
        if (message.topic().kind() != Topic.Kind.CONTROL) {
            return true;
        }
        if (!(message.payload() instanceof Payload.Document d)) {
            return false;
        }
        Object of = d.attributes().get("session");
        boolean elsewhere = of instanceof String s && !s.isEmpty() && !s.equals(session);
        // By the action and not by the request's id: a reply may come before the request that it answers.
        boolean ofAPerson = d.attributes().get("action") instanceof String a && OF_A_PERSON.contains(a.strip());
        return !elsewhere && !ofAPerson && !HELLO.equals(d.attributes().get("action"));
    }
}
