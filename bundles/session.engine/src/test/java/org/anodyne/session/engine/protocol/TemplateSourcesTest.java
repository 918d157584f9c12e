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

    /** What says where a file's own value stands or what it means, and is no finding of anybody. */
    private static final Set<String> OF_THE_FILE =
            Set.of("which visit this is; see sessions.tsv", "the only one", "0 is direct current", "0 active, 1 sham");

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

    @ParameterizedTest
    @MethodSource("templates")
    void aVerifiedNumberStandsInASourceThatWasRead(Path template) throws IOException {
        YamlText yaml = YamlText.read(Files.readString(template));
        List<String> wrong = new ArrayList<>();
        for (NumberSource s : Sources.of(yaml.root())) {
            if (!s.verified() || OF_THE_FILE.contains(s.source())) {
                continue;
            }
            List<String> numbers = new ArrayList<>();
            collect(yaml.root(), "", numbers);
            for (String path : numbers.stream().filter(n -> covers(s.path(), n)).toList()) {
                String value = Sources.at(yaml.root(), path).asText();
                String unit = path.endsWith(".sessions") || path.endsWith(".frame") ? "sessions" : "";
                String why = TemplateLedger.in(folder()).objection(s.source(), List.of(value + " " + unit));
                if (!why.isEmpty()) {
                    wrong.add(path + " " + value + ": " + why);
                }
            }
        }
        assertEquals(List.of(), wrong, "is said to be verified");
    }

    @Test
    void aVerifiedRowOfAScheduleStandsInASourceThatWasRead() throws IOException {
        TemplateLedger ledger = TemplateLedger.in(folder());
        List<String> wrong = new ArrayList<>();
        int verified = 0;
        try (Stream<Path> folders = Files.list(folder()).filter(Files::isDirectory)) {
            for (Path f : folders.toList()) {
                List<String> schedule = Files.readAllLines(f.resolve("sessions.tsv"));
                for (String why : ledger.objections(schedule)) {
                    wrong.add(f.getFileName() + ": " + why);
                }
                verified += (int)
                        schedule.stream().filter(r -> r.endsWith("\ttrue")).count();
            }
        }
        assertEquals(List.of(), wrong, "is said to be verified");
        assertTrue(verified >= 56, "only " + verified + " rows are said to be verified: is the schedule read at all?");
    }

    @Test
    void theLedgerObjectsToWhatNoSourceStates() throws IOException {
        TemplateLedger ledger = TemplateLedger.in(folder());
        String head = "arm\tvisit\tweek\tsource\tverified";
        assertEquals(List.of(), ledger.objections(List.of(head, "a\t9\t4\tAshar 2022: as in the paper\ttrue")));
        assertEquals(List.of(), ledger.objections(List.of(head, "a\t10\t4\tAshar 2022: as in the paper\tfalse")));
        for (String row : List.of(
                "a\t10\t4\tAshar 2022: as in the paper\ttrue",
                "a\t9\t5\tAshar 2022: as in the paper\ttrue",
                "a\t9\t4\tAshar 2022; the spacing is ours\ttrue",
                "a\t9\t4\tsomebody\ttrue",
                "a\t15\t22\tAttal 2021: 15 sessions in 22 weeks\ttrue")) {
            assertEquals(1, ledger.objections(List.of(head, row)).size(), row);
        }
        // A band counts by its ends, a range by all that lies within.
        assertEquals("", ledger.objection("Al-Taleb 2019", List.of("9 Hz", "12 Hz", "25 min")));
        assertFalse(ledger.objection("Al-Taleb 2019", List.of("10 Hz")).isEmpty());
        assertFalse(ledger.objection("Al-Taleb 2019", List.of("35 min")).isEmpty());
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
