package org.anodyne.dsp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Properties that follow from the definitions, and the edges of each function. */
class FunctionsTest {
    /** Bins every 0.25 Hz up to 20 Hz. */
    private static Spectrum spectrum(DoubleUnaryOperator density) {
        double[] values = new double[81];
        for (int k = 0; k < values.length; k++) {
            values[k] = density.applyAsDouble(k * 0.25);
        }
        return Spectrum.of(40, 160, 1, values);
    }

    @Test
    void simpsonIsExactForCubicsOnAnOddNumberOfBins() {
        assertEquals(Math.pow(13, 4) / 4 - Math.pow(8, 4) / 4, Bands.simpson(spectrum(f -> f * f * f), 8, 13), 1e-9);
    }

    @Test
    void simpsonIsExactForParabolasOnAnEvenNumberOfBins() {
        assertEquals((Math.pow(12.75, 3) - 512) / 3, Bands.simpson(spectrum(f -> f * f), 8, 12.75), 1e-10);
        assertNotEquals(
                (Math.pow(12.75, 3) - 512) / 3,
                Bands.simpson(spectrum(f -> f * f), 8, 12.75, Bands.EvenRule.AVERAGE),
                1e-4);
    }

    @Test
    void trapezoidIsExactForLines() {
        assertEquals((12.75 * 12.75 - 64) / 2, Bands.trapezoid(spectrum(f -> f), 8, 12.75), 1e-10);
    }

    @Test
    void bandsHoldTheBinsAtBothEnds() {
        Spectrum tenths = Spectrum.of(100, 1000, 1, new double[501]);
        assertEquals(0.3, tenths.frequency(3));
        Spectrum ends = spectrum(f -> f == 8 || f == 8.25 ? 4 : 0);
        assertEquals(1, Bands.trapezoid(ends, 8, 8.25));
        assertThrows(IllegalArgumentException.class, () -> Bands.trapezoid(ends, 8.01, 8.3));
    }

    @Test
    void aBandWithoutBinsIsRefusedRatherThanZero() {
        Spectrum flat = spectrum(f -> 1);
        for (double[] band : new double[][] {{8, 8.1}, {30, 40}, {13, 8}, {Double.NaN, 13}}) {
            assertThrows(IllegalArgumentException.class, () -> Bands.simpson(flat, band[0], band[1]));
        }
    }

    @Test
    void relativePowerOfSilenceOrOfGapsIsEmpty() {
        assertEquals(0.5, Bands.relative(spectrum(f -> 1), 5, 10, 5, 15).orElseThrow(), 1e-12);
        assertTrue(Bands.relative(spectrum(f -> 0), 8, 13, 1, 15).isEmpty());
        assertTrue(Bands.relative(spectrum(f -> Double.NaN), 8, 13, 1, 15).isEmpty());
    }

    @Test
    void theHighestLocalPeakWinsOverAHigherSlope() {
        Spectrum s = spectrum(f -> 100 / (f + 1) + (f == 10 ? 3 : 0) + (f == 11 ? 2 : 0));
        AlphaPeak peak = AlphaPeak.find(s).orElseThrow();
        assertEquals(10, peak.frequency());
        assertEquals(100.0 / 11 + 3, peak.density());
        assertTrue(peak.local());
        assertTrue(s.density(28) > peak.density());
    }

    @Test
    void withoutALocalPeakTheLargestBinStandsIn() {
        assertEquals(Optional.of(new AlphaPeak(7, 1 / 7.0, false)), AlphaPeak.find(spectrum(f -> 1 / Math.max(f, 1))));
        assertEquals(Optional.of(new AlphaPeak(13, 13, false)), AlphaPeak.find(spectrum(f -> f)));
        assertEquals(Optional.of(new AlphaPeak(7, 1, false)), AlphaPeak.find(spectrum(f -> 1)));
    }

