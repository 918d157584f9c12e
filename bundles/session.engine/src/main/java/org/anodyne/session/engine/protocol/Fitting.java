package org.anodyne.session.engine.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.anodyne.host.InstalledPlugin;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.PluginKind;
import org.anodyne.plugin.PluginPorts;

/**
 * Which installed plug-ins a slot can be meant for whose plug-in is not there: those of a kind that a plug-in with the slot's
 * parameters and inputs has. A protocol does not write a slot's kind; what else it writes about the slot tells.
 */
final class Fitting {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Fitting() {}

    /** {@code ; what fits this slot: display (display), island (scene) …}; by kind, none left out. */
    static String hint(JsonNode slot, Collection<InstalledPlugin> installed) {
        List<InstalledPlugin> available = installed.stream()
                .filter(p -> p.state() == InstalledPlugin.State.AVAILABLE)
                .toList();
        Set<PluginKind> kinds = new HashSet<>();
        available.stream().filter(fits(slot)).forEach(p -> kinds.add(p.kind()));
        Map<PluginKind, Set<String>> byKind = new TreeMap<>();
        available.stream()
                .filter(p -> kinds.isEmpty() || kinds.contains(p.kind()))
                .forEach(p ->
                        byKind.computeIfAbsent(p.kind(), k -> new TreeSet<>()).add(p.id()));
        if (byKind.isEmpty()) {
            return "";
        }
        List<String> told = new ArrayList<>();
        byKind.forEach((kind, ids) ->
                told.add(kind.name().toLowerCase(Locale.ROOT).replace('_', ' ') + ": " + String.join(", ", ids)));
        return "; there is, by what " + (kinds.isEmpty() ? "it does, " : "fits this slot, ") + String.join("; ", told);
    }

    private static Predicate<InstalledPlugin> fits(JsonNode slot) {
        Set<String> parameters = names(slot.path("parameters"));
        Set<String> inputs = names(slot.path("inputs"));
        return p -> takesParameters(p, parameters) && takesInputs(p, inputs);
    }

    private static Set<String> names(JsonNode node) {
        Set<String> names = new HashSet<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static boolean takesParameters(InstalledPlugin plugin, Set<String> names) {
        try {
            JsonNode schema = JSON.readTree(plugin.schema());
            return names(schema.path("properties")).containsAll(names);
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    /** Also that it needs none that is not written. */
    private static boolean takesInputs(InstalledPlugin plugin, Set<String> names) {
        PluginPorts ports;
        try {
            ports = plugin.ports(new Parameters(Map.of()));
        } catch (RuntimeException e) {
            return !names.isEmpty(); // its ports depend on parameters; only what takes something has such
        }
        Set<String> known = new HashSet<>();
        ports.inputs().forEach(i -> known.add(i.name()));
        boolean enough = ports.inputs().stream().allMatch(i -> !i.required() || names.contains(i.name()));
        return enough && known.containsAll(names);
    }
}
