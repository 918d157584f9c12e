package org.anodyne.console.visit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.anodyne.bus.Message;
import org.anodyne.bus.MessageBus;
import org.anodyne.bus.MessageBus.Subscription;
import org.anodyne.bus.Payload;
import org.anodyne.bus.Topic;
import org.anodyne.console.live.Curtain;
import org.anodyne.plugin.Acknowledgement;
import org.anodyne.plugin.Command;
import org.anodyne.plugin.signal.Feature;

/**
 * Hears what sessions say and keeps, of the newest, what a page needs that is opened in the middle of it: plan, phases,
 * slots, what is asked of the participant now, what happened last, what was delivered. A session is known from its plan on,
 * the first that it says. Thread: any.
 */
public final class Follower implements AutoCloseable {
    private static final int MOST_EVENTS = 300;
    private static final String PLAN = "plan";
    /** Come many times a second, or are kept apart from the others. */
    private static final Set<String> NOT_KEPT = Set.of(
            "frames",
            "dial",
            "driven",
            PLAN,
            "phase",
            "phase-ended",
            "ask",
            "answer",
            "activity",
            "activity-answer",
            "instrument",
            "safety");

    /** What somebody has to see, also when much has happened since. */
    private static final Set<String> ALERTS = Set.of(
            "safety-alert",
            "made-safe",
            "slot-lost",
            "stream-silent",
            "panic",
            "device-fault",
            "device-lost",
            "impedance-warning",
            "display-lost",
            "display-failed",
            "scene-failed",
            "fms-pause",
            "fms-stop",
            "flash-limit");

    private static final int MOST_ALERTS = 200;

    private final BiConsumer<String, Map<String, Object>> planned;

    private final List<CompletionStage<Subscription>> subscriptions = new ArrayList<>();

    // guarded by this
    private String session = "";
    private Map<String, Object> plan = Map.of();
    private Curtain curtain = Curtain.OPEN;
    private long pausedNanos;
    private Map<String, Object> state = Map.of("state", "PLANNED", "reason", "", "phase", "");
    private final Map<String, Map<String, Object>> slots = new TreeMap<>();
    private final List<Map<String, Object>> phases = new ArrayList<>();
    private final Deque<Map<String, Object>> events = new ArrayDeque<>();
    private final Map<String, Map<String, Object>> alerts = new LinkedHashMap<>();
    private final Map<String, Map<String, Object>> asks = new LinkedHashMap<>();
    private final Set<String> unanswered = new HashSet<>();
    private final Map<String, Map<String, Object>> activities = new LinkedHashMap<>();
    private final Map<String, Map<String, Double>> delivered = new TreeMap<>();
    private final Map<String, Map<String, Object>> features = new TreeMap<>();

    /**
     * Listens from now on.
     *
     * @param planned told of each session's plan, by the session's id, as soon as it was heard
     */
    public Follower(MessageBus bus, BiConsumer<String, Map<String, Object>> planned) {
        this.planned = planned;
        String of = "anodyne/1/" + bus.site() + "/+/";
        for (String kind : List.of("event/#", "state/#", "ack/#", "command/#", "feature/#")) {
            subscriptions.add(bus.subscribe(of + kind, this::hear));
        }
    }

    private synchronized void hear(Message m) {
        if (!m.topic().session().equals(session)) {
            if (!m.topic().name().equals(PLAN)) {
                return;
            }
            begin(m.topic().session());
        }
        String slot = m.topic().slot();
        if (m.payload() instanceof Payload.Document d) {
            if (m.topic().kind() != Topic.Kind.STATE) {
                event(slot, d);
            } else if (slot.equals("session")) {
                paused(String.valueOf(d.attributes().get("state")), d.timeNanos());
                state = d.attributes();
            } else {
                slots.put(slot, d.attributes());
            }
        } else if (m.payload() instanceof Payload.Reply r) {
            Acknowledgement a = r.acknowledgement();
            Map<String, Object> said = Map.of(
                    "command", a.commandId(),
                    "outcome", a.outcome().name(),
                    "reason", a.reason(),
                    "delivered", a.delivered());
            add("ack", slot, "ack", a.timeNanos(), said);
            deliver(slot, a.delivered());
        } else if (m.payload() instanceof Payload.Request r) {
            Command c = r.command();
            Map<String, Object> said = Map.of("command", c.id(), "arguments", c.arguments(), "cause", c.cause());
            add("command", slot, c.action(), c.decidedNanos(), said);
        } else if (m.payload() instanceof Payload.FeatureValue f) {
            features.put(slot + "/" + f.feature().name(), feature(f.feature()));
        }
    }

