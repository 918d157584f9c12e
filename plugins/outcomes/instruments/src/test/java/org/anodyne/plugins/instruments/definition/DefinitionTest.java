package org.anodyne.plugins.instruments.definition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shipped files, the published schema, and what is refused. */
class DefinitionTest {
    private static final Path FILES = Path.of("src/main/resources/instruments");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Schema SCHEMA = SchemaRegistry.withDialect(
                    Dialects.getDraft202012(), b -> b.schemaLoader(l -> l.block(iri -> true)))
            .getSchema(tree(Path.of("../../../docs/instrument.schema.json")));

    @TempDir
    Path folder;

    private static JsonNode tree(Path file) {
        try {
            return JSON.readTree(Files.readString(file));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ObjectNode shipped(String id) {
        return (ObjectNode) tree(FILES.resolve(id + ".json"));
    }

    @Test
    void theListOfShippedInstrumentsIsThatOfTheFiles() throws IOException {
        try (Stream<Path> files = Files.list(FILES)) {
            Set<String> there = files.map(f -> f.getFileName().toString().replace(".json", ""))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertEquals(there, new TreeSet<>(Library.SHIPPED));
        }
    }

    @Test
    void everyShippedFileKeepsToTheSchemaAndIsRead() throws Exception {
        for (String id : Library.SHIPPED) {
            assertEquals(List.of(), List.copyOf(SCHEMA.validate(shipped(id))), id);
            assertEquals(id, Library.with(List.of()).get(id).definition().id());
        }
    }

    /** Owners are asked first; what nobody has evidence for is not handed on. */
    @Test
    void nothingIsWordedThatMayNotBeShipped() throws Exception {
        for (String id : Library.SHIPPED) {
            Definition d = Library.with(List.of()).get(id).definition();
            boolean open = Set.of("own", "free", "open").contains(d.licence().status());
            assertEquals(open, d.licence().shipText(), id);
            assertTrue(open || d.items().stream().allMatch(i -> i.text().isEmpty()), id);
            assertTrue(!d.worded() || open, id);
            assertTrue(
                    Set.of("own").contains(d.licence().status())
                            || !d.worded()
                            || !d.licence().attribution().isEmpty(),
                    id);
        }
    }

    private static final Map<String, Consumer<ObjectNode>> FORM = new LinkedHashMap<>();
    private static final Map<String, Consumer<ObjectNode>> MEANING = new LinkedHashMap<>();

    static {
        FORM.put("a field that is not known", d -> d.put("colour", "red"));
        FORM.put("no licence", d -> d.remove("licence"));
        FORM.put("another version", d -> d.put("anodyneInstrument", 2));
        FORM.put("an id with a slash", d -> d.put("id", "a/b"));
        FORM.put("somebody else who fills it in", d -> d.put("filledBy", "the dog"));
        FORM.put("no items", d -> d.putArray("items"));
        FORM.put("an item with range and answers", d -> item(d, 0).put("min", 0));
        FORM.put("a text as range", d -> item(d, 0).put("max", "3"));
        FORM.put("a rule that is not known", d -> ((ObjectNode) scale(d).get("missing")).put("rule", "guess"));
        FORM.put("prorating without a number", d -> ((ObjectNode) scale(d).get("missing")).remove("minAnswered"));
        FORM.put("a number for a rule without", d -> ((ObjectNode) scale(d).get("missing")).put("rule", "all"));
        FORM.put("nothing said of verification", d -> scale(d).remove("verified"));
        FORM.put("change of nothing", d -> ((ObjectNode) scale(d).get("change").get(0)).put("absolute", 0));
        FORM.put("an answer that counts a text", d -> answer(d).put("counts", "1"));
        FORM.put("a range for an answer in words", d -> item(d, 0).put("longest", 10));
        FORM.put("no character at all", d -> words(d).put("longest", 0));
        FORM.put("more than anybody writes", d -> words(d).put("longest", 4001));
        FORM.put("words turned round", d -> words(d).put("reverse", true));
        MEANING.put("a scale of words", d -> words(d));
        MEANING.put("answers that are recoded and reversed", d -> {
            answer(d).put("counts", 3);
            item(d, 0).put("reverse", true);
        });
        MEANING.put("an item twice", d -> item(d, 1).put("id", "1"));
        MEANING.put("answers that are not there", d -> item(d, 0).put("answers", "often"));
        MEANING.put(
                "a scale of an item that is not there",
                d -> ((com.fasterxml.jackson.databind.node.ArrayNode) scale(d).get("items")).set(0, "99"));
        MEANING.put("another range", d -> scale(d).put("max", 28));
        MEANING.put("more answers than items", d -> ((ObjectNode) scale(d).get("missing")).put("minAnswered", 10));
        MEANING.put(
                "bands that begin later",
                d -> ((ObjectNode) scale(d).get("bands").get("list").get(0)).put("from", 1));
        MEANING.put(
                "bands out of order",
                d -> ((ObjectNode) scale(d).get("bands").get("list").get(1)).put("from", 25));
        MEANING.put("a wording that is partly missing", d -> item(d, 0).remove("text"));
        MEANING.put("a wording that may not be shipped", d -> ((ObjectNode) d.get("licence")).put("shipText", false));
        MEANING.put(
                "answers out of order",
                d -> ((ObjectNode) d.get("answers").get(0).get("list").get(0)).put("value", 9));
        MEANING.put("division by nothing", d -> scale(d).putObject("transform").put("divide", 0));
    }

    private static ObjectNode item(ObjectNode d, int index) {
        return (ObjectNode) d.get("items").get(index);
    }

    private static ObjectNode answer(ObjectNode d) {
        return (ObjectNode) d.get("answers").get(0).get("list").get(0);
    }

    /** Its first item, made one that is answered in words. */
    private static ObjectNode words(ObjectNode d) {
        item(d, 0).remove("answers");
        return item(d, 0).put("longest", 100);
    }

    private static ObjectNode scale(ObjectNode d) {
        return (ObjectNode) d.get("scales").get(0);
    }

    @Test
    void whatIsWrongInFormIsRefusedByTheSchemaAndByTheReader() {
        FORM.forEach((what, wrong) -> {
            ObjectNode d = shipped("phq-9");
            wrong.accept(d);
            assertFalse(SCHEMA.validate(d).isEmpty(), "the schema takes " + what);
            assertThrows(DefinitionException.class, () -> DefinitionReader.read(d), "the reader takes " + what);
        });
    }

    @Test
    void whatIsWrongInMeaningIsRefusedByTheReader() {
        MEANING.forEach((what, wrong) -> {
            ObjectNode d = shipped("phq-9");
            wrong.accept(d);
            assertThrows(DefinitionException.class, () -> DefinitionReader.read(d), "the reader takes " + what);
        });
    }

    @Test
    void aTableHasToHoldAScoreForEveryRawValue() {
        ObjectNode d = shipped("promis-pi-6b");
        ((com.fasterxml.jackson.databind.node.ArrayNode) scale(d).get("lookup").get("scores")).remove(24);
        assertThrows(DefinitionException.class, () -> DefinitionReader.read(d));
    }

    @Test
    void allFaultsAreToldAtOnceWithTheirPlaces() {
        ObjectNode d = shipped("phq-9");
        scale(d).put("max", 28);
        item(d, 2).put("colour", "red");
        String message = assertThrows(DefinitionException.class, () -> DefinitionReader.read(d))
                .getMessage();
        assertTrue(message.contains("scales[0].min") && message.contains("27.0"), message);
        assertTrue(message.contains("items[2].colour"), message);
    }

    // --- a lab's files

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static String wording(String instrument, String more, String... items) {
        StringBuilder all = new StringBuilder();
        for (String item : items) {
            all.append(all.isEmpty() ? "" : ", ").append(item);
        }
        return "{\"anodyneWording\": 1, \"instrument\": \"" + instrument
                + "\", \"language\": \"de\", \"permission\": \"none needed\"" + more + ", \"items\": [" + all + "]}";
    }

    private static String text(String id) {
        return "{\"id\": \"" + id + "\", \"text\": \"Frage " + id + "\"}";
    }

    private String refused(Path... files) {
        return assertThrows(DefinitionException.class, () -> Library.with(List.of(files)))
                .getMessage();
    }

    @Test
    void aTranslationKeepsItemsScoringAndCodes() throws Exception {
        String answers = ", \"answers\": [\"Gar nicht\", \"Manchmal\", \"Oft\", \"Immer\"]";
        Path file = file("gad2.json", wording("gad-2", answers, text("1"), text("2")));
        assertEquals(List.of(), List.copyOf(SCHEMA.validate(tree(file))));
        Definition d = Library.with(List.of(file)).get("gad-2").definition();
        assertEquals("de", d.language());
        assertEquals("lab", d.wording().status());
        assertEquals("Frage 2", d.items().get(1).text());
        assertEquals("", d.items().get(0).instruction());
        assertEquals(
                new Definition.Answer(2, 2, "Oft", "LA6570-1"),
                d.items().get(0).answers().get(2));
        assertEquals(
                shipped("gad-2").get("scales"),
                Library.with(List.of(file)).get("gad-2").document().get("scales"));
    }

    @Test
    void aTranslationKeepsWhatAnswersCountAndLeavesWordsToThePerson() throws Exception {
        String items = Library.with(List.of()).get("rand-36").definition().items().stream()
                .map(i -> "{\"id\": \"" + i.id() + "\", \"text\": \"Frage\", \"answers\": ["
                        + i.answers().stream().map(a -> "\"Antwort\"").collect(Collectors.joining(", ")) + "]}")
                .collect(Collectors.joining(", "));
        Definition rand = Library.with(List.of(file("rand.json", wording("rand-36", "", items))))
                .get("rand-36")
                .definition();
        assertEquals(
                new Definition.Answer(3, 50, "Antwort", ""),
                rand.items().get(0).answers().get(2));
        String report = Library.with(List.of()).get("adverse-event-report").definition().items().stream()
                .map(i -> "{\"id\": \"" + i.id() + "\", \"text\": \"Frage\", \"answers\": ["
                        + i.answers().stream().map(a -> "\"Antwort\"").collect(Collectors.joining(", ")) + "]}")
                .collect(Collectors.joining(", "));
        Definition event = Library.with(List.of(file(
                        "report.json",
                        wording("adverse-event-report", "", report).replace(", \"answers\": []", ""))))
                .get("adverse-event-report")
                .definition();
        assertEquals(200, event.items().get(0).longest());
        String answers = wording("adverse-event-report", "", report).replace("[]", "[\"a\", \"b\"]");
        assertTrue(refused(file("words.json", answers)).contains("answered in words"));
    }

    @Test
    void aWordingOfOtherItemsOrAnswersIsRefusedAndItsFileNamed() throws Exception {
        assertTrue(refused(file("a.json", wording("gad-2", "", text("1")))).contains("a.json"));
        assertTrue(refused(file("b.json", wording("gad-2", "", text("1"), text("2"), text("3"))))
                .contains("'3'"));
        String few = ", \"answers\": [\"Nein\", \"Ja\"]";
        assertTrue(refused(file("c.json", wording("gad-2", few, text("1"), text("2"))))
                .contains("4 answers"));
        assertTrue(refused(file("d.json", wording("gad-3", "", text("1")))).contains("gad-3"));
        String rude = wording("gad-2", ", \"colour\": \"red\"", text("1"), text("2"));
        assertTrue(refused(file("e.json", rude)).contains("colour"));
    }

    @Test
    void aLabsOwnInstrumentIsTakenUnlessItsNameIsThere() throws Exception {
        ObjectNode own = shipped("phq-2");
        assertTrue(refused(file("same.json", own.toString())).contains("already"));
        own.put("id", "our-own");
        Path file = file("own.json", own.toString());
        assertEquals(
                2,
                Library.with(List.of(file)).get("our-own").definition().items().size());
        assertTrue(refused(file, file("again.json", own.toString())).contains("already"));
        assertTrue(refused(file("no.json", "{\"id\": ")).contains("no JSON in line 1"));
        assertTrue(refused(file("twice.json", "{\"id\": 1, \"id\": 2}")).contains("no JSON"));
        assertTrue(refused(file("two.json", own + "{}")).contains("no JSON"));
        assertTrue(refused(file("big.json", " ".repeat((1 << 20) + 1))).contains("1 MiB"));
        assertTrue(refused(folder).contains("cannot be read"));
    }
}
