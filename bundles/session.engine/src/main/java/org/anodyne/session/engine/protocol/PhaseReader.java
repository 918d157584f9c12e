package org.anodyne.session.engine.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.anodyne.plugin.PluginKind;
import org.anodyne.plugin.intervention.Trigger;
import org.anodyne.session.engine.plan.Timeline;
import org.anodyne.session.engine.protocol.Protocol.End;
import org.anodyne.session.engine.protocol.Protocol.Moment;
import org.anodyne.session.engine.protocol.Protocol.PhasePlan;
import org.anodyne.session.engine.protocol.Protocol.Rating;

/** Reads phases and blocks against the slots. Thread: one. */
final class PhaseReader {
    private static final long ANSWER_WITHIN_NANOS = 30_000_000_000L;
    private static final int MOST_PHASES = 10_000;
    private static final int DEEPEST_BLOCK = 5;

    private final Map<String, Protocol.Slot> slots;
    private final Set<String> declared;
    private final Faults faults;
    private final SlotReader slotReader;
    private final Times times;
    private final TriggerReader triggerReader;
    private final Map<String, Integer> ids = new HashMap<>();
    private final Map<String, List<String>> slotsOfPhase = new HashMap<>();

    PhaseReader(Map<String, Protocol.Slot> slots, Set<String> declared, Faults faults, SlotReader slotReader) {
        this.slots = slots;
        this.declared = declared;
        this.faults = faults;
        this.slotReader = slotReader;
        this.times = new Times(faults);
        this.triggerReader = new TriggerReader(slots, faults, slotReader, times, slotsOfPhase);
    }

    /** Ids of all phases in the file, also of those that have faults. */
    static Set<String> ids(JsonNode steps) {
        Set<String> ids = new LinkedHashSet<>();
        ids(steps, ids, 0);
        return ids;
    }

    private static void ids(JsonNode steps, Set<String> ids, int depth) {
        for (JsonNode step : steps) {
            if (step.has("block") && depth < DEEPEST_BLOCK) {
                ids(step.path("block").path("phases"), ids, depth + 1);
            } else if (step.path("id").isTextual()) {
                ids.add(step.path("id").asText());
            }
        }
    }

    List<Protocol.Step> read(JsonNode phases) {
        collect(phases, "phases", 0);
        List<Protocol.Step> steps = steps(phases, "phases", new LinkedHashSet<>(), false, 0);
        if (faults.none() && Timeline.count(steps) > MOST_PHASES) {
            faults.add("phases", "the blocks repeat to more than " + MOST_PHASES + " phases");
        }
        return steps;
    }

    /** Which phases there are, so that a reference to a later one can be told from one to none. */
    private void collect(JsonNode list, String path, int depth) {
        if (depth > DEEPEST_BLOCK) {
            return;
        }
        for (int i = 0; i < list.size(); i++) {
            JsonNode node = list.get(i);
            String at = Where.item(path, i);
            if (node.has("block")) {
                collect(node.path("block").path("phases"), at + ".block.phases", depth + 1);
            } else if (node.path("id").isTextual()) {
                String id = node.path("id").asText();
                Integer before = ids.putIfAbsent(id, faults.line(at));
                if (before != null) {
                    faults.add(
                            at + ".id",
                            "there are two phases '" + id + "'; the first stands in line " + before
                                    + " (to repeat a phase, use a block)");
                }
                slotsOfPhase.putIfAbsent(id, SlotReader.texts(node.path("slots")));
            }
        }
    }

    /**
     * @param before ids of the phases that are over, whatever the order, when the first of these steps begins
     * @param random whether these steps come in any order
     */
    private List<Protocol.Step> steps(JsonNode list, String path, Set<String> before, boolean random, int depth) {
        List<Protocol.Step> steps = new ArrayList<>();
        Set<String> seen = new LinkedHashSet<>();
        if (depth > DEEPEST_BLOCK) {
            faults.add(path, "blocks are nested more than " + DEEPEST_BLOCK + " deep");
            return steps;
        }
        for (int i = 0; i < list.size(); i++) {
            JsonNode node = list.get(i);
            String at = Where.item(path, i);
            Set<String> over = new LinkedHashSet<>(before);
            if (!random) {
                over.addAll(seen);
            }
            if (node.has("block")) {
                JsonNode block = node.path("block");
                boolean shuffled = block.path("order").asText().equals("random");
                List<Protocol.Step> inner =
                        steps(block.path("phases"), at + ".block.phases", over, shuffled, depth + 1);
                inner.forEach(s -> addIds(s, seen));
                steps.add(new Protocol.Block(Math.max(1, block.path("repeat").asInt(1)), shuffled, inner));
            } else if (node.isObject()) {
                PhasePlan phase = phase(node, at, over);
                seen.add(phase.id());
                steps.add(phase);
            }
        }
        return List.copyOf(steps);
    }

