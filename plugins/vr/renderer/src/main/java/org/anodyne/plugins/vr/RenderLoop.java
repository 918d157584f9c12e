package org.anodyne.plugins.vr;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;
import org.anodyne.plugin.PluginException;
import org.anodyne.plugin.scene.Display.Act;
import org.anodyne.plugin.scene.Hand;
import org.anodyne.plugin.scene.Pose;
import org.anodyne.plugin.scene.View;
import org.anodyne.plugins.vr.comfort.FlashCheck;
import org.anodyne.plugins.vr.comfort.FlashCounter;
import org.anodyne.plugins.vr.comfort.RigControl;
import org.anodyne.plugins.vr.frame.DialLog;
import org.anodyne.plugins.vr.frame.DynamicResolution;
import org.anodyne.plugins.vr.frame.FrameLog;
import org.anodyne.plugins.vr.frame.GpuTimer;
import org.anodyne.plugins.vr.frame.LiveFrame;
import org.anodyne.plugins.vr.frame.Patch;
import org.anodyne.plugins.vr.gl.Compositor;
import org.anodyne.plugins.vr.gl.EyeTargets;
import org.anodyne.plugins.vr.gl.Picture;
import org.anodyne.plugins.vr.gl.Scope;
import org.anodyne.plugins.vr.gl.Target;
import org.anodyne.plugins.vr.mirror.Mirror;
import org.anodyne.plugins.vr.sound.Audio;
import org.anodyne.plugins.vr.surface.ScreenSurface.Pacing;
import org.anodyne.plugins.vr.surface.Surface;
import org.anodyne.plugins.vr.surface.Tick;

/**
 * One opened surface from first to last frame: asks it for each frame, lets the scene go on and draw, lays the display's own
 * things over it, gives it away and logs it. Thread: the render thread, but for {@link #post}.
 */
final class RenderLoop {
    private static final float LONGEST_STEP = 0.1f;
    private static final float NEAR = 0.05f;
    private static final float FAR = 1000;
    /** Eyes that move apart by less are not told of, metres (engineering default). */
    private static final float SAME_EYES = 0.0001f;
    /** Two clocks count as read at once when so little lies between (engineering default). */
    private static final long AT_ONCE_NANOS = 20_000;

    private static final int CLOCK_TRIES = 5;

    /** Takes what is to be published. Any thread. */
    interface Report {
        void tell(String type, long sessionNanos, Map<String, Object> attributes);
    }

    private record Wish(Act act, long frames, CompletableFuture<Picture> into) {}

    /** Something to do between two frames, with everything there is. */
    interface Task {
        void run(RenderLoop loop);
    }

    private final Surface surface;
    private final LongSupplier sessionNanos;
    private final Report report;
    private final Audio audio;
    private final boolean patchShown;
    private final boolean steps;
    private final ConcurrentLinkedQueue<Task> tasks;
    private final Scope own = new Scope();
    private final RigControl rig;
    private final Acts acts;
    private final Overlays overlays;
    private final Compositor compositor;
    private final EyeTargets resolutions;
    private final DynamicResolution resolution;
    private Target[] targets;
    private final FlashCheck[] flashes;
    private final FrameLog log;
    private final DialLog dials;
    private final GpuTimer gpu = new GpuTimer();
    private final Patch patch = new Patch();
    private final Mirror mirror;
    private final SceneCall call;
    private Running lastShown;
    private final List<Wish> pictures = new ArrayList<>();
    private final long began;
    private long number;
    private long lastDisplay;
    private long lastSubmitted;
    private float betweenEyes;
    private Pose lastHead = Pose.ORIGIN;

