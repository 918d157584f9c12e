package org.anodyne.plugins.instruments.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anodyne.plugins.instruments.definition.Definition.Answer;
import org.anodyne.plugins.instruments.definition.Definition.Item;
import org.anodyne.plugins.instruments.definition.Library.Entry;

/**
 * A lab's wording of an instrument whose items and scoring are known here: because the wording may not be shipped, or in
 * another language. Items and scoring stay as they are.
 *
 * @param instrument whose wording it is
 * @param permission what the lab's right to use the wording rests on; goes into the record
 * @param answers wording of the answers, least first, for items without one of their own; may be empty
 */
record WordingFile(
        String instrument,
        String language,
        String permission,
        String instruction,
        List<String> answers,
        Map<String, Worded> items) {

    /** Wording of one item; what is empty is as for all. */
    record Worded(String text, String instruction, String minAnchor, String maxAnchor, List<String> answers) {}

    static WordingFile read(JsonNode file) throws DefinitionException {
        List<String> faults = new ArrayList<>();
        Fields f = new Fields(file, "", faults);
        if (f.whole("anodyneWording") != DefinitionReader.FORM) {
            f.fault("anodyneWording", "should be " + DefinitionReader.FORM);
        }
        Map<String, Worded> items = new LinkedHashMap<>();
        for (Fields i : f.objects("items")) {
            String id = i.text("id");
            Worded worded = new Worded(
                    i.text("text"),
                    i.textOr("instruction", ""),
                    i.textOr("minAnchor", ""),
                    i.textOr("maxAnchor", ""),
                    i.texts("answers"));
            i.done();
            if (items.put(id, worded) != null) {
                i.fault("id", "is that of another item, too: '" + id + "'");
            }
        }
        WordingFile wording = new WordingFile(
                f.text("instrument"),
                f.text("language"),
                f.text("permission"),
                f.textOr("instruction", ""),
                f.texts("answers"),
                items);
        f.done();
        if (!faults.isEmpty()) {
            throw new DefinitionException("wording", faults);
        }
        return wording;
    }

    /**
     * The instrument in this wording.
     *
     * @throws DefinitionException when the wording is not that of all its items, or of others
     */
    Entry into(Entry entry) throws DefinitionException {
        Definition definition = entry.definition();
        List<String> faults = new ArrayList<>();
        items.keySet().stream()
                .filter(id -> definition.item(id).isEmpty())
                .forEach(id -> faults.add("there is no item '" + id + "'"));
        ObjectNode document = entry.document().deepCopy();
        document.put("language", language);
        document.remove("instruction");
        if (!instruction.isEmpty()) {
            document.put("instruction", instruction);
        }
        ArrayNode lists = document.putArray("answers");
        document.path("items").forEach(node -> {
            ObjectNode item = (ObjectNode) node;
            Item known = definition.item(item.path("id").asText()).orElseThrow();
            Worded worded = items.get(known.id());
            if (worded == null) {
                faults.add("item '" + known.id() + "' is missing");
            } else {
                put(worded, known, item, lists, faults);
            }
        });
        ObjectNode source = document.putObject("wording");
        source.put("status", "lab");
        source.put("source", permission);
        if (!faults.isEmpty()) {
            throw new DefinitionException("wording of '" + instrument + "'", faults);
        }
        return new Entry(DefinitionReader.read(document), document);
    }

    private void put(Worded worded, Item known, ObjectNode item, ArrayNode lists, List<String> faults) {
        item.put("text", worded.text());
        set(item, "instruction", worded.instruction());
        set(item, "minAnchor", worded.minAnchor());
        set(item, "maxAnchor", worded.maxAnchor());
        List<String> texts = worded.answers().isEmpty() ? answers : worded.answers();
        if (known.inWords()) {
            if (!worded.answers().isEmpty()) {
                faults.add("item '" + known.id() + "' is answered in words; it has no answers to be worded");
            }
            return;
        }
        List<Answer> values = values(known);
        if (texts.isEmpty() && known.answers().isEmpty()) {
            return;
        }
        if (texts.size() != values.size()) {
            faults.add(
                    "item '" + known.id() + "' has " + values.size() + " answers, but " + texts.size() + " are worded");
            return;
        }
        String name = "of-" + known.id();
        ObjectNode list = lists.addObject();
        list.put("id", name);
        ArrayNode all = list.putArray("list");
        for (int i = 0; i < values.size(); i++) {
            ObjectNode answer = all.addObject();
            answer.put("value", values.get(i).value());
            if (values.get(i).counts() != values.get(i).value()) {
                answer.put("counts", values.get(i).counts());
            }
            answer.put("text", texts.get(i));
            set(answer, "code", values.get(i).code());
        }
        item.remove(List.of("min", "max", "step"));
        item.put("answers", name);
    }

    private static List<Answer> values(Item item) {
        if (!item.answers().isEmpty()) {
            return item.answers();
        }
        List<Answer> all = new ArrayList<>();
        long steps = Math.round((item.maximum() - item.minimum()) / item.step());
        for (long i = 0; i <= steps; i++) {
            double value = item.minimum() + i * item.step();
            all.add(new Answer(value, value, "", ""));
        }
        return all;
    }

    private static void set(ObjectNode node, String field, String text) {
        node.remove(field);
        if (!text.isEmpty()) {
            node.put(field, text);
        }
    }
}
