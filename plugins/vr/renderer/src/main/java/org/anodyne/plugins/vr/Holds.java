package org.anodyne.plugins.vr;

import java.util.EnumSet;
import java.util.Set;

/**
 * Why nothing but the neutral world is to be seen. Belongs to the display, not to its surface: it holds when window or headset
 * are lost and come back. Thread: any.
 */
final class Holds {
    /** Who ends it: after panic only a person, after a rating of sickness also a lower one. */
    enum Reason {
        PANIC,
        SICKNESS
    }

    private final Set<Reason> reasons = EnumSet.noneOf(Reason.class);

    synchronized void add(Reason reason) {
        reasons.add(reason);
    }

    synchronized void remove(Reason reason) {
        reasons.remove(reason);
    }

    /** A person lets everything go on. */
    synchronized void clear() {
        reasons.clear();
    }

    synchronized boolean any() {
        return !reasons.isEmpty();
    }

    synchronized boolean has(Reason reason) {
        return reasons.contains(reason);
    }
}
