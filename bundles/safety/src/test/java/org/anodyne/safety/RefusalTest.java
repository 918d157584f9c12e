package org.anodyne.safety;

import static org.anodyne.safety.House.real;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.anodyne.host.CommandGate.Subject;
import org.anodyne.plugin.Acknowledgement;
import org.anodyne.plugin.Acknowledgement.Outcome;
import org.anodyne.plugin.Command;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the gate refuses, with the limit and where it comes from. */
class RefusalTest {
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

    private void refused(Acknowledgement a, String... words) {
        assertEquals(Outcome.REFUSED, a.outcome(), a.toString());
        for (String w : words) {
            assertTrue(a.reason().contains(w), a.reason());
        }
        assertEquals(List.of(), h.executed);
    }

    private void executed(Acknowledgement a) {
        assertEquals(Outcome.EXECUTED, a.outcome(), a.reason());
        h.executed.clear();
    }

    private static final Subject TES = real("s1", "P01", "tdcs");
    private static final Subject TMS = real("s1", "P01", "tms-magstim");
    private static final Subject TENS = real("s1", "P01", "tens-rehastim");
    private static final Subject HEAT = real("s1", "P01", "tcs");

    private Command current(double milliampere, double minutes) {
        return h.command("stimulate", "current", milliampere, "duration", minutes * 60, "ramp", 30, "area", 100);
    }

    @Test
    void fourMilliampereForFortyMinutesIsTooMuchChargeThoughEachIsWithinItsRange() {
        refused(h.pass(TES, current(4, 40)), "9600 mC", "7200 mC", "Bikson 2016, PMC5007190");
        executed(h.pass(TES, current(4, 30)));
    }

    @ParameterizedTest
    @CsvSource({"4.1,1,'the limit is 4 mA'", "1,40.1,'the limit is 40 min'", "3,41,'the limit is 40 min'"})
    void currentAndTimeAreLimited(double milliampere, double minutes, String words) {
        refused(h.pass(TES, current(milliampere, minutes)), words, "Bikson 2016");
    }

    @Test
    void chargeOfASessionAddsUp() {
        executed(h.pass(TES, current(4, 20)));
        h.gate.delivered(TES, "c0", Map.of("chargeMillicoulomb", 4800.0, "seconds", 1200.0), true);
        refused(h.pass(TES, current(4, 11)), "with 4800 mC of this session before", "7440 mC");
    }

    @Test
    void densityRampAndAlternatingCurrentAreLimited() {
        Command dense = h.command("stimulate", "current", 2, "duration", 60, "ramp", 30, "area", 20);
        refused(h.pass(TES, dense), "0.1 mA/cm^2", "the limit is 0.08", "unverified");
        Command steep = h.command("stimulate", "current", 2, "duration", 60, "ramp", 1, "area", 35);
        refused(h.pass(TES, steep), "the ramp is 1 s", "unverified");
        Command alternating =
                h.command("stimulate", "current", 2.5, "duration", 60, "ramp", 30, "area", 35, "frequency", 10);
        refused(h.pass(TES, alternating), "peak of the alternating current is 2.5 mA", "the limit is 2 mA");
        refused(h.pass(TES, h.command("stimulate", "current", 1, "duration", 60)), "cannot be judged");
    }

    @Test
    void aSecondSessionWithinADayIsRefused() {
        executed(h.pass(TES, current(2, 20)));
        h.gate.delivered(TES, "c0", Map.of("chargeMillicoulomb", 2400.0, "seconds", 1200.0), true);
        h.gate.end("s1");
        h.clock.plus(Duration.ofHours(23));
        Subject second = real("s2", "P01", "tdcs");
        refused(
                h.pass(second, current(2, 20)),
                "this participant's last session is 23 h",
                "at least 24 h",
                "unverified");
        h.clock.plus(Duration.ofHours(1));
        executed(h.pass(second, current(2, 20)));
    }

    @Test
    void anotherParticipantIsAnotherMatter() {
        h.screen("P02", "tes");
        executed(h.pass(TES, current(2, 20)));
        executed(h.pass(real("s2", "P02", "tdcs"), current(2, 20)));
    }

    private Command train(double intensity, double hertz, double seconds) {
        return h.command("train", "intensity", intensity, "frequency", hertz, "duration", seconds);
    }

    private void threshold(double percent) {
        Map<String, Object> said = h.desk.ask("threshold", Map.of("session", "s1", "percent", percent, "by", "A"));
        assertEquals(true, said.get("ok"), said.toString());
    }