    private static void addIds(Protocol.Step step, Set<String> ids) {
        if (step instanceof PhasePlan phase) {
            ids.add(phase.id());
        } else if (step instanceof Protocol.Block block) {
            block.steps().forEach(s -> addIds(s, ids));
        }
    }

    private PhasePlan phase(JsonNode node, String path, Set<String> over) {
        String id = node.path("id").asText("");
        if (id.equals(Timeline.AFTER)) {
            faults.add(path + ".id", "'" + id + "' is kept for the platform; use another id");
        }
        OptionalLong duration = times.positive(node, "duration", path);
        OptionalLong atMost = times.positive(node, "atMost", path);
        boolean hasDuration = node.has("duration");
        boolean hasEnd = node.has("end");
        if (hasDuration && hasEnd) {
            faults.add(path, "phase '" + id + "' has both a duration and an end condition; leave one out");
        } else if (!hasDuration && !hasEnd) {
            faults.add(
                    path, "phase '" + id + "' has no end; write e.g. duration: 60 s, or an end condition with atMost");
        } else if (hasEnd && !node.has("atMost")) {
            faults.add(
                    path + ".end",
                    "phase '" + id + "' ends on a condition that may never come; write e.g. atMost: 20 min");
        } else if (hasDuration && node.has("atMost")) {
            faults.add(
                    path + ".atMost", "'atMost' belongs to an end condition; phase '" + id + "' has a fixed duration");
        }
        List<String> run = slotList(node.path("slots"), path, id);
        Map<String, Map<String, Object>> parameters = parameters(node.path("parameters"), path, run);
        OptionalLong length = duration.isPresent() ? duration : atMost;
        Map<String, List<Trigger>> triggers =
                triggerReader.read(node.path("triggers"), path + ".triggers", id, run, length, over);
        Optional<End> end = hasEnd && node.path("end").isObject()
                ? end(node.path("end"), path + ".end", run, node.path("triggers"), length)
                : Optional.empty();
        List<Rating> ratings = ratings(node.path("ratings"), path + ".ratings", run);
        return new PhasePlan(id, duration, end, atMost, run, parameters, triggers, ratings);
    }

