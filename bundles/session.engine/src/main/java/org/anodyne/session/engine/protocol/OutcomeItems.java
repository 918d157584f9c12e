package org.anodyne.session.engine.protocol;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anodyne.plugin.PluginPorts;

/**
 * Which items an outcome instrument asks, as far as that is known before it is made: one per feature whose only component
 * has the feature's own name, and those listed in its parameter {@code items} (by {@code id}). A feature with other
 * components is a score, made of answers and not asked.
 */
final class OutcomeItems {
    private OutcomeItems() {}

    static List<String> of(PluginPorts ports, Map<String, Object> parameters) {
        Set<String> ids = new LinkedHashSet<>();
        ports.features().stream()
                .filter(f -> f.components().equals(List.of(f.name())))
                .forEach(f -> ids.add(f.name()));
        if (parameters.get("items") instanceof List<?> items) {
            for (Object item : items) {
                if (item instanceof Map<?, ?> map && map.get("id") instanceof String id) {
                    ids.add(id);
                } else if (item instanceof String id) {
                    ids.add(id);
                }
            }
        }
        return List.copyOf(ids);
    }
}