    RenderLoop(
            Surface surface,
            Settings settings,
            LongSupplier sessionNanos,
            Audio audio,
            ConcurrentLinkedQueue<Task> tasks,
            long firstFrame,
            Holds holds,
            SceneCall call,
            Mirror.Taker mirrored,
            Report report) {
        this.surface = surface;
        this.sessionNanos = sessionNanos;
        this.report = report;
        this.audio = audio;
        this.tasks = tasks;
        this.number = firstFrame;
        this.call = call;
        patchShown = settings.patch();
        steps = settings.pacing() == Pacing.STEPS && settings.mode() != Settings.Mode.HEADSET;
        rig = new RigControl(settings.comfort());
        compositor = new Compositor(own);
        resolutions = new EyeTargets(own, surface.eyes(), surface.width(), surface.height());
        resolution = settings.dynamicResolution() && !steps ? new DynamicResolution() : null;
        targets = resolutions.at(1);
        flashes = new FlashCheck[surface.eyes()];
        for (int i = 0; i < targets.length; i++) {
            flashes[i] = new FlashCheck(own, surface.width(), surface.height());
        }
        log = new FrameLog((nanos, attributes) -> report.tell("frames", nanos, attributes));
        dials = new DialLog((type, attributes) -> report.tell(type, sessionNanos.getAsLong(), attributes));
        Act neutral = new Act("", "neutral world", 0, new NeutralWorld(), why -> {});
        acts = new Acts(
                own,
                rig,
                surface.eyes() > 1,
                act -> audio.scene(act.slot()),
                neutral,
                holds,
                call,
                (type, attributes) -> report.tell(type, sessionNanos.getAsLong(), withFrame(attributes)));
        overlays = new Overlays(
                settings,
                own,
                rig,
                acts,
                (type, attributes) -> report.tell(type, sessionNanos.getAsLong(), withFrame(attributes)));
        mirror = settings.mirrorHz() > 0
                ? new Mirror(own, surface.width(), surface.height(), settings.mirrorHz(), mirrored)
                : null;
        began = sessionNanos.getAsLong();
    }

    private Map<String, Object> withFrame(Map<String, Object> attributes) {
        Map<String, Object> all = new HashMap<>(attributes);
        all.put("frame", number);
        return all;
    }

    Acts acts() {
        return acts;
    }

    FrameLog log() {
        return log;
    }

    /** Distance of the eyes in the last frame, metres; 0 for one eye or before the first frame. */
    float betweenEyes() {
        return betweenEyes;
    }

    /** Number of the next frame. */
    long number() {
        return number;
    }

    /** A picture of the scene once so many frames of it were drawn, all eyes beside each other. */
    void picture(Act act, long frames, CompletableFuture<Picture> into) {
        pictures.add(new Wish(act, frames, into));
    }

    /** Where the participant is now becomes the middle. */
    void recentre() {
        surface.recentre();
    }

    /** What the display itself puts into the world. */
    Overlays overlays() {
        return overlays;
    }

    /**
     * Draws one frame.
     *
     * @param started whether the session has begun, so that there is somebody to ask
     * @return whether somebody sees it
     */
    boolean frame(boolean started) throws Surface.Lost, InterruptedException {
        for (Task t = tasks.poll(); t != null; t = tasks.poll()) {
            t.run(this);
        }
        Tick tick = surface.await();
        for (String news : tick.news()) {
            report.tell(news, sessionNanos.getAsLong(), withFrame(Map.of()));
            if (news.equals("recentred")) {
                overlays.recentred();
            }
        }
        if (!tick.visible()) {
            unseen();
            return false;
        }
        eyesApart(tick);
        long offset = offset();
        long period = Math.round(1e9 / surface.rateHz());
        // Session time that is not that of the wall goes on unevenly; a frame is never seen before the one before it.
        long display = steps ? began + number * period : Math.max(lastDisplay, tick.displayNanos() + offset);
        float delta = lastDisplay == 0 ? 0 : Math.min(LONGEST_STEP, (display - lastDisplay) / 1e9f);
        long dropped = lastDisplay == 0 ? 0 : Math.max(0, Math.round((double) (display - lastDisplay) / period) - 1);
        lastDisplay = display;
        if (tick.keys().panic()) {
            acts.hold(Holds.Reason.PANIC);
            report.tell("panic", sessionNanos.getAsLong(), withFrame(Map.of("by", "participant")));
        }
        Tick.Keys keys = started ? overlays.advance(display / 1e9, delta, tick) : tick.keys();
        rig.advance(delta, keys, tick.head());
        acts.advance(delta);
        checkTargets();
        LiveFrame frame = frame(tick, keys, display, delta);
        audio.frame(frame.head(), acts.light(), delta);
        gpu.begin(number);
        draw(frame, tick);
        checkFlashes(tick, frame, display, delta);
        Map<LiveFrame.Onset, OptionalInt> codes = new HashMap<>();
        frame.onsets().forEach(o -> codes.put(o, patch.onset()));
        compose(patchShown ? patch.light() : -1);
        gpu.end();
        long submitted = surface.submit() + offset;
        frame.onsets().forEach(o -> onset(o, codes.get(o), display, submitted));
        log.add(new FrameLog.Line(
                number,
                display,
                submitted,
                dropped,
                acts.slot(),
                tick.tracked(),
                frame.head(),
                frame.left(),
                frame.right(),
                frame.gaze().orElse(null)));
        gpu.results(log::gpu);
        dials.submitted(acts.slot(), acts.shown().dials(), number, submitted);
        takePictures();
        if (mirror != null && started) {
            mirror.frame(
                    targets[0], new Compositor.Overlay(acts.light() * rig.light(), rig.opening(), -1), display, number);
        }
        adapt(submitted, period);
        number++;
        return true;
    }

