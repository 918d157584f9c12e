package org.anodyne.safety;

import static org.anodyne.safety.House.real;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.anodyne.host.CommandGate.Subject;
import org.anodyne.plugin.Acknowledgement;
import org.anodyne.plugin.Acknowledgement.Outcome;
import org.anodyne.plugin.Command;
import org.anodyne.safety.ledger.DoseLedger.Account;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Theta burst passes as the published presets, at an active threshold, once a day; and what pairs count. */
class ThetaBurstTest {
    private static final Subject TMS = real("s1", "P01", "tms-magventure");

    @TempDir
    private Path folder;

    private House h;

    @BeforeEach
    void open() {
        h = new House(folder);
        h.screen("P01", "tms");
    }

    @AfterEach
    void close() {
        h.close();
    }

    private void refused(Acknowledgement a, String... words) {
        assertEquals(Outcome.REFUSED, a.outcome(), a.toString());
        for (String w : words) {
            assertTrue(a.reason().contains(w), a.reason());
        }
    }

    private void executed(Acknowledgement a) {
        assertEquals(Outcome.EXECUTED, a.outcome(), a.reason());
    }

    private Map<String, Object> threshold(String session, double percent, boolean active) {
        return h.desk.ask("threshold", Map.of("session", session, "percent", percent, "by", "A", "active", active));
    }

    private Map<String, Double> counted() {
        return h.safety
                .ledger()
                .statement(new Account("P01", false, "tms"), "s1")
                .session();
    }

    @Test
    void itNeedsAnActiveThresholdAndARestingOneDoesNotDo() {
        threshold("s1", 50, false);
        refused(h.pass(TMS, h.command("iTBS600", "intensity", 30)), "no active motor threshold", "--active", "preset");
        threshold("s1", 45, true);
        executed(h.pass(TMS, h.command("iTBS600", "intensity", 36)));
    }

    @Test
    void thresholdsSurviveTheProcess() {
        threshold("s1", 50, false);
        threshold("s1", 45, true);
        h.close();
        h = new House(folder, h.clock);
        assertEquals(45, h.safety.ledger().activeThreshold("s1").orElseThrow());
        assertEquals(50, h.safety.ledger().threshold("s1").orElseThrow());
    }

    @Test
    void anActiveThresholdAboveTheRestingOneIsAMistake() {
        threshold("s1", 50, false);
        Map<String, Object> said = threshold("s1", 51, true);
        assertEquals(false, said.get("ok"));
        assertTrue(String.valueOf(said.get("message")).contains("measure again"), said.toString());
        assertEquals(true, threshold("s1", 50, true).get("ok"));
        assertEquals(false, threshold("s1", 49, false).get("ok"));
    }

    @Test
    void eightyPercentIsTheMost() {
        threshold("s1", 50, true);
        refused(
                h.pass(TMS, h.command("cTBS600", "intensity", 40.1)),
                "80.2 % of the active motor threshold; the limit is 80 %",
                "verified in part");
        executed(h.pass(TMS, h.command("cTBS600", "intensity", 40)));
    }

    @ParameterizedTest
    @CsvSource({
        "burstPulses,5",
        "burstFrequency,30",
        "frequency,6",
        "on,2.1",
        "off,7.9",
        "pulses,601",
        "duration,190",
        "trains,20",
        "pulses,NaN"
    })
    void whatDeviatesFromThePresetIsRefusedWithSource(String argument, double value) {
        threshold("s1", 50, true);
        refused(h.pass(TMS, h.command("iTBS600", "intensity", 40, argument, value)), argument);
        assertEquals(Map.of(), counted());
    }

    @Test
    void aDeviationNamesTheSource() {
        threshold("s1", 50, true);
        refused(
                h.pass(TMS, h.command("iTBS600", "intensity", 40, "frequency", 6)),
                "a preset with frequency = 5, but got 6",
                "do not cover theta burst");
        refused(h.pass(TMS, h.command("iTBS600", "frequency", 5)), "cannot be judged");
        refused(h.pass(TMS, h.command("iTBS1200", "intensity", 40)), "cannot be told");
    }