    @Test
    void trainsNeedAThresholdMeasuredInThisSession() {
        refused(h.pass(TMS, train(50, 10, 1)), "no resting motor threshold was measured in this session");
        threshold(50);
        executed(h.pass(TMS, train(50, 10, 1)));
        refused(h.pass(real("s2", "P01", "tms-magstim"), train(50, 10, 1)), "no resting motor threshold");
    }

    @Test
    void anIntensityOfTheThresholdNeedsOneOfThisSessionAndIsJudgedAsWhatItComesTo() {
        Command relative = h.command("train", "intensityOfThreshold", 110, "frequency", 10, "duration", 1);
        refused(
                h.pass(TMS, relative),
                "its intensity is a percentage of the resting motor threshold",
                "threshold PERCENT");
        threshold(50);
        executed(h.pass(TMS, h.command("train", "intensityOfThreshold", 110, "frequency", 10, "duration", 1)));
        assertEquals(Map.of("intensity", 55.0, "frequency", 10.0, "duration", 1.0), h.last.arguments());
        refused(
                h.pass(real("s3", "P01", "tms-magstim"), h.command("pulse", "intensityOfThreshold", 100)),
                "none was measured in this session");
        refused(
                h.pass(TMS, h.command("train", "intensityOfThreshold", 140, "frequency", 1, "duration", 1)),
                "intensity 70 % of maximum output",
                "140 % of the resting motor threshold");
    }

    @Test
    void twentyHertzForTwoSecondsAtHundredAndTenPercentIsTooLong() {
        threshold(50);
        refused(
                h.pass(TMS, train(55, 20, 2)),
                "a train of 2 s at 20 Hz and 110 % of the resting motor threshold is too long; the limit is 1.2 s",
                "Chen 1997",
                "unverified");
        executed(h.pass(TMS, train(55, 20, 1.2)));
    }

    /** Threshold 50 % of maximum output. Between the table's cells the next higher frequency and intensity holds. */
    @ParameterizedTest
    @CsvSource({
        "50,15,1.5,true",
        "50,15,1.6,false", // as 20 Hz, 100 %
        "51,10,5,true",
        "56,10,5,false", // as 110 and 120 %
        "50,0.5,270,true",
        "45,20,1.5,true",
        "50,25,1.0,true",
        "50,26,0.1,false",
        "66,1,1,false", // outside the table
        "65,25,0.2,true",
        "65,25,0.21,false"
    })
    void betweenCellsTheNextHigherHolds(double intensity, double hertz, double seconds, boolean allowed) {
        threshold(50);
        assertEquals(
                allowed,
                h.pass(TMS, train(intensity, hertz, seconds)).outcome() == Outcome.EXECUTED,
                intensity + " % " + hertz + " Hz " + seconds + " s");
    }

    @Test
    void pulsesOfATrainCountLikeItsTime() {
        threshold(50);
        refused(
                h.pass(TMS, h.command("train", "intensity", 55, "frequency", 20, "pulses", 40)),
                "a train of 2 s",
                "the limit is 1.2 s");
        executed(h.pass(TMS, h.command("train", "intensity", 55, "frequency", 20, "pulses", 24)));
    }

    @Test
    void trainsNeedAPause() {
        threshold(50);
        executed(h.pass(TMS, train(50, 10, 2)));
        h.time.plus(Duration.ofSeconds(6));
        refused(h.pass(TMS, train(50, 10, 2)), "the end of the last train is 4 s", "at least 5 s", "Chen 1997");
        h.time.plus(Duration.ofSeconds(1));
        executed(h.pass(TMS, train(50, 10, 2)));
    }

    private Command pulse(double intensity) {
        return h.command("pulse", "intensity", intensity);
    }

    @Test
    void singlePulsesAreLimitedInTimeAndNumberAndRise() {
        executed(h.pass(TMS, pulse(50)));
        h.time.plus(Duration.ofMillis(1900));
        refused(
                h.pass(TMS, pulse(50)),
                "the time since the last command is 1.9 s",
                "at least 2 s",
                "engineering default");
        h.time.plus(Duration.ofMillis(100));
        refused(h.pass(TMS, pulse(53)), "the rise of intensity", "the limit is 2 % of maximum output");
        executed(h.pass(TMS, pulse(52)));
        for (int i = 0; i < 18; i++) {
            h.time.plus(Duration.ofSeconds(2));
            executed(h.pass(TMS, pulse(50)));
        }
        h.time.plus(Duration.ofSeconds(2));
        refused(h.pass(TMS, pulse(50)), "the last minute is 21 commands", "the limit is 20");
        h.time.plus(Duration.ofSeconds(60));
        executed(h.pass(TMS, pulse(50)));
        refused(h.pass(TMS, pulse(101)), "the limit is 100 % of maximum output");
    }