    /** While a session is paused no time of a practice passes: what is shown counts from so much later then. */
    private void paused(String next, long nanos) {
        boolean stood = "PAUSED".equals(state.get("state"));
        if (next.equals("PAUSED") && !stood) {
            pausedNanos = nanos;
        } else if (stood && !next.equals("PAUSED")) {
            long stoodNanos = Math.max(0, nanos - pausedNanos);
            activities.values().forEach(a -> a.computeIfPresent("shown", (k, at) -> (Long) at + stoodNanos));
        }
    }

    private void begin(String id) {
        session = id;
        plan = Map.of();
        curtain = Curtain.OPEN;
        state = Map.of("state", "PLANNED", "reason", "", "phase", "");
        slots.clear();
        phases.clear();
        events.clear();
        alerts.clear();
        asks.clear();
        unanswered.clear();
        activities.clear();
        delivered.clear();
        features.clear();
    }

    private static Map<String, Object> feature(Feature f) {
        List<Object> values = new ArrayList<>();
        for (double v : f.values()) {
            values.add(Double.isFinite(v) ? v : null); // JSON has no NaN
        }
        return Map.of("timeNanos", f.timeNanos(), "values", values);
    }

    private void event(String slot, Payload.Document d) {
        Map<String, Object> a = d.attributes();
        switch (d.type()) {
            case PLAN -> {
                plan = a;
                curtain = Curtain.of(a);
                planned.accept(session, a);
            }
            case "phase" -> phases.add(new HashMap<>(a));
            case "phase-ended" ->
                phases.stream()
                        .filter(p -> p.get("index").equals(a.get("index")))
                        .forEach(p -> {
                            p.put("ended", a.getOrDefault("end", d.timeNanos()));
                            p.put("endedBecause", a.getOrDefault("reason", ""));
                        });
            case "ask" -> {
                Map<String, Object> ask = new HashMap<>(a);
                ask.put("slot", slot);
                ask.put("asked", d.timeNanos());
                asks.put(slot + "/" + a.get("item"), ask);
            }
            case "answer" -> {
                Map<String, Object> ask = asks.remove(slot + "/" + a.get("item"));
                if (ask != null && Boolean.TRUE.equals(a.get("missing")) && !Boolean.TRUE.equals(a.get("declined"))) {
                    unanswered.add(question(slot, String.valueOf(a.get("item")), ask.get("asked")));
                }
            }
            case "activity" -> {
                Map<String, Object> shown = new HashMap<>(a);
                shown.put("slot", slot);
                shown.put("shown", d.timeNanos());
                activities.put(slot, shown);
            }
            case "activity-answer" -> {
                Map<String, Object> shown = activities.get(slot);
                if (shown != null && shown.get("activity").equals(a.get("activity"))) {
                    activities.remove(slot);
                }
            }
            case "finished" -> activities.remove(slot);
            case "delivered" -> {
                Map<String, Double> amounts = new HashMap<>();
                a.forEach((name, value) -> {
                    if (value instanceof Number n) {
                        amounts.put(name, n.doubleValue());
                    }
                });
                deliver(slot, amounts);
            }
            default -> {
                // told below
            }
        }
        if (ALERTS.contains(d.type()) && alerts.size() < MOST_ALERTS) {
            String id = slot + "/" + d.type() + "/" + d.timeNanos();
            alerts.put(
                    id,
                    new HashMap<>(Map.of(
                            "id", id, "slot", slot, "type", d.type(), "timeNanos", d.timeNanos(), "attributes", a)));
        }
        if (!NOT_KEPT.contains(d.type())) {
            add("event", slot, d.type(), d.timeNanos(), a);
        }
    }

    private void deliver(String slot, Map<String, Double> amounts) {
        Map<String, Double> sums = delivered.computeIfAbsent(slot, s -> new TreeMap<>());
        amounts.forEach((quantity, amount) -> sums.merge(quantity, amount, Double::sum));
    }

    private void add(String kind, String slot, String type, long nanos, Map<String, Object> attributes) {
        events.addLast(Map.of("kind", kind, "slot", slot, "type", type, "timeNanos", nanos, "attributes", attributes));
        while (events.size() > MOST_EVENTS) {
            events.removeFirst();
        }
    }

    /**
     * Somebody has seen an alert.
     *
     * @return whether there is such an alert
     */
    public synchronized boolean seen(String alert, String by) {
        Map<String, Object> known = alerts.get(alert);
        if (known != null) {
            known.putIfAbsent("seenBy", by);
        }
        return known != null;
    }

