package org.anodyne.bus;

import java.util.regex.Pattern;

/**
 * A topic: {@code anodyne/1/<site>/<session>/<kind>/<slot>[/<name>]}; without a session
 * {@code anodyne/1/<site>/plugin/<id>}, {@code anodyne/1/<site>/stop}, {@code anodyne/1/<site>/clock/<host>} and
 * {@code anodyne/1/<site>/control/<name>}, {@code anodyne/1/<site>/lease/<session>},
 * {@code anodyne/1/<site>/mirror/<session>}.
 *
 * @param site the site's name
 * @param session the session's id; empty for topics of the site
 * @param kind what the topic carries
 * @param slot slot, or {@code session} for the session as a whole; empty where the kind has none
 * @param name stream, feature, event type, plug-in id … ; empty where the kind has none
 */
public record Topic(String site, String session, Kind kind, String slot, String name) {
    private static final Pattern PART = Pattern.compile("[^/+#\\u0000]*");

    public Topic {
        for (String part : new String[] {site, session, slot, name}) {
            if (!PART.matcher(part).matches()) {
                throw new IllegalArgumentException("'" + part + "' cannot be part of a topic: it holds one of / + #");
            }
        }
    }

    /** What a topic carries. */
    public enum Kind {
        SAMPLE(true),
        FEATURE(true),
        COMMAND(true),
        /** Acknowledgements of commands: where a command's response topic points. */
        ACK(true),
        EVENT(true),
        STATE(true),
        PLUGIN(false),
        CLOCK(false),
        CONTROL(false),
        /** That the controller of a session is at work; the name is the session's id. Not part of the record. */
        LEASE(false),
        /**
         * What the participant sees in a session, for the operator; the name is the session's id. Offered, not published
         * ({@link MessageBus#offer}), and not part of the record.
         */
        MIRROR(false),
        STOP(false);

        private final boolean ofSession;

        Kind(boolean ofSession) {
            this.ofSession = ofSession;
        }

        /** Whether topics of this kind belong to a session. */
        public boolean ofSession() {
            return ofSession;
        }

        /** The level of the topic that names the kind. */
        public String level() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** A topic of a session. */
    public static Topic of(String site, String session, Kind kind, String slot, String name) {
        return new Topic(site, session, kind, slot, name);
    }

    /** A topic of a site. */
    public static Topic ofSite(String site, Kind kind, String name) {
        return new Topic(site, "", kind, "", name);
    }

    /** The topic as it is written on the bus. */
    public String path() {
        StringBuilder s = new StringBuilder("anodyne/1/").append(site);
        if (kind.ofSession()) {
            s.append('/').append(session);
        }
        s.append('/').append(kind.level());
        if (!slot.isEmpty()) {
            s.append('/').append(slot);
        }
        if (!name.isEmpty()) {
            s.append('/').append(name);
        }
        return s.toString();
    }

    /**
     * Reads a topic.
     *
     * @throws IllegalArgumentException when it is none of ours
     */
    public static Topic parse(String path) {
        String[] p = path.split("/", -1);
        if (p.length >= 4 && p[0].equals("anodyne") && p[1].equals("1")) {
            for (Kind kind : Kind.values()) {
                if (!kind.ofSession() && p.length <= 5 && p[3].equals(kind.level())) {
                    return new Topic(p[2], "", kind, "", p.length == 5 ? p[4] : "");
                }
                if (kind.ofSession() && p.length >= 6 && p.length <= 7 && p[4].equals(kind.level())) {
                    return new Topic(p[2], p[3], kind, p[5], p.length == 7 ? p[6] : "");
                }
            }
        }
        throw new IllegalArgumentException("'" + path + "' is no topic of this bus");
    }
}
