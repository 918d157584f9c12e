package org.anodyne.export.facts;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.anodyne.plugin.Acknowledgement;
import org.anodyne.plugin.intervention.Trigger;
import org.anodyne.plugin.signal.StreamInfo;
import org.anodyne.record.RecordReader;

/** Puts what was found in the messages together with the record's header and the caller's outcome. */
final class FactsAssembly {
    /** Beyond this a difference of two clock readings is not a latency: they come from different machines. */
    private static final long LONGEST_LATENCY_NANOS = 600_000_000_000L;

    /** Quantities that say how strong something was, by their units; adding them up has no meaning. */
    private static final Pattern INTENSITY = Pattern.compile(".*_(u|m|k)?(A|V|Hz|T|N|W)|.*_percent");

    private final FactsReader.Findings found;
    private final RecordReader.Record record;
    private final Map<String, Object> outcome;
    private final List<String> damage;

    FactsAssembly(
            FactsReader.Findings found, RecordReader.Record record, Map<String, Object> outcome, List<String> damage) {
        this.found = found;
        this.record = record;
        this.outcome = outcome;
        this.damage = damage;
    }

    SessionFacts assemble() {
        ProtocolText protocol = new ProtocolText(record.meta().protocol());
        String state = outcome.get("state") instanceof String s && !s.isEmpty() ? s : recordedEnd("state", "BROKEN");
        String reason = outcome.get("reason") instanceof String s && !s.isEmpty() ? s : recordedEnd("reason", "");
        if (state.equals("BROKEN") && reason.isEmpty()) {
            reason = "the record ends before the session did";
        }
        Map<String, Object> further = new LinkedHashMap<>(outcome);
        List.of("state", "reason", "problems").forEach(further::remove);
        List<StreamFacts> streams = streams();
        Map<String, Map<String, Object>> slots = slots(protocol);
        return new SessionFacts(
                record.meta(),
                protocol,
                state,
                reason,
                new Problems(found, outcome.get("problems")).all(),
                further,
                found.lastNanos(),
                found.phases(),
                streams,
                found.features(),
                new FeatureUnits(slots, streams).of(found.features().values()),
                found.decisions(),
                found.commands(),
                found.answers(),
                latencies(),
                found.gaps(),
                ofType("swap"),
                ofType("answer"),
                found.happenings(),
                doses(),
                slots,
                Boolean.TRUE.equals(found.plan().get("simulated")),
                Boolean.TRUE.equals(found.plan().get("simulatedParticipant")),
                named(found.plan().get("about")),
                chosen(),
                found.display(),
                found.feedback(),
                found.messages(),
                found.lostMessages(),
                List.copyOf(damage));
    }

    /** What the session's last state says, when that state is an end. */
    private String recordedEnd(String attribute, String otherwise) {
        String value = otherwise;
        for (Facts.Happening s : found.states()) {
            boolean end = s.text("state").equals("COMPLETED") || s.text("state").equals("ABORTED");
            if (s.slot().equals("session") && end) {
                value = s.text(attribute);
            }
        }
        return value;
    }

    private List<Facts.Happening> ofType(String type) {
        return found.happenings().stream().filter(h -> h.type().equals(type)).toList();
    }

    private List<StreamFacts> streams() {
        Map<String, StreamInfo> declared = new HashMap<>();
        record.streams().forEach(i -> declared.putIfAbsent(i.slot() + "/" + i.name(), i));
        List<StreamFacts> all = new ArrayList<>();
        for (FactsReader.StreamFinding f : found.streams()) {
            StreamInfo info = declared.get(f.key().name());
            if (info == null || info.channels().size() != f.key().channels()) {
                info = undeclared(f.key(), info);
            }
            all.add(new StreamFacts(
                    f.key(), info, f.blocks(), f.samples(), f.gridSamples(), f.startNanos(), f.endNanos()));
        }
        return all;
    }

    private static StreamInfo undeclared(StreamKey key, StreamInfo other) {
        List<StreamInfo.Channel> channels = new ArrayList<>();
        for (int c = 1; c <= key.channels(); c++) {
            channels.add(new StreamInfo.Channel(key.stream() + (key.channels() == 1 ? "" : c), "a.u."));
        }
        return new StreamInfo(
                key.slot(),
                key.stream(),
                other == null ? "Signal" : other.type(),
                key.rateHz(),
                channels,
                other != null && other.synthetic());
    }

