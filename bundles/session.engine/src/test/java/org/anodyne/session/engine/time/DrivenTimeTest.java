package org.anodyne.session.engine.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.anodyne.host.SessionTime;
import org.anodyne.session.engine.fake.FakeBus;
import org.junit.jupiter.api.Test;

class DrivenTimeTest {
    private final FakeBus bus = new FakeBus();

    @Test
    void virtualTimeJumpsFromTimerToTimerInOrder() throws Exception {
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch done = new CountDownLatch(1);
        try (VirtualTime time = new VirtualTime(bus.inFlight(), Double.POSITIVE_INFINITY, seen::add)) {
            assertEquals(-1, time.nowNanos());
            time.at(3_600_000_000_000L, () -> {
                seen.add("hour " + time.nowNanos());
                done.countDown();
            });
            time.at(5, () -> seen.add("a " + time.nowNanos()));
            time.at(5, () -> seen.add("b " + time.nowNanos()));
            SessionTime.Timer cancelled = time.at(4, () -> seen.add("never"));
            assertTrue(cancelled.cancel());
            assertFalse(cancelled.cancel());
            time.begin();
            assertTrue(done.await(20, TimeUnit.SECONDS));
        }
        assertEquals(List.of("a 5", "b 5", "hour 3600000000000"), seen);
    }

    @Test
    void timeGoesBeyondAWindowOnlyWhenNothingIsUnderWay() throws Exception {
        ExecutorService elsewhere = Executors.newSingleThreadExecutor();
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch done = new CountDownLatch(1);
        CountDownLatch late = new CountDownLatch(1);
        try (VirtualTime time = new VirtualTime(bus.inFlight(), Double.POSITIVE_INFINITY, seen::add)) {
            long window = VirtualTime.WINDOW_NANOS;
            CountDownLatch within = new CountDownLatch(1);
            time.at(10, () -> {
                bus.inFlight().enter();
                elsewhere.execute(() -> {
                    // Timers of the same window go on meanwhile; the one beyond it waits for this.
                    awaitQuietly(within);
                    seen.add("work at " + time.nowNanos());
                    time.at(2 * window, () -> seen.add("then " + time.nowNanos()));
                    bus.inFlight().leave();
                });
            });
            time.at(20, () -> {
                seen.add("same window " + time.nowNanos());
                within.countDown();
            });
            time.at(3 * window, () -> {
                seen.add("end " + time.nowNanos());
                done.countDown();
            });
            time.begin();
            assertTrue(done.await(20, TimeUnit.SECONDS));
            // A timer in the past fires at once and does not turn time back.
            time.at(1, () -> {
                seen.add("late " + time.nowNanos());
                late.countDown();
            });
            assertTrue(late.await(20, TimeUnit.SECONDS));
        } finally {
            elsewhere.shutdown();
        }
        assertEquals(
                List.of("same window 20", "work at 20", "then 200000000", "end 300000000", "late 300000000"), seen);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertTrue(latch.await(20, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void pacedTimeIsNotFasterThanItsFactor() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        long begun = System.nanoTime();
        try (VirtualTime time = new VirtualTime(bus.inFlight(), 100, p -> {})) {
            time.at(10_000_000_000L, done::countDown);
            time.begin();
            assertTrue(done.await(20, TimeUnit.SECONDS));
        }
        assertTrue(System.nanoTime() - begun >= 100_000_000L);
    }

    @Test
    void realTimeNeverCallsTooEarlyAndNothingAfterItsEnd() throws Exception {
        List<Long> seen = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch done = new CountDownLatch(2);
        RealTime time = new RealTime();
        time.at(20_000_000, () -> {
            seen.add(time.nowNanos());
            done.countDown();
        });
        time.at(10_000_000, () -> {
            seen.add(time.nowNanos());
            done.countDown();
        });
        assertEquals(-1, time.nowNanos());
        time.begin();
        assertTrue(done.await(20, TimeUnit.SECONDS));
        time.at(time.nowNanos() + 50_000_000, () -> seen.add(-1L));
        time.close();
        assertEquals(2, seen.size());
        assertTrue(seen.get(0) >= 10_000_000 && seen.get(1) >= 20_000_000 && seen.get(0) <= seen.get(1));
    }
}