    /** The next frames are drawn as finely as there is time for. */
    private void adapt(long submitted, long period) {
        if (resolution != null
                && lastSubmitted != 0
                && resolution.frame(submitted, submitted - lastSubmitted, period)) {
            targets = resolutions.at(resolution.scale());
            lastShown = null; // these pictures, too, may have been deleted by a scene
            report.tell(
                    "resolution",
                    submitted,
                    withFrame(Map.of(
                            "scale", resolution.scale(),
                            "width", (long) targets[0].width(),
                            "height", (long) targets[0].height())));
        }
        lastSubmitted = submitted;
    }

    /** Nobody sees the frame: it is neither drawn nor counted, and none is missing after it. */
    private void unseen() {
        lastDisplay = 0;
        lastSubmitted = 0;
        acts.unseen();
    }

    /** Tells the distance of the eyes at first and when it changes: wearers set it while the session runs. */
    private void eyesApart(Tick tick) {
        float now = Tick.betweenEyes(tick.eyes());
        if (Math.abs(now - betweenEyes) > SAME_EYES) {
            betweenEyes = now;
            report.tell("eye-distance", sessionNanos.getAsLong(), withFrame(Map.of("metres", (double) now)));
        }
    }

    /** From times of the machine to times of the session, read so that no pause lies between the two clocks. */
    private long offset() {
        long best = 0;
        long least = Long.MAX_VALUE;
        for (int i = 0; i < CLOCK_TRIES && least > AT_ONCE_NANOS; i++) {
            long before = System.nanoTime();
            long session = sessionNanos.getAsLong();
            long between = System.nanoTime() - before;
            if (between < least) {
                least = between;
                best = session - (before + between / 2);
            }
        }
        return best;
    }

    private LiveFrame frame(Tick tick, Tick.Keys keys, long display, float delta) {
        Running shown = acts.shown();
        return new LiveFrame(
                number,
                display,
                shown.frames() == 0 ? 0 : delta,
                shown.seconds(),
                rig.toWorld(tick.head()),
                inWorld(tick.left()),
                inWorld(tick.right()),
                tick.gaze().map(rig::toWorld).orElse(null),
                keys.select());
    }

    private Hand inWorld(Hand h) {
        return new Hand(rig.toWorld(h.pose()), h.tracked(), h.trigger(), h.grip(), h.stickX(), h.stickY());
    }

    private void draw(LiveFrame frame, Tick tick) {
        Running shown = acts.shown();
        String where = "advance";
        long longest = 0;
        try {
            shown.dials().forEach(dial -> dial.advance(frame.deltaSeconds()));
            call.enter(shown.act(), where);
            shown.act().program().advance(frame);
            longest = call.leave();
            where = "draw";
            for (int eye = 0; eye < targets.length; eye++) {
                targets[eye].begin();
                View view = Views.of(eye, tick.eyes().get(eye), rig, targets[eye], NEAR, FAR);
                call.enter(shown.act(), where);
                shown.act().program().draw(view);
                longest = Math.max(longest, call.leave());
            }
            shown.drawn(frame.deltaSeconds());
        } catch (Throwable e) {
            // Whatever a scene throws is its own affair; the display goes on.
            call.leave();
            acts.failed(where, e);
            blank(frame);
        }
        // Before its first frame nobody saw a picture of it that could stand still; a driver may compile for it then.
        if (longest > SceneCall.LONGEST_NANOS
                && shown.frames() > 1
                && acts.shown() == shown
                && !acts.slot().isEmpty()) {
            acts.stop("a frame took " + longest / 100_000_000 / 10.0
                    + " s; the participant saw a picture that stood still");
            blank(frame);
        }
        for (int eye = 0; eye < targets.length; eye++) {
            targets[eye].bind();
            overlays.draw(Views.of(eye, tick.eyes().get(eye), rig, targets[eye], NEAR, FAR));
        }
    }

