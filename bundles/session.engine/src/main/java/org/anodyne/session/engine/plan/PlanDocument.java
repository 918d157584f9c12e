package org.anodyne.session.engine.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.anodyne.bus.Payload;
import org.anodyne.host.SlotSpec;
import org.anodyne.host.SlotSpec.StreamRef;
import org.anodyne.plugin.FeatureRef;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.PluginPorts.FeatureInfo;
import org.anodyne.plugin.intervention.Trigger;
import org.anodyne.plugin.intervention.Trigger.Comparison;
import org.anodyne.plugin.intervention.Trigger.Threshold;
import org.anodyne.session.engine.protocol.Choosing;
import org.anodyne.session.engine.protocol.Protocol;
import org.anodyne.session.engine.protocol.Protocol.PhasePlan;
import org.anodyne.session.engine.protocol.Protocol.Slot;

/**
 * The session's plan as it goes over the bus and into the record ({@code event/session/plan}), and back: all that a
 * replay needs besides the recorded data. Numbers keep their kind and their bits.
 *
 * @param slots what was in each slot, each after those it takes from
 * @param phases by id what each slot is told of a phase
 */
public record PlanDocument(List<PlannedSlot> slots, Map<String, PlannedPhase> phases) {
    /** Type of the event. */
    public static final String TYPE = "plan";

    /**
     * One slot.
     *
     * @param kind name of the {@code PluginKind}
     */
    public record PlannedSlot(String kind, String version, String sha256, SlotSpec spec) {}

    /** What a phase runs, overrides and triggers, per slot. */
    public record PlannedPhase(
            List<String> slots, Map<String, Map<String, Object>> parameters, Map<String, List<Trigger>> triggers) {}

    /** What the host is told of a slot. */
    public static SlotSpec spec(Slot slot, long seed) {
        return spec(slot, seed, "");
    }

    /** @param host the device host that it is in; empty for this process */
    public static SlotSpec spec(Slot slot, long seed, String host) {
        return new SlotSpec(
                slot.name(),
                slot.plugin(),
                new Parameters(slot.parameters()),
                slot.streams(),
                slot.features(),
                slot.input(),
                SplitMix.seedOf(seed, slot.name()),
                host);
    }

    /** The plan of a session as an event. */
    public static Payload.Document of(Protocol protocol, Timeline timeline, Map<String, Object> more) {
        Map<String, Object> attributes = new HashMap<>(more);
        attributes.put("protocol", protocol.id());
        attributes.put("title", protocol.title());
        attributes.put("seed", protocol.seed());
        List<Object> slots = new ArrayList<>();
        protocol.slots().values().forEach(s -> slots.add(slot(s, protocol.seed())));
        attributes.put("slots", slots);
        Map<String, Object> phases = new LinkedHashMap<>();
        List<Object> order = new ArrayList<>();
        timeline.phases().forEach(p -> {
            phases.putIfAbsent(p.plan().id(), phase(p.plan()));
            order.add(place(p));
        });
        attributes.put("phases", phases);
        attributes.put("timeline", order);
        return new Payload.Document(TYPE, -1, attributes);
    }

    /**
     * What was chosen for the participant, and by which facts; nothing of a protocol that is the same for everybody. A replay does
     * not choose again: the plan holds the parameters that were.
     */
    public static Map<String, Object> choice(Choosing choosing) {
        return choosing.asks().isEmpty()
                ? Map.of()
                : Map.of("about", choosing.kept().told(), "chosen", choosing.chosen());
    }

    private static Map<String, Object> place(Timeline.Planned p) {
        Map<String, Object> map = new HashMap<>();
        map.put("id", p.plan().id());
        map.put("index", (long) p.index());
        map.put("repetition", (long) p.repetition());
        p.plan().durationNanos().ifPresent(n -> map.put("duration", n));
        p.plan().atMostNanos().ifPresent(n -> map.put("atMost", n));
        return map;
    }

