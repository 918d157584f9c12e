package org.anodyne.session.engine.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.anodyne.host.InstalledPlugin;
import org.anodyne.host.PluginRegistry;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.PluginException;

/**
 * Reads the parameters of slots: each against the plug-in's schema, then all together by the plug-in itself. What a phase
 * overrides is held to both, too. Thread: one.
 */
final class SlotParameters {
    private final PluginRegistry registry;
    private final Faults faults;
    private final Set<String> phases;
    private final Path folder;

    /**
     * @param phases ids of the protocol's phases
     * @param folder that files named in parameters are relative to
     */
    SlotParameters(PluginRegistry registry, Faults faults, Set<String> phases, Path folder) {
        this.registry = registry;
        this.faults = faults;
        this.phases = phases;
        this.folder = folder;
    }

    /** What a slot sets, with defaults; empty when there are faults, which are told. */
    Optional<Map<String, Object>> read(InstalledPlugin plugin, JsonNode given, String path) {
        try {
            return reader(plugin).read(given, path).filter(whole -> fits(plugin, whole, path));
        } catch (IllegalArgumentException e) {
            faults.add(path, "the parameter schema of plug-in '" + plugin.id() + "' is broken: " + e.getMessage());
            return Optional.empty();
        }
    }

    /** What a phase sets for a slot, that alone; empty when there are faults, which are told. */
    Optional<Map<String, Object>> override(Protocol.Slot slot, JsonNode given, String path) {
        InstalledPlugin plugin = registry.find(slot.plugin()).orElseThrow();
        return reader(plugin).override(given, slot.parameters(), path).filter(over -> {
            Map<String, Object> whole = new HashMap<>(slot.parameters());
            whole.putAll(over);
            return fits(plugin, whole, path);
        });
    }

    /**
     * A slot's own parameters with others put over them.
     *
     * @param over by the path at which they stand, in the order in which they are put over each other
     * @return all of the slot; empty when there are faults, which are told
     */
    Optional<Map<String, Object>> choose(InstalledPlugin plugin, Map<String, Object> own, Map<String, JsonNode> over) {
        String last = List.copyOf(over.keySet()).get(over.size() - 1);
        return reader(plugin).choose(over, own).filter(whole -> fits(plugin, whole, last));
    }

    private ParameterReader reader(InstalledPlugin plugin) {
        return new ParameterReader(plugin.id(), plugin.schema(), faults, phases, folder);
    }

    private boolean fits(InstalledPlugin plugin, Map<String, Object> parameters, String path) {
        try {
            plugin.check(new Parameters(parameters));
            return true;
        } catch (PluginException e) {
            faults.add(path, e.getMessage());
        } catch (RuntimeException e) {
            faults.add(path, "plug-in '" + plugin.id() + "' cannot work with these parameters: " + e.getMessage());
        }
        return false;
    }
}
