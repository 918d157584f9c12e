package org.anodyne.plugin.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class VirtualLaneTest {
    private final VirtualLane lane = new VirtualLane();
    private final List<Long> times = new ArrayList<>();

    @Test
    void runsTasksInOrderOfTimeWithTheClockAtTheirTime() {
        lane.schedule(() -> times.add(lane.nowNanos()), 20, TimeUnit.NANOSECONDS);
        lane.schedule(() -> times.add(lane.nowNanos()), 10, TimeUnit.NANOSECONDS);
        lane.advanceTo(15);
        assertEquals(List.of(10L), times);
        lane.advanceTo(100);
        assertEquals(List.of(10L, 20L), times);
        assertEquals(100, lane.nowNanos());
    }

    @Test
    void repeatsUntilCancelled() {
        ScheduledFuture<?> task =
                lane.scheduleAtFixedRate(() -> times.add(lane.nowNanos()), 5, 10, TimeUnit.NANOSECONDS);
        lane.advanceTo(26);
        task.cancel(false);
        lane.advanceTo(100);
        assertEquals(List.of(5L, 15L, 25L), times);
    }

    @Test
    void failureOfATaskReachesTheTest() {
        lane.execute(() -> {
            throw new IllegalArgumentException("broken");
        });
        assertThrows(IllegalArgumentException.class, lane::runDue);
    }

    @Test
    void refusesToBeShutDown() {
        assertThrows(UnsupportedOperationException.class, lane::shutdown);
        assertThrows(UnsupportedOperationException.class, lane::shutdownNow);
    }
}
