package org.anodyne.plugins.vr.openxr;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.anodyne.plugin.PluginException;
import org.anodyne.plugin.scene.Pose;
import org.anodyne.plugins.vr.surface.Surface;
import org.anodyne.plugins.vr.surface.Tick;
import org.lwjgl.PointerBuffer;
import org.lwjgl.openxr.EXTLocalFloor;
import org.lwjgl.openxr.FBDisplayRefreshRate;
import org.lwjgl.openxr.XR10;
import org.lwjgl.openxr.XrCompositionLayerProjection;
import org.lwjgl.openxr.XrCompositionLayerProjectionView;
import org.lwjgl.openxr.XrFrameEndInfo;
import org.lwjgl.openxr.XrFrameState;
import org.lwjgl.openxr.XrSession;
import org.lwjgl.openxr.XrView;
import org.lwjgl.openxr.XrViewLocateInfo;
import org.lwjgl.openxr.XrViewState;
import org.lwjgl.system.MemoryStack;

/**
 * A headset by way of OpenXR: the runtime tells when a frame will be seen, and from where with which fields of view for each
 * eye. While nobody can see anything, {@link #await} gives frames that are not visible, which need no drawing and no
 * {@link #submit}. Thread: the render thread.
 */
public final class HeadsetSurface implements Surface {
    private static final int EYES = 2;
    /** How often a session that does not run is looked after (engineering default). */
    private static final long ASLEEP_NANOS = 20_000_000L;
    /** How long a headset may take to let frames begin, before the display opens on one that sleeps (engineering default). */
    private static final long WAKING_NANOS = 2_000_000_000L;
    /** Until the headset says. */
    private static final double USUAL_RATE = 90;

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final HeadsetSystem system;
    private final Graphics graphics;
    private final HeadsetSession session;
    private final Floor floor;
    private final Controls controls;
    private final DisplayClock clock;
    private final EyePictures[] pictures = new EyePictures[EYES];
    private final List<String> news = new ArrayList<>();
    private final HeadsetSession.Listener listener;
    private List<Tick.Eye> eyes;
    private Pose head;
    private double rateHz = USUAL_RATE;
    private long displayTime;
    private boolean seen;
    private boolean rateTold;
    private boolean periodKnown;
    private boolean everSeen;
    private boolean eyesKnown;

    /**
     * Opens a session with the headset and waits a little until its frames begin.
     *
     * @param eyeHeight of the eyes above the floor, metres, where the headset does not know the floor
     * @throws PluginException when there is no runtime, no headset or no OpenGL that it takes, with what to do
     */
    public HeadsetSurface(float eyeHeight) throws PluginException, InterruptedException {
        head = Pose.standing(eyeHeight);
        // Drawn only until the runtime has told better.
        Tick.Eye eye = new Tick.Eye(head, -0.8f, 0.8f, 0.8f, -0.8f);
        eyes = List.of(eye, eye);
        boolean whole = false;
        try {
            system = keep(new HeadsetSystem());
            graphics = keep(new Graphics(system));
            session = keep(new HeadsetSession(system.instance(), graphics.session(system)));
            XrSession handle = session.handle();
            floor = keep(new Floor(handle, system.has(EXTLocalFloor.XR_EXT_LOCAL_FLOOR_EXTENSION_NAME), eyeHeight));
            controls = keep(new Controls(system, handle));
            for (int i = 0; i < EYES; i++) {
                pictures[i] = keep(new EyePictures(handle, system.width(), system.height()));
            }
            clock = new DisplayClock(system);
            listener = new HeadsetSession.Listener() {
                @Override
                public void spaceMoves(int type, long time) {
                    floor.moves(type, time);
                }

                @Override
                public void rateChanged(float hertz) {
                    tellRate(hertz);
                }

                @Override
                public void controllersChanged() throws XrFault {
                    controls.changed();
                }
            };
            wake();
            askRate();
            whole = true;
        } catch (XrFault e) {
            throw e.refused();
        } catch (Lost e) {
            throw new PluginException(e.getMessage(), e);
        } finally {
            if (!whole) {
                close();
            }
        }
    }

