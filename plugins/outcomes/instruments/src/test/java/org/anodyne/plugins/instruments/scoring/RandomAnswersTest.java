package org.anodyne.plugins.instruments.scoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.anodyne.plugins.instruments.definition.Definition;
import org.anodyne.plugins.instruments.definition.Definition.Item;
import org.anodyne.plugins.instruments.definition.Library;
import org.anodyne.plugins.instruments.definition.Scale;
import org.anodyne.plugins.instruments.scoring.Scoring.Scored;
import org.junit.jupiter.api.Test;

/** Random answers, some missing, to every shipped instrument: what must hold, and a second scoring in Python. */
class RandomAnswersTest {
    private static final int ROUNDS = 200;
    private static final Path PYTHON = Path.of("/usr/bin/python3");
    private static final Path FILES = Path.of("src/main/resources/instruments");

    private record Sheet(Definition definition, Map<String, Double> answers) {}

    private static List<Sheet> sheets() throws Exception {
        SplittableRandom random = new SplittableRandom(20260301);
        List<Sheet> sheets = new ArrayList<>();
        for (String id : Library.SHIPPED) {
            Definition d = Library.with(List.of()).get(id).definition();
            for (int i = 0; i < ROUNDS; i++) {
                double missing = i % 4 * 0.15;
                Map<String, Double> answers = new LinkedHashMap<>();
                for (Item item : d.items()) {
                    if (!item.inWords() && random.nextDouble() >= missing) {
                        answers.put(item.id(), answer(item, random));
                    }
                }
                sheets.add(new Sheet(d, answers));
            }
        }
        return sheets;
    }

    private static double answer(Item item, SplittableRandom random) {
        if (!item.answers().isEmpty()) {
            return item.answers().get(random.nextInt(item.answers().size())).value();
        }
        int steps = (int) Math.round((item.maximum() - item.minimum()) / item.step());
        return item.minimum() + random.nextInt(steps + 1) * item.step();
    }

    @Test
    void scoresLieInTheirRangeAndEachScaleHasAScoreOrAReason() throws Exception {
        int scored = 0;
        int not = 0;
        for (Sheet sheet : sheets()) {
            Scored s = Scoring.score(sheet.definition(), sheet.answers());
            for (Scale scale : sheet.definition().scales()) {
                Double score = s.scores().get(scale.id());
                assertEquals(score == null, s.notScored().containsKey(scale.id()), scale.id());
                if (score == null) {
                    not++;
                    continue;
                }
                scored++;
                assertTrue(
                        score >= scale.minimum() - 1e-9 && score <= scale.maximum() + 1e-9,
                        sheet + " " + scale.id() + " " + score);
                assertEquals(scale.bands().isPresent(), s.bands().containsKey(scale.id()));
            }
        }
        assertTrue(scored > 1000 && not > 1000, scored + " scored, " + not + " not");
    }

    /** A reversed item turns the other way: what makes every item's count greater makes no score of a sum smaller. */
    @Test
    void greaterCountsNeverMakeASmallerSum() throws Exception {
        for (Sheet sheet : sheets()) {
            Definition d = sheet.definition();
            List<Item> asked = d.items().stream().filter(i -> !i.inWords()).toList();
            if (sheet.answers().size() < asked.size()) {
                continue;
            }
            Map<String, Double> least = new LinkedHashMap<>();
            Map<String, Double> most = new LinkedHashMap<>();
            asked.forEach(i -> {
                least.put(i.id(), that(i, i.leastCount()));
                most.put(i.id(), that(i, i.mostCount()));
            });
            Scored low = Scoring.score(d, least);
            Scored here = Scoring.score(d, sheet.answers());
            Scored high = Scoring.score(d, most);
            for (Scale scale : d.scales()) {
                assertEquals(scale.minimum(), low.scores().get(scale.id()), 1e-9, d.id() + " " + scale.id());
                assertEquals(scale.maximum(), high.scores().get(scale.id()), 1e-9, d.id() + " " + scale.id());
                assertTrue(here.scores().get(scale.id()) >= low.scores().get(scale.id()));
            }
        }
    }

    /** The answer, at either end, that counts so much. */
    private static double that(Item item, double count) {
        return item.counted(item.minimum()) == count ? item.minimum() : item.maximum();
    }

    @Test
    void aSecondScoringInPythonComesToTheSame() throws Exception {
        assumeTrue(Files.isExecutable(PYTHON), "not compared: " + PYTHON + " is not there");
        ObjectMapper json = new ObjectMapper();
        List<Sheet> sheets = sheets();
        Path in = Files.createTempFile("answers", ".jsonl");
        Path out = Files.createTempFile("scores", ".jsonl");
        Path err = Files.createTempFile("oracle", ".txt");
        try {
            List<String> lines = new ArrayList<>();
            for (Sheet s : sheets) {
                Path file = FILES.resolve(s.definition().id() + ".json").toAbsolutePath();
                lines.add(json.writeValueAsString(Map.of("file", file.toString(), "answers", s.answers())));
            }
            Files.write(in, lines, StandardCharsets.UTF_8);
            Process python = new ProcessBuilder(PYTHON.toString(), "src/test/oracle/scoring.py")
                    .redirectInput(in.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            try {
                assertTrue(python.waitFor(120, TimeUnit.SECONDS), "the second scoring does not end");
            } finally {
                python.destroyForcibly();
            }
            assertEquals(0, python.exitValue(), Files.readString(err));
            List<String> theirs = Files.readAllLines(out);
            assertEquals(sheets.size(), theirs.size());
            for (int i = 0; i < theirs.size(); i++) {
                Sheet sheet = sheets.get(i);
                Scored ours = Scoring.score(sheet.definition(), sheet.answers());
                JsonNode their = json.readTree(theirs.get(i));
                for (Scale scale : sheet.definition().scales()) {
                    JsonNode score = their.path(scale.id());
                    Double our = ours.scores().get(scale.id());
                    assertEquals(score.isNull(), our == null, sheet + " " + scale.id());
                    if (our != null) {
                        assertEquals(score.asDouble(), our, 1e-9, sheet + " " + scale.id());
                    }
                }
            }
        } finally {
            Files.delete(in);
            Files.delete(out);
            Files.delete(err);
        }
    }
}