    private void blank(LiveFrame frame) {
        frame.unseen();
        for (Target t : targets) {
            t.begin();
        }
    }

    /** What a scene has left behind may be less than was there before it. */
    private void checkTargets() throws Surface.Lost {
        if (acts.shown() != lastShown) {
            lastShown = acts.shown();
            for (Target t : targets) {
                if (!t.intact()) {
                    throw new Surface.Lost("a scene has deleted pictures that belong to the display", true);
                }
            }
        }
    }

    /** Before the picture is laid onto the surface: a scene that flashes too often is gone with this frame. */
    private void checkFlashes(Tick tick, LiveFrame frame, long display, float delta) {
        Pose head = frame.head();
        boolean turning = Views.turn(lastHead, head) > FlashCheck.TURNING * delta;
        lastHead = head;
        for (int eye = 0; eye < targets.length; eye++) {
            float light = acts.light() * rig.light();
            flashes[eye]
                    .look(targets[eye], light, rig.opening(), tick.eyes().get(eye), display / 1e9, turning)
                    .ifPresent(found -> {
                        frame.unseen();
                        stopFlashing(found);
                    });
        }
    }

    private void stopFlashing(FlashCounter.Finding found) {
        String kind = found.kind().name().toLowerCase(Locale.ROOT);
        report.tell(
                "flash-limit",
                sessionNanos.getAsLong(),
                withFrame(Map.of("kind", kind, "count", (long) found.flashes(), "scene", acts.slot())));
        if (!acts.slot().isEmpty()) {
            acts.stop("it showed " + found.flashes() + " flashes (" + kind + ") within a second; three are the limit");
        }
        for (int eye = 0; eye < targets.length; eye++) {
            flashes[eye].forget();
        }
    }

    private void compose(float patchLight) {
        float light = acts.light() * rig.light();
        for (int eye = 0; eye < targets.length; eye++) {
            compositor.draw(
                    targets[eye],
                    surface.framebuffer(eye),
                    surface.width(),
                    surface.height(),
                    new Compositor.Overlay(light, rig.opening(), patchLight));
        }
    }

    private void onset(LiveFrame.Onset o, OptionalInt code, long display, long submitted) {
        Map<String, Object> attributes = new HashMap<>(o.attributes());
        attributes.put("scene", acts.slot());
        attributes.put("frame", number);
        attributes.put("displayNanos", display);
        attributes.put("submitNanos", submitted);
        if (patchShown && code.isPresent()) {
            attributes.put("patch", (long) code.getAsInt());
        }
        report.tell(o.type(), display, attributes);
    }

    private void takePictures() {
        Running shown = acts.shown();
        List<Wish> due = pictures.stream()
                .filter(w -> w.act() == shown.act() && shown.frames() >= w.frames())
                .toList();
        pictures.removeAll(due);
        due.forEach(w -> w.into().complete(picture()));
    }

    /** The frame just drawn as the scene drew it, eyes beside each other. */
    Picture picture() {
        Picture all = null;
        for (Target t : targets) {
            Picture one = new Picture(t.width(), t.height(), t.read());
            all = all == null ? one : all.beside(one);
        }
        return all;
    }

    /** Ends the scenes and tells the last frames. */
    void close() {
        acts.close();
        log.flush();
        gpu.close();
        if (mirror != null) {
            mirror.close();
        }
        for (FlashCheck f : flashes) {
            f.close();
        }
        own.close();
        pictures.forEach(w -> w.into().completeExceptionally(new PluginException("the display was closed")));
    }
}
