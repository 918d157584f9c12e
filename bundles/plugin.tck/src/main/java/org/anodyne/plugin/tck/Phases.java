package org.anodyne.plugin.tck;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.anodyne.plugin.Phase;
import org.anodyne.plugin.intervention.Trigger;

/** Phases for tests. */
public final class Phases {
    private Phases() {}

    /** A phase in which the slot runs, from and to in seconds of session time. */
    public static Phase active(String id, int index, double fromSeconds, double toSeconds, Trigger... triggers) {
        return of(id, index, fromSeconds, toSeconds, true, triggers);
    }

    /** A phase in which the slot does not run. */
    public static Phase inactive(String id, int index, double fromSeconds, double toSeconds) {
        return of(id, index, fromSeconds, toSeconds, false);
    }

    private static Phase of(
            String id, int index, double fromSeconds, double toSeconds, boolean active, Trigger... triggers) {
        return new Phase(
                id,
                index,
                0,
                nanos(fromSeconds),
                OptionalLong.of(nanos(toSeconds)),
                active,
                Map.of(),
                List.of(triggers));
    }

    /** Seconds in nanoseconds. */
    public static long nanos(double seconds) {
        return Math.round(seconds * 1e9);
    }
}