    private static Map<String, Object> slot(Slot slot, long seed) {
        Map<String, Object> map = new HashMap<>();
        map.put("slot", slot.name());
        map.put("plugin", slot.plugin());
        map.put("kind", slot.kind().name());
        map.put("version", slot.version());
        map.put("sha256", slot.sha256());
        map.put("parameters", slot.parameters());
        Map<String, Object> streams = new HashMap<>();
        slot.streams()
                .forEach((port, refs) -> streams.put(
                        port,
                        refs.stream()
                                .map(r -> r.stream().isEmpty() ? r.slot() : r.slot() + "/" + r.stream())
                                .toList()));
        map.put("streams", streams);
        Map<String, Object> features = new HashMap<>();
        slot.features()
                .forEach((port, refs) -> features.put(
                        port, refs.stream().map(FeatureRef::toString).toList()));
        map.put("features", features);
        map.put(
                "publishes",
                slot.ports().features().stream().map(PlanDocument::feature).toList());
        slot.input().ifPresent(i -> map.put("input", i));
        map.put("seed", SplitMix.seedOf(seed, slot.name()));
        return map;
    }

    /** A feature that a slot publishes: no replay needs it, but who reads the record wants to know its unit. */
    private static Map<String, Object> feature(FeatureInfo info) {
        return Map.of(
                "name", info.name(), "unit", info.unit(), "components", info.components(), "perPhase", info.perPhase());
    }

    private static Map<String, Object> phase(PhasePlan plan) {
        Map<String, Object> triggers = new HashMap<>();
        plan.triggers()
                .forEach((slot, list) -> triggers.put(
                        slot, list.stream().map(PlanDocument::trigger).toList()));
        return Map.of("slots", plan.slots(), "parameters", plan.parameters(), "triggers", triggers);
    }

    private static Map<String, Object> trigger(Trigger t) {
        Map<String, Object> map = new HashMap<>();
        map.put("id", t.id());
        map.put("feature", t.feature().toString());
        map.put("comparison", t.comparison().name());
        if (t.threshold() instanceof Threshold.Absolute a) {
            map.put("threshold", Map.of("value", a.value()));
        } else if (t.threshold() instanceof Threshold.RelativeToBaseline r) {
            map.put("threshold", Map.of("baseline", r.phase(), "factor", r.factor(), "sd", r.standardDeviations()));
        }
        map.put("hold", t.holdNanos());
        map.put("refractory", t.refractoryNanos());
        t.perMinute().ifPresent(n -> map.put("perMinute", (long) n));
        t.perPhase().ifPresent(n -> map.put("perPhase", (long) n));
        t.perSession().ifPresent(n -> map.put("perSession", (long) n));
        t.perDay().ifPresent(n -> {
            map.put("perDay", (long) n);
            map.put("givenBefore", (long) t.givenBefore());
        });
        t.unless()
                .ifPresent(u -> map.put(
                        "unless",
                        Map.of(
                                "feature",
                                u.feature().toString(),
                                "comparison",
                                u.comparison().name(),
                                "limit",
                                u.limit(),
                                "stopAfter",
                                (long) u.stopAfter())));
        map.put("do", t.actions().stream().map(PlanDocument::action).toList());
        return map;
    }

    private static Map<String, Object> action(Trigger.Action a) {
        return Map.of("slot", a.slot(), "action", a.action(), "with", new HashMap<>(a.arguments()));
    }

    /**
     * Reads a plan back.
     *
     * @throws IllegalArgumentException when the event is no plan of this format
     */
    public static PlanDocument read(Payload.Document event) {
        try {
            List<PlannedSlot> slots = new ArrayList<>();
            list(event.attributes().get("slots")).forEach(s -> slots.add(readSlot(map(s))));
            Map<String, PlannedPhase> phases = new HashMap<>();
            map(event.attributes().get("phases")).forEach((id, p) -> phases.put(id, readPhase(map(p))));
            return new PlanDocument(List.copyOf(slots), Map.copyOf(phases));
        } catch (ClassCastException | NullPointerException e) {
            throw new IllegalArgumentException("the plan in the record is damaged or of another format: " + e, e);
        }
    }

