package org.anodyne.session.engine.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.anodyne.plugin.Command;
import org.anodyne.plugin.PluginKind;
import org.anodyne.plugin.PluginPorts.ActionInfo;
import org.anodyne.plugin.PluginPorts.ArgumentInfo;
import org.anodyne.plugin.intervention.Trigger;
import org.anodyne.session.engine.protocol.Quantity.UnitException;

/** Reads what a trigger does: actions of actuators, and dials of scenes. Thread: one. */
final class ActionReader {
    private static final String OF_MAXIMUM_OUTPUT = "%MSO";
    private static final String OF_RESTING_THRESHOLD = "%RMT";

    /** Far above what any limit of trains permits; a slip of the pen is meant, the gate judges the rest. */
    private static final double MOST_OF_THRESHOLD = 150;

    private final TriggerReader values;
    private final Map<String, Protocol.Slot> slots;
    private final Faults faults;
    private final SlotReader slotReader;

    ActionReader(TriggerReader values, Map<String, Protocol.Slot> slots, Faults faults, SlotReader slotReader) {
        this.values = values;
        this.slots = slots;
        this.faults = faults;
        this.slotReader = slotReader;
    }

    /** One action or several; none when one of them has a fault. */
    List<Trigger.Action> read(JsonNode node, String path, List<String> run) {
        if (!node.isArray()) {
            return action(node, path, run).map(List::of).orElse(List.of());
        }
        List<Trigger.Action> actions = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            action(node.get(i), Where.item(path, i), run).ifPresent(actions::add);
        }
        return actions.size() == node.size() ? actions : List.of();
    }

    private Optional<Trigger.Action> action(JsonNode node, String path, List<String> run) {
        if (!node.isObject()) {
            return Optional.empty();
        }
        Protocol.Slot named = slots.get(node.path("slot").asText(""));
        boolean scene = named != null && named.kind() == PluginKind.SCENE;
        Protocol.Slot target = values.slotOfKind(
                node.path("slot"), path + ".slot", scene ? PluginKind.SCENE : PluginKind.ACTUATOR, run);
        String name = node.path("action").asText("");
        if (target == null || name.isEmpty()) {
            return Optional.empty();
        }
        Map<String, ActionInfo> actions = new TreeMap<>();
        (scene ? dials(target) : target.ports().actions()).forEach(a -> actions.put(a.name(), a));
        ActionInfo action = actions.get(name);
        if (action == null) {
            faults.add(
                    path + ".action",
                    "slot '" + target.name() + "' (" + target.plugin() + ") cannot do '" + name + "'"
                            + Nearest.hint(name, actions.keySet()));
            return Optional.empty();
        }
        Map<String, Double> arguments = arguments(node.path("with"), action, scene, path + ".with");
        if (scene) {
            turned(target, arguments, path + ".with");
        }
        return Optional.of(new Trigger.Action(target.name(), name, arguments));
    }

    /** The dials of a scene are those of its ports that its parameters know, too. */
    private List<ActionInfo> dials(Protocol.Slot scene) {
        JsonNode known = slotReader.schema(scene.plugin()).path("properties");
        List<ArgumentInfo> dials = scene.ports().inputs().stream()
                .filter(p -> known.path(p.name()).has("minimum")
                        && known.path(p.name()).has("maximum"))
                .map(p -> new ArgumentInfo(
                        p.name(),
                        known.path(p.name()).path("x-unit").asText("1"),
                        known.path(p.name()).path("minimum").asDouble(),
                        known.path(p.name()).path("maximum").asDouble()))
                .toList();
        return dials.isEmpty() ? List.of() : List.of(new ActionInfo(Trigger.Action.DIAL, dials));
    }

    private void turned(Protocol.Slot scene, Map<String, Double> arguments, String path) {
        if (arguments.isEmpty()) {
            faults.add(path, "which dial of '" + scene.name() + "' is to move? Write e.g. with: {light: 0.8}");
        }
        arguments.keySet().stream()
                .filter(d -> !scene.features().getOrDefault(d, List.of()).isEmpty())
                .forEach(d -> faults.add(
                        Where.child(path, d),
                        "dial '" + d + "' of '" + scene.name() + "' is driven by "
                                + scene.features().get(d).get(0) + "; a trigger cannot move it besides"));
    }

    private Map<String, Double> arguments(JsonNode with, ActionInfo action, boolean some, String path) {
        Map<String, Double> arguments = new HashMap<>();
        Map<String, ArgumentInfo> known = new TreeMap<>();
        action.arguments().forEach(a -> known.put(a.name(), a));
        with.fieldNames().forEachRemaining(n -> {
            if (!known.containsKey(n)) {
                faults.add(
                        Where.child(path, n),
                        "action '" + action.name() + "' has no argument '" + n + "'" + Nearest.hint(n, known.keySet()));
            }
        });
        for (ArgumentInfo info : known.values()) {
            String at = Where.child(path, info.name());
            JsonNode given = with.path(info.name());
            if (given.isMissingNode() && some) {
                continue;
            }
            if (given.isMissingNode()) {
                faults.add(path, "action '" + action.name() + "' needs '" + info.name() + "', between " + range(info));
                continue;
            }
            OptionalDouble ofThreshold = ofThreshold(given, info, at);
            if (ofThreshold.isPresent()) {
                arguments.put(info.name() + Command.OF_THRESHOLD, ofThreshold.getAsDouble());
                continue;
            }
            OptionalDouble value = values.value(given, info.unit(), at, "'" + info.name() + "'");
            if (value.isPresent()
                    && !(value.getAsDouble() >= info.minimum() && value.getAsDouble() <= info.maximum())) {
                faults.add(
                        at,
                        "'" + info.name() + "' is " + given.asText() + ", but "
                                + (some ? "the dial goes" : "the device takes") + " between " + range(info));
            } else if (value.isPresent()) {
                arguments.put(info.name(), value.getAsDouble());
            }
        }
        return arguments;
    }

    /**
     * An intensity in percent of a threshold that is measured only in the session; empty when it is not given like that.
     * The gate makes the device's own percent of it.
     */
    private OptionalDouble ofThreshold(JsonNode given, ArgumentInfo info, String path) {
        if (!info.unit().equals(OF_MAXIMUM_OUTPUT) || !given.isTextual()) {
            return OptionalDouble.empty();
        }
        try {
            Quantity quantity = Quantity.parse(given.asText());
            if (!quantity.unit().equals(OF_RESTING_THRESHOLD)) {
                return OptionalDouble.empty();
            }
            double percent = quantity.value().doubleValue();
            if (percent <= 0 || percent > MOST_OF_THRESHOLD) {
                faults.add(
                        path,
                        "'" + info.name() + "' is " + given.asText() + "; write more than 0 and at most "
                                + number(MOST_OF_THRESHOLD) + " " + OF_RESTING_THRESHOLD);
            }
            return OptionalDouble.of(percent);
        } catch (UnitException e) {
            return OptionalDouble.empty(); // told where it is read in the device's unit
        }
    }

    private static String range(ArgumentInfo info) {
        String unit = Quantity.dimensionless(info.unit()) ? "" : " " + info.unit();
        return number(info.minimum()) + " and " + number(info.maximum()) + unit;
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
