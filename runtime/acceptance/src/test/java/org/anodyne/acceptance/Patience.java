package org.anodyne.acceptance;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** How long these tests wait for what must come; how fast it comes is a matter of benchmarks, and of how busy a machine is. */
public final class Patience {
    /** Longer than anything takes on a machine that other tests keep busy. */
    public static final Duration LONGEST = Duration.ofMinutes(4);

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private Patience() {}

    /** What is waited for. */
    public interface Check {
        boolean holds() throws Exception;
    }

    /** Waits until it holds; fails with what was wanted. */
    public static void until(String wanted, Check check) throws Exception {
        until(() -> wanted, check);
    }

    /** Waits until it holds; fails with what was wanted, asked for only then. */
    public static void until(Supplier<String> wanted, Check check) throws Exception {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (!check.holds()) {
            assertTrue(System.nanoTime() < deadline, () -> "not within " + LONGEST + ": " + wanted.get());
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }
}