    private List<String> slotList(JsonNode node, String path, String id) {
        List<String> run = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            String slot = node.get(i).asText();
            if (slotReader.known(slot, Where.item(path + ".slots", i)) && !run.contains(slot)) {
                run.add(slot);
            }
        }
        for (String name : run) {
            Protocol.Slot slot = slots.get(name);
            if (slot == null) {
                continue;
            }
            List<String> absent = SlotReader.sources(slot).stream()
                    .filter(s -> declared.contains(s) && !run.contains(s))
                    .toList();
            if (!absent.isEmpty()) {
                faults.add(
                        path + ".slots",
                        "phase '" + id + "' runs '" + name + "' but not "
                                + String.join(
                                        ", ",
                                        absent.stream().map(a -> "'" + a + "'").toList())
                                + ", from which it takes its input; add it to the phase's slots");
            }
        }
        return List.copyOf(run);
    }

    private Map<String, Map<String, Object>> parameters(JsonNode node, String path, List<String> run) {
        Map<String, Map<String, Object>> overrides = new LinkedHashMap<>();
        node.properties().forEach(e -> {
            String at = Where.child(path + ".parameters", e.getKey());
            if (!slotReader.known(e.getKey(), at) || !e.getValue().isObject()) {
                return;
            }
            if (!run.contains(e.getKey())) {
                faults.add(at, "slot '" + e.getKey() + "' does not run in this phase; add it to the phase's slots");
                return;
            }
            Protocol.Slot slot = slots.get(e.getKey());
            if (slot != null && !slotReader.replaced(e.getKey())) {
                slotReader
                        .parameters()
                        .override(slot, e.getValue(), at)
                        .ifPresent(values -> overrides.put(e.getKey(), values));
            }
        });
        return Map.copyOf(overrides);
    }

    private Optional<End> end(JsonNode node, String path, List<String> run, JsonNode triggers, OptionalLong length) {
        if (node.path("input").isTextual()) {
            String slot = node.path("input").asText();
            endSlot(slot, path + ".input", run, PluginKind.SOURCE, "only the input of a source ends");
            return Optional.of(new End.InputEnds(slot));
        }
        if (node.path("finished").isTextual()) {
            String slot = node.path("finished").asText();
            endSlot(slot, path + ".finished", run, PluginKind.INTERVENTION, "only an intervention finishes");
            return Optional.of(new End.Finished(slot));
        }
        JsonNode decisions = node.path("decisions");
        if (decisions.isObject()) {
            String trigger = decisions.path("trigger").asText();
            List<String> known = new ArrayList<>();
            triggers.forEach(t -> known.add(t.path("id").asText()));
            if (decisions.has("trigger") && !known.contains(trigger)) {
                faults.add(
                        path + ".decisions.trigger",
                        "this phase has no trigger '" + trigger + "'" + Nearest.hint(trigger, known));
            }
            return Optional.of(
                    new End.Decisions(trigger, decisions.path("count").asLong(1)));
        }
        JsonNode feature = node.path("feature");
        return feature.isObject()
                ? triggerReader.endFeature(feature, path + ".feature", run, length)
                : Optional.empty();
    }

    /** Tells what is wrong with the slot that an end condition names. */
    private void endSlot(String slot, String path, List<String> run, PluginKind kind, String rule) {
        if (!slotReader.known(slot, path)) {
            return;
        }
        Protocol.Slot named = slots.get(slot);
        if (named != null && named.kind() != kind) {
            faults.add(path, "slot '" + slot + "' holds " + SlotReader.kind(named.kind()) + "; " + rule);
        } else if (!run.contains(slot)) {
            faults.add(path, "slot '" + slot + "' does not run in this phase");
        }
    }

    private List<Rating> ratings(JsonNode list, String path, List<String> run) {
        List<Rating> ratings = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            JsonNode node = list.get(i);
            String at = Where.item(path, i);
            String slot = node.path("slot").asText("");
            boolean every = node.has("every");
            if (every == node.has("at")) {
                faults.add(at, "a rating is asked at one kind of moment; write at: start, at: end, or every: 5 min");
            }
            OptionalLong interval = times.positive(node, "every", at);
            OptionalLong within = times.positive(node, "within", at);
            List<String> items = node.path("slot").isTextual() && slotReader.known(slot, at + ".slot")
                    ? items(slots.get(slot), node, at, run)
                    : List.of();
            Moment moment = every ? Moment.EVERY : node.path("at").asText().equals("start") ? Moment.START : Moment.END;
            items.forEach(item -> ratings.add(
                    new Rating(slot, item, moment, interval.orElse(0), within.orElse(ANSWER_WITHIN_NANOS))));
        }
        return List.copyOf(ratings);
    }

    /** What a rating asks: the item that it names, or all of its slot, in the instrument's order. */
    private List<String> items(Protocol.Slot slot, JsonNode rating, String path, List<String> run) {
        if (slot == null) {
            return List.of();
        }
        if (slot.kind() != PluginKind.OUTCOME) {
            faults.add(
                    path + ".slot",
                    "slot '" + slot.name() + "' holds " + SlotReader.kind(slot.kind())
                            + "; ratings are asked by an outcome instrument");
            return List.of();
        }
        if (!run.contains(slot.name())) {
            faults.add(path + ".slot", "slot '" + slot.name() + "' does not run in this phase; add it to its slots");
        }
        List<String> known = OutcomeItems.of(slot.ports(), slot.parameters());
        String item = rating.path("item").asText("");
        if (!rating.has("item")) {
            if (known.isEmpty()) {
                faults.add(
                        path,
                        "'" + slot.plugin() + "' in slot '" + slot.name()
                                + "' does not tell its items before it runs; name one in 'item'");
            }
            return known;
        }
        if (!known.isEmpty() && !item.isEmpty() && !known.contains(item)) {
            faults.add(
                    path + ".item",
                    "slot '" + slot.name() + "' has no item '" + item + "'" + Nearest.hint(item, known));
        }
        return List.of(item);
    }
}
