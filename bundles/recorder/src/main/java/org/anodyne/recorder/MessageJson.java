package org.anodyne.recorder;

import com.fasterxml.jackson.core.type.TypeReference;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.anodyne.bus.Envelope;
import org.anodyne.bus.Message;
import org.anodyne.bus.Payload;
import org.anodyne.bus.Topic;
import org.anodyne.plugin.Acknowledgement;
import org.anodyne.plugin.Command;
import org.anodyne.record.RecordException;

/** Messages other than samples and features as one JSON text, and back, without loss. */
final class MessageJson {
    private MessageJson() {}

    static String write(Message message) {
        Map<String, Object> m = new LinkedHashMap<>();
        m.put("topic", message.topic().path());
        if (message.payload() instanceof Payload.Document d) {
            m.put("type", d.type());
            m.put("time", d.timeNanos());
            m.put("attributes", d.attributes());
        } else if (message.payload() instanceof Payload.Request r) {
            Command c = r.command();
            m.put("type", "command");
            m.put("id", c.id());
            m.put("target", c.target());
            m.put("action", c.action());
            m.put("arguments", c.arguments());
            m.put("decided", c.decidedNanos());
            m.put("cause", c.cause());
        } else if (message.payload() instanceof Payload.Reply r) {
            Acknowledgement a = r.acknowledgement();
            m.put("type", "acknowledgement");
            m.put("command", a.commandId());
            m.put("outcome", a.outcome().name());
            m.put("reason", a.reason());
            m.put("time", a.timeNanos());
            m.put("delivered", a.delivered());
        } else {
            throw new IllegalArgumentException(message.payload() + " is numeric and has no JSON form");
        }
        Envelope e = message.envelope();
        m.put("source", e.source());
        m.put("schema", (long) e.schema());
        m.put("sequence", e.sequence());
        m.put("made", e.madeNanos());
        m.put("acquired", e.acquiredNanos());
        m.put("received", message.receivedNanos());
        return RecordLayout.json(m);
    }

    @SuppressWarnings("unchecked")
    static Message read(String text) {
        Map<String, Object> m = RecordLayout.parse(text, new TypeReference<>() {});
        try {
            Topic topic = Topic.parse((String) m.get("topic"));
            Payload payload =
                    switch (topic.kind()) {
                        case COMMAND ->
                            new Payload.Request(new Command(
                                    (String) m.get("id"),
                                    (String) m.get("target"),
                                    (String) m.get("action"),
                                    doubles((Map<String, Object>) m.get("arguments")),
                                    whole(m, "decided"),
                                    (String) m.get("cause")));
                        case ACK ->
                            new Payload.Reply(new Acknowledgement(
                                    (String) m.get("command"),
                                    Acknowledgement.Outcome.valueOf((String) m.get("outcome")),
                                    (String) m.get("reason"),
                                    whole(m, "time"),
                                    doubles((Map<String, Object>) m.get("delivered"))));
                        default ->
                            new Payload.Document((String) m.get("type"), whole(m, "time"), (Map<String, Object>)
                                    m.get("attributes"));
                    };
            Envelope envelope = new Envelope(
                    (int) whole(m, "schema"),
                    (String) m.get("source"),
                    whole(m, "sequence"),
                    whole(m, "made"),
                    whole(m, "acquired"));
            return new Message(topic, envelope, payload, whole(m, "received"));
        } catch (ClassCastException | NullPointerException | IllegalArgumentException e) {
            throw new RecordException("the record holds an event that cannot be understood: " + text, e);
        }
    }

    private static long whole(Map<String, Object> m, String name) {
        return ((Number) m.get(name)).longValue();
    }

    private static Map<String, Double> doubles(Map<String, Object> m) {
        Map<String, Double> d = new HashMap<>();
        m.forEach((k, v) -> d.put(k, ((Number) v).doubleValue()));
        return d;
    }
}
