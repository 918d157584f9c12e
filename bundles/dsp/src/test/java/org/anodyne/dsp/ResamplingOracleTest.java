package org.anodyne.dsp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Resampling, whole and streamed, and envelopes of recordings against scipy. */
class ResamplingOracleTest {
    private static double[] every(int step, double[] x) {
        double[] out = new double[(x.length + step - 1) / step];
        for (int i = 0; i < out.length; i++) {
            out[i] = x[i * step];
        }
        return out;
    }

    @ParameterizedTest
    @CsvSource({"1,2", "1,8", "2,1", "3,2", "250,512", "5,7"})
    void ratios(int up, int down) {
        double[] y = Polyphase.of(up, down).resample(Signals.noise(1000, 51));
        int n = y.length;
        double[] picked = Stream.of(
                        Arrays.copyOf(y, 40),
                        every(25, Arrays.copyOfRange(y, 40, n - 40)),
                        Arrays.copyOfRange(y, n - 40, n))
                .flatMapToDouble(Arrays::stream)
                .toArray();
        Oracle.check("resample_length_" + up + "_" + down, 0, n);
        Oracle.check("resample_" + up + "_" + down, 1e-12, picked);
    }

    @ParameterizedTest
    @ValueSource(strings = {"eeg_ec", "eeg_eo"})
    void recordings(String name) throws IOException {
        double[] x = Signals.recording(name + ".txt");
        Oracle.check("resample_" + name, 1e-9, every(125, Polyphase.of(100, 125).resample(x)));
        double[] alpha = ZeroPhase.filter(Butterworth.bandPass(4, 8, 13, 125), x);
        Oracle.check("envelope_" + name, 1e-9, every(125, Descriptive.envelope(alpha)));
    }

    @Test
    void skinConductance() throws IOException {
        double[] x = Signals.recording("eda.txt");
        Oracle.check("resample_eda", 1e-9, every(10, Polyphase.of(1, 40).resample(x)));
    }

    @ParameterizedTest
    @CsvSource({"1,2", "1,8", "2,1", "3,2", "250,512", "5,7", "1,1"})
    void aStreamHasTheBitsOfTheWholeAndTheStatedDelay(int up, int down) {
        double[] x = Signals.noise(1000, 51);
        double[] whole = Polyphase.of(up, down).resample(x);
        PolyphaseStream stream = Polyphase.of(up, down).stream();
        double[] streamed = new double[whole.length];
        double[] block = new double[7];
        double[] out = new double[stream.room(block.length)];
        int got = 0;
        for (int at = 0; at < x.length; at += block.length) {
            int n = Math.min(block.length, x.length - at);
            System.arraycopy(x, at, block, 0, n);
            if (at % 70 == 35) {
                PolyphaseStream next = Polyphase.of(up, down).stream();
                next.restore(stream.state());
                stream = next;
            }
            int count = stream.add(block, n, out);
            System.arraycopy(out, 0, streamed, got, count);
            got += count;
            // What has come is all whose time and the delay after it lie before the end of the newest sample.
            double due = Math.ceil((at + n - stream.delayInputSamples()) * up / down);
            assertEquals(Math.max(0, due), got, "after " + (at + n) + " samples");
        }
        assertTrue(got > whole.length / 2, "came " + got);
        assertArrayEquals(Arrays.copyOf(whole, got), Arrays.copyOf(streamed, got));
    }

    @Test
    void aSlowOscillationKeepsItsTimeAndHeight() {
        double[] x = new double[2000];
        for (int i = 0; i < x.length; i++) {
            x[i] = StrictMath.sin(2 * Math.PI * 3 * (i / 500.0));
        }
        double[] y = Polyphase.of(1, 5).resample(x);
        for (int m = 20; m < y.length - 20; m++) {
            assertEquals(x[5 * m], y[m], 2e-3);
        }
    }

    @Test
    void whatIsNoRatioIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Polyphase.of(0, 1));
        assertThrows(IllegalArgumentException.class, () -> Polyphase.of(1, -2));
        assertThrows(IllegalArgumentException.class, () -> Polyphase.of(1, 10_001));
        assertEquals(2, Polyphase.of(20_000, 30_000).up());
        PolyphaseStream stream = Polyphase.of(3, 1).stream();
        assertThrows(IllegalArgumentException.class, () -> stream.add(new double[4], 4, new double[12]));
        PolyphaseStream other = Polyphase.of(1, 3).stream();
        assertThrows(StateException.class, () -> other.restore(stream.state()));
        byte[] damaged = stream.state();
        damaged[damaged.length - 8 * 22 - 1]++;
        assertThrows(StateException.class, () -> stream.restore(damaged));
    }
}
