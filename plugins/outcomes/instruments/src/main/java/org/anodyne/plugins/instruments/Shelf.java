package org.anodyne.plugins.instruments;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anodyne.plugin.outcome.InstrumentShelf;
import org.anodyne.plugins.instruments.definition.Definition;
import org.anodyne.plugins.instruments.definition.DefinitionException;
import org.anodyne.plugins.instruments.definition.Library;
import org.anodyne.plugins.instruments.definition.Library.Entry;
import org.anodyne.plugins.instruments.scoring.Scoring;
import org.osgi.service.component.annotations.Component;

/** The instruments of this plug-in for those who fill them in outside a session. Thread: any. */
@Component
public final class Shelf implements InstrumentShelf {
    @Override
    public List<Listed> list(List<Path> files) {
        Library library = library(files);
        List<Listed> all = new ArrayList<>();
        for (String id : library.ids()) {
            Definition d = entry(library, id).definition();
            all.add(new Listed(d.id(), d.title(), d.version(), d.language(), d.worded(), d.byStaff()));
        }
        return all;
    }

    @Override
    public Map<String, Object> instrument(String id, List<Path> files) {
        return Told.instrument(entry(library(files), id).document());
    }

    @Override
    public Map<String, Object> score(String id, List<Path> files, Map<String, Object> answers) {
        Definition d = entry(library(files), id).definition();
        Map<String, Double> numbers = new LinkedHashMap<>();
        Set<String> written = new LinkedHashSet<>();
        List<String> faults = new ArrayList<>();
        answers.forEach((item, given) -> {
            if (given instanceof Number n) {
                numbers.put(item, n.doubleValue());
                return;
            }
            String objection = d.item(item)
                    .map(i -> given instanceof String words ? i.objection(words) : "it takes a number or words")
                    .orElse("there is no such item");
            if (objection.isEmpty()) {
                written.add(item);
            } else {
                faults.add("item '" + item + "': " + objection);
            }
        });
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException("answers to '" + id + "' cannot be taken: " + String.join("; ", faults));
        }
        // What it is compared with is for whoever sees several visits together.
        return Told.scored(d, numbers, written, Scoring.score(d, numbers), Map.of());
    }

    @Override
    public List<Map<String, Object>> alerts(String id, List<Path> files, Map<String, Object> answers) {
        Definition d = entry(library(files), id).definition();
        List<Map<String, Object>> all = new ArrayList<>();
        for (Definition.Item item : d.items()) {
            if (answers.get(item.id()) instanceof Number n) {
                Told.alert(d, item, item.id(), n.doubleValue()).ifPresent(all::add);
            }
        }
        return all;
    }

    private static Library library(List<Path> files) {
        try {
            return Library.with(files);
        } catch (DefinitionException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static Entry entry(Library library, String id) {
        try {
            return library.get(id);
        } catch (DefinitionException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
