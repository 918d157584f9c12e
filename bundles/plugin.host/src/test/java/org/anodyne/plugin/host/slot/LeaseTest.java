package org.anodyne.plugin.host.slot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.anodyne.bus.Envelope;
import org.anodyne.bus.Message;
import org.anodyne.bus.Payload;
import org.anodyne.bus.Topic;
import org.junit.jupiter.api.Test;

class LeaseTest {
    private long now = TimeUnit.DAYS.toNanos(1);

    private Lease lease(long limitNanos) {
        return new Lease(limitNanos, () -> now);
    }

    private Message heartbeat(String stale) {
        now += TimeUnit.MICROSECONDS.toNanos(1);
        return new Message(
                Topic.parse("anodyne/1/lab/lease/s1"),
                new Envelope(1, "engine", 1, now, now),
                new Payload.Document("lease", -1, Map.of("sentNanos", now, "stale", stale)),
                now);
    }

    /** How often it was asked whether it is still wanted, with a person who gives up at the first time. */
    private static int looks(Lease lease) {
        AtomicInteger looks = new AtomicInteger();
        lease.awaitSteady(() -> {
            looks.incrementAndGet();
            return false;
        });
        return looks.get();
    }

    @Test
    void aFirstHeartbeatIsEnough() {
        Lease lease = lease(TimeUnit.HOURS.toNanos(1));
        assertTrue(lease.lapsed());
        lease.heard(heartbeat(""));
        assertFalse(lease.lapsed());
        assertEquals(0, looks(lease));
    }

    @Test
    void aFreshHeartbeatAfterASilenceIsNotYetEnough() {
        Lease lease = lease(TimeUnit.SECONDS.toNanos(2));
        lease.heard(heartbeat(""));
        now += TimeUnit.MILLISECONDS.toNanos(1999);
        assertFalse(lease.lapsed());
        now += TimeUnit.MILLISECONDS.toNanos(2);
        assertTrue(lease.lapsed());
        lease.heard(heartbeat(""));
        assertFalse(lease.lapsed());
        assertEquals(1, looks(lease), "it may be the first of a backlog");
        AtomicInteger beats = new AtomicInteger();
        lease.awaitSteady(() -> {
            now += TimeUnit.MILLISECONDS.toNanos(100);
            lease.heard(heartbeat(""));
            return beats.incrementAndGet() < 1_000;
        });
        assertTrue(beats.get() > 1 && beats.get() < 1_000, beats + " beats");
        assertEquals(0, looks(lease));
    }

    @Test
    void heartbeatsThatComeLateAreNotYetEnough() {
        Lease lease = lease(TimeUnit.SECONDS.toNanos(2));
        lease.heard(heartbeat(""));
        now += TimeUnit.MILLISECONDS.toNanos(1100);
        assertFalse(lease.lapsed());
        lease.heard(heartbeat(""));
        assertEquals(1, looks(lease), "the next one may come too late");
    }

    @Test
    void whatIsStaleIsWaitedFor() {
        Lease lease = lease(TimeUnit.HOURS.toNanos(1));
        lease.heard(heartbeat("the signal of slot eeg was not heard of"));
        assertEquals(1, looks(lease));
        lease.heard(heartbeat(""));
        assertEquals(0, looks(lease));
    }
}
