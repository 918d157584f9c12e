package org.anodyne.dsp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Assumptions;

/** Counts what a function that is called block by block allocates. */
public final class Allocation {
    private static final int WARM = 60;
    private static final int ROUNDS = 5;
    private static final int BLOCKS = 20;

    private Allocation() {}

    /**
     * Bytes of 20 blocks, after as many as fill all windows. The least of some rounds counts: the compiler may allocate when it
     * swaps code under way, a function that allocates does so in every round.
     */
    public static void isNothing(String what, Runnable block) {
        Assumptions.assumeTrue(
                ManagementFactory.getThreadMXBean() instanceof ThreadMXBean bean
                        && bean.isThreadAllocatedMemorySupported()
                        && bean.isThreadAllocatedMemoryEnabled(),
                "This JVM does not count what a thread allocates.");
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        for (int i = 0; i < WARM; i++) {
            block.run();
        }
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long before = threads.getThreadAllocatedBytes(thread);
            for (int i = 0; i < BLOCKS; i++) {
                block.run();
            }
            least = Math.min(least, threads.getThreadAllocatedBytes(thread) - before);
        }
        assertEquals(0, least, what + ": bytes in " + BLOCKS + " blocks");
    }
}
