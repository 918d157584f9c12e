package org.anodyne.plugins.vr;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.anodyne.plugin.scene.Display.Act;
import org.anodyne.plugin.scene.Sound;
import org.anodyne.plugins.vr.comfort.RigControl;
import org.anodyne.plugins.vr.gl.Scope;

/**
 * Which scene is seen: the newest that is to be shown, with a fade to dark and back where one takes the place of another. A
 * scene that is to be hidden is let go of once it is dark, one that throws at once. Thread: the render thread.
 */
final class Acts {
    /** Longer than the shortest interval at which a change of brightness could count as a flash. */
    static final float FADE_SECONDS = 0.35f;

    /** What happened, for the record. */
    interface Report {
        void tell(String type, Map<String, Object> attributes);
    }

    private final Scope own;
    private final RigControl rig;
    private final boolean stereo;
    private final Function<Act, Sound> sound;
    private final Report report;
    private final Act neutral;
    private final Holds holds;
    private final SceneCall call;
    private final Set<Act> wanted = new LinkedHashSet<>();
    private final Map<Act, CompletableFuture<Void>> hiding = new LinkedHashMap<>();
    private Running shown;
    private float light;

    Acts(
            Scope own,
            RigControl rig,
            boolean stereo,
            Function<Act, Sound> sound,
            Act neutral,
            Holds holds,
            SceneCall call,
            Report report) {
        this.own = own;
        this.rig = rig;
        this.stereo = stereo;
        this.sound = sound;
        this.neutral = neutral;
        this.holds = holds;
        this.call = call;
        this.report = report;
        shown = begin(neutral);
    }

    /** Is to be seen, in place of what was. */
    void show(Act act) {
        wanted.add(act);
    }

    /** Is not to be seen any more; complete when it was let go of. */
    CompletableFuture<Void> hide(Act act) {
        CompletableFuture<Void> gone = new CompletableFuture<>();
        wanted.remove(act);
        if (shown.act() == act) {
            hiding.put(act, gone);
        } else {
            gone.complete(null);
        }
        return gone;
    }

    /** Only the neutral world is seen, at once, while there is a hold, whatever is to be shown. */
    void hold(Holds.Reason reason) {
        holds.add(reason);
        if (shown.act() != neutral) {
            change(neutral);
        }
    }

    /** What holds the scenes. */
    Holds holds() {
        return holds;
    }

    /** The scene that is seen. */
    Running shown() {
        return shown;
    }

    /** Its slot; empty for the neutral world. */
    String slot() {
        return shown.act().slot();
    }

    /** How bright it is, 0 to 1. */
    float light() {
        return light;
    }

    private Act due() {
        Act last = neutral;
        if (!holds.any()) {
            for (Act act : wanted) {
                last = act;
            }
        }
        return last;
    }

    /** Goes on by so many seconds: fades, and changes the scene in the dark. */
    void advance(float seconds) {
        Act due = due();
        if (shown.act() == due) {
            light = Math.min(1, light + seconds / FADE_SECONDS);
            return;
        }
        light -= seconds / FADE_SECONDS;
        if (light <= 0) {
            light = 0;
            change(due);
        }
    }

    /** Nobody sees anything: what is due is changed at once. */
    void unseen() {
        light = 0;
        Act due = due();
        if (shown.act() != due) {
            change(due);
        }
    }

    private void change(Act to) {
        Running before = shown;
        shown = null;
        end(before);
        light = 0;
        shown = begin(to);
    }

    private Running begin(Act act) {
        rig.reset();
        Running r = new Running(act, rig, sound, stereo);
        long from = System.nanoTime();
        call.enter(act, "begin");
        try {
            r.begin();
        } catch (Throwable e) {
            if (act == neutral) {
                throw new IllegalStateException("the neutral world cannot be drawn: " + e.getMessage(), e);
            }
            wanted.remove(act);
            fail(act, "it threw in begin: " + e, let(r));
            return begin(neutral);
        } finally {
            call.leave();
        }
        if (act != neutral) {
            report.tell(
                    "scene-shown",
                    Map.of(
                            "scene",
                            act.slot(),
                            "plugin",
                            act.plugin(),
                            "buildNanos",
                            System.nanoTime() - from,
                            "objects",
                            (long) r.scope().size(),
                            "dials",
                            new HashMap<String, Object>(r.values())));
        }
        return r;
    }

    /** The scene that is seen threw. */
    void failed(String where, Throwable e) {
        if (shown.act() == neutral) {
            throw new IllegalStateException("the neutral world cannot be drawn: " + e.getMessage(), e);
        }
        stop("it threw in " + where + ": " + e);
    }

    /** Ends the scene that is seen at once, as failed for this reason; not the neutral world. */
    void stop(String why) {
        Running broken = shown;
        Act act = broken.act();
        wanted.remove(act);
        shown = null;
        List<String> forgotten = let(broken);
        complete(act);
        light = 0;
        shown = begin(due());
        fail(act, why, forgotten);
    }

    private void fail(Act act, String why, List<String> forgotten) {
        act.failed().accept(why);
        Map<String, Object> attributes = new HashMap<>();
        attributes.put("scene", act.slot());
        attributes.put("plugin", act.plugin());
        attributes.put("reason", why);
        attributes.put("forgotten", new ArrayList<Object>(forgotten));
        report.tell("scene-failed", attributes);
    }

    private void end(Running r) {
        String failure = "";
        call.enter(r.act(), "end");
        try {
            r.act().program().end();
        } catch (Throwable e) {
            failure = "it threw in end: " + e;
        } finally {
            call.leave();
        }
        List<String> forgotten = let(r);
        Act act = r.act();
        if (act != neutral) {
            Map<String, Object> attributes = new HashMap<>();
            attributes.put("scene", act.slot());
            attributes.put("plugin", act.plugin());
            attributes.put("frames", r.frames());
            attributes.put("forgotten", new ArrayList<Object>(forgotten));
            report.tell("scene-ended", attributes);
            if (!failure.isEmpty()) {
                fail(act, failure, forgotten);
            }
        }
        complete(act);
    }

    private List<String> let(Running r) {
        r.scope().close();
        if (r.sound() instanceof AutoCloseable s) {
            try {
                s.close();
            } catch (Exception e) {
                throw new IllegalStateException("the sound of " + r.act().slot() + " cannot be ended", e);
            }
        }
        // The neutral world forgets nothing; what came while it was seen is the headset's.
        return r.act() == neutral ? List.of() : Scope.forgotten(List.of(own, r.before()));
    }

    private void complete(Act act) {
        CompletableFuture<Void> waiting = hiding.remove(act);
        if (waiting != null) {
            waiting.complete(null);
        }
    }

    /** Ends what is seen and completes all waiting. */
    void close() {
        end(shown);
        List.copyOf(hiding.keySet()).forEach(this::complete);
    }

    /** What was to be shown, oldest first. */
    List<Act> wanted() {
        return List.copyOf(wanted);
    }
}
