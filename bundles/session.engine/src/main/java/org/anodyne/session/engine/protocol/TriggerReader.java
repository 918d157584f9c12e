package org.anodyne.session.engine.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.anodyne.decoder.DecoderException;
import org.anodyne.decoder.DecoderModel;
import org.anodyne.decoder.FalseTriggers;
import org.anodyne.plugin.FeatureRef;
import org.anodyne.plugin.PluginKind;
import org.anodyne.plugin.PluginPorts.FeatureInfo;
import org.anodyne.plugin.intervention.Trigger;
import org.anodyne.plugin.intervention.Trigger.Comparison;
import org.anodyne.plugin.intervention.Trigger.Threshold;
import org.anodyne.session.engine.protocol.Protocol.End;
import org.anodyne.session.engine.protocol.Quantity.UnitException;

/** Reads triggers, thresholds and what they do. Thread: one. */
final class TriggerReader {
    private final Map<String, Protocol.Slot> slots;
    private final Faults faults;
    private final SlotReader slotReader;
    private final Times times;
    private final ActionReader actionReader;
    private final Map<String, List<String>> slotsOfPhase;
    private final Map<String, Integer> ids = new HashMap<>();

    TriggerReader(
            Map<String, Protocol.Slot> slots,
            Faults faults,
            SlotReader slotReader,
            Times times,
            Map<String, List<String>> slotsOfPhase) {
        this.slots = slots;
        this.faults = faults;
        this.slotReader = slotReader;
        this.times = times;
        this.actionReader = new ActionReader(this, slots, faults, slotReader);
        this.slotsOfPhase = slotsOfPhase;
    }

    /**
     * The triggers of one phase by the slot that evaluates them.
     *
     * @param length duration of the phase, or its greatest
     * @param over ids of the phases that are certainly over when this one begins
     */
    Map<String, List<Trigger>> read(
            JsonNode list, String path, String phase, List<String> run, OptionalLong length, Set<String> over) {
        Map<String, List<Trigger>> triggers = new LinkedHashMap<>();
        for (int i = 0; i < list.size(); i++) {
            JsonNode node = list.get(i);
            if (node.isObject()) {
                String slot = node.path("slot").asText("");
                trigger(node, Where.item(path, i), run, length, over)
                        .ifPresent(t -> triggers.computeIfAbsent(slot, s -> new ArrayList<>())
                                .add(t));
            }
        }
        Map<String, List<Trigger>> copy = new HashMap<>();
        triggers.forEach((k, v) -> copy.put(k, List.copyOf(v)));
        return Map.copyOf(copy);
    }

    private Optional<Trigger> trigger(
            JsonNode node, String path, List<String> run, OptionalLong length, Set<String> over) {
        String id = node.path("id").asText("");
        Integer before = id.isEmpty() ? null : ids.putIfAbsent(id, faults.line(path));
        if (before != null) {
            faults.add(path + ".id", "there are two triggers '" + id + "'; the first stands in line " + before);
        }
        Protocol.Slot intervention = slotOfKind(node.path("slot"), path + ".slot", PluginKind.INTERVENTION, run);
        Optional<FeatureRef> feature = feature(node.path("feature"), path + ".feature", run);
        if (intervention != null
                && feature.isPresent()
                && !slotReader.badlyConnected(intervention.name())
                && !connected(intervention, feature.get())) {
            faults.add(
                    path + ".feature",
                    "trigger '" + id + "' watches '" + feature.get() + "', which is not among the inputs of slot '"
                            + intervention.name() + "'; connect it there");
        }
        Optional<Comparison> comparison = comparison(node, path, "trigger '" + id + "'");
        OptionalLong hold = times.orZero(node, "hold", path);
        OptionalLong refractory = times.positive(node, "refractory", path);
        Optional<Threshold> threshold = comparison.flatMap(c -> node.path(side(c))
                        .has("falseTriggers")
                ? falseTriggers(node.path(side(c)), Where.child(path, side(c)), c, feature, hold.orElse(0), refractory)
                : threshold(
                        node.path(side(c)),
                        Where.child(path, side(c)),
                        feature,
                        intervention == null ? "" : intervention.name(),
                        over));
        if (hold.isPresent() && length.isPresent() && hold.getAsLong() >= length.getAsLong()) {
            faults.add(
                    path + ".hold",
                    "trigger '" + id + "' must hold for " + node.path("hold").asText()
                            + ", and the phase is no longer than that; it could never fire");
        }
        List<Trigger.Action> actions = actionReader.read(node.path("do"), path + ".do", run);
        Optional<Trigger.Unless> unless = node.path("unless").isObject()
                ? unless(node.path("unless"), path + ".unless", id, intervention, run)
                : Optional.empty();
        if (feature.isEmpty() || threshold.isEmpty() || refractory.isEmpty() || actions.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Trigger(
                id,
                feature.get(),
                comparison.get(),
                threshold.get(),
                hold.orElse(0),
                refractory.getAsLong(),
                cap(node, "perMinute"),
                cap(node, "perPhase"),
                cap(node, "perSession"),
                perDay(node, path, actions),
                0,
                actions,
                unless));
    }