    @Test
    void aPairCountsTwiceAndNeedsTwiceThePause() {
        Command pair = h.command("pairedPulse", "intensity", 40, "secondIntensity", 60, "interval", 3);
        executed(h.pass(TMS, pair));
        h.time.plus(Duration.ofSeconds(3));
        Command next = h.command("pairedPulse", "intensity", 40, "secondIntensity", 60, "interval", 3);
        refused(h.pass(TMS, next), "the time since the last command is 3 s", "at least 4 s", "twice for a pair");
        Command strong = h.command("pairedPulse", "intensity", 40, "secondIntensity", 101, "interval", 3);
        refused(h.pass(TMS, strong), "the limit is 100 % of maximum output");
        refused(h.pass(real("s1", "P01", "x"), h.command("trigger")), "cannot be told");
    }

    private Command burst(double milliampere, double micros, double hertz) {
        return h.command("burst", "amplitude", milliampere, "pulseWidth", micros, "frequency", hertz, "duration", 1);
    }

    @Test
    void tensIsLimitedByChargeOfAPhaseAndByItsRootMeanSquare() {
        refused(h.pass(TENS, burst(70, 500, 10)), "35 uC", "the limit is 30 uC", "default of this platform");
        refused(h.pass(TENS, burst(250.1, 119, 1000)), "mA rms", "the limit is 50 mA rms", "IEC 60601-2-10");
        refused(h.pass(TENS, burst(10, 600, 1000)), "do not fit into one period");
        executed(h.pass(TENS, burst(60, 500, 10)));
        refused(h.pass(TENS, h.command("burst", "amplitude", 10)), "cannot be judged");
        refused(h.pass(TENS, burst(63, 100, 10)), "the rise of amplitude", "the limit is 2 mA");
    }

    private Command burstOn(double area, double milliampere, double micros, double hertz) {
        return h.command(
                "burst",
                "amplitude",
                milliampere,
                "pulseWidth",
                micros,
                "frequency",
                hertz,
                "duration",
                1,
                "area",
                area);
    }

    @Test
    void tensIsLimitedByTheEnergyOfAPulse() throws Exception {
        // 150 mA for 13.4 ms in each phase are 301.5 mJ, and too much charge besides; 80 mA for 100 us are 0.64 mJ.
        refused(h.pass(TENS, h.command("pulse", "amplitude", 150, "pulseWidth", 13_400)), "301.5 mJ", "300 mJ", "IEC");
        h.policy("limit tens.pulse.millijouleAt500Ohm = 0.6\n");
        refused(
                h.pass(TENS, h.command("pulse", "amplitude", 80, "pulseWidth", 100)),
                "0.64 mJ",
                "the limit is 0.6 mJ",
                "policy of this site");
        executed(h.pass(TENS, h.command("pulse", "amplitude", 77, "pulseWidth", 100)));
    }

    @Test
    void tensIsLimitedByDensityWhereAnAreaIsGiven() throws Exception {
        // 50 mA, 200 us, 100 Hz: 10 mA rms, 0.05 W at 500 ohm.
        refused(h.pass(TENS, burstOn(0.19, 50, 200, 100)), "0.2632 W/cm^2", "the limit is 0.25 W/cm^2", "FDA");
        refused(h.pass(TENS, burstOn(4.9, 50, 200, 100)), "10 mA rms on 4.9 cm^2", "the limit is 2 mA rms/cm^2");
        refused(h.pass(TENS, burstOn(0, 50, 200, 100)), "an area of 0 cm^2");
        refused(h.pass(TENS, burstOn(-5, 50, 200, 100)), "area = -5.0");
        executed(h.pass(TENS, burstOn(5, 50, 200, 100)));
        h.policy("raise tens.density.milliampereRmsPerSquareCentimetre = 4 by \"PI\" on 2026-11-01 until 2026-12-01"
                + " because \"study 3\"\n");
        executed(h.pass(TENS, burstOn(2.5, 50, 200, 100)));
        refused(h.pass(TENS, burstOn(2.4, 50, 200, 100)), "the limit is 4 mA", "raised for this site by PI");
    }

