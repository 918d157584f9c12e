package org.anodyne.safety;

import static org.anodyne.safety.House.real;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.anodyne.host.CommandGate.Subject;
import org.anodyne.plugin.Acknowledgement;
import org.anodyne.plugin.Acknowledgement.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person is told of the ledger, and that asking disturbs nobody. */
class DoseReportTest {
    private static final Subject TES = real("s1", "P01", "tdcs");
    private static final Subject TENS = real("s1", "P01", "tens-rehastim");
    private static final Subject HEAT = real("s1", "P01", "thermode-tcs2");

    @TempDir
    private Path folder;

    private House h;

    @BeforeEach
    void open() {
        h = new House(folder);
        List.of("tms", "tes", "tens", "thermal").forEach(m -> h.screen("P01", m));
    }

    @AfterEach
    void close() {
        h.close();
    }

    private Map<String, Object> ask(String participant) {
        return h.desk.ask("ledger", Map.of("participant", participant));
    }

    private static List<Map<?, ?>> list(Map<String, Object> said, String name) {
        assertEquals(true, said.get("ok"), said.toString());
        List<Map<?, ?>> all = new ArrayList<>();
        ((List<?>) said.get(name)).forEach(o -> all.add((Map<?, ?>) o));
        return all;
    }

    private Map<?, ?> remains(String limit) {
        return list(ask("P01"), "remaining").stream()
                .filter(r -> r.get("limit").equals(limit))
                .findFirst()
                .orElseThrow();
    }

    private void executed(Acknowledgement a) {
        assertEquals(Outcome.EXECUTED, a.outcome(), a.reason());
    }

    private void burst() {
        executed(h.pass(TENS, h.command("burst", "amplitude", 10, "pulseWidth", 200, "frequency", 100, "duration", 1)));
    }

    private void current() {
        executed(h.pass(TES, h.command("stimulate", "current", 2, "duration", 600, "ramp", 30, "area", 35)));
    }

    private Path ledger() {
        return folder.resolve("safety").resolve("ledger.txt");
    }

    @Test
    void dosesStandByDaySessionAndKind() {
        burst();
        burst();
        executed(h.pass(HEAT, h.command("heat", "temperature", 48, "duration", 5)));
        h.clock.plus(Duration.ofDays(1));
        burst();
        List<Map<?, ?>> doses = list(ask("P01"), "doses");
        assertEquals(3, doses.size(), doses.toString());
        assertEquals("2026-11-02", doses.get(0).get("day"));
        assertEquals("tens", doses.get(0).get("kind"));
        Map<?, ?> amounts = (Map<?, ?>) doses.get(0).get("amounts");
        assertEquals(200.0, amounts.get("pulses"));
        assertEquals(2.0, amounts.get("commands"));
        assertEquals("thermal", doses.get(1).get("kind"));
        assertEquals("2026-11-03", doses.get(2).get("day"));
    }

    @Test
    void whatIsUnsettledStandsApartAndCountsInWhatRemains() {
        current();
        Subject slot = TES;
        h.gate.delivered(slot, "c0", Map.of("chargeMillicoulomb", 400.0, "seconds", 200.0), false);
        Map<?, ?> open = list(ask("P01"), "unsettled").get(0);
        assertEquals("c0", open.get("command"));
        assertEquals(400.0, ((Map<?, ?>) open.get("amounts")).get("seconds"));
        assertEquals(6000.0, remains("tes.charge.millicoulomb").get("remains"));
        assertEquals(30.0, (double) remains("tes.duration.minutes").get("remains"), 1e-9);
        assertEquals(50.0, (double) remains("tes.day.minutes").get("remains"), 1e-9);
        h.gate.delivered(slot, "c0", Map.of("chargeMillicoulomb", 400.0, "seconds", 200.0), true);
        assertEquals(List.of(), list(ask("P01"), "unsettled"));
        assertEquals(6400.0, remains("tes.charge.millicoulomb").get("remains"));
    }

    @Test
    void whenANextSessionOrThetaBurstIsPossibleIsSaid() {
        current();
        h.gate.end("s1");
        h.desk.ask("threshold", Map.of("session", "s1", "percent", 50.0, "by", "A", "active", true));
        executed(h.pass(real("s1", "P01", "tms-magventure"), h.command("cTBS300", "intensity", 40)));
        h.clock.plus(Duration.ofHours(6));
        assertEquals("the next session", remains("tes.interval.hours").get("of"));
        assertEquals(18.0, remains("tms.thetaBurst.interval.hours").get("remains"));
        assertEquals(700.0, remains("tms.pulses.perSession").get("remains"));
        h.clock.plus(Duration.ofDays(1));
        assertEquals(0.0, remains("tms.thetaBurst.interval.hours").get("remains"));
        assertEquals("a new session", remains("tms.pulses.perSession").get("of"));
        assertEquals(1000.0, remains("tms.pulses.perSession").get("remains"));
    }

    @Test
    void theSitesLimitIsTheOneThatRemains() throws IOException {
        executed(h.pass(HEAT, h.command("heat", "temperature", 49, "duration", 5)));
        h.policy("limit thermal.doseFrom48.seconds = 50\n");
        Map<?, ?> hot = remains("thermal.doseFrom48.seconds");
        assertEquals(45.0, hot.get("remains"));
        assertEquals("policy of this site", hot.get("source"));
    }

    @Test
    void whoIsUnknownIsSaidSo() {
        burst();
        Map<String, Object> said = ask("p01");
        assertEquals(false, said.get("ok"));
        assertTrue(
                said.get("message").toString().contains("participant p01 is not in the dose ledger"), said.toString());
        assertEquals(false, ask("").get("ok"));
    }

    @Test
    void whereNothingWasEverGivenNoLedgerIsBegun() {
        assertEquals(false, ask("P01").get("ok"));
        assertFalse(Files.exists(ledger()));
    }

    /** Opening the ledger as the gate does would wait for this lock, and let commands wait for it. */
    @Test
    void itIsReadWhileAnotherProcessHoldsItAndALineIsBeingWritten() throws IOException {
        burst();
        try (FileChannel channel = FileChannel.open(ledger(), StandardOpenOption.WRITE, StandardOpenOption.APPEND);
                FileLock held = channel.lock()) {
            assertTrue(held.isValid());
            Files.writeString(ledger(), "0123abcd settle at=2026", StandardOpenOption.APPEND);
            byte[] before = Files.readAllBytes(ledger());
            assertEquals(1, list(ask("P01"), "doses").size());
            assertEquals(new String(before), Files.readString(ledger()), "nothing was set aside");
        }
    }

    @Test
    void aDamagedLedgerIsSaidSo() throws IOException {
        burst();
        h.gate.end("s1");
        String whole = Files.readString(ledger());
        Files.writeString(ledger(), whole.replace("modality=tens", "modality=tess"));
        damaged("line 2: its checksum does not fit");
        Files.writeString(ledger(), whole.substring(0, whole.indexOf('\n') + 1));
        damaged("it has 1 lines and had 3 before");
        Files.delete(ledger());
        damaged("it is gone");
    }

    private void damaged(String what) {
        Map<String, Object> said = ask("P01");
        assertEquals(false, said.get("ok"), said.toString());
        assertTrue(said.get("message").toString().contains("is damaged: " + what), said.toString());
        assertTrue(said.get("message").toString().contains("A damaged ledger"), said.toString());
    }
}
