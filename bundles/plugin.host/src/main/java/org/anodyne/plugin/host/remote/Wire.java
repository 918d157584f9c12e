package org.anodyne.plugin.host.remote;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.anodyne.bus.Payload;
import org.anodyne.host.SessionInfo;
import org.anodyne.host.SlotSpec;
import org.anodyne.host.SlotStatus;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.Phase;

/** What engine and device host say to each other, as attributes of documents on {@code control/host-NAME}. */
final class Wire {
    static final String REPLY = "reply";

    private Wire() {}

    static String topicName(String host) {
        return "host-" + host;
    }

    /** Where a device host tells what nobody asked for. */
    static String newsName(String host) {
        return "host-" + host + "-news";
    }

    static String text(Payload.Document d, String name) {
        return d.attributes().get(name) instanceof String s ? s : "";
    }

    static long number(Payload.Document d, String name, long otherwise) {
        return d.attributes().get(name) instanceof Number n ? n.longValue() : otherwise;
    }

    static Map<String, Object> of(SessionInfo info, SlotSpec spec) {
        Map<String, Object> a = new HashMap<>();
        a.put("participant", info.participant());
        a.put("simulated", info.simulated());
        a.put("slot", spec.slot());
        a.put("plugin", spec.plugin());
        a.put("parameters", spec.parameters().values());
        a.put("seed", spec.seed());
        spec.input().ifPresent(i -> a.put("input", i));
        return a;
    }

    static SessionInfo info(Payload.Document d) {
        return new SessionInfo(
                text(d, "session"),
                text(d, "participant"),
                Boolean.TRUE.equals(d.attributes().get("simulated")));
    }

    static SlotSpec spec(Payload.Document d) {
        Optional<String> input = Optional.of(text(d, "input")).filter(s -> !s.isEmpty());
        return new SlotSpec(
                text(d, "slot"),
                text(d, "plugin"),
                parameters(d, "parameters"),
                Map.of(),
                Map.of(),
                input,
                number(d, "seed", 0));
    }

    static Parameters parameters(Payload.Document d, String name) {
        Map<String, Object> values = new HashMap<>();
        if (d.attributes().get(name) instanceof Map<?, ?> m) {
            m.forEach((k, v) -> values.put(String.valueOf(k), v));
        }
        return new Parameters(values);
    }

    /** A phase as an actuator needs it: triggers are none of its business. */
    static Map<String, Object> of(Phase p, long lagNanos) {
        Map<String, Object> a = new HashMap<>();
        a.put("id", p.id());
        a.put("index", (long) p.index());
        a.put("repetition", (long) p.repetition());
        a.put("start", p.startNanos());
        p.endNanos().ifPresent(end -> a.put("end", end));
        a.put("active", p.active());
        a.put("parameters", p.parameters());
        a.put("lag", lagNanos);
        return a;
    }

    static Phase phase(Payload.Document d) {
        return new Phase(
                text(d, "id"),
                (int) number(d, "index", 0),
                (int) number(d, "repetition", 0),
                number(d, "start", 0),
                d.attributes().get("end") instanceof Number end
                        ? OptionalLong.of(end.longValue())
                        : OptionalLong.empty(),
                Boolean.TRUE.equals(d.attributes().get("active")),
                parameters(d, "parameters").values(),
                List.of());
    }

    static Map<String, Object> of(SlotStatus s) {
        return Map.of(
                "slot", s.slot(),
                "plugin", s.plugin(),
                "version", s.version(),
                "state", s.state().name(),
                "reason", s.reason());
    }

    static SlotStatus status(Payload.Document d) {
        return new SlotStatus(
                text(d, "slot"),
                text(d, "plugin"),
                text(d, "version"),
                SlotStatus.State.valueOf(text(d, "state")),
                text(d, "reason"));
    }
}