    @Test
    void tensWithoutAnAreaIsJudgedAsOnASmallElectrode() throws Exception {
        // 85 mA, 100 us, 50 Hz: 8.5 mA rms, and 0.036 W at 500 ohm.
        refused(
                h.pass(TENS, burst(85, 100, 50)),
                "the current density of 8.5 mA rms on 4 cm^2 (assumed, since the command names no area)",
                "2.125 mA rms/cm^2",
                "the limit is 2 mA rms/cm^2",
                "a maker's manual after IEC 60601-2-10");
        executed(h.pass(TENS, burstOn(5, 85, 100, 50)));
        h.policy("limit tens.assumedArea.squareCentimetre = 0.1\n"
                + "raise tens.density.milliampereRmsPerSquareCentimetre = 10 by \"PI\" on 2026-11-01 until 2026-12-01"
                + " because \"x\"\nlimit tens.density.wattPerSquareCentimetre = 0.001\n");
        refused(
                h.pass(TENS, burst(8.5, 100, 50)),
                "the power density at 500 ohm of 0.85 mA rms on 0.1 cm^2 (assumed",
                "the limit is 0.001 W/cm^2",
                "policy of this site");
        h.policy("raise tens.assumedArea.squareCentimetre = 25 by \"PI\" on 2026-11-01 until 2026-12-01 because"
                + " \"no smaller pads\"\n");
        executed(h.pass(TENS, burst(85, 100, 50)));
    }

    @Test
    void heatIsLimited() {
        heatRefused(50.5, 1, "the limit is 50 degrees Celsius", "published driver of the TCS II");
        heatRefused(-0.5, 1, "the temperature is -0.5 degrees Celsius", "at least 0 degrees Celsius", "unverified");
        heatRefused(48, 11, "at 48 degrees Celsius is 11 s", "the limit is 10 s", "no table of burns", "dwellFrom48");
        heatRefused(
                47.9, 61, "at 47.9 degrees Celsius is 61 s", "the limit is 60 s", "no table of burns", "dwellFrom44");
        heatRefused(43.9, 601, "is 601 s", "the limit is 600 s", "no table of burns", "thermal.dwell.seconds");
        for (double[] allowed : new double[][] {{50, 1}, {0, 1}, {48, 10}, {47.9, 60}, {43.9, 600}}) {
            executed(h.pass(HEAT, h.command("heat", "temperature", allowed[0], "duration", allowed[1])));
        }
    }

    private void heatRefused(double celsius, double seconds, String... words) {
        refused(h.pass(HEAT, h.command("heat", "temperature", celsius, "duration", seconds)), words);
    }

    @Test
    void aDayOfStimulationIsLimitedOverItsSessions() throws Exception {
        h.policy("raise tes.interval.hours = 20 by \"PI\" on 2026-11-01 until 2026-12-01 because \"x\"\n");
        // One at half past midnight, the next in the evening of the same day.
        h.clock.plus(Duration.ofHours(14).plusMinutes(30));
        executed(h.pass(TES, current(1, 35)));
        h.gate.delivered(TES, "c0", Map.of("chargeMillicoulomb", 2100.0, "seconds", 2100.0), true);
        h.gate.end("s1");
        h.clock.plus(Duration.ofHours(21));
        Subject evening = real("s2", "P01", "tdcs");
        refused(
                h.pass(evening, current(1, 26)),
                "the participant's stimulation today is 61 min",
                "the limit is 60 min",
                "Antal 2017",
                "unverified",
                "tes.day.minutes");
        executed(h.pass(evening, current(1, 25)));
    }

    @Test
    void withoutScreeningArmingOrFreshInputNothingIsActuated() {
        refused(h.pass(real("s1", "P09", "tens-rehastim"), burst(10, 200, 100)), "participant P09 has no screening");
        refused(h.pass(real("s1", "", "tens-rehastim"), burst(10, 200, 100)), "no participant");
        refused(h.gate.pass(TENS, burst(10, 200, 100), h.time, false, true, h.device), "not armed");
        refused(h.gate.pass(TENS, burst(10, 200, 100), h.time, true, false, h.device), "bus is not connected");
        Command old = burst(10, 200, 100);
        h.time.plus(Duration.ofMillis(251));
        refused(h.pass(TENS, old), "251 ms after the data that it rests on; the limit is 250 ms");
    }

    @Test
    void whatKindOfStimulationItIsMustBeKnown() throws Exception {
        Command odd = h.command("shine", "brightness", 1);
        refused(h.pass(real("s1", "P01", "lamp"), odd), "modality lamp = tms, tes, tens, thermal or none");
        h.policy("modality lamp = none\n");
        executed(h.pass(real("s1", "P01", "lamp"), h.command("shine", "brightness", 1)));
        executed(h.pass(real("s1", "", "box"), h.command("mark", "code", 7)));
    }

    @Test
    void simulatedDevicesNeedNoScreeningButAreHere() {
        executed(h.pass(House.simulated("s1", "P09", "tens-rehastim", "tcp:127.0.0.1:4000"), burst(10, 200, 100)));
        refused(
                h.pass(House.simulated("s1", "P09", "tens-rehastim", "serial:/dev/ttyUSB0"), burst(10, 200, 100)),
                "declared to have simulated devices only");
    }
}