    /** What inhibits a trigger; a fault is told where it is none that can. */
    private Optional<Trigger.Unless> unless(
            JsonNode node, String path, String trigger, Protocol.Slot intervention, List<String> run) {
        Optional<FeatureRef> flag = feature(node.path("feature"), path + ".feature", run);
        if (intervention != null
                && flag.isPresent()
                && !slotReader.badlyConnected(intervention.name())
                && !connected(intervention, flag.get())) {
            faults.add(
                    path + ".feature",
                    "what inhibits trigger '" + trigger + "', '" + flag.get() + "', is not among the inputs of slot '"
                            + intervention.name() + "'; connect it there");
        }
        Optional<Comparison> comparison = comparison(node, path, "'unless' of trigger '" + trigger + "'");
        if (flag.isEmpty() || comparison.isEmpty()) {
            return Optional.empty();
        }
        FeatureInfo info =
                SlotReader.info(slots.get(flag.get().slot()), flag.get()).orElseThrow();
        if (info.perPhase()) {
            faults.add(
                    path + ".feature",
                    "'" + flag.get() + "' comes once a phase, so nobody would know it in between; name a feature that"
                            + " comes all the time");
        }
        String side = side(comparison.get());
        OptionalDouble limit =
                value(node.path(side), info.fixedUnit(), Where.child(path, side), "the limit of '" + flag.get() + "'");
        int stopAfter = node.path("stopAfter").asInt(0);
        return limit.isEmpty() || stopAfter < 1
                ? Optional.empty()
                : Optional.of(new Trigger.Unless(flag.get(), comparison.get(), limit.getAsDouble(), stopAfter));
    }

    /** The end condition that a feature stays on one side of a limit. */
    Optional<End> endFeature(JsonNode node, String path, List<String> run, OptionalLong length) {
        Optional<FeatureRef> feature = feature(node.path("feature"), path + ".feature", run);
        Optional<Comparison> comparison = comparison(node, path, "the end condition");
        OptionalLong hold = times.orZero(node, "hold", path);
        if (hold.isPresent() && length.isPresent() && hold.getAsLong() >= length.getAsLong()) {
            faults.add(path + ".hold", "'hold' is as long as the phase may last; the condition could never be met");
        }
        if (feature.isEmpty() || comparison.isEmpty()) {
            return Optional.empty();
        }
        String side = side(comparison.get());
        FeatureInfo info =
                SlotReader.info(slots.get(feature.get().slot()), feature.get()).orElseThrow();
        OptionalDouble limit = value(node.path(side), info.fixedUnit(), Where.child(path, side), "the limit");
        int component = feature.get().component().isEmpty()
                ? 0
                : info.components().indexOf(feature.get().component());
        return limit.isEmpty()
                ? Optional.empty()
                : Optional.of(new End.FeatureHolds(
                        feature.get(), component, comparison.get(), limit.getAsDouble(), hold.orElse(0)));
    }

