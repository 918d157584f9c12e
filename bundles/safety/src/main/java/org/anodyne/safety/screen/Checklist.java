package org.anodyne.safety.screen;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The questions that are asked before somebody is stimulated or is shown a world. Data, in {@code checklists/} of this bundle.
 *
 * @param modality kind of stimulation it is for
 * @param version raised whenever an item changes; answers to another version do not count
 * @param validDays how long answers hold
 * @param note what stands above the questions
 */
public record Checklist(String modality, int version, String title, int validDays, String note, List<Item> items) {
    /** The kinds of stimulation that have a checklist. */
    public static final List<String> MODALITIES = List.of("tms", "tes", "tens", "thermal", "vr");

    /** What an answer of "yes" comes to. */
    public enum Weight {
        /** Nobody may be stimulated; no decision changes that. */
        BLOCKS,
        /** A physician or the principal investigator decides and signs. */
        DECIDED
    }

    /**
     * A question that is answered with yes or no.
     *
     * @param yesIsFine whether it is the "no" that counts
     * @param light whether it is about light itself, so that it counts on any screen
     */
    public record Item(String id, String text, Weight weight, boolean yesIsFine, boolean light) {}

    /** The checklist of a kind of stimulation; empty when it has none. */
    public static Optional<Checklist> of(String modality) {
        String known = modality.equals("tdcs") || modality.equals("tacs") ? "tes" : modality;
        if (!MODALITIES.contains(known)) {
            return Optional.empty();
        }
        try (InputStream in = Checklist.class.getResourceAsStream("/checklists/" + known + ".json")) {
            JsonNode root = new ObjectMapper().readTree(in);
            List<Item> items = new ArrayList<>();
            for (JsonNode i : root.path("items")) {
                items.add(new Item(
                        i.path("id").asText(),
                        i.path("text").asText(),
                        i.path("weight").asText().equals("blocks") ? Weight.BLOCKS : Weight.DECIDED,
                        i.path("yesIsFine").asBoolean(),
                        i.path("light").asBoolean()));
            }
            return Optional.of(new Checklist(
                    known,
                    root.path("version").asInt(),
                    root.path("title").asText(),
                    root.path("validDays").asInt(),
                    root.path("note").asText(),
                    List.copyOf(items)));
        } catch (IOException e) {
            throw new UncheckedIOException("the checklist for " + known + " cannot be read", e);
        }
    }

    Optional<Item> item(String id) {
        return items.stream().filter(i -> i.id().equals(id)).findFirst();
    }

    /** As JSON values. */
    public Map<String, Object> facts() {
        List<Object> all = new ArrayList<>();
        for (Item i : items) {
            Map<String, Object> item = new LinkedHashMap<>();
            item.put("id", i.id);
            item.put("text", i.text);
            item.put("weight", i.weight == Weight.BLOCKS ? "blocks" : "decided");
            item.put("yesIsFine", i.yesIsFine);
            all.add(item);
        }
        return Map.of(
                "modality",
                modality,
                "version",
                (long) version,
                "title",
                title,
                "validDays",
                (long) validDays,
                "note",
                note,
                "items",
                all);
    }
}
