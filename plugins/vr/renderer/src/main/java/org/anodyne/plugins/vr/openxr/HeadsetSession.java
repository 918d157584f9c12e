package org.anodyne.plugins.vr.openxr;

import java.util.List;
import org.anodyne.plugins.vr.surface.Surface;
import org.lwjgl.openxr.FBDisplayRefreshRate;
import org.lwjgl.openxr.XR10;
import org.lwjgl.openxr.XrEventDataBuffer;
import org.lwjgl.openxr.XrEventDataDisplayRefreshRateChangedFB;
import org.lwjgl.openxr.XrEventDataReferenceSpaceChangePending;
import org.lwjgl.openxr.XrEventDataSessionStateChanged;
import org.lwjgl.openxr.XrInstance;
import org.lwjgl.openxr.XrSession;
import org.lwjgl.openxr.XrSessionBeginInfo;
import org.lwjgl.system.MemoryStack;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows the runtime's events: begins and ends the session as it asks, and tells what happened. Thread: the render thread. */
final class HeadsetSession implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HeadsetSession.class);

    /** What others do about events. */
    interface Listener {
        /** A reference space of this type moves for frames from this time on. */
        void spaceMoves(int type, long time);

        /** The headset shows another number of frames a second from now on. */
        void rateChanged(float hertz);

        /** Other controllers were taken up. */
        void controllersChanged() throws XrFault;
    }

    private final XrInstance instance;
    private final XrSession session;
    private SessionState state = SessionState.UNKNOWN;
    private boolean running;
    private boolean hadFocus;

    HeadsetSession(XrInstance instance, XrSession session) {
        this.instance = instance;
        this.session = session;
    }

    XrSession handle() {
        return session;
    }

    /** Where it is. */
    SessionState state() {
        return state;
    }

    /** Whether frames go round. */
    boolean running() {
        return running;
    }

    /**
     * Takes all events that wait.
     *
     * @param news what is to be recorded is added
     * @throws Surface.Lost when the session is over
     */
    void follow(Listener listener, List<String> news) throws XrFault, Surface.Lost {
        try (MemoryStack stack = MemoryStack.stackPush()) {
            XrEventDataBuffer event = XrEventDataBuffer.malloc(stack);
            while (true) {
                event.type$Default().next(0);
                int result = XrFault.check(XR10.xrPollEvent(instance, event), "asking what happened");
                if (result == XR10.XR_EVENT_UNAVAILABLE) {
                    return;
                }
                switch (event.type()) {
                    case XR10.XR_TYPE_EVENT_DATA_SESSION_STATE_CHANGED ->
                        become(
                                SessionState.of(XrEventDataSessionStateChanged.create(event.address())
                                        .state()),
                                news);
                    case XR10.XR_TYPE_EVENT_DATA_REFERENCE_SPACE_CHANGE_PENDING -> {
                        XrEventDataReferenceSpaceChangePending moves =
                                XrEventDataReferenceSpaceChangePending.create(event.address());
                        listener.spaceMoves(moves.referenceSpaceType(), moves.changeTime());
                    }
                    case XR10.XR_TYPE_EVENT_DATA_INTERACTION_PROFILE_CHANGED -> listener.controllersChanged();
                    case FBDisplayRefreshRate.XR_TYPE_EVENT_DATA_DISPLAY_REFRESH_RATE_CHANGED_FB ->
                        listener.rateChanged(XrEventDataDisplayRefreshRateChangedFB.create(event.address())
                                .toDisplayRefreshRate());
                    case XR10.XR_TYPE_EVENT_DATA_INSTANCE_LOSS_PENDING ->
                        throw new Surface.Lost("the headset: its software is ending", true);
                    case XR10.XR_TYPE_EVENT_DATA_EVENTS_LOST -> LOG.warn("events of the headset were lost");
                    default -> LOG.debug("an event of the headset that nobody waits for: {}", event.type());
                }
            }
        }
    }

    private void become(SessionState next, List<String> news) throws XrFault, Surface.Lost {
        if (!state.mayBecome(next)) {
            LOG.warn("the headset's session went from {} to {}, which OpenXR does not know", state, next);
        }
        if (state == SessionState.FOCUSED) {
            news.add("focus-lost");
        }
        state = next;
        LOG.debug("the headset's session is {}", next);
        switch (next) {
            case READY -> begin();
            case STOPPING -> end();
            case FOCUSED -> {
                if (hadFocus) {
                    news.add("focus-back");
                }
                hadFocus = true;
            }
            case VISIBLE, SYNCHRONIZED, IDLE, UNKNOWN -> {}
            case LOSS_PENDING -> throw new Surface.Lost("the headset: its session is about to be lost", true);
            case EXITING ->
                throw new Surface.Lost(
                        "the headset: the session was ended by the wearer or by the headset's software", false);
        }
    }

    private void begin() throws XrFault {
        try (MemoryStack stack = MemoryStack.stackPush()) {
            XrFault.check(
                    XR10.xrBeginSession(
                            session,
                            XrSessionBeginInfo.calloc(stack)
                                    .type$Default()
                                    .primaryViewConfigurationType(XR10.XR_VIEW_CONFIGURATION_TYPE_PRIMARY_STEREO)),
                    "beginning the session");
        }
        running = true;
    }

    private void end() throws XrFault {
        running = false;
        XrFault.check(XR10.xrEndSession(session), "ending the session");
    }

    @Override
    public void close() {
        XR10.xrDestroySession(session);
    }
}
