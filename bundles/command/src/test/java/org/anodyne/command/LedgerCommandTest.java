package org.anodyne.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What the ledger command asks, and how it shows the answer. */
class LedgerCommandTest {
    private final List<String> asked = new ArrayList<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Map<String, Object> answer = Map.of("ok", false, "message", "participant P09 is not in the dose ledger");

    private int run(String... words) {
        CommandLine line = new CommandLine(new LedgerCommand(() -> (action, attributes) -> {
            asked.add(action + " " + attributes);
            return answer;
        }));
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        line.setExecutionExceptionHandler((e, l, parsed) -> {
            l.getErr().println(e.getMessage());
            return e instanceof CommandFailure f ? f.exit() : 99;
        });
        return line.execute(words);
    }

    private static Map<String, Object> dose(String kind, Map<String, Double> amounts) {
        return Map.of(
                "day",
                "2026-11-02",
                "session",
                "s1",
                "kind",
                kind,
                "simulated",
                kind.equals("tens"),
                "slot",
                "a",
                "command",
                "c7",
                "amounts",
                amounts);
    }

    private void answers() {
        answer = Map.of(
                "ok",
                true,
                "message",
                "doses of participant P01",
                "participant",
                "P01",
                "doses",
                List.of(
                        dose("tens", Map.of("pulses", 200.0, "chargeMicrocoulomb", 400.0, "seconds", 2.0)),
                        dose("tes", Map.of("chargeMillicoulomb", 2400.0, "seconds", 1200.0)),
                        dose("thermal", Map.of("seconds", 5.0, "secondsFrom48", 5.0))),
                "unsettled",
                List.of(dose("tens", Map.of("pulses", Double.POSITIVE_INFINITY))),
                "remaining",
                List.of(Map.of(
                        "kind",
                        "tes",
                        "simulated",
                        false,
                        "limit",
                        "tes.day.minutes",
                        "of",
                        "today",
                        "used",
                        20.0,
                        "value",
                        60.0,
                        "remains",
                        40.0,
                        "unit",
                        "min")),
                "policyFaults",
                List.of("line 3: no"));
    }

    private static String line(String text, String with) {
        return text.lines().filter(l -> l.contains(with)).findFirst().orElse("").replaceAll(" +", " ");
    }

    @Test
    void anUnknownParticipantIsBadInput() {
        assertEquals(2, run("--participant", "P09"));
        assertTrue(err.toString().contains("P09 is not in the dose ledger"), err.toString());
        assertEquals(List.of("ledger {participant=P09}"), asked);
    }

    @Test
    void aDamagedLedgerIsBadInput() {
        answer = Map.of("ok", false, "message", "the dose ledger is damaged: line 2");
        assertEquals(2, run("--participant", "P01"));
        assertTrue(err.toString().contains("damaged: line 2"), err.toString());
    }

    @Test
    void aParticipantHasToBeNamed() {
        assertEquals(2, run());
        assertEquals(List.of(), asked);
    }

    @Test
    void theTableHasDosesWhatIsUnsettledAndWhatRemains() {
        answers();
        assertEquals(0, run("--participant", "P01"));
        String said = out.toString();
        assertEquals("2026-11-02 s1 tens (simulated) 200 0.400 0.033 -", line(said, "200"));
        assertEquals("2026-11-02 s1 tes - 2400 20 -", line(said, "2400"));
        assertTrue(said.contains("5 s from 48 degC"), said);
        assertTrue(said.contains("A sham of tes stands there"), said);
        assertTrue(line(said, "unlimited").contains("a c7 unlimited"), said);
        assertEquals("tes tes.day.minutes today 20 60 40 min", line(said, "tes.day.minutes"));
        assertTrue(said.contains("line 3: no"), said);
    }

    @Test
    void jsonIsOneObjectThatCanBeRead() throws Exception {
        answers();
        assertEquals(0, run("--participant", "P01", "--json"));
        JsonNode read = new ObjectMapper().readTree(out.toString());
        assertEquals(2400, read.at("/doses/1/amounts/chargeMillicoulomb").asDouble());
        assertEquals("Infinity", read.at("/unsettled/0/amounts/pulses").asText());
        assertEquals(40, read.at("/remaining/0/remains").asDouble());
        assertFalse(read.has("ok"));
    }
}
