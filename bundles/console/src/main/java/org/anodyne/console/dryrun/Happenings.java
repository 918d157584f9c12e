package org.anodyne.console.dryrun;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.anodyne.bus.Message;
import org.anodyne.bus.Payload;
import org.anodyne.bus.Topic;
import org.anodyne.plugin.Acknowledgement;
import org.anodyne.plugin.Command;
import org.anodyne.record.RecordReader;

/** What happened in a session, short, from its record. One thread. */
final class Happenings {
    /** More are counted only. */
    private static final int MOST = 600;

    private static final String DECISION = "decision";
    private static final String FIRED = "FIRED";
    /** Events of slots and session that a person wants to know of; the others are in the report. */
    private static final Set<String> TOLD = Set.of(
            "phase",
            "phase-ended",
            "answer",
            "activity",
            "activity-answer",
            "finished",
            "programme-session",
            "score",
            "safety-alert",
            "slot-lost",
            "made-safe",
            "armed-again",
            "stream-silent",
            "stream-back",
            "end-of-input",
            "panic",
            "scene-shown",
            "scene-failed",
            "display-failed");
    /** Of these fields; others are long, or of no use in a list. */
    private static final Set<String> FIELDS = Set.of(
            "id",
            "index",
            "repetition",
            "reason",
            "item",
            "value",
            "missing",
            "activity",
            "kind",
            "title",
            "skipped",
            "topic",
            "session",
            "instrument",
            "scores",
            "text",
            "plugin",
            "cause",
            "stream",
            "scene");

    private final List<Map<String, Object>> list = new ArrayList<>();
    private final Map<String, Map<String, Object>> commands = new HashMap<>();
    private final Map<String, Map<String, Long>> verdicts = new TreeMap<>();
    private long more;

    /** Reads a record. */
    static Map<String, Object> of(RecordReader.Record record) {
        Happenings h = new Happenings();
        record.messages(h::hear);
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("list", h.list);
        told.put("more", h.more);
        told.put("verdicts", h.verdicts);
        return told;
    }

    private void hear(Message m) {
        String slot = m.topic().slot();
        if (m.payload() instanceof Payload.Request r) {
            Command c = r.command();
            Map<String, Object> told = new LinkedHashMap<>();
            told.put("action", c.action());
            told.put("arguments", new TreeMap<>(c.arguments()));
            told.put("cause", c.cause());
            commands.put(c.id(), told);
            add(slot, "command", c.decidedNanos(), told);
        } else if (m.payload() instanceof Payload.Reply r) {
            Acknowledgement a = r.acknowledgement();
            Map<String, Object> asked = commands.remove(a.commandId());
            if (asked != null) {
                asked.put("outcome", a.outcome().name());
                asked.put("reason", a.reason());
            }
        } else if (m.payload() instanceof Payload.Document d && m.topic().kind() == Topic.Kind.EVENT) {
            event(slot, d);
        }
    }

    private void event(String slot, Payload.Document d) {
        if (d.type().equals(DECISION)) {
            String verdict = String.valueOf(d.attributes().get("verdict"));
            verdicts.computeIfAbsent(String.valueOf(d.attributes().get("trigger")), t -> new TreeMap<>())
                    .merge(verdict, 1L, Long::sum);
            if (verdict.equals(FIRED)) {
                Map<String, Object> told = new LinkedHashMap<>();
                for (String field : List.of("trigger", "measured", "threshold")) {
                    told.put(field, finite(d.attributes().get(field)));
                }
                add(slot, DECISION, d.timeNanos(), told);
            }
        } else if (TOLD.contains(d.type())) {
            Map<String, Object> told = new LinkedHashMap<>();
            d.attributes().forEach((name, value) -> {
                if (FIELDS.contains(name)) {
                    told.put(name, finite(value));
                }
            });
            add(slot, d.type(), d.timeNanos(), told);
        }
    }

    private void add(String slot, String type, long nanos, Map<String, Object> told) {
        if (list.size() >= MOST) {
            more++;
            return;
        }
        told.put("slot", slot);
        told.put("type", type);
        told.put("seconds", nanos / 1e9);
        list.add(told);
    }

    /** JSON has no NaN. */
    private static Object finite(Object value) {
        return value instanceof Double d && !Double.isFinite(d) ? d.toString() : value;
    }
}
