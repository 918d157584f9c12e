package org.anodyne.session.engine.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.anodyne.plugin.PluginPorts;

/**
 * Which items an outcome instrument asks, as far as that is known before it is made: one per feature it gives, and those
 * listed in its parameter {@code items} (by {@code id}).
 */
final class OutcomeItems {
    private OutcomeItems() {}

    static List<String> of(PluginPorts ports, Map<String, Object> parameters) {
        List<String> ids = new ArrayList<>();
        ports.features().forEach(f -> ids.add(f.name()));
        if (parameters.get("items") instanceof List<?> items) {
            for (Object item : items) {
                if (item instanceof Map<?, ?> map && map.get("id") instanceof String id) {
                    ids.add(id);
                } else if (item instanceof String id) {
                    ids.add(id);
                }
            }
        }
        return ids;
    }
}
