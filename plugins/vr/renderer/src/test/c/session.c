/* The session's states, the frames, and the faults that come with them. */
#include "scripted.h"

#include <stdlib.h>
#include <string.h>

#define EVENTS 32

Session session;
static XrEventDataBuffer events[EVENTS];
static int waiting;
/* After the present state has been read: where a stopped session goes. */
static bool leaves;

void event_push(const void *event, size_t size) {
    if (waiting < EVENTS) memcpy(&events[waiting++], event, size);
}

static void become(XrSessionState state) {
    session.state = state;
    XrEventDataSessionStateChanged e = {XR_TYPE_EVENT_DATA_SESSION_STATE_CHANGED, NULL, (XrSession)&session, state,
                                        time_now()};
    event_push(&e, sizeof e);
    note("{\"what\":\"state\",\"state\":%d}", state);
}

/* What every call on a session checks first. */
XrResult session_ready(void) {
    if (session.instanceLost) return XR_ERROR_INSTANCE_LOST;
    if (session.lost) return XR_ERROR_SESSION_LOST;
    return session.exists ? XR_SUCCESS : XR_ERROR_HANDLE_INVALID;
}

ENTRY s_PollEvent(XrInstance instance, XrEventDataBuffer *event) {
    (void)instance;
    if (session.instanceLost) return XR_ERROR_INSTANCE_LOST;
    if (waiting == 0) return XR_EVENT_UNAVAILABLE;
    *event = events[0];
    memmove(events, events + 1, (size_t)--waiting * sizeof events[0]);
    return XR_SUCCESS;
}

ENTRY s_CreateSession(XrInstance instance, const XrSessionCreateInfo *info, XrSession *made) {
    (void)instance;
    if (!session.requirements) return XR_ERROR_GRAPHICS_REQUIREMENTS_CALL_MISSING;
    if (session.exists) return XR_ERROR_LIMIT_REACHED;
    XrResult found = gl_find(info);
    if (found != XR_SUCCESS) return found;
    memset(&session, 0, sizeof session);
    session.exists = true;
    session.period = (XrDuration)control("periodNanos", 20000000);
    waiting = 0;
    *made = (XrSession)&session;
    become(XR_SESSION_STATE_IDLE);
    become(XR_SESSION_STATE_READY);
    return XR_SUCCESS;
}

ENTRY s_DestroySession(XrSession s) {
    (void)s;
    note("{\"what\":\"destroyed\",\"frames\":%ld}", session.frames);
    bool gone = session.instanceLost;
    memset(&session, 0, sizeof session);
    session.instanceLost = gone;
    return XR_SUCCESS;
}

ENTRY s_BeginSession(XrSession s, const XrSessionBeginInfo *info) {
    (void)s;
    XrResult r = session_ready();
    if (r != XR_SUCCESS) return r;
    if (session.begun) return XR_ERROR_SESSION_RUNNING;
    if (session.state != XR_SESSION_STATE_READY) return XR_ERROR_SESSION_NOT_READY;
    if (info->primaryViewConfigurationType != XR_VIEW_CONFIGURATION_TYPE_PRIMARY_STEREO)
        return XR_ERROR_VIEW_CONFIGURATION_TYPE_UNSUPPORTED;
    session.begun = true;
    session.waited = session.inFrame = false;
    if (session.display == 0) {
        session.display = time_now();
        script_begin(session.display);
        note("{\"what\":\"begun\",\"start\":%lld}", (long long)session.display);
    }
    become(XR_SESSION_STATE_SYNCHRONIZED);
    return XR_SUCCESS;
}

ENTRY s_EndSession(XrSession s) {
    (void)s;
    XrResult r = session_ready();
    if (r != XR_SUCCESS) return r;
    if (session.state != XR_SESSION_STATE_STOPPING) return XR_ERROR_SESSION_NOT_STOPPING;
    session.begun = false;
    become(XR_SESSION_STATE_IDLE);
    become(leaves ? XR_SESSION_STATE_EXITING : XR_SESSION_STATE_READY);
    return XR_SUCCESS;
}