    @Test
    void aFlatTopIsOnePeakAtItsMiddle() {
        Spectrum s = spectrum(f -> f >= 9 && f <= 9.75 ? 2 : 1);
        assertEquals(Optional.of(new AlphaPeak(9.25, 2, true)), AlphaPeak.find(s));
    }

    @Test
    void nothingAtTheEdgeOfTheBandIsAPeak() {
        Spectrum high = spectrum(f -> f == 13 ? 5 : 1);
        assertEquals(Optional.of(new AlphaPeak(13, 5, false)), AlphaPeak.find(high));
        assertTrue(AlphaPeak.objection(high, 7, 13).contains("at the edge of the range, 13 Hz"));
        // A maximum just at the edge, as a slope has by chance.
        Spectrum low = spectrum(f -> f == 7 ? 5 : 1 / f);
        assertEquals(Optional.of(new AlphaPeak(7, 5, false)), AlphaPeak.find(low));
        assertTrue(AlphaPeak.objection(low, 7, 13).contains("at the edge of the range, 7 Hz"));
    }

    @Test
    void whatRisesByLessThanAFifthIsNoPeak() {
        Spectrum shallow = spectrum(f -> f == 10 ? 1.19 : 1);
        assertFalse(AlphaPeak.find(shallow).orElseThrow().local());
        assertTrue(AlphaPeak.objection(shallow, 7, 13).contains("rises by a fifth"));
        assertTrue(
                AlphaPeak.find(spectrum(f -> f == 10 ? 1.21 : 1)).orElseThrow().local());
        assertEquals("", AlphaPeak.objection(spectrum(f -> f == 10 ? 1.21 : 1), 7, 13));
        // On one side it does not.
        assertFalse(AlphaPeak.find(spectrum(f -> f < 10 ? 1.9 : f == 10 ? 2 : 1))
                .orElseThrow()
                .local());
    }

    /** A ripple of a slope is no peak, one that stands far out of it is. */
    @Test
    void underAHigherSlopeAPeakStandsOutOfTheBackground() {
        java.util.function.DoubleUnaryOperator rippled =
                f -> Math.pow(Math.max(f, 0.5), -2) * (Math.round(f * 4) % 4 == 0 ? 1.3 : 1);
        assertFalse(AlphaPeak.find(spectrum(rippled)).orElseThrow().local());
        AlphaPeak peak = AlphaPeak.find(spectrum(f -> rippled.applyAsDouble(f) * (f == 10 ? 1.7 : 1)))
                .orElseThrow();
        assertEquals(10, peak.frequency());
        assertTrue(peak.local());
    }

    @Test
    void noAlphaPeakInSilenceGapsOrOutsideTheSpectrum() {
        assertTrue(AlphaPeak.find(spectrum(f -> 0)).isEmpty());
        assertTrue(AlphaPeak.find(spectrum(f -> f == 9 ? Double.NaN : 1)).isEmpty());
        assertTrue(AlphaPeak.find(spectrum(f -> 1), 30, 40).isEmpty());
        assertTrue(AlphaPeak.centreOfGravity(spectrum(f -> 0), 7, 13).isEmpty());
        assertTrue(AlphaPeak.centreOfGravity(spectrum(f -> Double.NaN), 7, 13).isEmpty());
        assertTrue(AlphaPeak.centreOfGravity(spectrum(f -> 1), 30, 40).isEmpty());
    }

    @Test
    void centreOfGravityOfASymmetricPeakIsItsMiddle() {
        assertEquals(
                10,
                AlphaPeak.centreOfGravity(spectrum(f -> Math.exp(-(f - 10) * (f - 10))), 7, 13)
                        .orElseThrow(),
                1e-12);
    }

