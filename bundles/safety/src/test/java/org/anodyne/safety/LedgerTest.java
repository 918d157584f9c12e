package org.anodyne.safety;

import static org.anodyne.safety.House.real;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.anodyne.host.CommandGate.Subject;
import org.anodyne.plugin.Acknowledgement;
import org.anodyne.plugin.Acknowledgement.Outcome;
import org.anodyne.plugin.Command;
import org.anodyne.safety.ledger.DoseLedger;
import org.anodyne.safety.ledger.DoseLedger.Account;
import org.anodyne.safety.ledger.DoseLedger.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ledger counts what may have been delivered, whatever happens in between. */
class LedgerTest {
    private static final Subject TES = real("s1", "P01", "tdcs");
    private static final Subject TENS = real("s1", "P01", "tens-rehastim");

    @TempDir
    private Path folder;

    private House house(House.Day clock) {
        House h = new House(folder, clock);
        List.of("tes", "tens").forEach(m -> h.screen("P01", m));
        return h;
    }

    private static Command current(House h) {
        return h.command("stimulate", "current", 2, "duration", 1200, "ramp", 30, "area", 35);
    }

    private static Command burst(House h) {
        return h.command("burst", "amplitude", 10, "pulseWidth", 200, "frequency", 100, "duration", 1);
    }

    private static Statement said(House h, String modality, String session) {
        return h.safety.ledger().statement(new Account("P01", false, modality), session);
    }

    private static void executed(Acknowledgement a) {
        assertEquals(Outcome.EXECUTED, a.outcome(), a.reason());
    }

    @Test
    void afterARestartTheLedgerStillCounts() {
        House.Day clock = new House.Day();
        try (House h = house(clock)) {
            executed(h.pass(TES, current(h)));
            h.gate.delivered(TES, "c0", Map.of("chargeMillicoulomb", 2400.0, "seconds", 1200.0), true);
            h.gate.end("s1");
        }
        try (House h = house(clock)) {
            assertEquals(2400, said(h, "tes", "s1").session().get("chargeMillicoulomb"));
            clock.plus(Duration.ofHours(2));
            Acknowledgement a = h.pass(real("s2", "P01", "tdcs"), current(h));
            assertEquals(Outcome.REFUSED, a.outcome());
            assertTrue(a.reason().contains("at least 24 h"), a.reason());
        }
    }

    @Test
    void whatAKilledProcessHadOrderedCountsWhole() throws Exception {
        House.Day clock = new House.Day();
        House killed = house(clock);
        executed(killed.pass(TES, current(killed)));
        killed.gate.delivered(TES, "c0", Map.of("chargeMillicoulomb", 100.0, "seconds", 50.0), false);
        // It is not closed, and its lock on the file goes with the process.
        try (House h = new House(folder, clock)) {
            assertEquals(2400, said(h, "tes", "s1").session().get("chargeMillicoulomb"), 1e-9);
            assertEquals(1200, said(h, "tes", "s1").today().get("seconds"), 1e-9);
            assertTrue(said(h, "tes", "s2").secondsSinceOther().isPresent());
        }
    }

    @Test
    void anOrderedEndCountsWhatWasDelivered() {
        try (House h = house(new House.Day())) {
            executed(h.pass(TES, current(h)));
            h.gate.delivered(TES, "c0", Map.of("chargeMillicoulomb", 100.0, "seconds", 50.0), false);
            assertEquals(2400, said(h, "tes", "s1").session().get("chargeMillicoulomb"), 1e-9);
            h.gate.end("s1");
            assertEquals(100, said(h, "tes", "s1").session().get("chargeMillicoulomb"), 1e-9);
        }
    }

    @Test
    void anUnknownOutcomeCountsAsFullyDeliveredAndARefusalNotAtAll() {
        try (House h = house(new House.Day())) {
            h.device = c -> h.answer(c, Outcome.UNKNOWN, Map.of("pulses", 1.0));
            h.pass(TENS, burst(h));
            assertEquals(100, said(h, "tens", "s1").session().get("pulses"));
            assertEquals(200, said(h, "tens", "s1").session().get("chargeMicrocoulomb"), 1e-9);
            h.device = c -> {
                throw new IllegalStateException("cable");
            };
            assertEquals(Outcome.UNKNOWN, h.pass(TENS, burst(h)).outcome());
            assertEquals(200, said(h, "tens", "s1").session().get("pulses"));
            h.device = c -> h.answer(c, Outcome.REFUSED, Map.of());
            h.pass(TENS, burst(h));
            h.device = c -> h.answer(c, Outcome.FAILED, Map.of("pulses", 3.0));
            h.pass(TENS, burst(h));
            assertEquals(203, said(h, "tens", "s1").session().get("pulses"));
            h.device = c -> h.answer(c, Outcome.EXECUTED, Map.of("pulses", Double.NaN));
            h.pass(TENS, burst(h));
            assertEquals(
                    Double.POSITIVE_INFINITY, said(h, "tens", "s1").session().get("pulses"));
        }
    }