ENTRY s_RequestExitSession(XrSession s) {
    (void)s;
    if (!session.begun) return XR_ERROR_SESSION_NOT_RUNNING;
    leaves = true;
    become(XR_SESSION_STATE_STOPPING);
    return XR_SUCCESS;
}

ENTRY s_WaitFrame(XrSession s, const XrFrameWaitInfo *info, XrFrameState *frame) {
    (void)s, (void)info;
    XrResult r = session_ready();
    if (r != XR_SUCCESS) return r;
    if (!session.begun) return XR_ERROR_SESSION_NOT_RUNNING;
    if (session.waited) return XR_ERROR_CALL_ORDER_INVALID;
    /* The next display time on the grid of periods that is at least one period off. */
    XrTime now = time_now(), next = session.display + session.period;
    if (next < now + session.period) next += (now + session.period - next) / session.period * session.period;
    XrDuration asked = session.period;
    if (session.slow > 0) {
        session.slow--;
        next += session.period;
        asked = 2 * session.period;
    }
    time_sleep_until(next - session.period);
    session.display = next;
    session.waited = true;
    frame->predictedDisplayTime = next;
    frame->predictedDisplayPeriod = asked;
    frame->shouldRender = session.state == XR_SESSION_STATE_VISIBLE || session.state == XR_SESSION_STATE_FOCUSED;
    return XR_SUCCESS;
}

ENTRY s_BeginFrame(XrSession s, const XrFrameBeginInfo *info) {
    (void)s, (void)info;
    XrResult r = session_ready();
    if (r != XR_SUCCESS) return r;
    if (!session.waited || session.inFrame) return XR_ERROR_CALL_ORDER_INVALID;
    session.waited = false;
    session.inFrame = true;
    return XR_SUCCESS;
}

static XrResult layer_note(const XrCompositionLayerProjection *layer) {
    char head[160], at[EYES][160], space[160];
    for (uint32_t i = 0; i < EYES; i++) {
        const XrCompositionLayerProjectionView *v = &layer->views[i];
        if (!pose_sound(v->pose)) return XR_ERROR_POSE_INVALID;
        if (v->fov.angleLeft >= v->fov.angleRight || v->fov.angleDown >= v->fov.angleUp)
            return XR_ERROR_LAYER_INVALID;
        XrResult r = chain_showable(&v->subImage);
        if (r != XR_SUCCESS) return r;
        note_pose(at[i], sizeof at[i], v->pose);
    }
    if (layer->views[0].subImage.swapchain == layer->views[1].subImage.swapchain) return XR_ERROR_LAYER_INVALID;
    note_pose(head, sizeof head, script_head(session.display));
    note_pose(space, sizeof space, space_world(layer->space, session.display));
    XrFovf l = layer->views[0].fov, r = layer->views[1].fov;
    note("{\"what\":\"frame\",\"number\":%ld,\"display\":%lld,\"head\":%s,\"space\":%s,\"left\":%s,\"right\":%s,"
         "\"leftFov\":[%.6g,%.6g,%.6g,%.6g],\"rightFov\":[%.6g,%.6g,%.6g,%.6g]}",
         session.frames, (long long)session.display, head, space, at[0], at[1], l.angleLeft, l.angleRight, l.angleUp,
         l.angleDown, r.angleLeft, r.angleRight, r.angleUp, r.angleDown);
    char folder[480], file[512];
    if (control_due("dumpAt", session.frames) && control_text("dump", folder, sizeof folder)) {
        snprintf(file, sizeof file, "%s/left.ppm", folder);
        chain_dump(layer->views[0].subImage.swapchain, file);
        snprintf(file, sizeof file, "%s/right.ppm", folder);
        chain_dump(layer->views[1].subImage.swapchain, file);
    }
    return XR_SUCCESS;
}