    private Optional<FeatureRef> feature(JsonNode node, String path, List<String> run) {
        if (!node.isTextual()) {
            return Optional.empty();
        }
        Optional<FeatureRef> feature = slotReader.feature(node.asText(), path, slots);
        if (feature.isPresent()) {
            FeatureInfo info = SlotReader.info(slots.get(feature.get().slot()), feature.get())
                    .orElseThrow();
            if (info.components().size() > 1 && feature.get().component().isEmpty()) {
                faults.add(
                        path,
                        "'" + feature.get() + "' has several components; write one of "
                                + String.join(
                                        ", ",
                                        info.components().stream()
                                                .map(c -> feature.get() + "." + c)
                                                .toList()));
                return Optional.empty();
            }
            if (!run.contains(feature.get().slot())) {
                faults.add(
                        path,
                        "slot '" + feature.get().slot() + "', which gives '" + feature.get()
                                + "', does not run in this phase; add it to the phase's slots");
            }
        }
        return feature;
    }

    private static boolean connected(Protocol.Slot slot, FeatureRef feature) {
        return slot.features().values().stream()
                .flatMap(List::stream)
                .anyMatch(f -> f.slot().equals(feature.slot())
                        && f.feature().equals(feature.feature())
                        && (f.component().isEmpty() || f.component().equals(feature.component())));
    }

    private Optional<Comparison> comparison(JsonNode node, String path, String what) {
        if (node.has("above") == node.has("below")) {
            faults.add(
                    path,
                    what
                            + (node.has("above")
                                    ? " has both 'above' and 'below'; leave one out"
                                    : " has no threshold; write e.g. above: 0.7"));
            return Optional.empty();
        }
        return Optional.of(node.has("above") ? Comparison.ABOVE : Comparison.BELOW);
    }

    private static String side(Comparison comparison) {
        return comparison == Comparison.ABOVE ? "above" : "below";
    }

