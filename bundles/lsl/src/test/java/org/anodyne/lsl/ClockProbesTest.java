package org.anodyne.lsl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.anodyne.lsl.wire.Datagrams.TimeAnswer;
import org.junit.jupiter.api.Test;

class ClockProbesTest {
    private static int wave(byte[] probe) {
        return Integer.parseInt(new String(probe, StandardCharsets.UTF_8).split("[\r\n ]+")[1]);
    }

    @Test
    void eightProbesSixtyFourMillisecondsApartAndTheQuickestWins() {
        ClockProbes probes = new ClockProbes(1, 100);
        int sent = 0;
        for (double now = 100; now < 100.6; now = probes.nextDue()) {
            byte[] probe = probes.probe(now).orElse(null);
            if (probe == null) {
                break;
            }
            assertEquals(100 + sent * 0.064, now, 1e-9);
            // Their clock is 5000 s ahead; the way back is slower than the way there except for the fourth.
            double there = 0.001;
            double back = sent == 3 ? 0.001 : 0.020 + sent * 0.001;
            probes.answered(
                    new TimeAnswer(wave(probe), now, now + there + 5000, now + there + 5000.0005),
                    now + there + 0.0005 + back);
            sent++;
        }
        assertEquals(8, sent);
        ClockOffset offset = probes.result(100.6).orElseThrow();
        assertEquals(-5000, offset.correctionSeconds(), 1e-6);
        assertEquals(0.002, offset.roundTripSeconds(), 1e-6);
        assertEquals(0.001, offset.uncertaintySeconds(), 1e-6);
        assertTrue(probes.result(100.7).isEmpty(), "told once");
        assertFalse(probes.probe(101.9).isPresent());
        assertTrue(probes.probe(102).isPresent(), "the next wave comes after 2 s");
    }

    @Test
    void answersOfOthersAndImpossibleOnesDoNotCount() {
        ClockProbes probes = new ClockProbes(1, 100);
        int wave = wave(probes.probe(100).orElseThrow());
        for (int i = 0; i < 8; i++) {
            probes.answered(new TimeAnswer(wave + 1, 100, 5000, 5000), 100.01);
            probes.answered(new TimeAnswer(wave, 101, 5000, 5000), 100.01);
            probes.answered(new TimeAnswer(wave, 100, 5000, 5001), 100.01);
            probes.answered(new TimeAnswer(wave, 90, 5000, 5000), 100.01);
        }
        assertTrue(probes.result(101).isEmpty());
    }
}