    private static PlannedSlot readSlot(Map<String, Object> map) {
        Map<String, List<StreamRef>> streams = new HashMap<>();
        map(map.get("streams"))
                .forEach((port, refs) -> streams.put(
                        port,
                        list(refs).stream()
                                .map(r -> r.toString().split("/", 2))
                                .map(r -> new StreamRef(r[0], r.length > 1 ? r[1] : ""))
                                .toList()));
        Map<String, List<FeatureRef>> features = new HashMap<>();
        map(map.get("features"))
                .forEach((port, refs) -> features.put(
                        port,
                        list(refs).stream()
                                .map(r -> FeatureRef.parse(r.toString()))
                                .toList()));
        SlotSpec spec = new SlotSpec(
                text(map, "slot"),
                text(map, "plugin"),
                new Parameters(map(map.get("parameters"))),
                streams,
                features,
                Optional.empty(),
                number(map, "seed").longValue());
        return new PlannedSlot(text(map, "kind"), text(map, "version"), text(map, "sha256"), spec);
    }

    private static PlannedPhase readPhase(Map<String, Object> map) {
        Map<String, Map<String, Object>> parameters = new HashMap<>();
        map(map.get("parameters")).forEach((slot, values) -> parameters.put(slot, map(values)));
        Map<String, List<Trigger>> triggers = new HashMap<>();
        map(map.get("triggers"))
                .forEach((slot, l) -> triggers.put(
                        slot, list(l).stream().map(t -> readTrigger(map(t))).toList()));
        List<String> slots =
                list(map.get("slots")).stream().map(Object::toString).toList();
        return new PlannedPhase(slots, Map.copyOf(parameters), Map.copyOf(triggers));
    }

    private static Trigger readTrigger(Map<String, Object> map) {
        Map<String, Object> limit = map(map.get("threshold"));
        Threshold threshold = limit.containsKey("baseline")
                ? new Threshold.RelativeToBaseline(
                        text(limit, "baseline"),
                        number(limit, "factor").doubleValue(),
                        number(limit, "sd").doubleValue())
                : new Threshold.Absolute(number(limit, "value").doubleValue());
        // Older plans hold one action instead of a list.
        List<?> actions = map.get("do") instanceof Map<?, ?> one ? List.of(one) : list(map.get("do"));
        return new Trigger(
                text(map, "id"),
                FeatureRef.parse(text(map, "feature")),
                Comparison.valueOf(text(map, "comparison")),
                threshold,
                number(map, "hold").longValue(),
                number(map, "refractory").longValue(),
                cap(map, "perMinute"),
                cap(map, "perPhase"),
                cap(map, "perSession"),
                cap(map, "perDay"),
                cap(map, "givenBefore").orElse(0),
                actions.stream().map(a -> readAction(map(a))).toList(),
                map.containsKey("unless") ? Optional.of(readUnless(map(map.get("unless")))) : Optional.empty());
    }

    private static Trigger.Unless readUnless(Map<String, Object> map) {
        return new Trigger.Unless(
                FeatureRef.parse(text(map, "feature")),
                Comparison.valueOf(text(map, "comparison")),
                number(map, "limit").doubleValue(),
                number(map, "stopAfter").intValue());
    }

    private static Trigger.Action readAction(Map<String, Object> action) {
        Map<String, Double> arguments = new HashMap<>();
        map(action.get("with")).forEach((name, value) -> arguments.put(name, ((Number) value).doubleValue()));
        return new Trigger.Action(text(action, "slot"), text(action, "action"), arguments);
    }

    private static OptionalInt cap(Map<String, Object> map, String name) {
        return map.get(name) instanceof Number n ? OptionalInt.of(n.intValue()) : OptionalInt.empty();
    }

    private static Number number(Map<String, Object> map, String name) {
        return (Number) java.util.Objects.requireNonNull(map.get(name), name);
    }

    private static String text(Map<String, Object> map, String name) {
        return java.util.Objects.requireNonNull(map.get(name), name).toString();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return value == null ? Map.of() : (Map<String, Object>) value;
    }

    private static List<?> list(Object value) {
        return value == null ? List.of() : (List<?>) value;
    }
}
