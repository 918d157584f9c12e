package org.anodyne.dsp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/**
 * Delays of skin conductance against those of scipy 1.10.1: {@code sum(scipy.signal.group_delay((row[:3], row[3:]), w=[f], fs=fs)[1][0] for row in
 * sos) / fs} of {@code butter(4, low, 'low')} at the rate of the signal and {@code butter(2, 0.05, 'high')} at the decimated one.
 */
class ScrDelayTest {
    private static void equal(double expected, double actual) {
        assertEquals(expected, actual, 1e-9 * expected);
    }

    @Test
    void ofThePhasicPartEqualsScipy() {
        equal(0.2675481293674894, new ScrDetector(ScrSettings.of(50, 0.01)).phasicDelay(0.25));
        equal(0.27028438510738156, new ScrDetector(ScrSettings.of(1000, 0.01)).phasicDelay(0.25));
        equal(0.29984377951047003, new ScrDetector(ScrSettings.of(4, 0.01)).phasicDelay(0.25));
    }

    @Test
    void ofTheSmoothingEqualsScipy() {
        equal(0.0804237465456583, new ScrDetector(ScrSettings.of(50, 0.01)).delay());
        equal(0.1061320104141994, new ScrDetector(ScrSettings.of(4, 0.01)).delay());
    }
}
