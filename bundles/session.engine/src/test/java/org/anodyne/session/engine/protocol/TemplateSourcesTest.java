package org.anodyne.session.engine.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.anodyne.session.SessionEngine.NumberSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every number of every template in docs/protocols has a source or is said to have none, and every source is of something there. */
class TemplateSourcesTest {
    /** A number, or one with its unit: {@code 2 min}, {@code 80 %RMT}; {@code "11"} as a frame. */
    private static final Pattern NUMBER = Pattern.compile("[0-9]+(\\.[0-9]+)?( *[A-Za-z%/^0-9]+)?");

    /** What is no number of a design: the format, the seed, and the signals that stand for an amplifier in a rehearsal. */
    private static final Set<String> NOT_OF_THE_DESIGN = Set.of("anodyne", "seed", "sources", "slots.eeg", "slots.eda");

    private static Path folder() {
        for (Path p = Path.of("").toAbsolutePath(); p != null; p = p.getParent()) {
            if (Files.isDirectory(p.resolve("docs/protocols"))) {
                return p.resolve("docs/protocols");
            }
        }
        throw new IllegalStateException("this test runs below the checkout");
    }

    static List<Path> templates() throws IOException {
        try (Stream<Path> all = Files.walk(folder(), 2)) {
            return all.filter(p -> p.toString().endsWith(".yaml")).sorted().toList();
        }
    }

    @Test
    void everyFolderHasItsFilesItsScheduleAndItsPage() throws IOException {
        assertEquals(20, templates().size());
        try (Stream<Path> folders = Files.list(folder()).filter(Files::isDirectory)) {
            List<Path> all = folders.toList();
            assertEquals(9, all.size());
            String index = Files.readString(folder().resolve("README.md"));
            for (Path f : all) {
                assertTrue(Files.isRegularFile(f.resolve("README.md")), f + " has no README.md");
                assertTrue(index.contains(f.getFileName() + "/README.md"), f + " is not in the index");
                List<String> schedule = Files.readAllLines(f.resolve("sessions.tsv"));
                assertTrue(schedule.get(0).endsWith("source\tverified"), f.toString());
                int cells = schedule.get(0).split("\t").length;
                for (String row : schedule.subList(1, schedule.size())) {
                    assertEquals(cells, row.split("\t").length, f + ": " + row);
                    assertTrue(row.endsWith("\ttrue") || row.endsWith("\tfalse"), f + ": " + row);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("templates")
    void everyNumberHasASourceAndEverySourceIsOfSomething(Path template) throws IOException {
        YamlText yaml = YamlText.read(Files.readString(template));
        Faults faults = new Faults(yaml.lines());
        new Sources(yaml.root(), faults).check();
        assertEquals(List.of(), faults.sorted());
        List<NumberSource> sources = Sources.of(yaml.root());
        assertFalse(sources.isEmpty());
        List<String> numbers = new ArrayList<>();
        collect(yaml.root(), "", numbers);
        assertFalse(numbers.isEmpty());
        List<String> open = numbers.stream()
                .filter(n -> sources.stream().noneMatch(s -> covers(s.path(), n)))
                .toList();
        assertEquals(List.of(), open, "numbers without a source, not even one that says that there is none");
    }

    private static boolean covers(String path, String number) {
        return number.equals(path) || number.startsWith(path + ".") || number.startsWith(path + "[");
    }

    /** Paths of numbers, with entries of lists by their id where they have one. */
    private static void collect(JsonNode node, String path, List<String> into) {
        if (NOT_OF_THE_DESIGN.contains(path)) {
            return;
        }
        if (node.isObject()) {
            node.properties().forEach(e -> collect(e.getValue(), Where.child(path, e.getKey()), into));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                String id = node.get(i).path("id").asText();
                collect(node.get(i), path + "[" + (id.isEmpty() ? i : id) + "]", into);
            }
        } else {
            boolean name = path.endsWith(".id") || path.endsWith("title") || path.endsWith("description");
            if (!name && NUMBER.matcher(node.asText()).matches()) {
                into.add(path);
            }
        }
    }
}
