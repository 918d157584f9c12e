package org.anodyne.session.engine.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.anodyne.plugin.PluginPorts;

/**
 * Which items an outcome instrument asks, as far as that is known before it is made: those listed in its parameter
 * {@code items} (by {@code id}), else the names of the features it gives, one per item.
 */
final class OutcomeItems {
    private OutcomeItems() {}

    static List<String> of(PluginPorts ports, Map<String, Object> parameters) {
        List<String> ids = new ArrayList<>();
        if (parameters.get("items") instanceof List<?> items) {
            for (Object item : items) {
                if (item instanceof Map<?, ?> map && map.get("id") instanceof String id) {
                    ids.add(id);
                } else if (item instanceof String id) {
                    ids.add(id);
                }
            }
        }
        if (ids.isEmpty()) {
            ports.features().forEach(f -> ids.add(f.name()));
        }
        return ids;
    }
}