    @Test
    void aSineHasItsPowerInItsBand() {
        double[] x = new double[4000];
        for (int i = 0; i < x.length; i++) {
            x[i] = 7 + 3 * Math.sin(2 * Math.PI * 10 * i / 250.0);
        }
        Spectrum s = Welch.psd(x, 250, 500, 250);
        assertEquals(4.5, Bands.trapezoid(s, 8, 12), 1e-9, "half the squared amplitude, the offset removed");
        assertEquals(10, AlphaPeak.find(s).orElseThrow().frequency());
    }

    @Test
    void welchRefusesASignalWithoutAWholeSegment() {
        assertThrows(IllegalArgumentException.class, () -> Welch.psd(new double[499], 125, 500, 250));
        double[] gap = new double[500];
        gap[3] = Double.NaN;
        assertThrows(IllegalArgumentException.class, () -> Welch.psd(gap, 125, 500, 250));
        assertThrows(IllegalArgumentException.class, () -> new WelchAccumulator(125, 500, 500));
        assertThrows(IllegalArgumentException.class, () -> new WelchAccumulator(125, 1, 0));
        assertThrows(IllegalArgumentException.class, () -> new WelchAccumulator(Double.NaN, 500, 0));
        assertFalse(new WelchAccumulator(125, 500, 250).spectrum().isPresent());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 8})
    void butterworthHasHalfPowerAtItsCutOffs(int order) {
        double half = Math.sqrt(0.5);
        assertEquals(half, gain(Butterworth.lowPass(order, 12, 250), 12, 250), 1e-9);
        assertEquals(half, gain(Butterworth.highPass(order, 12, 250), 12, 250), 1e-9);
        for (double edge : new double[] {8, 13}) {
            assertEquals(half, gain(Butterworth.bandPass(order, 8, 13, 250), edge, 250), 1e-7);
            assertEquals(half, gain(Butterworth.bandStop(order, 8, 13, 250), edge, 250), 1e-7);
        }
        assertEquals(1, gain(Butterworth.lowPass(order, 12, 250), 0, 250), 1e-9);
        assertEquals(0, gain(Butterworth.bandPass(order, 8, 13, 250), 0, 250), 1e-9);
    }

    private static double gain(Sos design, double frequency, double samplingRate) {
        double w = -2 * Math.PI * frequency / samplingRate;
        double gain = 1;
        for (int i = 0; i < design.size(); i++) {
            double[] s = design.section(i);
            gain *= Math.hypot(
                            s[0] + s[1] * Math.cos(w) + s[2] * Math.cos(2 * w),
                            s[1] * Math.sin(w) + s[2] * Math.sin(2 * w))
                    / Math.hypot(
                            1 + s[4] * Math.cos(w) + s[5] * Math.cos(2 * w),
                            s[4] * Math.sin(w) + s[5] * Math.sin(2 * w));
        }
        return gain;
    }

    @Test
    void notchRemovesItsFrequencyAndLittleElse() {
        Sos notch = Butterworth.notch(50, 30, 250);
        assertEquals(0, gain(notch, 50, 250), 1e-12);
        assertEquals(1, gain(notch, 0, 250), 1e-12);
        assertTrue(gain(notch, 45, 250) > 0.98);
    }

    @Test
    void impossibleFiltersAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> Butterworth.lowPass(4, 125, 250));
        assertThrows(IllegalArgumentException.class, () -> Butterworth.lowPass(4, 0, 250));
        assertThrows(IllegalArgumentException.class, () -> Butterworth.lowPass(0, 10, 250));
        assertThrows(IllegalArgumentException.class, () -> Butterworth.lowPass(17, 10, 250));
        assertThrows(IllegalArgumentException.class, () -> Butterworth.bandPass(4, 13, 8, 250));
        assertThrows(IllegalArgumentException.class, () -> Butterworth.notch(50, 0, 250));
        assertThrows(IllegalArgumentException.class, () -> Sos.of(new double[][] {{1, 2, 3}}));
        assertThrows(IllegalArgumentException.class, () -> Sos.of(new double[][] {}));
    }

    @Test
    void aSettledFilterStartsWithoutATransient() {
        SosFilter low = Butterworth.lowPass(4, 5, 1000).filter();
        low.settle(2669);
        double[] constant = new double[2000];
        Arrays.fill(constant, 2669);
        for (double y : low.filter(constant)) {
            assertEquals(2669, y, 1e-6);
        }
    }

    @Test
    void delayOfASlowRampIsTheOneAnnounced() {
        Sos design = Butterworth.lowPass(4, 5, 1000);
        SosFilter filter = design.filter();
        double last = 0;
        for (int i = 0; i < 5000; i++) {
            last = filter.next(i);
        }
        assertEquals(4999 - design.delayAtZero(), last, 1e-4);
    }

    @Test
    void baselineNeedsTwoDifferentValues() {
        RunningStats stats = new RunningStats();
        assertTrue(stats.mean().isEmpty());
        stats.add(new double[] {4, Double.NaN});
        assertEquals(4, stats.mean().orElseThrow());
        assertTrue(stats.standardDeviation().isEmpty());
        stats.add(4);
        assertTrue(stats.zScore(5).isEmpty(), "all equal");
        stats.add(7);
        assertEquals(1, stats.skipped());
        assertEquals((5 - 5.0) / Math.sqrt(3), stats.zScore(5).orElseThrow());
        assertTrue(stats.zScore(Double.NaN).isEmpty());
        assertThrows(IllegalArgumentException.class, () -> Descriptive.mean(new double[0]));
        assertThrows(IllegalArgumentException.class, () -> Descriptive.standardDeviation(new double[1]));
    }

    @Test
    void everyMadeResponseIsFoundAndNoOther() {
        ScrDetector detector = new ScrDetector(ScrSettings.of(100, 0.01));
        assertTrue(detector.tonic().isEmpty());
        List<ScrEvent> events = detector.add(Signals.eda());
        double[] expected = {12, 30, 52, 56, 110};
        double[] onsets = events.stream().mapToDouble(ScrEvent::onset).toArray();
        assertArrayEquals(expected, onsets, 0.15);
        for (ScrEvent event : events) {
            assertTrue(event.amplitude() < event.conductanceRise(), "the high-pass flattens: " + event);
            assertTrue(event.riseTime() >= 0.5 && event.riseTime() <= 5, event.toString());
        }
        assertEquals(5 - 0.004 * 150, detector.tonic().orElseThrow(), 0.05);
        assertEquals(0.083, detector.delay(), 0.001);
    }

    @Test
    void aConstantOrFallingLevelHasNoResponse() {
        ScrDetector detector = new ScrDetector(ScrSettings.of(100, 0.01));
        for (int i = 0; i < 10000; i++) {
            assertTrue(detector.add(i < 5000 ? 4 : 4 - (i - 5000) * 0.0001).isEmpty());
        }
    }

    @Test
    void aSlowWristbandSignalWorksWithTheDefaults() {
        double[] fast = Signals.eda();
        double[] slow = new double[fast.length / 25];
        for (int i = 0; i < slow.length; i++) {
            slow[i] = fast[i * 25];
        }
        List<ScrEvent> events = new ScrDetector(ScrSettings.of(4, 0.01)).add(slow);
        double[] onsets = events.stream().mapToDouble(ScrEvent::onset).toArray();
        assertArrayEquals(new double[] {12, 30, 52, 56, 110}, onsets, 0.6);
    }

    @Test
    void impossibleDetectorSettingsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> ScrSettings.of(1000, 0));
        assertThrows(IllegalArgumentException.class, () -> ScrSettings.of(0, 0.01));
        assertThrows(IllegalArgumentException.class, () -> new ScrSettings(1000, 200, 5, 0.05, 0.01, 0.005, 0.5, 5, 1));
        assertThrows(IllegalArgumentException.class, () -> new ScrSettings(1000, 40, 5, 0.05, 0.01, 0.02, 0.5, 5, 1));
    }
}
