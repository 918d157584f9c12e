package org.anodyne.plugins.bandpower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.anodyne.dsp.AlphaPeak;
import org.anodyne.dsp.Bands;
import org.anodyne.dsp.SlidingSpectrum;
import org.anodyne.dsp.Spectrum;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The live spectrum is computed without allocating anything, and is bit for bit the mean of the channels' own spectra. */
class LiveSpectrumTest {
    private static final int CHANNELS = 16;
    private static final int WINDOW = 500;
    private static final int STEP = 31;

    private static int[] all() {
        int[] channels = new int[CHANNELS];
        Arrays.setAll(channels, c -> c);
        return channels;
    }

    private static float[] block(SplittableRandom random, double time) {
        float[] samples = new float[STEP * CHANNELS];
        for (int i = 0; i < samples.length; i++) {
            double t = time + i / CHANNELS / 125.0;
            samples[i] = (float) (5 * random.nextDouble() + 20 * Math.sin(2 * Math.PI * (9 + i % CHANNELS / 8.0) * t));
        }
        return samples;
    }

    @Test
    void itIsTheMeanOfTheChannelsOwnSpectraBitForBit() {
        Analysis analysis = new Analysis(125, CHANNELS, all(), WINDOW);
        SlidingSpectrum[] own = new SlidingSpectrum[CHANNELS];
        Arrays.setAll(own, c -> new SlidingSpectrum(125, WINDOW));
        SplittableRandom random = new SplittableRandom(4);
        int compared = 0;
        for (int b = 0; b < 60; b++) {
            float[] samples = block(random, b * STEP / 125.0);
            if (b == 30) {
                samples[3] = Float.NaN;
            }
            for (int i = 0; i < STEP; i++) {
                analysis.add(samples, i * CHANNELS);
                for (int c = 0; c < CHANNELS; c++) {
                    own[c].add(samples[i * CHANNELS + c]);
                }
            }
            if (analysis.computeLive()) {
                assertSame(mean(own), analysis.live());
                compared++;
            }
        }
        assertEquals(44, compared);
    }

    private static Spectrum mean(SlidingSpectrum[] own) {
        double[] sum = new double[WINDOW / 2 + 1];
        int finite = 0;
        for (SlidingSpectrum one : own) {
            if (one.spectrum().isPresent()) {
                double[] density = one.spectrum().get().densities();
                for (int k = 0; k < sum.length; k++) {
                    sum[k] += density[k];
                }
                finite++;
            }
        }
        for (int k = 0; k < sum.length; k++) {
            sum[k] /= finite;
        }
        return Spectrum.of(125, WINDOW, 1, sum);
    }

    private static void assertSame(Spectrum expected, Spectrum live) {
        for (int k = 0; k < expected.size(); k++) {
            assertEquals(
                    Double.doubleToRawLongBits(expected.density(k)),
                    Double.doubleToRawLongBits(live.density(k)),
                    "bin " + k);
        }
        assertEquals(Bands.simpson(expected, 8, 13), Bands.simpson(live, 8, 13));
        double peak = AlphaPeak.find(expected)
                .filter(AlphaPeak::local)
                .map(AlphaPeak::frequency)
                .orElse(Double.NaN);
        assertEquals(peak, AlphaPeak.frequencyOrNaN(live, AlphaPeak.LOW, AlphaPeak.HIGH));
    }

    @Test
    void itAllocatesNothing() {
        Assumptions.assumeTrue(
                ManagementFactory.getThreadMXBean() instanceof ThreadMXBean bean
                        && bean.isThreadAllocatedMemorySupported()
                        && bean.isThreadAllocatedMemoryEnabled(),
                "This JVM does not count what a thread allocates.");
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        Analysis analysis = new Analysis(125, CHANNELS, all(), WINDOW);
        float[] samples = block(new SplittableRandom(4), 0);
        long least = Long.MAX_VALUE;
        double power = 0;
        // The least of several rounds: the compiler may allocate when it swaps code under way.
        for (int round = 0; round < 8; round++) {
            long before = threads.getThreadAllocatedBytes(thread);
            for (int b = 0; b < 20; b++) {
                for (int i = 0; i < STEP; i++) {
                    analysis.add(samples, i * CHANNELS);
                }
                if (analysis.computeLive()) {
                    power += Bands.simpson(analysis.live(), 8, 13);
                }
            }
            least = Math.min(least, threads.getThreadAllocatedBytes(thread) - before);
        }
        assertTrue(power > 0, "no power was computed");
        assertEquals(0, least, "bytes in 20 blocks");
    }
}