    @ParameterizedTest
    @CsvSource({"iTBS600,600,192,8", "cTBS600,600,40,0", "cTBS300,300,20,0"})
    void thePresetItselfMayBeRepeatedAndIsCountedWhole(String action, double pulses, double seconds, double off) {
        threshold("s1", 50, true);
        executed(h.pass(
                TMS,
                h.command(
                        action,
                        "intensity",
                        40,
                        "pulses",
                        pulses,
                        "duration",
                        seconds,
                        "off",
                        off,
                        "frequency",
                        5,
                        "burstPulses",
                        3,
                        "burstFrequency",
                        50)));
        assertEquals(pulses, counted().get("pulses"));
        assertEquals(1, counted().get("thetaBursts"));
    }

    @Test
    void oneADayAlsoOverMidnightAndInAnotherSession() {
        threshold("s1", 50, true);
        h.clock.plus(Duration.ofHours(13).plusMinutes(30)); // 23:30
        executed(h.pass(TMS, h.command("cTBS300", "intensity", 40)));
        h.time.plus(Duration.ofHours(2));
        h.clock.plus(Duration.ofHours(2));
        refused(
                h.pass(TMS, h.command("cTBS300", "intensity", 40)),
                "last theta burst is 2 h",
                "at least 24 h",
                "engineering default");
        h.gate.end("s1");
        threshold("s2", 50, true);
        Subject second = real("s2", "P01", "tms-magventure");
        refused(h.pass(second, h.command("iTBS600", "intensity", 40)), "last theta burst is 2 h");
        h.clock.plus(Duration.ofHours(22));
        executed(h.pass(second, h.command("iTBS600", "intensity", 40)));
    }

    @Test
    void oneThatFailedAfterItsFirstPulseWasOne() {
        threshold("s1", 50, true);
        h.device = c -> h.answer(c, Outcome.FAILED, Map.of("pulses", 3.0));
        h.pass(TMS, h.command("cTBS300", "intensity", 40));
        assertEquals(3, counted().get("pulses"));
        h.time.plus(Duration.ofMinutes(5));
        refused(h.pass(TMS, h.command("cTBS300", "intensity", 40)), "last theta burst");
    }

    @Test
    void oneThatNeverAnsweredCountsWholeAndOneRefusedByTheDeviceNotAtAll() {
        threshold("s1", 50, true);
        h.device = c -> h.answer(c, Outcome.REFUSED, Map.of());
        h.pass(TMS, h.command("cTBS300", "intensity", 40));
        h.device = c -> null;
        assertEquals(
                Outcome.UNKNOWN,
                h.pass(TMS, h.command("cTBS300", "intensity", 40)).outcome());
        assertEquals(300, counted().get("pulses"));
    }

    @Test
    void nothingIsGivenWhileItGoesOnAndTrainsWaitLongerAfterIt() {
        threshold("s1", 55, false);
        threshold("s1", 50, true);
        executed(h.pass(TMS, h.command("cTBS300", "intensity", 40)));
        h.time.plus(Duration.ofSeconds(19));
        refused(h.pass(TMS, h.command("pulse", "intensity", 40)), "the time since the last command is 0 s");
        h.time.plus(Duration.ofSeconds(3));
        executed(h.pass(TMS, h.command("pulse", "intensity", 40)));
        h.time.plus(Duration.ofSeconds(20));
        Command train = h.command("train", "intensity", 40, "frequency", 10, "pulses", 10);
        refused(h.pass(TMS, train), "the end of the last train is 22 s", "at least 25 s");
    }

    @Test
    void afterATrainItWaits() {
        threshold("s1", 55, false);
        threshold("s1", 50, true);
        executed(h.pass(TMS, h.command("train", "intensity", 40, "frequency", 10, "pulses", 10)));
        h.time.plus(Duration.ofSeconds(20));
        refused(h.pass(TMS, h.command("iTBS600", "intensity", 40)), "the end of the last train is 19 s", "25 s");
        h.time.plus(Duration.ofSeconds(6));
        executed(h.pass(TMS, h.command("iTBS600", "intensity", 40)));
    }

    @Test
    void pulsesOfTheSessionBeforeItLeaveRoomOrNot() throws Exception {
        threshold("s1", 50, true);
        h.policy("limit tms.pulses.perSession = 600\nlimit tms.thetaBurst.intensity.percentOfActiveThreshold = 70\n");
        refused(
                h.pass(TMS, h.command("iTBS600", "intensity", 36)),
                "72 % of the active",
                "the limit is 70 %",
                "policy of this site");
        executed(h.pass(TMS, h.command("pulse", "intensity", 35)));
        h.time.plus(Duration.ofSeconds(10));
        refused(h.pass(TMS, h.command("iTBS600", "intensity", 35)), "601 pulses", "the limit is 600");
    }
}
