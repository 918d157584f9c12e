package org.anodyne.plugins.instruments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.Event;
import org.anodyne.plugin.HandOver;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.outcome.OutcomeInstrument;
import org.anodyne.plugin.tck.FakeContext;
import org.anodyne.plugin.tck.Output;
import org.anodyne.plugin.tck.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstrumentsTest {
    private static final Deadline SOON = Deadline.in(Duration.ofSeconds(10));

    @TempDir
    Path folder;

    private static FakeContext context(Map<String, Object> parameters) {
        return FakeContext.of(Schema.of(InstrumentsFactory.class).defaultsWith(parameters));
    }

    private static OutcomeInstrument started(FakeContext context) throws Exception {
        OutcomeInstrument instrument = (OutcomeInstrument) new InstrumentsFactory().create(context);
        instrument.prepare(Inputs.NONE, SOON);
        instrument.start();
        return instrument;
    }

    private static List<Event> events(FakeContext context, String type) {
        return context.published().outputs().stream()
                .filter(Output.Happened.class::isInstance)
                .map(o -> ((Output.Happened) o).event())
                .filter(e -> e.type().equals(type))
                .toList();
    }

    private static String refusal(Map<String, Object> parameters) {
        Map<String, Object> all = new HashMap<>(Map.of("files", List.of(), "baselines", Map.of()));
        all.putAll(parameters);
        return assertThrows(IllegalArgumentException.class, () -> new InstrumentsFactory().ports(new Parameters(all)))
                .getMessage();
    }

    @Test
    void itemsHaveTheirInstructionAndTheWordingOfEveryAnswer() throws Exception {
        OutcomeInstrument.Item first = started(context(Map.of("instruments", List.of("phq-9"))))
                .items()
                .get(0);
        assertEquals("phq-9-1", first.id());
        assertTrue(first.instruction().startsWith("Over the last 2 weeks"), first.instruction());
        assertEquals(
                List.of("Not at all", "Several days", "More than half the days", "Nearly every day"),
                first.choices().stream().map(OutcomeInstrument.Choice::text).toList());
    }

    @Test
    void theScoreComesWithTheLastAnswerAndTheInstrumentStandsOnceInTheRecord() throws Exception {
        FakeContext context = context(Map.of("instruments", List.of("gad-2")));
        OutcomeInstrument gad = started(context);
        for (int round = 0; round < 2; round++) {
            assertEquals("", gad.answer("gad-2-1", 2 - round, 10 + round));
            assertEquals(round, events(context, "score").size());
            assertEquals("", gad.answer("gad-2-2", 1, 20 + round));
        }
        assertEquals(1, events(context, "instrument").size());
        assertEquals("gad-2", events(context, "instrument").get(0).attributes().get("id"));
        assertEquals(2, context.published().features("gad-2").size());
        assertEquals(3.0, context.published().features("gad-2").get(0).values()[0]);
        Event second = events(context, "score").get(1);
        assertEquals(21, second.timeNanos());
        assertEquals(Map.of("total", 2.0), second.attributes().get("scores"));
        assertEquals(Map.of("total", "negative"), second.attributes().get("bands"));
        assertEquals(Map.of("1", 1.0, "2", 1.0), second.attributes().get("answers"));
        assertEquals(List.of("total: bands"), second.attributes().get("unverified"));
        Map<?, ?> change = (Map<?, ?>) ((Map<?, ?>) second.attributes().get("change")).get("total");
        assertEquals(3.0, change.get("baseline"));
        assertEquals(1.0, change.get("improvement"));
    }

    @Test
    void missedItemsAreScoredByTheInstrumentsOwnRule() throws Exception {
        FakeContext context =
                context(Map.of("instruments", List.of("gad-7"), "baselines", Map.of("gad-7", Map.of("total", 18L))));
        OutcomeInstrument gad = started(context);
        for (int i = 1; i <= 6; i++) {
            gad.answer("gad-7-" + i, 2, i);
        }
        assertEquals(0, events(context, "score").size());
        gad.missed("gad-7-7", 30);
        Event score = events(context, "score").get(0);
        assertEquals(Map.of("total", 14.0), score.attributes().get("scores"));
        assertEquals(List.of("7"), score.attributes().get("missing"));
        Map<?, ?> change = (Map<?, ?>) ((Map<?, ?>) score.attributes().get("change")).get("total");
        assertEquals(Map.of("important", true), change.get("reached"));
        assertEquals(18.0, change.get("baseline"));
        for (int i = 1; i <= 7; i++) {
            gad.missed("gad-7-" + i, 40);
        }
        Event none = events(context, "score").get(1);
        assertEquals(Map.of(), none.attributes().get("scores"));
        assertTrue(((Map<?, ?>) none.attributes().get("notScored"))
                .get("total")
                .toString()
                .contains("0 of 7"));
        assertTrue(Double.isNaN(context.published().features("gad-7").get(1).values()[0]));
    }

    @Test
    void anyThoughtOfDeathRaisesAnAlertAtOnce() throws Exception {
        FakeContext context = context(Map.of("instruments", List.of("phq-9")));
        OutcomeInstrument phq = started(context);
        phq.answer("phq-9-8", 3, 1);
        phq.answer("phq-9-9", 0, 2);
        assertEquals(0, events(context, "safety-alert").size());
        phq.answer("phq-9-9", 1, 3);
        Event alert = events(context, "safety-alert").get(0);
        assertEquals(3, alert.timeNanos());
        assertEquals("phq-9-9", alert.attributes().get("item"));
        assertEquals(1.0, alert.attributes().get("value"));
        assertTrue(alert.attributes().get("text").toString().contains("PHQ-9"), alert.toString());
    }

    @Test
    void wordsAreAnAnswerButInNoScoreAndInNoEventOfTheInstrument() throws Exception {
        FakeContext context = context(Map.of("instruments", List.of("adverse-event-report")));
        OutcomeInstrument report = started(context);
        OutcomeInstrument.Item term = report.items().get(0);
        assertEquals(200, term.longest());
        assertTrue(report.answer("adverse-event-report-term", 3, 1).contains("in words"));
        assertTrue(report.answer("adverse-event-report-grade", "mild", 1).contains("by a number"));
        assertTrue(
                report.answer("adverse-event-report-term", "x".repeat(201), 1).contains("200"));
        assertTrue(report.answer("adverse-event-report-term", " ", 1).contains("no answer"));
        assertEquals(0, context.published().outputs().size());
        assertEquals("", report.answer("adverse-event-report-term", "Fell off a chair", 2));
        report.missed("adverse-event-report-description", 3);
        for (String item : List.of("onset", "grade", "serious", "related", "expected", "action", "outcome")) {
            report.answer("adverse-event-report-" + item, 1, 4);
        }
        assertEquals(
                16.0,
                context.published().features("adverse-event-report-term").get(0).value());
        Map<String, Object> score = events(context, "score").get(0).attributes();
        assertEquals(List.of("term"), score.get("written"));
        assertEquals(List.of(), score.get("missing"));
        assertFalse(context.published().outputs().toString().contains("chair"));
        report.missed("adverse-event-report-term", 5);
        OutcomeInstrument next = started(context);
        assertTrue(next.takeOver(report.drain(SOON).orElseThrow()));
    }

    @Test
    void aSuccessorKnowsWhatWasAnsweredInWords() throws Exception {
        FakeContext context = context(Map.of("instruments", List.of("concomitant-medication")));
        OutcomeInstrument before = started(context);
        assertEquals("", before.answer("concomitant-medication-medicines", "one in the evening", 1));
        OutcomeInstrument after = started(context);
        assertTrue(after.takeOver(before.drain(SOON).orElseThrow()));
        for (OutcomeInstrument.Item item : after.items()) {
            if (item.longest() == 0) {
                after.answer(item.id(), 1, 2);
            }
        }
        assertEquals(0, events(context, "score").size());
        after.missed("concomitant-medication-which", 3);
        assertEquals(
                List.of("medicines"),
                events(context, "score").get(0).attributes().get("written"));
    }

    @Test
    void aSuccessorGoesOnInTheMiddleOfAQuestionnaire() throws Exception {
        FakeContext context = context(Map.of("instruments", List.of("nrs", "gad-2")));
        OutcomeInstrument before = started(context);
        before.answer("nrs-pain", 8, 1);
        before.answer("gad-2-1", 3, 2);
        before.answer("gad-2-2", 3, 3);
        before.answer("gad-2-1", 2, 4);
        HandOver state = before.drain(SOON).orElseThrow();
        FakeContext next = context(Map.of("instruments", List.of("nrs", "gad-2")));
        OutcomeInstrument after = (OutcomeInstrument) new InstrumentsFactory().create(next);
        after.prepare(Inputs.NONE, SOON);
        assertTrue(after.takeOver(state));
        after.start();
        after.missed("gad-2-2", 5);
        after.answer("gad-2-1", 1, 6);
        after.answer("nrs-pain", 4, 7);
        assertEquals(0, events(next, "instrument").size());
        assertEquals(Map.of(), events(next, "score").get(0).attributes().get("scores"));
        Map<?, ?> change = (Map<?, ?>) events(next, "score").get(1).attributes().get("change");
        assertEquals(50.0, ((Map<?, ?>) change.get("pain")).get("improvementPercent"));
        OutcomeInstrument other = started(context(Map.of("instruments", List.of("nrs", "phq-2"))));
        assertFalse(other.takeOver(state));
    }

    @Test
    void whatHasNoWordingOrIsNotThereIsRefusedWithWhatToDo() {
        String stub = refusal(Map.of("instruments", List.of("pcs")));
        assertTrue(stub.contains("wording") && stub.contains("Sullivan") && stub.contains("docs/instruments.md"), stub);
        assertTrue(refusal(Map.of("instruments", List.of("phq9"))).contains("phq-9"));
        assertTrue(refusal(Map.of("instruments", List.of("nrs"), "files", List.of("no-such.json")))
                .contains("no-such.json"));
        assertTrue(refusal(Map.of("instruments", List.of("nrs"), "baselines", Map.of("nrs", Map.of("pain", 11L))))
                .contains("10"));
        assertTrue(refusal(Map.of("instruments", List.of("nrs"), "baselines", Map.of("gad-7", Map.of())))
                .contains("gad-7"));
        assertTrue(refusal(Map.of("instruments", List.of("nrs"), "baselines", Map.of("nrs", Map.of("paint", 1L))))
                .contains("paint"));
    }

    @Test
    void aLabsWordingMakesAStubAskable() throws Exception {
        StringBuilder items = new StringBuilder();
        for (int i = 1; i <= 3; i++) {
            items.append(i > 1 ? "," : "")
                    .append("{\"id\": \"" + "peg".charAt(i - 1) + "\", \"text\": \"Question " + i + "\"}");
        }
        Path file = Files.writeString(
                folder.resolve("peg.json"),
                "{\"anodyneWording\": 1, \"instrument\": \"peg\", \"language\": \"en\", \"permission\": \"letter of 3 March\","
                        + " \"items\": [" + items + "]}");
        FakeContext context = context(Map.of("instruments", List.of("peg"), "files", List.of(file.toString())));
        OutcomeInstrument peg = started(context);
        assertEquals("Question 2", peg.items().get(1).text());
        peg.answer("peg-p", 6, 1);
        peg.answer("peg-e", 7, 1);
        peg.answer("peg-g", 5, 1);
        assertEquals(
                Map.of("total", 6.0),
                events(context, "score").get(0).attributes().get("scores"));
        Map<?, ?> wording =
                (Map<?, ?>) events(context, "instrument").get(0).attributes().get("wording");
        assertEquals("letter of 3 March", wording.get("source"));
    }
}
