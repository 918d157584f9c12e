package org.anodyne.plugins.tmsmagventure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    /** Pulses of a series as ordered, those of a burst 20 ms apart; what is wrong with the first that is. */
    private String series(Timing ordered, int count, int bursts, int perBurst, long cycleMillis, long burstMillis) {
        trains.beginning("c-1", ordered);
        long now = System.nanoTime();
        for (int t = 0; t < count; t++) {
            for (int b = 0; b < bursts; b++) {
                for (int p = 0; p < perBurst; p++) {
                    String problem = trains.pulse(now + (t * cycleMillis + b * burstMillis + p * 20L) * MILLI);
                    if (!problem.isEmpty()) {
                        return problem;
                    }
                }
            }
        }
        return "";
    }

    @ParameterizedTest
    @CsvSource({"iTBS600,20,10", "cTBS600,1,200", "cTBS300,1,100"})
    void thetaBurstAsOrderedIsNoFault(String preset, int count, int bursts) {
        Timing timing = ThetaBurst.of(preset).orElseThrow().timing();
        assertEquals(count * bursts * 3, timing.total());
        assertEquals("", series(timing, count, bursts, 3, 10_000, 200));
        trains.end("over");
        assertTrue(events.get(0).contains("pulses=" + timing.total()), events.get(0));
    }

    /** Where the stimulator took the pause for the time from start to start, bursts for 5 pulses, or the rate for another. */
    @ParameterizedTest
    @CsvSource({"20,10,3,8000,200", "20,10,5,10000,200", "20,10,3,10000,100", "20,30,3,10000,200"})
    void thetaBurstThatWasMisunderstoodIsSeen(int count, int bursts, int perBurst, long cycle, long burst) {
        String problem = series(ThetaBurst.INTERMITTENT_600.timing(), count, bursts, perBurst, cycle, burst);
        assertTrue(problem.contains("faster"), problem);
    }

    @Test
    void lengthsOfThetaBurst() {
        assertEquals(192, ThetaBurst.INTERMITTENT_600.timing().seconds(), 1e-9);
        assertEquals(40, ThetaBurst.CONTINUOUS_600.timing().seconds(), 1e-9);
        assertEquals(20, ThetaBurst.CONTINUOUS_300.timing().seconds(), 1e-9);
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
