package org.anodyne.plugins.vr;

import java.util.Optional;
import org.anodyne.plugin.scene.Display.Act;

/**
 * Which method of which scene is being called, and since when: a scene that does not return holds up every frame. Thread: the
 * render thread; {@link #stuck} any.
 */
final class SceneCall {
    /** A frame that takes longer stands still for the participant: its scene is ended (engineering default). */
    static final long LONGEST_NANOS = 2_500_000_000L;

    /** A scene that takes longer is not waited for any more: the display fails (engineering default). */
    static final long GIVEN_UP_NANOS = 8_000_000_000L;

    /** A call under way. */
    record Call(Act act, String method, long sinceNanos) {}

    private volatile Call call;

    /** A call begins. */
    void enter(Act act, String method) {
        call = new Call(act, method, System.nanoTime());
    }

    /** The call has returned; how long it took. */
    long leave() {
        Call c = call;
        call = null;
        return c == null ? 0 : System.nanoTime() - c.sinceNanos();
    }

    /** The call that has lasted for longer than this, if there is one. */
    Optional<Call> stuck(long nanos) {
        Call c = call;
        return c != null && System.nanoTime() - c.sinceNanos() > nanos ? Optional.of(c) : Optional.empty();
    }
}
