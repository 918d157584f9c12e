package org.anodyne.dsp.physio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HrvTest {
    /**
     * By hand, in ms: 800, 810, 870, 790, 800. Mean 814. Deviations −14, −4, 56, −24, −14: squares 196 + 16 + 3136 + 576 + 196 = 4120, by 4:
     * 1030. Differences 10, 60, −80, 10: squares 100 + 3600 + 6400 + 100 = 10200, by 4: 2550. Above 50 ms: 2 of 4.
     */
    @Test
    void valuesByHand() {
        double[] rr = {0.800, 0.810, 0.870, 0.790, 0.800};
        assertEquals(0.814, Hrv.mean(rr).orElseThrow(), 1e-12);
        assertEquals(Math.sqrt(1030) / 1000, Hrv.sdnn(rr).orElseThrow(), 1e-12);
        assertEquals(Math.sqrt(2550) / 1000, Hrv.rmssd(rr).orElseThrow(), 1e-12);
        assertEquals(0.5, Hrv.pnn50(rr).orElseThrow());
    }

    @Test
    void differenceOfFiftyMillisecondsItselfDoesNotCount() {
        assertEquals(0, Hrv.pnn50(new double[] {0.85, 0.9, 0.85, 0.8}).orElseThrow());
        assertEquals(1, Hrv.pnn50(new double[] {0.85, 0.901}).orElseThrow());
    }

    /** Without the third interval two differences are left: 10 and 10. */
    @Test
    void whatIsLeftOutTakesBothItsDifferencesWithIt() {
        double[] rr = {0.800, 0.810, Double.NaN, 0.790, 0.800};
        assertEquals(0.8, Hrv.mean(rr).orElseThrow(), 1e-12);
        assertEquals(0.01, Hrv.rmssd(rr).orElseThrow(), 1e-12);
        assertTrue(Hrv.rmssd(new double[] {0.8, Double.NaN, 0.8}).isEmpty());
        assertTrue(Hrv.sdnn(new double[] {0.8}).isEmpty());
        assertTrue(Hrv.mean(new double[0]).isEmpty());
    }

    @Test
    void ruleLeavesOutMissedAndExtraBeats() {
        RrRule rule = new RrRule(RrRule.DEFAULT_SHARE);
        double[] rr = {0.8, 0.82, 0.79, 1.62, 0.8, 0.4, 0.41, 0.81, 0.8, 2.5, 0.2, 0.79};
        List<Integer> refused = new ArrayList<>();
        for (int i = 0; i < rr.length; i++) {
            if (!rule.accept(rr[i])) {
                refused.add(i);
            }
        }
        assertEquals(List.of(3, 5, 6, 9, 10), refused);
    }

    @Test
    void ruleFollowsARealChangeAndSlowBreathing() {
        RrRule rule = new RrRule(RrRule.DEFAULT_SHARE);
        int refused = 0;
        for (int i = 0; i < 40; i++) {
            refused += rule.accept(i < 20 ? 1.0 : 0.6) ? 0 : 1;
        }
        assertTrue(refused <= 3, refused + " refused");
        rule.reset();
        double t = 0;
        for (int i = 0; i < 200; i++) {
            // From 60 to 80 beats a minute with six breaths a minute: a large but real sinus arrhythmia.
            double rr = 60 / (70 + 10 * Math.sin(2 * Math.PI * 0.1 * t));
            t += rr;
            assertTrue(rule.accept(rr), "interval " + i);
        }
    }

    @Test
    void coherenceIsHighForOneRhythmAndLowForNoise() {
        java.util.SplittableRandom random = new java.util.SplittableRandom(1);
        RrSeries one = new RrSeries(64);
        RrSeries noise = new RrSeries(64);
        double t = 0;
        for (int i = 0; i < 120; i++) {
            double rr = 0.9 + 0.08 * Math.sin(2 * Math.PI * 0.1 * t);
            t += rr;
            one.add(t, rr);
            noise.add(t, 0.9 + 0.1 * (random.nextDouble() - 0.5));
        }
        assertTrue(t - one.usableTimes()[0] <= 64);
        HrvSpectrum rhythm = HrvSpectrum.of(one.usableTimes(), one.usableIntervals());
        assertEquals(0.1, rhythm.peak(), 0.004);
        assertTrue(rhythm.coherence() > 0.8, "rhythm " + rhythm.coherence());
        assertTrue(rhythm.ratio() > 5, "LF/HF " + rhythm.ratio());
        double random64 =
                HrvSpectrum.of(noise.usableTimes(), noise.usableIntervals()).coherence();
        assertTrue(random64 < 0.4, "noise " + random64);
    }

    /** The integral over all frequencies is the variance; here nearly all of it lies below 0.4 Hz. */
    @Test
    void powerIsTheVariance() {
        double[] t = new double[300];
        double[] rr = new double[300];
        double now = 0;
        for (int i = 0; i < t.length; i++) {
            rr[i] = 0.8 + 0.05 * Math.sin(2 * Math.PI * 0.1 * now) + 0.04 * Math.sin(2 * Math.PI * 0.25 * now);
            now += rr[i];
            t[i] = now;
        }
        HrvSpectrum spectrum = HrvSpectrum.of(t, rr);
        assertEquals(0.05 * 0.05 / 2, spectrum.lowPower(), 0.03 * 0.05 * 0.05);
        assertEquals(0.04 * 0.04 / 2, spectrum.highPower(), 0.03 * 0.04 * 0.04);
    }

    @Test
    void tooLittleGivesNoSpectrum() {
        double[] t = new double[20];
        for (int i = 0; i < t.length; i++) {
            t[i] = i;
        }
        assertFalse(HrvSpectrum.enough(t));
        assertThrows(IllegalArgumentException.class, () -> HrvSpectrum.of(t, t));
        assertThrows(IllegalArgumentException.class, () -> new RrRule(0));
        assertThrows(IllegalArgumentException.class, () -> new RrSeries(0));
        assertTrue(Double.isNaN(LombScargle.share(new double[] {1, 2}, new double[] {0, 0}, 0.1)));
    }

    @Test
    void successorsGoOnBitForBit() {
        RrRule rule = new RrRule(0.2);
        RrSeries series = new RrSeries(30);
        for (int i = 0; i < 60; i++) {
            double rr = 0.8 + 0.01 * (i % 7);
            series.add(i * 0.8, rule.accept(rr) ? rr : Double.NaN);
        }
        RrRule rule2 = new RrRule(0.2);
        rule2.restore(rule.state());
        assertArrayEquals(rule.state(), rule2.state());
        RrSeries series2 = new RrSeries(30);
        series2.restore(series.state());
        assertArrayEquals(series.state(), series2.state());
        assertArrayEquals(series.intervals(), series2.intervals());
    }
}