    /** The threshold of a trained decoder from which on it fires seldom enough without pain, by its calibration. */
    private Optional<Threshold> falseTriggers(
            JsonNode node,
            String path,
            Comparison comparison,
            Optional<FeatureRef> feature,
            long hold,
            OptionalLong refractory) {
        if (feature.isEmpty() || refractory.isEmpty()) {
            return Optional.empty();
        }
        FeatureRef watched = feature.get();
        String at = path + ".falseTriggers";
        try {
            Optional<DecoderModel> model = FrozenModels.of(slots.get(watched.slot()));
            boolean probability = watched.feature().equals("probability");
            if (model.isEmpty()
                    || comparison == Comparison.BELOW
                    || !probability && !watched.feature().equals("logit")) {
                faults.add(
                        at,
                        "'falseTriggers' needs above: of the probability or logit of a slot with a frozen model; '"
                                + watched + "' is none: write a number, or freeze a model into slot '" + watched.slot()
                                + "'");
                return Optional.empty();
            }
            double rate = Quantity.parse(node.path("falseTriggers").asText()).in("1/h");
            double logit = FalseTriggers.limit(model.get().scores(), rate, hold / 1e9, refractory.getAsLong() / 1e9)
                    .logit();
            return Optional.of(new Threshold.Absolute(probability ? DecoderModel.probability(logit) : logit));
        } catch (UnitException | DecoderException e) {
            faults.add(at, "'falseTriggers': " + e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<Threshold> threshold(
            JsonNode node, String path, Optional<FeatureRef> feature, String slot, Set<String> over) {
        if (!node.isObject()) {
            if (feature.isEmpty()) {
                return Optional.empty();
            }
            String unit = SlotReader.info(slots.get(feature.get().slot()), feature.get())
                    .orElseThrow()
                    .fixedUnit();
            OptionalDouble value = value(node, unit, path, "the threshold of '" + feature.get() + "'");
            return value.isEmpty() ? Optional.empty() : Optional.of(new Threshold.Absolute(value.getAsDouble()));
        }
        String baseline = node.path("baseline").asText("");
        if (node.path("baseline").isTextual()) {
            baseline(baseline, path + ".baseline", feature, slot, over);
        }
        if (!node.has("factor") && !node.has("sd")) {
            faults.add(
                    path,
                    "a threshold relative to a baseline needs 'factor' or 'sd'; write e.g. {baseline: "
                            + (baseline.isEmpty() ? "baseline" : baseline) + ", factor: 1.2}");
        }
        return Optional.of(new Threshold.RelativeToBaseline(
                baseline, node.path("factor").asDouble(1), node.path("sd").asDouble(0)));
    }

    private void baseline(String phase, String path, Optional<FeatureRef> feature, String slot, Set<String> over) {
        List<String> run = slotsOfPhase.get(phase);
        if (run == null) {
            faults.add(path, "there is no phase '" + phase + "'" + Nearest.hint(phase, slotsOfPhase.keySet()));
        } else if (!over.contains(phase)) {
            faults.add(
                    path,
                    "phase '" + phase + "' is not certainly over when this phase begins; a baseline must come before");
        } else {
            Set<String> needed = new TreeSet<>();
            feature.ifPresent(f -> needed.add(f.slot()));
            if (!slot.isEmpty()) {
                needed.add(slot);
            }
            needed.removeAll(run);
            if (!needed.isEmpty()) {
                faults.add(
                        path,
                        "the baseline phase '" + phase + "' does not run " + String.join(", ", needed)
                                + ", so there would be no baseline; add it to the slots of '" + phase + "'");
            }
        }
    }

    OptionalDouble value(JsonNode node, String unit, String path, String what) {
        if (!node.isNumber() && !node.isTextual()) {
            return OptionalDouble.empty();
        }
        try {
            if (node.isNumber()) {
                // A unit that follows the input's is not known before there is an input: there a bare number it is.
                return OptionalDouble.of(new Quantity(node.decimalValue(), "").in(unit));
            }
            return OptionalDouble.of(Quantity.parse(node.asText()).in(unit));
        } catch (UnitException e) {
            faults.add(path, what + ": " + e.getMessage());
            return OptionalDouble.empty();
        }
    }

    Protocol.Slot slotOfKind(JsonNode node, String path, PluginKind kind, List<String> run) {
        if (!node.isTextual() || !slotReader.known(node.asText(), path)) {
            return null;
        }
        Protocol.Slot slot = slots.get(node.asText());
        if (slot == null) {
            return null;
        }
        if (slot.kind() != kind) {
            faults.add(
                    path,
                    "slot '" + slot.name() + "' (" + slot.plugin() + ") is " + SlotReader.kind(slot.kind()) + ", but "
                            + SlotReader.kind(kind) + " is needed here");
            return null;
        }
        if (!run.contains(slot.name())) {
            faults.add(path, "slot '" + slot.name() + "' does not run in this phase; add it to the phase's slots");
        }
        return slot;
    }

    /** What was given in other sessions is known from the dose ledger, which knows of actuators alone. */
    private OptionalInt perDay(JsonNode node, String path, List<Trigger.Action> actions) {
        OptionalInt cap = cap(node, "perDay");
        if (cap.isPresent()
                && !actions.isEmpty()
                && actions.stream().allMatch(a -> slots.get(a.slot()).kind() == PluginKind.SCENE)) {
            faults.add(
                    path + ".perDay",
                    "'perDay' counts what the dose ledger holds, but nothing of this trigger goes to an actuator;"
                            + " write perSession");
        }
        return cap;
    }

    private static OptionalInt cap(JsonNode node, String name) {
        return node.path(name).isIntegralNumber()
                ? OptionalInt.of(node.path(name).asInt())
                : OptionalInt.empty();
    }
}