static void recentre(void) {
    char middle[160];
    session.recentred = true;
    session.recentredFrom = session.display + 2 * session.period;
    session.middle = pose_upright(script_head(session.recentredFrom));
    note_pose(middle, sizeof middle, session.middle);
    note("{\"what\":\"recentred\",\"from\":%lld,\"middle\":%s}", (long long)session.recentredFrom, middle);
    XrReferenceSpaceType types[] = {XR_REFERENCE_SPACE_TYPE_LOCAL, LOCAL_FLOOR};
    for (int i = 0; i < 2; i++) {
        XrEventDataReferenceSpaceChangePending e = {
            XR_TYPE_EVENT_DATA_REFERENCE_SPACE_CHANGE_PENDING, NULL, (XrSession)&session, types[i],
            session.recentredFrom, XR_TRUE, session.middle};
        event_push(&e, sizeof e);
    }
}

static void stop(bool forGood) {
    leaves = forGood;
    become(XR_SESSION_STATE_VISIBLE);
    become(XR_SESSION_STATE_SYNCHRONIZED);
    become(XR_SESSION_STATE_STOPPING);
}

/* What was ordered for after this frame. */
static void faults(void) {
    long n = session.frames;
    if (control_due("selectAt", n)) session.pulled = 3;
    if (control_due("slowAt", n)) session.slow = 3;
    if (control_due("panicAt", n)) session.panicked = 3;
    if (control_due("untrackedAt", n)) session.untracked = (long)control("untrackedFor", 5);
    if (control_due("recentreAt", n)) recentre();
    if (control_due("hideAt", n)) {
        session.hidden = (long)control("hideFor", 5);
        become(XR_SESSION_STATE_VISIBLE);
        become(XR_SESSION_STATE_SYNCHRONIZED);
    }
    if (control_due("stopAt", n)) stop(false);
    if (control_due("exitAt", n)) stop(true);
    if (control_due("lossPendingAt", n)) become(XR_SESSION_STATE_LOSS_PENDING);
    if (control_due("loseSessionAt", n)) session.lost = true;
    if (control_due("loseInstanceAt", n)) session.instanceLost = true;
}

ENTRY s_EndFrame(XrSession s, const XrFrameEndInfo *info) {
    (void)s;
    XrResult r = session_ready();
    if (r != XR_SUCCESS) return r;
    if (!session.inFrame) return XR_ERROR_CALL_ORDER_INVALID;
    if (info->displayTime != session.display) return XR_ERROR_TIME_INVALID;
    if (info->environmentBlendMode != XR_ENVIRONMENT_BLEND_MODE_OPAQUE)
        return XR_ERROR_ENVIRONMENT_BLEND_MODE_UNSUPPORTED;
    if (info->layerCount > 0) {
        const XrCompositionLayerProjection *layer = (const XrCompositionLayerProjection *)info->layers[0];
        if (layer->type != XR_TYPE_COMPOSITION_LAYER_PROJECTION || layer->viewCount != EYES)
            return XR_ERROR_LAYER_INVALID;
        r = layer_note(layer);
        if (r != XR_SUCCESS) return r;
    } else {
        note("{\"what\":\"empty\",\"display\":%lld}", (long long)session.display);
    }
    session.inFrame = false;
    if (session.state == XR_SESSION_STATE_SYNCHRONIZED && (session.hidden == 0 || --session.hidden == 0)) {
        become(XR_SESSION_STATE_VISIBLE);
        become(XR_SESSION_STATE_FOCUSED);
    } else if (session.state == XR_SESSION_STATE_FOCUSED) {
        if (session.pulled > 0) session.pulled--;
        if (session.panicked > 0) session.panicked--;
        if (session.untracked > 0) session.untracked--;
    }
    if (info->layerCount > 0) {
        session.frames++;
        faults();
    }
    return XR_SUCCESS;
}
