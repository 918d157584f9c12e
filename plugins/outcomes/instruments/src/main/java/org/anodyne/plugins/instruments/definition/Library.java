package org.anodyne.plugins.instruments.definition;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The instruments that there are: those that are shipped, and a lab's own files besides. Immutable. */
public final class Library {
    /** More than any questionnaire; a file that is greater is another file. */
    private static final long MOST_BYTES = 1 << 20;

    /** Names of the instruments that are shipped, each in a file of that name. */
    public static final List<String> SHIPPED = List.of(
            "adverse-event-report",
            "adverse-events",
            "blinding-guess",
            "bpi-sf",
            "concomitant-medication",
            "credibility-expectancy",
            "csq-vr",
            "dass-21",
            "eq-5d-5l",
            "fiqr",
            "gad-2",
            "gad-7",
            "hads",
            "ipq",
            "npsi",
            "nrs",
            "nrs-week",
            "odi",
            "opioid-dose",
            "pcl-5",
            "pcs",
            "peg",
            "pgic",
            "phq-15",
            "phq-2",
            "phq-4",
            "phq-9",
            "promis-pi-6b",
            "pseq",
            "rand-36",
            "rmdq",
            "sf-mpq-2",
            "siqr",
            "ssq",
            "sus",
            "tsk-11",
            "tsk-17",
            "vas");

    private static final ObjectReader READER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build()
            .readerFor(JsonNode.class);

    private final Map<String, Entry> own;

    /**
     * An instrument.
     *
     * @param document the file it was read from, a lab's wording put in
     */
    public record Entry(Definition definition, JsonNode document) {}

    private Library(Map<String, Entry> own) {
        this.own = own;
    }

    /**
     * The shipped instruments and those of some files: an instrument each, or the wording of one that is shipped or stands in
     * a file before.
     *
     * @throws DefinitionException when a file cannot be used; the reason names it
     */
    public static Library with(List<Path> files) throws DefinitionException {
        Library library = new Library(new LinkedHashMap<>());
        for (Path file : files) {
            library.add(file);
        }
        return library;
    }

    private void add(Path file) throws DefinitionException {
        JsonNode document = read(file);
        try {
            if (document.has("anodyneWording")) {
                WordingFile wording = WordingFile.read(document);
                Entry worded = wording.into(get(wording.instrument()));
                own.put(worded.definition().id(), worded);
                return;
            }
            Definition definition = DefinitionReader.read(document);
            if (SHIPPED.contains(definition.id()) || own.containsKey(definition.id())) {
                throw new DefinitionException(
                        "instrument '" + definition.id() + "'",
                        List.of("there is one of this name already; choose another id, or give its wording alone"));
            }
            own.put(definition.id(), new Entry(definition, document));
        } catch (DefinitionException e) {
            throw new DefinitionException(file + ": " + e.getMessage(), e);
        }
    }

    /** Ids of all instruments, in order. */
    public Set<String> ids() {
        TreeSet<String> all = new TreeSet<>(SHIPPED);
        all.addAll(own.keySet());
        return all;
    }

    /**
     * An instrument by its id.
     *
     * @throws DefinitionException when there is none
     */
    public Entry get(String id) throws DefinitionException {
        Entry entry = own.get(id);
        if (entry != null) {
            return entry;
        }
        if (!SHIPPED.contains(id)) {
            throw new DefinitionException(
                    "instrument '" + id + "'",
                    List.of("there is none of this name; there is " + String.join(", ", ids())));
        }
        try (InputStream in = Library.class.getResourceAsStream("/instruments/" + id + ".json")) {
            JsonNode document = READER.readValue(in);
            return new Entry(DefinitionReader.read(document), document);
        } catch (IOException e) {
            throw new IllegalStateException("a shipped instrument cannot be read: " + id, e);
        }
    }

    private static JsonNode read(Path file) throws DefinitionException {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new DefinitionException(
                        file.toString(), List.of("is greater than 1 MiB and no instrument; name another file"));
            }
            return READER.readValue(Files.readAllBytes(file));
        } catch (JsonProcessingException e) {
            String where =
                    e.getLocation() == null ? "" : " in line " + e.getLocation().getLineNr();
            throw new DefinitionException(file + " is no JSON" + where + ": " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new DefinitionException(
                    file + " cannot be read (" + e.getClass().getSimpleName() + "); name a file that is there", e);
        }
    }
}
