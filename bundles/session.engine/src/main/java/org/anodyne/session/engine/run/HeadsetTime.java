package org.anodyne.session.engine.run;

import java.util.Optional;

/**
 * Pauses a session whose participant has been in a headset for too long without a break. In real time only: nobody wears one
 * in a rehearsal that runs faster. Once it has paused, only a person lets the session go on, who has seen to a break; then
 * the time counts anew. Thread: the session's lane.
 */
final class HeadsetTime {
    private static final long NEVER = Long.MIN_VALUE;
    private static final double NANOS_PER_MINUTE = 60e9;

    private final Stage stage;
    private final Arming.Surroundings surroundings;
    private final Optional<HeadsetLimit> limit;
    private long worn;
    private long last = NEVER;
    private long outSince = NEVER;

    HeadsetTime(Stage stage, Arming.Surroundings surroundings, Optional<HeadsetLimit> limit) {
        this.stage = stage;
        this.surroundings = surroundings;
        this.limit = limit.filter(l -> !stage.time().virtual());
    }

    /** Looks whether it has become too long; to be called all the time. */
    void look() {
        limit.ifPresent(l -> look(l, stage.time().nowNanos()));
    }

    private void look(HeadsetLimit l, long now) {
        boolean in =
                surroundings.running() && surroundings.phaseSlots().stream().anyMatch(l.slots()::contains);
        if (!in) {
            outSince = last == NEVER || outSince != NEVER ? outSince : now;
            worn = outSince != NEVER && now - outSince >= l.rest().toNanos() ? 0 : worn;
            return;
        }
        worn += last == NEVER || outSince != NEVER ? 0 : now - last;
        last = now;
        outSince = NEVER;
        if (worn >= l.longest().toNanos()) {
            worn = 0;
            String minutes = minutes(l.longest().toNanos());
            String why = "the participant has been in the headset for " + minutes + " min without a break of "
                    + minutes(l.rest().toNanos()) + " min (" + l.source()
                    + "); let them take it off, and resume when they feel well";
            stage.problems().accept(why);
            surroundings.pause(why);
        }
    }

    private static String minutes(long nanos) {
        double minutes = nanos / NANOS_PER_MINUTE;
        return minutes == Math.rint(minutes) ? Long.toString(Math.round(minutes)) : Double.toString(minutes);
    }
}
