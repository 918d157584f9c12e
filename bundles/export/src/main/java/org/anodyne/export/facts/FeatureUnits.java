package org.anodyne.export.facts;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.anodyne.plugin.PluginPorts.FeatureInfo;

/** Units of features: what the plan says that each slot publishes, with the units of the recorded streams put in. */
final class FeatureUnits {
    private final Map<String, Map<String, Object>> slots;
    private final List<StreamFacts> streams;

    /** @param slots what is known of each slot, as in {@link SessionFacts#slots} */
    FeatureUnits(Map<String, Map<String, Object>> slots, List<StreamFacts> streams) {
        this.slots = slots;
        this.streams = streams;
    }

    /** Unit by {@code slot/feature}, and by the names of the series; without those whose unit is not known. */
    Map<String, String> of(Collection<Series> recorded) {
        Map<String, String> units = new TreeMap<>();
        slots.forEach((slot, known) -> {
            if (known.get("publishes") instanceof List<?> features) {
                features.forEach(f -> {
                    if (f instanceof Map<?, ?> feature && feature.get("unit") instanceof String unit) {
                        String resolved = resolve(unit, known);
                        if (!resolved.isEmpty()) {
                            units.put(slot + "/" + feature.get("name"), resolved);
                        }
                    }
                });
            }
        });
        for (Series s : recorded) {
            int component = s.name().lastIndexOf('[');
            if (component > 0 && units.containsKey(s.name().substring(0, component))) {
                units.put(s.name(), units.get(s.name().substring(0, component)));
            }
        }
        return units;
    }

    private String resolve(String unit, Map<String, Object> slot) {
        if (!unit.contains(FeatureInfo.INPUT_UNIT)) {
            return unit;
        }
        String input = inputUnit(slot);
        boolean simple = input.chars().allMatch(Character::isLetter);
        return input.isEmpty() ? "" : unit.replace(FeatureInfo.INPUT_UNIT, simple ? input : "(" + input + ")");
    }

    /** The one unit of all channels of all connected streams; empty when there is none or more than one. */
    private String inputUnit(Map<String, Object> slot) {
        if (!(slot.get("streams") instanceof Map<?, ?> ports)) {
            return "";
        }
        List<String> units = ports.values().stream()
                .filter(List.class::isInstance)
                .flatMap(refs -> ((List<?>) refs).stream())
                .map(String::valueOf)
                .flatMap(ref -> streams.stream()
                        .filter(s ->
                                ref.equals(s.key().slot()) || ref.equals(s.key().name())))
                .flatMap(s -> s.info().channels().stream())
                .map(c -> c.unit())
                .distinct()
                .toList();
        return units.size() == 1 && !units.get(0).equals("a.u.") ? units.get(0) : "";
    }
}
