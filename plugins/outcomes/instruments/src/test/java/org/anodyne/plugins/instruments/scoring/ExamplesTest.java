package org.anodyne.plugins.instruments.scoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.anodyne.plugins.instruments.definition.Definition;
import org.anodyne.plugins.instruments.definition.Library;
import org.anodyne.plugins.instruments.scoring.Scoring.Scored;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every shipped instrument against examples that were computed by hand. */
class ExamplesTest {
    private static final Pattern SCORE = Pattern.compile("([a-z0-9-]+)=(-|[0-9.]+)(?::([a-z ,-]*[a-z]))?(?= |$)");

    private static Definition shipped(String id) {
        try {
            return Library.with(List.of()).get(id).definition();
        } catch (org.anodyne.plugins.instruments.definition.DefinitionException e) {
            throw new IllegalStateException(e);
        }
    }

    static List<String> examples() throws IOException {
        try (InputStream in = ExamplesTest.class.getResourceAsStream("examples.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(l -> !l.startsWith("#"))
                    .toList();
        }
    }

    private static Map<String, Double> answers(String text) {
        Map<String, Double> answers = new LinkedHashMap<>();
        for (String pair : text.strip().split("\\s+")) {
            if (!pair.isEmpty()) {
                String[] parts = pair.split("=");
                answers.put(parts[0], Double.valueOf(parts[1]));
            }
        }
        return answers;
    }

    @ParameterizedTest
    @MethodSource("examples")
    void scoresAreThoseComputedByHand(String line) {
        String[] parts = line.split("\\|", -1);
        Definition definition = shipped(parts[0].strip());
        Scored scored = Scoring.score(definition, answers(parts[1]));
        List<String> seen = new ArrayList<>();
        Matcher m = SCORE.matcher(parts[2].strip());
        while (m.find()) {
            String scale = m.group(1);
            seen.add(scale);
            if (m.group(2).equals("-")) {
                assertFalse(scored.scores().containsKey(scale), scale + " has a score: " + scored);
                assertFalse(scored.notScored().get(scale).isBlank());
            } else {
                assertTrue(scored.scores().containsKey(scale), scored.toString());
                assertEquals(Double.parseDouble(m.group(2)), scored.scores().get(scale), 1e-9, scale);
                assertEquals(m.group(3), scored.bands().get(scale), scale);
            }
        }
        assertEquals(definition.scales().stream().map(s -> s.id()).toList(), seen, "scales of the example");
    }

    @Test
    void everyShippedInstrumentHasAnExample() throws IOException {
        Set<String> with = new TreeSet<>();
        examples().forEach(l -> with.add(l.split("\\|")[0].strip()));
        assertEquals(new TreeSet<>(Library.SHIPPED), with);
    }

    /** Where there are scales: one whole, one with an answer missing, and each item that is turned round off its middle. */
    @Test
    void examplesAreWholeAndWithMissingAnswersAndWithWhatIsReversedOrRecoded() throws IOException {
        Map<String, List<Map<String, Double>>> given = new LinkedHashMap<>();
        for (String line : examples()) {
            String[] parts = line.split("\\|", -1);
            given.computeIfAbsent(parts[0].strip(), id -> new ArrayList<>()).add(answers(parts[1]));
        }
        List<String> lacking = new ArrayList<>();
        for (String id : Library.SHIPPED) {
            Definition d = shipped(id);
            List<Map<String, Double>> sheets = given.get(id);
            List<Definition.Item> asked =
                    d.items().stream().filter(i -> !i.inWords()).toList();
            if (d.scales().isEmpty()) {
                continue;
            }
            if (sheets.stream().noneMatch(a -> a.size() == asked.size())) {
                lacking.add(id + ": none is whole");
            }
            if (sheets.stream().allMatch(a -> Scoring.score(d, a).missing().isEmpty())) {
                lacking.add(id + ": none has a missing answer");
            }
            asked.stream()
                    .filter(i -> sheets.stream()
                            .map(a -> a.get(i.id()))
                            .noneMatch(v -> v != null && (i.counted(v) != v || !turned(i))))
                    .forEach(i -> lacking.add(id + ": none shows that item " + i.id() + " is turned round"));
        }
        assertEquals(List.of(), lacking);
    }

    private static boolean turned(Definition.Item item) {
        return item.reverse() || item.answers().stream().anyMatch(a -> a.counts() != a.value());
    }

    @Test
    void answersThatAreNoneRefuseTheWhole() {
        Definition phq = shipped("phq-9");
        for (Map<String, Double> bad : List.of(
                Map.of("1", 4.0), Map.of("1", -1.0), Map.of("1", 1.5), Map.of("1", Double.NaN), Map.of("10", 1.0))) {
            Map<String, Double> all = new LinkedHashMap<>(bad);
            all.putIfAbsent("2", 1.0);
            IllegalArgumentException e =
                    assertThrows(IllegalArgumentException.class, () -> Scoring.score(phq, all), bad.toString());
            assertTrue(e.getMessage().contains("'phq-9'"), e.getMessage());
        }
    }

    @Test
    void missingAnswersAreNamedButOptionalOnesAreNot() {
        assertEquals(
                List.of("taken", "changed", "other"),
                Scoring.score(shipped("concomitant-medication"), Map.of()).missing());
    }

    @Test
    void improvementCountsTheWayThatIsBetterAndNamesWhatWasReached() {
        Improvement pain = Improvement.of(shipped("nrs").scale("pain").orElseThrow(), 10, 7)
                .orElseThrow();
        assertEquals(3, pain.points());
        assertEquals(30, pain.percent().orElseThrow(), 1e-12);
        assertEquals(Map.of("minimal", true, "moderate", true, "substantial", false), pain.reached());
        Improvement worse = Improvement.of(shipped("pseq").scale("total").orElseThrow(), 30, 20)
                .orElseThrow();
        assertEquals(-10, worse.points());
        assertEquals(Map.of("important", false), worse.reached());
        Improvement ofNothing =
                Improvement.of(shipped("nrs").scale("pain").orElseThrow(), 0, 2).orElseThrow();
        assertEquals(-2, ofNothing.points());
        assertTrue(ofNothing.percent().isEmpty());
        assertEquals(Map.of(), ofNothing.reached());
        assertTrue(Improvement.of(
                        shipped("credibility-expectancy").scale("expectancy").orElseThrow(), 2, 5)
                .isEmpty());
        assertThrows(
                IllegalArgumentException.class,
                () -> Improvement.of(shipped("nrs").scale("pain").orElseThrow(), 11, 2));
    }
}