    private <T extends AutoCloseable> T keep(T part) {
        opened.push(part);
        return part;
    }

    private void wake() throws XrFault, Lost, InterruptedException {
        long until = System.nanoTime() + WAKING_NANOS;
        session.follow(listener, news);
        while (!session.running() && System.nanoTime() < until) {
            nap();
            session.follow(listener, news);
        }
    }

    private static void nap() throws InterruptedException {
        LockSupport.parkNanos(ASLEEP_NANOS);
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    private void askRate() {
        if (system.has(FBDisplayRefreshRate.XR_FB_DISPLAY_REFRESH_RATE_EXTENSION_NAME)) {
            float[] hertz = new float[1];
            try (MemoryStack stack = MemoryStack.stackPush()) {
                java.nio.FloatBuffer told = stack.callocFloat(1);
                // Without it the rate is known from the first frame on.
                if (FBDisplayRefreshRate.xrGetDisplayRefreshRateFB(session.handle(), told) >= 0) {
                    hertz[0] = told.get(0);
                }
            }
            tellRate(hertz[0]);
        }
    }

    private void tellRate(float hertz) {
        if (hertz > 0) {
            rateHz = hertz;
            rateTold = true;
        }
    }

    @Override
    public int eyes() {
        return EYES;
    }

    @Override
    public int width() {
        return system.width();
    }

    @Override
    public int height() {
        return system.height();
    }

    @Override
    public double rateHz() {
        return rateHz;
    }

    @Override
    public String description() {
        String apart = eyesKnown
                ? String.format(Locale.ROOT, "eyes %.1f mm apart", 1000 * Tick.betweenEyes(eyes))
                : "distance of the eyes not told yet";
        return "headset " + system.words() + ", " + apart + ", " + floor.words() + ", "
                + (system.gaze() ? "gaze measured" : "no gaze") + ", " + clock.words() + ", " + graphics.words();
    }

    @Override
    public Tick await() throws Lost, InterruptedException {
        try {
            session.follow(listener, news);
            if (!session.running()) {
                nap();
                return unseen(System.nanoTime());
            }
            return begin();
        } catch (XrFault e) {
            throw e.lost();
        }
    }

    /** Waits until the runtime wants the next frame, and asks it for everything about it. */
    private Tick begin() throws XrFault {
        boolean draws;
        try (MemoryStack stack = MemoryStack.stackPush()) {
            XrFrameState frame = XrFrameState.calloc(stack).type$Default();
            // The one call without a deadline: OpenXR has none for it. A runtime that dies returns an error.
            XrFault.check(XR10.xrWaitFrame(session.handle(), null, frame), "waiting for the next frame");
            XrFault.check(XR10.xrBeginFrame(session.handle(), null), "beginning a frame");
            displayTime = frame.predictedDisplayTime();
            draws = frame.shouldRender();
            keepRate(frame.predictedDisplayPeriod());
            clock.foretold(displayTime, Math.round(1e9 / rateHz));
        }
        if (floor.settle(displayTime, draws)) {
            news.add("recentred");
        }
        boolean tracked = look();
        long nanos = clock.nanos(displayTime);
        if (!draws) {
            end(false);
            return unseen(nanos);
        }
        Controls.Read read = controls.read(floor.space(), displayTime);
        for (EyePictures p : pictures) {
            p.acquire();
        }
        if (!seen && everSeen) {
            news.add("display-seen");
        }
        seen = true;
        everSeen = true;
        return tick(nanos, true, tracked, read);
    }

    /**
     * The runtime's period is that of the frames it asks for: one that finds the display slow asks for every second only. What
     * the headset shows is the shortest, and against that frames are missing.
     */
    private void keepRate(long periodNanos) {
        if (!rateTold && periodNanos > 0) {
            double now = 1e9 / periodNanos;
            rateHz = periodKnown ? Math.max(rateHz, now) : now;
            periodKnown = true;
        }
    }

    /** Where head and eyes will be; what was known last where the runtime does not know. Whether it is measured. */
    private boolean look() throws XrFault {
        Poses.Located at = floor.head(displayTime);
        head = at.valid() ? at.pose() : head;
        try (MemoryStack stack = MemoryStack.stackPush()) {
            XrViewState state = XrViewState.calloc(stack).type$Default();
            XrView.Buffer views = XrView.calloc(EYES, stack);
            views.forEach(XrView::type$Default);
            XrFault.check(
                    XR10.xrLocateViews(
                            session.handle(),
                            XrViewLocateInfo.calloc(stack)
                                    .type$Default()
                                    .viewConfigurationType(XR10.XR_VIEW_CONFIGURATION_TYPE_PRIMARY_STEREO)
                                    .displayTime(displayTime)
                                    .space(floor.space()),
                            state,
                            stack.mallocInt(1),
                            views),
                    "asking where the eyes are");
            long placed = XR10.XR_VIEW_STATE_POSITION_VALID_BIT | XR10.XR_VIEW_STATE_ORIENTATION_VALID_BIT;
            boolean valid = (state.viewStateFlags() & placed) == placed;
            eyesKnown |= valid;
            List<Tick.Eye> now = new ArrayList<>();
            for (int i = 0; i < EYES; i++) {
                XrView v = views.get(i);
                now.add(new Tick.Eye(
                        valid ? Poses.of(v.pose()) : eyes.get(i).pose(),
                        v.fov().angleLeft(),
                        v.fov().angleRight(),
                        v.fov().angleUp(),
                        v.fov().angleDown()));
            }
            eyes = List.copyOf(now);
        }
        return at.tracked();
    }

    private Tick unseen(long nanos) {
        if (seen) {
            news.add("display-hidden");
        }
        seen = false;
        return tick(nanos, false, false, Controls.Read.NOTHING);
    }

    private Tick tick(long nanos, boolean visible, boolean tracked, Controls.Read read) {
        List<String> told = List.copyOf(news);
        news.clear();
        Optional<Pose> gaze = read.gaze();
        return new Tick(nanos, visible, tracked, head, eyes, read.left(), read.right(), gaze, read.keys(), told);
    }

    @Override
    public int framebuffer(int eye) {
        return pictures[eye].framebuffer();
    }

    @Override
    public long submit() throws Lost {
        try {
            for (EyePictures p : pictures) {
                p.release();
            }
            end(true);
            return System.nanoTime();
        } catch (XrFault e) {
            throw e.lost();
        }
    }

    private void end(boolean drawn) throws XrFault {
        try (MemoryStack stack = MemoryStack.stackPush()) {
            XrFrameEndInfo info = XrFrameEndInfo.calloc(stack)
                    .type$Default()
                    .displayTime(displayTime)
                    .environmentBlendMode(system.blendMode());
            if (drawn) {
                PointerBuffer layers = stack.pointers(layer(stack));
                info.layers(layers).layerCount(layers.remaining());
            }
            XrFault.check(XR10.xrEndFrame(session.handle(), info), "giving a frame to the headset");
        }
    }

    private XrCompositionLayerProjection layer(MemoryStack stack) {
        XrCompositionLayerProjectionView.Buffer views = XrCompositionLayerProjectionView.calloc(EYES, stack);
        for (int i = 0; i < EYES; i++) {
            XrCompositionLayerProjectionView v = views.get(i).type$Default();
            Tick.Eye eye = eyes.get(i);
            Poses.into(eye.pose(), v.pose());
            v.fov().set(eye.left(), eye.right(), eye.up(), eye.down());
            pictures[i].describe(v.subImage());
        }
        return XrCompositionLayerProjection.calloc(stack)
                .type$Default()
                .space(floor.space())
                .views(views);
    }

    @Override
    public void recentre() {
        floor.recentre();
    }

    @Override
    public void close() {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException("the headset cannot be closed", e);
            }
        }
    }
}
