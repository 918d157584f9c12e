package org.anodyne.simulator.tdcs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.anodyne.simulator.kit.FaultKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lines, states, course and physics, on a clock of the test's own. */
class UnitTest {

    @Test
    void speaksTheDialogueOfTheDocument() {
        Bench bench = new Bench();
        assertEquals("ANODYNE,TDCS-REF,SIM-0001,1.0", bench.ask("*IDN?"));
        assertEquals("OK *9A", bench.ask("SYST:CRC ON *22"));
        assertEquals("ANODYNE,TDCS-REF,SIM-0001,1.0 *30", bench.ask("*IDN? *44"));
        assertEquals("OK *9A", bench.ask("SYST:WDOG 800 *76"));
        assertEquals("OK *9A", bench.ask("CONF:CURR 1.500 *B0"));
        assertEquals("1.500 *F4", bench.ask("CONF:CURR? *DB"));
        assertEquals("ERR 103,\"CHECK\" *6B", bench.ask("CONF:CURR 1.500 *B1"));
        assertEquals("ERR 103,\"CHECK MISSING\" *A5", bench.ask("CONF:CURR 1.500"));
        assertEquals("IDLE,0.0,0.000,8.0,0.0 *6E", bench.ask("STAT? *7B"));
        assertEquals("OK *9A", bench.ask("OUTP:ARM *62"));
        assertEquals("OK *9A", bench.ask("OUTP ON *05"));
        assertTrue(bench.on());
        assertEquals("OK *9A", bench.ask("ABOR *24"));
    }

    @ParameterizedTest
    @CsvSource({
        "CONF:CURR 4.000, OK",
        "CONF:CURR 4.001, 'ERR 101,\"RANGE 0.0-4.0\"'",
        "CONF:CURR 1.2345, 'ERR 100,\"SYNTAX\"'",
        "CONF:CURR -1, 'ERR 100,\"SYNTAX\"'",
        "CONF:CURR 1e0, 'ERR 100,\"SYNTAX\"'",
        "CONF:RAMP 0.9, 'ERR 101,\"RANGE 1.0-120.0\"'",
        "CONF:RAMP 1.05, 'ERR 101,\"RANGE 1.0-120.0\"'",
        "CONF:DUR 2400, OK",
        "CONF:MODE XX, 'ERR 100,\"SYNTAX\"'",
        "SYST:WDOG 99, 'ERR 101,\"RANGE 100-5000\"'",
        "OUTP ON, 'ERR 102,\"STATE IDLE\"'",
        "OUTP OFF, OK",
        "ABOR, OK",
        "conf:curr 1, 'ERR 100,\"SYNTAX\"'",
        "FOO?, 'ERR 100,\"SYNTAX\"'",
        "OUTP:ARM, 'ERR 101,\"CURR NOT SET\"'"
    })
    void answersEachCommandWithOneLine(String command, String answer) {
        assertEquals(answer, new Bench().ask(command));
    }

    @Test
    void refusesALineThatIsTooLong() {
        assertEquals("ERR 100,\"SYNTAX\"", new Bench().ask("A".repeat(4000)));
    }

    @Test
    void rampsHoldsAndRampsDownAndCountsCharge() {
        Bench bench = Bench.running();
        assertEquals(State.RAMPUP, bench.state());
        bench.live(5);
        assertEquals(1.0, bench.number("milliamps"), 0.02);
        bench.live(6);
        assertEquals(State.HOLD, bench.state());
        assertEquals(2.0, bench.number("milliamps"), 1e-9);
        bench.live(44);
        assertEquals(State.RAMPDOWN, bench.state());
        bench.live(6);
        assertEquals(State.DONE, bench.state());
        assertFalse(bench.on());
        assertEquals(2.0 * 50, bench.number("chargeMillicoulomb"), 0.05);
        assertTrue(bench.ask("STAT?").startsWith("DONE,60.0,0.000,8.0,100.0"));
    }

