package org.anodyne.plugins.instruments;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugins.instruments.definition.Definition;
import org.anodyne.plugins.instruments.definition.DefinitionException;
import org.anodyne.plugins.instruments.definition.Library;
import org.anodyne.plugins.instruments.definition.Library.Entry;
import org.anodyne.plugins.instruments.definition.Scale;

/**
 * What the parameters of a slot choose.
 *
 * @param baselines scores to compare with, by instrument and scale
 */
record Chosen(List<Entry> entries, Map<String, Map<String, Double>> baselines) {

    /**
     * Reads the parameters, and the files that they name.
     *
     * @throws DefinitionException when one of them cannot be used
     */
    static Chosen of(Parameters parameters) throws DefinitionException {
        List<Path> files = new ArrayList<>();
        for (Object file : parameters.list("files")) {
            try {
                files.add(Path.of(String.valueOf(file)));
            } catch (InvalidPathException e) {
                throw new DefinitionException("'" + file + "' is no name of a file", e);
            }
        }
        Library library = Library.with(files);
        List<Entry> entries = new ArrayList<>();
        for (Object id : parameters.list("instruments")) {
            entries.add(worded(library.get(String.valueOf(id))));
        }
        Map<String, Map<String, Double>> baselines = new HashMap<>();
        for (Map.Entry<String, Object> e : parameters.object("baselines").entrySet()) {
            Entry of = entries.stream()
                    .filter(x -> x.definition().id().equals(e.getKey()))
                    .findFirst()
                    .orElseThrow(() -> wrong(e.getKey(), "is none of the slot's instruments"));
            baselines.put(e.getKey(), baseline(of.definition(), (Map<?, ?>) e.getValue()));
        }
        return new Chosen(List.copyOf(entries), baselines);
    }

    private static Entry worded(Entry entry) throws DefinitionException {
        Definition d = entry.definition();
        if (!d.worded()) {
            throw new DefinitionException(
                    "the wording of '" + d.id() + "' is not shipped ("
                            + d.licence().evidence() + "). "
                            + d.licence().notice()
                            + " Then write the wording into a file and name it in 'files', see docs/instruments.md",
                    null);
        }
        return entry;
    }

    private static Map<String, Double> baseline(Definition d, Map<?, ?> given) throws DefinitionException {
        Map<String, Double> all = new HashMap<>();
        for (Map.Entry<?, ?> e : given.entrySet()) {
            String id = String.valueOf(e.getKey());
            Scale scale = d.scale(id).orElseThrow(() -> wrong(d.id() + "." + id, "is no scale of it"));
            double value = ((Number) e.getValue()).doubleValue();
            if (!(value >= scale.minimum() && value <= scale.maximum())) {
                throw wrong(
                        d.id() + "." + id,
                        "is " + value + ", but the scale goes from " + scale.minimum() + " to " + scale.maximum());
            }
            all.put(id, value);
        }
        return all;
    }

    private static DefinitionException wrong(String where, String what) {
        return new DefinitionException("parameter 'baselines': '" + where + "' " + what, null);
    }
}
