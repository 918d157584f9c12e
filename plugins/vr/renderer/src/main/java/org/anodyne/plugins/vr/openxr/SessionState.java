package org.anodyne.plugins.vr.openxr;

import java.util.List;
import org.lwjgl.openxr.XR10;

/** Where a session of OpenXR is (specification 1.0, section 9.3), and where it may go from there. */
enum SessionState {
    /** Before the first word of the runtime. */
    UNKNOWN(XR10.XR_SESSION_STATE_UNKNOWN),
    /** The headset lies on the table, or sleeps. */
    IDLE(XR10.XR_SESSION_STATE_IDLE),
    /** Frames may begin: the session is to be begun. */
    READY(XR10.XR_SESSION_STATE_READY),
    /** Frames go round, and nobody sees them. */
    SYNCHRONIZED(XR10.XR_SESSION_STATE_SYNCHRONIZED),
    /** Frames are seen, but the controllers belong to something else, e.g. the headset's own menu. */
    VISIBLE(XR10.XR_SESSION_STATE_VISIBLE),
    /** Frames are seen and the controllers are ours. */
    FOCUSED(XR10.XR_SESSION_STATE_FOCUSED),
    /** No more frames: the session is to be ended. It may be begun again. */
    STOPPING(XR10.XR_SESSION_STATE_STOPPING),
    /** The headset is about to go; a new session may come. */
    LOSS_PENDING(XR10.XR_SESSION_STATE_LOSS_PENDING),
    /** The wearer ended it in the headset's own menu: it is not to be opened again by itself. */
    EXITING(XR10.XR_SESSION_STATE_EXITING);

    private final int code;

    SessionState(int code) {
        this.code = code;
    }

    static SessionState of(int code) {
        for (SessionState s : values()) {
            if (s.code == code) {
                return s;
            }
        }
        return UNKNOWN;
    }

    private List<SessionState> next() {
        return switch (this) {
            case UNKNOWN -> List.of(IDLE, LOSS_PENDING);
            case IDLE -> List.of(READY, EXITING, LOSS_PENDING);
            case READY -> List.of(SYNCHRONIZED, STOPPING, LOSS_PENDING);
            case SYNCHRONIZED -> List.of(VISIBLE, STOPPING, LOSS_PENDING);
            case VISIBLE -> List.of(FOCUSED, SYNCHRONIZED, LOSS_PENDING);
            case FOCUSED -> List.of(VISIBLE, LOSS_PENDING);
            case STOPPING -> List.of(IDLE, LOSS_PENDING);
            case LOSS_PENDING, EXITING -> List.of();
        };
    }

    /** Whether the specification permits this step. */
    boolean mayBecome(SessionState to) {
        return next().contains(to);
    }
}