    private List<Facts.Latency> latencies() {
        Map<String, Facts.Decision> decided = new HashMap<>();
        found.decisions().stream().filter(Facts.Decision::fired).forEach(d -> decided.putIfAbsent(d.commandId(), d));
        List<Facts.Latency> all = new ArrayList<>();
        for (Facts.Answered a : found.answers()) {
            Facts.Sent c = found.commands().get(a.acknowledgement().commandId());
            Facts.Decision d = c == null ? null : decided.get(c.firing());
            if (c == null || d == null || a.acknowledgement().outcome() != Acknowledgement.Outcome.EXECUTED) {
                continue;
            }
            Facts.Latency l = new Facts.Latency(
                    c.command().id(),
                    a.madeNanos() - c.acquiredNanos(),
                    d.madeNanos() - c.acquiredNanos(),
                    c.madeNanos() - d.madeNanos(),
                    a.madeNanos() - c.madeNanos());
            if (l.total() >= 0 && l.total() < LONGEST_LATENCY_NANOS && l.commandToAck() >= 0) {
                all.add(l);
            }
        }
        return all;
    }

    private List<Facts.Dose> doses() {
        Map<String, List<Facts.Answered>> bySlot = new TreeMap<>();
        found.answers().stream()
                .filter(Facts.Answered::delivered)
                .filter(a -> !moved(a))
                .forEach(a ->
                        bySlot.computeIfAbsent(a.slot(), s -> new ArrayList<>()).add(a));
        List<Facts.Dose> all = new ArrayList<>();
        bySlot.forEach((slot, deliveries) -> {
            Map<String, Double> totals = new TreeMap<>();
            deliveries.forEach(a -> a.acknowledgement().delivered().forEach((q, v) -> {
                if (!INTENSITY.matcher(q).matches()) {
                    totals.merge(q, v, Double::sum);
                }
            }));
            all.add(new Facts.Dose(slot, totals, deliveries));
        });
        return all;
    }

    /** A dial of a scene moved: nothing was given to anybody. */
    private boolean moved(Facts.Answered a) {
        Facts.Sent c = found.commands().get(a.acknowledgement().commandId());
        return c != null && c.command().action().equals(Trigger.Action.DIAL);
    }

    private Map<String, Map<String, Object>> slots(ProtocolText protocol) {
        Map<String, Map<String, Object>> all = new LinkedHashMap<>();
        protocol.slots().forEach((name, s) -> {
            Map<String, Object> slot = all.computeIfAbsent(name, n -> new LinkedHashMap<>());
            slot.put("plugin", s.plugin());
            slot.put("written", s.parameters());
            slot.put("inputs", s.inputs());
        });
        planned(found.plan().get("slots"), all);
        chosen().forEach(c -> {
            Map<String, Object> slot = all.get(String.valueOf(c.get("slot")));
            if (slot != null && slot.containsKey("written")) {
                Map<String, Object> written = new TreeMap<>(named(slot.get("written")));
                written.putAll(named(c.get("parameters")));
                slot.put("written", written);
                slot.put("chosenBy", c.get("rules"));
            }
        });
        return all;
    }

    /** What was chosen for the participant, by slot. */
    private List<Map<String, Object>> chosen() {
        return found.plan().get("chosen") instanceof List<?> list
                ? list.stream().map(FactsAssembly::named).toList()
                : List.of();
    }

    private static Map<String, Object> named(Object value) {
        Map<String, Object> map = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> any) {
            any.forEach((k, v) -> map.put(String.valueOf(k), v));
        }
        return map;
    }

    /** The plan of the session overrides the protocol's text: it is what was run. */
    private static void planned(Object slots, Map<String, Map<String, Object>> all) {
        if (slots instanceof Map<?, ?> byName) {
            byName.forEach((name, slot) -> {
                if (slot instanceof Map<?, ?> s) {
                    Map<String, Object> known = all.computeIfAbsent(String.valueOf(name), n -> new LinkedHashMap<>());
                    if (s.get("plugin") != null && !s.get("plugin").equals(known.get("plugin"))) {
                        known.remove("written"); // a recording took the place of what it was written for
                    }
                    s.forEach((k, v) -> known.put(String.valueOf(k), v));
                }
            });
        } else if (slots instanceof List<?> list) {
            for (Object slot : list) {
                if (slot instanceof Map<?, ?> s && s.get("slot") != null) {
                    planned(Map.of(String.valueOf(s.get("slot")), s), all);
                }
            }
        }
    }
}
