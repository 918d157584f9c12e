package org.anodyne.console.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ThrottleTest {
    private final AtomicLong now = new AtomicLong();
    private final Throttle throttle = new Throttle(now::get);

    @Test
    void theFirstTriesAreFreeAndEachFurtherOneDoublesTheWait() {
        for (int i = 0; i < 2; i++) {
            throttle.failed("name a");
            assertEquals(Duration.ZERO, throttle.wait("name a"));
        }
        long[] seconds = {1, 2, 4, 8, 16, 32, 60, 60};
        for (long wanted : seconds) {
            throttle.failed("name a");
            assertEquals(Duration.ofSeconds(wanted), throttle.wait("name a"));
        }
    }

    @Test
    void whoeverWaitedMayTryAgain() {
        for (int i = 0; i < 4; i++) {
            throttle.failed("name a");
        }
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        assertEquals(Duration.ofSeconds(1), throttle.wait("name a"));
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        assertEquals(Duration.ZERO, throttle.wait("name a"));
    }

    @Test
    void anAddressThatTriesManyNamesIsSlowedAsWellAndOthersAreNot() {
        for (int i = 0; i < 5; i++) {
            throttle.failed("name " + i, "address x");
        }
        assertTrue(throttle.wait("name 99", "address x").toSeconds() >= 4);
        assertEquals(Duration.ZERO, throttle.wait("name 0", "address y"));
    }

    @Test
    void successForgetsTheNameAndNotTheAddress() {
        for (int i = 0; i < 5; i++) {
            throttle.failed("name a", "address x");
        }
        throttle.succeeded("name a");
        assertEquals(Duration.ZERO, throttle.wait("name a"));
        assertTrue(throttle.wait("address x").toSeconds() >= 4);
        now.addAndGet(Duration.ofHours(2).toNanos());
        throttle.failed("address x");
        assertEquals(Duration.ZERO, throttle.wait("address x"));
    }
}