    @Test
    void shamLastsAsLongAndGivesTwoRampsOnly() {
        Bench bench = Bench.running("CONF:SHAM 1");
        bench.live(10);
        assertEquals(2.0, bench.number("milliamps"), 0.02);
        bench.live(15);
        assertEquals(State.HOLD, bench.state());
        assertEquals(0.0, bench.number("milliamps"), 1e-9);
        assertTrue(bench.on());
        bench.live(36);
        assertEquals(State.DONE, bench.state());
        assertEquals(2.0 * 10, bench.number("chargeMillicoulomb"), 0.05);
        assertTrue(bench.ask("STAT?").startsWith("DONE,60.0,"));
    }

    @Test
    void alternatingCurrentCountsItsMean() {
        Bench bench = Bench.running("CONF:MODE AC", "CONF:FREQ 10");
        bench.live(61);
        assertEquals(100 * 2 / Math.PI, bench.number("chargeMillicoulomb"), 0.05);
    }

    @Test
    void givesNoMoreThanItsVoltageAllows() {
        Bench bench = Bench.running();
        bench.live(12);
        bench.fault("impedance-rise=15");
        bench.live(1);
        assertEquals(26.0 / 15, bench.number("milliamps"), 0.001);
        assertEquals(15.0, bench.number("kiloohms"), 0.001);
        assertTrue(bench.ask("SYST:ERR?").startsWith("202,\"COMPLIANCE"));
        assertEquals(State.HOLD, bench.state());
    }

    @Test
    void impedanceDriftsByItself() {
        Bench bench = new Bench(8, -10);
        bench.pass(60_000);
        assertEquals(7.2, bench.number("kiloohms"), 0.01);
        assertEquals("3.5,3.7", bench.ask("MEAS:IMP?"));
    }

    @Test
    void abortsWithinItsShortRampAndFromEveryState() {
        Bench bench = Bench.running();
        bench.live(12);
        assertEquals("OK", bench.ask("ABOR"));
        assertEquals(State.RAMPDOWN, bench.state());
        bench.pass(135);
        assertFalse(bench.on());
        assertEquals(State.IDLE, bench.state());
        bench.all("OUTP:ARM", "ABOR");
        assertEquals(State.IDLE, bench.state());
    }

    @Test
    void outpOffRampsDownAtTheSetRate() {
        Bench bench = Bench.running();
        bench.live(5);
        bench.all("OUTP OFF");
        bench.live(4.5);
        assertEquals(State.RAMPDOWN, bench.state());
        bench.live(1);
        assertEquals(State.DONE, bench.state());
    }

    @Test
    void theWatchdogRampsDownByItself() {
        Bench bench = Bench.running("SYST:WDOG 800");
        bench.live(12);
        bench.send("STAT?");
        bench.pass(799);
        assertEquals(2.0, bench.number("milliamps"), 1e-9);
        bench.lines();
        bench.pass(1);
        assertEquals(State.FAULT, bench.state());
        bench.pass(160);
        assertFalse(bench.on());
        assertEquals(0.0, bench.number("milliamps"), 1e-9);
        assertTrue(bench.lines().contains("! 203,\"WATCHDOG\""));
        assertEquals("203,\"WATCHDOG\"", bench.ask("SYST:ERR?"));
        assertTrue(bench.ask("OUTP:ARM").startsWith("ERR 102"));
        bench.all("ABOR");
        assertEquals(State.IDLE, bench.state());
    }

    @Test
    void onlyLinesWithTheRightCheckFeedTheWatchdog() {
        Bench bench = Bench.running("SYST:WDOG 800");
        bench.send("SYST:CRC ON");
        bench.pass(500);
        bench.send("STAT? *00");
        bench.send("STAT?");
        bench.pass(300);
        assertEquals(State.FAULT, bench.state());
    }

    @Test
    void refusesToArmOnHighImpedance() {
        Bench bench = new Bench(10, 0);
        bench.all("CONF:CURR 1");
        assertEquals("ERR 200,\"IMPEDANCE 10.0\"", bench.ask("OUTP:ARM"));
    }

