package org.anodyne.dsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.anodyne.dsp.spatial.Reference;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What runs block by block over 64 channels allocates nothing once it runs: no collection of garbage comes in between. */
class AllocationTest {
    private static final int CHANNELS = 64;
    private static final int LENGTH = 20;
    private static final int WARM = 60;
    private static final int ROUNDS = 5;

    private static ThreadMXBean threads;

    @BeforeAll
    static void counting() {
        Assumptions.assumeTrue(
                ManagementFactory.getThreadMXBean() instanceof ThreadMXBean bean
                        && bean.isThreadAllocatedMemorySupported()
                        && bean.isThreadAllocatedMemoryEnabled(),
                "This JVM does not count what a thread allocates.");
        threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    }

    /**
     * Bytes of 20 blocks, after as many as fill all windows. The least of some rounds counts: the compiler may allocate when it
     * swaps code under way, a function that allocates does so in every round.
     */
    private static void allocatesNothing(String what, Runnable block) {
        long thread = Thread.currentThread().getId();
        for (int i = 0; i < WARM; i++) {
            block.run();
        }
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long before = threads.getThreadAllocatedBytes(thread);
            for (int i = 0; i < 20; i++) {
                block.run();
            }
            least = Math.min(least, threads.getThreadAllocatedBytes(thread) - before);
        }
        assertEquals(0, least, what + ": bytes in 20 blocks");
    }

    private static double[] block() {
        return Signals.noise(CHANNELS * LENGTH, 3);
    }

    @Test
    void theCountSeesWhatIsAllocated() {
        Object[] kept = new Object[1];
        assertThrows(AssertionError.class, () -> allocatesNothing("an array a block", () -> kept[0] = new double[4]));
    }

    @Test
    void filters() {
        double[] x = block();
        SosBank bank = new SosBank(Butterworth.bandPass(4, 1, 40, 1000), CHANNELS);
        allocatesNothing("filter of all channels", () -> bank.filter(x, LENGTH));
        SosFilter one = Butterworth.notch(50, 30, 1000).filter();
        FirFilter finite = Fir.lowPass(101, 40, 1000, Window.HAMMING).filter();
        allocatesNothing("filters of one channel", () -> {
            for (int i = 0; i < LENGTH; i++) {
                x[i] = finite.next(one.next(x[i]));
            }
        });
    }

    @Test
    void references() {
        double[] x = block();
        Reference average = Reference.average(CHANNELS);
        int[][] neighbours = new int[CHANNELS][];
        for (int c = 0; c < CHANNELS; c++) {
            neighbours[c] = new int[] {(c + 1) % CHANNELS, (c + CHANNELS - 1) % CHANNELS};
        }
        Reference laplacian = Reference.laplacian(neighbours);
        allocatesNothing("average reference", () -> average.apply(x, LENGTH));
        allocatesNothing("Laplacian", () -> laplacian.apply(x, LENGTH));
    }

    @Test
    void bandPowers() {
        double[] x = block();
        double[][] bands = {{1, 4}, {4, 8}, {8, 13}, {13, 30}, {30, 45}};
        double[] out = new double[CHANNELS * bands.length];
        // A power of two and another length, which are transformed in different ways.
        for (int window : new int[] {1024, 1000}) {
            BandPowerBank bank = new BandPowerBank(1000, CHANNELS, window, Window.HANN, bands);
            allocatesNothing("band powers over " + window, () -> {
                bank.add(x, LENGTH);
                bank.powers(out);
            });
        }
    }

    @Test
    void resampling() {
        double[] x = block();
        PolyphaseStream stream = Polyphase.of(1, 4).stream();
        double[] out = new double[stream.room(LENGTH)];
        allocatesNothing("resampling", () -> stream.add(x, LENGTH, out));
    }
}
