package org.anodyne.session.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.anodyne.host.SessionTime;
import org.junit.jupiter.api.Test;

/** How long somebody is in a headset without a break; the time is the test's. */
class HeadsetTimeTest {
    private static final String SOURCE = "customary; unverified; vr.continuous.minutes";
    private static final Optional<HeadsetLimit> LIMIT =
            Optional.of(new HeadsetLimit(Set.of("world"), Duration.ofMinutes(30), Duration.ofMinutes(5), SOURCE));

    private final List<String> pauses = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private long now;
    private boolean running = true;
    private List<String> slots = List.of("world", "eeg");

    private final Arming.Surroundings session = new Arming.Surroundings() {
        @Override
        public boolean running() {
            return running;
        }

        @Override
        public List<String> phaseSlots() {
            return slots;
        }

        @Override
        public void pause(String why) {
            pauses.add(now / 60_000_000_000L + " " + why);
            running = false;
        }
    };

    private final class Clock implements SessionTime {
        private final boolean virtual;

        Clock(boolean virtual) {
            this.virtual = virtual;
        }

        @Override
        public long nowNanos() {
            return now;
        }

        @Override
        public Timer at(long nanos, Runnable task) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean virtual() {
            return virtual;
        }
    }

    private HeadsetTime headset(boolean virtual) {
        Stage stage = new Stage("s", null, new Clock(virtual), null, null, null, Map.of(), told::add);
        return new HeadsetTime(stage, session, LIMIT);
    }

    private void minutes(HeadsetTime time, int minutes) {
        for (int i = 0; i < 60 * minutes; i++) {
            now += 1_000_000_000L;
            time.look();
        }
    }

    @Test
    void halfAnHourWithoutABreakPausesAndTellsLimitAndSource() {
        HeadsetTime time = headset(false);
        time.look();
        minutes(time, 29);
        assertEquals(List.of(), pauses);
        minutes(time, 1);
        assertEquals(1, pauses.size());
        String why = pauses.get(0);
        assertTrue(
                why.startsWith("30 the participant has been in the headset for 30 min without a break of 5 min"), why);
        assertTrue(why.contains(SOURCE), why);
        assertEquals(List.of(why.substring(3)), told);
        // Nothing more while it is paused; a person's resume begins anew, whenever that is.
        minutes(time, 1);
        running = true;
        minutes(time, 29);
        assertEquals(1, pauses.size());
        minutes(time, 2);
        assertEquals(2, pauses.size());
    }

    @Test
    void aShortBreakDoesNotBeginAnewAndALongOneDoes() {
        HeadsetTime time = headset(false);
        time.look();
        minutes(time, 20);
        running = false;
        minutes(time, 4);
        running = true;
        minutes(time, 9);
        assertEquals(List.of(), pauses);
        slots = List.of("eeg");
        minutes(time, 6);
        slots = List.of("world");
        minutes(time, 29);
        assertEquals(List.of(), pauses);
        minutes(time, 2);
        assertEquals(1, pauses.size());
    }

    @Test
    void breaksAreNotAddedUp() {
        HeadsetTime time = headset(false);
        time.look();
        for (int i = 0; i < 3; i++) {
            minutes(time, 9);
            slots = List.of();
            minutes(time, 3);
            slots = List.of("world");
        }
        assertEquals(List.of(), pauses);
        minutes(time, 4);
        assertEquals(1, pauses.size());
    }

    @Test
    void aRehearsalInVirtualTimeIsNotPaused() {
        HeadsetTime time = headset(true);
        minutes(time, 100);
        assertEquals(List.of(), pauses);
    }
}