    @Test
    void anElectrodeThatComesOffEndsTheRun() {
        Bench bench = Bench.running();
        bench.live(12);
        bench.fault("electrode-off");
        bench.pass(10);
        assertEquals(0.0, bench.number("milliamps"), 1e-9);
        bench.live(0.3);
        assertEquals(State.FAULT, bench.state());
        assertTrue(bench.ask("MEAS:IMP?").startsWith("999.9,999.9"));
    }

    @Test
    void aFailingSourceIsCutOff() {
        Bench bench = Bench.running();
        bench.live(12);
        bench.fault("module-error");
        bench.pass(10);
        assertFalse(bench.on());
        assertEquals(State.FAULT, bench.state());
        assertEquals(2.5, bench.number("maxMilliamps"), 1e-9);
    }

    @Test
    void aStuckOutputGoesOnWhateverIsSaid() {
        Bench bench = Bench.running();
        bench.live(12);
        bench.fault("stuck-output");
        bench.ask("ABOR");
        bench.pass(1000);
        assertTrue(bench.on());
        assertEquals(2.0, bench.number("milliamps"), 1e-9);
        bench.clear(FaultKind.STUCK_OUTPUT);
        assertFalse(bench.on());
    }

    @Test
    void theEmergencyStopOpensAtOnceAndHoldsFault() {
        Bench bench = Bench.running();
        bench.live(12);
        bench.fault("emergency-stop");
        bench.pass(20);
        assertFalse(bench.on());
        bench.all("ABOR");
        assertEquals(State.FAULT, bench.state());
        bench.clear(FaultKind.EMERGENCY_STOP);
        bench.all("ABOR");
        assertEquals(State.IDLE, bench.state());
    }

    @Test
    void aResetForgetsEverythingAndSaysSo() {
        Bench bench = Bench.running();
        bench.ask("SYST:CRC ON");
        bench.fault("reset");
        bench.pass(20);
        assertEquals("! 0,\"POWER ON\"", String.join("|", bench.lines()));
        assertFalse(bench.on());
        assertEquals("0.000", bench.ask("CONF:CURR?"));
    }

    @Test
    void silenceLeavesTheWatchdogAlone() {
        Bench bench = Bench.running("SYST:WDOG 800");
        bench.fault("silence");
        assertEquals("", bench.ask("ABOR"));
        bench.live(1);
        assertFalse(bench.on());
    }

    @Test
    void repliesCanBeDamaged() {
        Bench bench = new Bench();
        bench.ask("SYST:CRC ON");
        bench.fault("bad-crc");
        assertEquals("OK *9@", bench.ask("ABOR *24"));
        bench.fault("no-reply");
        assertEquals("", bench.ask("ABOR *24"));
        bench.fault("late-reply=300");
        assertEquals("", bench.ask("ABOR *24"));
        bench.pass(300);
        assertEquals("OK *9A", String.join("|", bench.lines()));
        bench.fault("split");
        bench.writes.clear();
        assertEquals("OK *9A", bench.ask("ABOR *24"));
        assertEquals(7, bench.writes.size());
    }

    @Test
    void survivesTenThousandMutatedLinesAndStaysWithinItsLimits() {
        Random random = new Random(5);
        Bench bench = Bench.running();
        byte[] start = "CONF:CURR 2.000\nOUTP:ARM\nOUTP ON\n".getBytes(StandardCharsets.US_ASCII);
        for (int round = 0; round < 10_000; round++) {
            byte[] mutated = start.clone();
            for (int i = 0; i <= random.nextInt(3); i++) {
                mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
            }
            bench.unit.receive(mutated, bench.now);
            bench.pass(random.nextInt(20));
        }
        bench.pass(5_200);
        assertFalse(bench.on());
        assertTrue(bench.number("maxMilliamps") <= 4.0);
    }
}