    @Test
    void simulatedDosesAreKeptApart() {
        try (House h = house(new House.Day())) {
            executed(h.pass(House.simulated("s1", "P01", "tdcs", "tcp:127.0.0.1:9"), current(h)));
            assertEquals(Map.of(), said(h, "tes", "s1").session());
            executed(h.pass(real("s2", "P01", "tdcs"), current(h)));
        }
    }

    @Test
    void anIdIsExecutedOnce() {
        try (House h = house(new House.Day())) {
            Command c = burst(h);
            executed(h.pass(TENS, c));
            assertTrue(h.pass(TENS, c).reason().contains("never executed twice"));
            assertEquals(1, h.executed.size());
        }
    }

    private void damaged(House h, String words) {
        Acknowledgement a = h.pass(TENS, burst(h));
        assertEquals(Outcome.REFUSED, a.outcome(), a.toString());
        assertTrue(a.reason().contains("ledger") && a.reason().contains(words), a.reason());
        assertTrue(h.executed.isEmpty());
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(folder.resolve("safety/ledger.txt"));
    }

    private void write(List<String> lines) throws IOException {
        Files.writeString(
                folder.resolve("safety/ledger.txt"),
                lines.stream().map(l -> l + "\n").collect(Collectors.joining()));
    }

    @Test
    void aDamagedLedgerRefusesAndSaysWhatToDo() throws Exception {
        House.Day clock = new House.Day();
        try (House h = house(clock)) {
            executed(h.pass(TENS, burst(h)));
            executed(h.pass(TENS, burst(h)));
            h.gate.end("s1");
        }
        List<String> whole = lines();
        for (int i = 0; i < whole.size(); i++) {
            List<String> changed = new java.util.ArrayList<>(whole);
            changed.set(i, whole.get(i).replace("=1", "=2").replace("version", "versiom"));
            write(changed);
            try (House h = house(clock)) {
                damaged(h, "docs/safety.md");
            }
            List<String> without = new java.util.ArrayList<>(whole);
            without.remove(i);
            write(without);
            try (House h = house(clock)) {
                damaged(h, "is damaged");
            }
        }
        Files.delete(folder.resolve("safety/ledger.txt"));
        try (House h = house(clock)) {
            damaged(h, "it is gone");
            write(whole);
            h.pass(TENS, burst(h));
            assertFalse(h.executed.isEmpty(), "a ledger that was mended is used without a restart");
        }
    }

    @Test
    void aLastLineThatWasCutOffIsSetAside() throws Exception {
        House.Day clock = new House.Day();
        try (House h = house(clock)) {
            executed(h.pass(TENS, burst(h)));
        }
        Files.writeString(folder.resolve("safety/ledger.txt"), "12345678 ord", StandardOpenOption.APPEND);
        try (House h = house(clock)) {
            executed(h.pass(TENS, burst(h)));
            assertEquals(200, said(h, "tens", "s1").session().get("pulses"));
        }
    }

    @Test
    void twoProcessesWriteOneLedger() {
        House.Day clock = new House.Day();
        try (House a = house(clock);
                House b = new House(folder, clock)) {
            executed(a.pass(TENS, burst(a)));
            b.command("x");
            executed(b.pass(TENS, burst(b)));
            executed(a.pass(TENS, burst(a)));
            assertEquals(300, said(a, "tens", "s1").session().get("pulses"));
            assertEquals(300, said(b, "tens", "s1").session().get("pulses"));
        }
    }

    @Test
    void firingsOfATriggerCountOverSessionsFor24Hours() {
        House.Day clock = new House.Day();
        DoseLedger.Entry first = entry("s1", "pain-high-1", false);
        try (House h = house(clock)) {
            h.safety.ledger().order(first, Map.of("pulses", 100.0));
            h.safety.ledger().order(entry("s1", "pain-high-1.2", false), Map.of("pulses", 100.0));
            h.safety.ledger().settle(first, Map.of("pulses", 0.0)); // whatever came of it
            h.safety.ledger().order(entry("s1", "pain-high-2", false), Map.of("pulses", 100.0));
            h.safety.ledger().order(entry("s1", "other-1", false), Map.of("pulses", 100.0));
            h.safety.ledger().order(entry("s1", "pain-high-3", true), Map.of("pulses", 100.0));
        }
        clock.plus(Duration.ofHours(20));
        try (House h = house(clock)) {
            h.safety.ledger().order(entry("s2", "pain-high-1", false), Map.of("pulses", 100.0));
            assertEquals(Map.of("pain-high", 3L, "other", 1L), h.safety.ledger().firings("P01", false));
            assertEquals(Map.of("pain-high", 1L), h.safety.ledger().firings("P01", true));
            assertEquals(Map.of(), h.safety.ledger().firings("P02", false));
            clock.plus(Duration.ofHours(5));
            assertEquals(Map.of("pain-high", 1L), h.safety.ledger().firings("P01", false));
        }
    }

    private static DoseLedger.Entry entry(String session, String command, boolean simulated) {
        return new DoseLedger.Entry(new Account("P01", simulated, "tens"), session, "tens", command);
    }
}
