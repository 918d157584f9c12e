package org.anodyne.plugins.tmsmagventure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What was not ordered is seen, since the stimulator does not say what it understood. */
class TrainsTest {
    private static final long MILLI = 1_000_000L;

    private final List<String> events = new ArrayList<>();
    private final Trains trains = new Trains((type, attributes) -> events.add(attributes.toString()));

    private static State running(boolean is) {
        return new State(0x14, 50, 25, State.TIMING_PAGE, is, 1);
    }

    @Test
    void trainThatIsTooFast() {
        trains.beginning("c-1", Timing.of(5, 50));
        long now = System.nanoTime();
        String problem = "";
        for (int i = 0; i < 8 && problem.isEmpty(); i++) {
            problem = trains.pulse(now + i * 100 * MILLI);
        }
        assertTrue(problem.contains("faster"), problem);
    }

    @Test
    void trainWithTooManyPulses() {
        trains.beginning("c-1", Timing.of(10, 3));
        long now = System.nanoTime();
        for (int i = 0; i < 3; i++) {
            assertEquals("", trains.pulse(now + i * 100 * MILLI));
        }
        assertTrue(trains.pulse(now + 300 * MILLI).contains("more pulses"));
    }

    @Test
    void trainThatDoesNotEnd() {
        trains.beginning("c-1", Timing.of(10, 10));
        long now = System.nanoTime();
        assertEquals("", trains.state(running(true), now + 1500 * MILLI));
        assertTrue(trains.state(running(true), now + 2500 * MILLI).contains("longer"));
    }

    @Test
    void trainsAndPulsesThatNobodyOrdered() {
        assertTrue(trains.state(running(true), 0).contains("not ordered"));
        assertTrue(trains.pulse(0).contains("not ordered"));
        assertEquals("", trains.state(running(false), 0));
    }

    @Test
    void endIsToldOnce() {
        trains.beginning("c-1", Timing.of(10, 1));
        assertEquals(Optional.of("c-1"), trains.underWay());
        trains.pulse(System.nanoTime());
        trains.state(running(true), System.nanoTime());
        trains.state(running(false), System.nanoTime());
        trains.end("safe state");
        assertEquals(1, events.size());
        assertTrue(events.get(0).contains("pulses=1") && events.get(0).contains("complete"), events.get(0));
    }
}