    /**
     * What whoever runs the session may see. What is in the slots' parameters stays out: an arm may stand there; so does what is
     * behind the {@link Curtain}. {@code hear} says what of the session may be heard on the bus.
     */
    public synchronized Map<String, Object> forOperator(String id) {
        Map<String, Object> all = new LinkedHashMap<>();
        if (!id.equals(session)) {
            return all;
        }
        all.put("state", state);
        all.put("plan", withoutParameters());
        all.put("phases", phases.stream().map(Map::copyOf).toList());
        all.put("slots", Map.copyOf(slots));
        all.put(
                "events",
                events.stream()
                        .filter(e -> !e.get("kind").equals("event")
                                || curtain.showsEvent(String.valueOf(e.get("slot")), String.valueOf(e.get("type"))))
                        .toList());
        all.put("alerts", alerts.values().stream().map(Map::copyOf).toList());
        all.put("asks", List.copyOf(asks.values()));
        all.put(
                "activities",
                activities.values().stream()
                        .filter(a -> curtain.showsEvent(String.valueOf(a.get("slot")), "activity"))
                        .toList());
        all.put("delivered", new TreeMap<>(delivered));
        Map<String, Object> shown = new TreeMap<>(features);
        shown.keySet().removeIf(name -> !curtain.showsFeatures(name.substring(0, name.indexOf('/'))));
        all.put("features", shown);
        all.put("hear", plan.isEmpty() ? List.of() : curtain.hear(session));
        return all;
    }

    private Map<String, Object> withoutParameters() {
        if (plan.isEmpty()) {
            return plan;
        }
        Map<String, Object> shown = new HashMap<>(plan);
        shown.remove("seed"); // those of the slots follow from it
        if (plan.get("slots") instanceof List<?> list) {
            shown.put(
                    "slots",
                    list.stream()
                            .map(s -> {
                                Map<Object, Object> slot = new HashMap<>((Map<?, ?>) s);
                                slot.remove("parameters");
                                slot.remove("seed");
                                return slot;
                            })
                            .toList());
        }
        if (plan.get("phases") instanceof Map<?, ?> map) {
            Map<Object, Object> shorter = new HashMap<>();
            map.forEach((id, p) -> {
                Map<Object, Object> phase = new HashMap<>((Map<?, ?>) p);
                phase.remove("parameters");
                shorter.put(id, phase);
            });
            shown.put("phases", shorter);
        }
        return shown;
    }

    /** What is asked of the participant now, and what is shown. */
    public synchronized Map<String, Object> forParticipant(String id) {
        if (!id.equals(session)) {
            return Map.of("asks", List.of(), "activities", List.of());
        }
        // What a slot showed last waits while a phase runs without it: nobody could answer it then.
        List<Map<String, Object>> shown = activities.values().stream()
                .filter(a -> inPhase(String.valueOf(a.get("slot"))))
                .map(Follower::withoutGuidance)
                .toList();
        return Map.of("asks", List.copyOf(asks.values()), "activities", shown);
    }

    /** The notes of an activity are for whoever guides, not for the participant. */
    private static Map<String, Object> withoutGuidance(Map<String, Object> activity) {
        Map<String, Object> shown = new HashMap<>(activity);
        shown.remove("guidance");
        return shown;
    }

    /** Whether the present phase runs a slot; true where that is not known. */
    private boolean inPhase(String slot) {
        Object phases = plan.get("phases");
        Object phase = phases instanceof Map<?, ?> all ? all.get(state.get("phase")) : null;
        return !(phase instanceof Map<?, ?> p && p.get("slots") instanceof List<?> slots) || slots.contains(slot);
    }

    /** Whether this question, asked at this session time, is still open. */
    public synchronized boolean asks(String slot, String item, long asked) {
        return Optional.ofNullable(asks.get(slot + "/" + item))
                .filter(a -> a.get("asked") instanceof Long l && l == asked)
                .isPresent();
    }

    /** Whether this question, asked at this session time, was closed without an answer. */
    public synchronized boolean closedUnanswered(String slot, String item, long asked) {
        return unanswered.contains(question(slot, item, asked));
    }

    private static String question(String slot, String item, Object asked) {
        return slot + "/" + item + "/" + asked;
    }

    /** Whether this activity is open. */
    public synchronized boolean shows(String slot, String activity) {
        return activities.containsKey(slot)
                && activity.equals(activities.get(slot).get("activity"));
    }

    @Override
    public void close() {
        subscriptions.forEach(s -> s.thenAccept(Subscription::close));
    }
}
