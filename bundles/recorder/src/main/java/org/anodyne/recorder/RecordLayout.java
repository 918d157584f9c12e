package org.anodyne.recorder;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;
import java.util.TreeMap;
import org.anodyne.formats.xdf.XdfFormat;
import org.anodyne.formats.xdf.XdfStreamHeader;
import org.anodyne.record.RecordException;
import org.anodyne.record.SessionMeta;

/**
 * How a session lies in an XDF file; shared by writer and reader.
 *
 * <ul>
 *   <li>Stream {@value #MESSAGES}: one int64 row per message with the columns {@link Column}, in the order of receipt. It
 *       stands just before the message's content and makes the record exact to the bit: sequence numbers and all times in
 *       nanoseconds, which XDF's own stamps (seconds as double) round.
 *   <li>One float32 stream per sample topic and publisher: one chunk per block.
 *   <li>One double64 stream per feature topic and publisher: one chunk per value or vector.
 *   <li>Stream {@value #EVENTS} of type Markers: every other message of the session as one JSON text.
 *   <li>Stream {@value #SITE} of type Markers: in the same form what passed meanwhile on the topics of the site, see
 *       {@link SiteTopics}. Apart, so that who reads the events of a session finds nothing else among them.
 * </ul>
 * Stamps are session time in seconds.
 */
final class RecordLayout {
    static final String MESSAGES = "messages";
    static final String EVENTS = "events";
    static final String SITE = "site";
    /** Names of {@code desc} elements of content streams. */
    static final String TOPIC = "topic";

    static final String SOURCE = "source";
    static final String SYNTHETIC = "synthetic";
    static final String SLOT = "slot";
    static final String STREAM = "stream";

    private static final String META = "anodyne_";

    /** Text of every JSON value in a record; numbers keep their type and NaN survives (as Python's json reads it too). */
    static final ObjectMapper JSON = JsonMapper.builder()
            .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(DeserializationFeature.USE_LONG_FOR_INTS)
            .build();

    private RecordLayout() {}

    /** Columns of the stream {@value #MESSAGES}. */
    enum Column {
        /** XDF stream of the content that follows. */
        CONTENT,
        SCHEMA,
        SEQUENCE,
        MADE_NANOS,
        ACQUIRED_NANOS,
        RECEIVED_NANOS,
        /** Session time of the block's first sample or of the feature. */
        TIME_NANOS,
        /** Index of the block's first sample; 0 for features. */
        INDEX,
        /** Bits of the block's sampling rate as a double; 0 for features. */
        RATE_BITS
    }

    static XdfStreamHeader messages() {
        var channels = new java.util.ArrayList<XdfStreamHeader.Channel>();
        for (Column c : Column.values()) {
            channels.add(new XdfStreamHeader.Channel(
                    c.name().toLowerCase(java.util.Locale.ROOT), c.name().endsWith("NANOS") ? "ns" : "1", ""));
        }
        return XdfStreamHeader.signal(MESSAGES, "Index", 0, XdfFormat.INT64, channels)
                .withSourceId(MESSAGES);
    }

    static XdfStreamHeader events() {
        return XdfStreamHeader.text(EVENTS, "Markers").withSourceId(EVENTS);
    }

    static XdfStreamHeader site() {
        return XdfStreamHeader.text(SITE, "Markers").withSourceId(SITE);
    }

    static Map<String, String> properties(SessionMeta meta, int segment) {
        Map<String, String> p = new java.util.LinkedHashMap<>();
        p.put(META + "record", "1");
        p.put(META + "segment", Integer.toString(segment));
        p.put(META + "site", meta.site());
        p.put(META + "session", meta.session());
        p.put(META + "participant", meta.participant());
        p.put(META + "started_at", meta.startedAt());
        p.put(META + "speed", meta.speed());
        p.put(META + "seed", Long.toString(meta.seed()));
        p.put(META + "versions", json(new TreeMap<>(meta.versions())));
        p.put(META + "inputs", json(new TreeMap<>(meta.inputs())));
        p.put(META + "protocol", json(meta.protocol()));
        return p;
    }

    /** The header's facts; null when the file is no record of ours. */
    static SessionMeta meta(Map<String, String> p) {
        if (!"1".equals(p.get(META + "record"))) {
            return null;
        }
        return new SessionMeta(
                p.get(META + "site"),
                p.get(META + "session"),
                p.get(META + "participant"),
                parse(p.get(META + "protocol"), new TypeReference<String>() {}),
                p.get(META + "started_at"),
                p.get(META + "speed"),
                Long.parseLong(p.get(META + "seed")),
                parse(p.get(META + "versions"), new TypeReference<Map<String, String>>() {}),
                parse(p.get(META + "inputs"), new TypeReference<Map<String, String>>() {}));
    }

    static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new RecordException("a message cannot be written as JSON: " + e.getOriginalMessage(), e);
        }
    }

    static <T> T parse(String text, TypeReference<T> type) {
        try {
            return JSON.readValue(text, type);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new RecordException("the record holds a text that is no JSON: " + e.getMessage(), e);
        }
    }
}
