/* Spaces, and where one is in another at a time. */
#include "scripted.h"

#include <stdlib.h>
#include <string.h>

/* Of the eyes above the floor where the application sees no floor. */
#define LOCAL_HEIGHT 1.5f

typedef struct {
    XrReferenceSpaceType type; /* 0 for an action's */
    XrAction action;
    XrPath hand;
    XrPosef offset;
} Space;

static uint32_t types(XrReferenceSpaceType *into) {
    uint32_t n = 0;
    into[n++] = XR_REFERENCE_SPACE_TYPE_VIEW;
    into[n++] = XR_REFERENCE_SPACE_TYPE_LOCAL;
    if (control("stage", 1) != 0) into[n++] = XR_REFERENCE_SPACE_TYPE_STAGE;
    if (control("localFloor", 1) != 0) into[n++] = LOCAL_FLOOR;
    return n;
}

ENTRY s_EnumerateReferenceSpaces(XrSession s, uint32_t capacity, uint32_t *count, XrReferenceSpaceType *into) {
    (void)s;
    XrReferenceSpaceType all[4];
    *count = types(all);
    if (capacity == 0) return XR_SUCCESS;
    if (capacity < *count) return XR_ERROR_SIZE_INSUFFICIENT;
    memcpy(into, all, *count * sizeof all[0]);
    return XR_SUCCESS;
}

static XrSpace keep(Space s) {
    Space *kept = malloc(sizeof *kept);
    *kept = s;
    return (XrSpace)kept;
}

ENTRY s_CreateReferenceSpace(XrSession s, const XrReferenceSpaceCreateInfo *info, XrSpace *made) {
    (void)s;
    XrResult r = session_ready();
    if (r != XR_SUCCESS) return r;
    XrReferenceSpaceType all[4];
    uint32_t n = types(all), i = 0;
    while (i < n && all[i] != info->referenceSpaceType) i++;
    if (i == n) return XR_ERROR_REFERENCE_SPACE_UNSUPPORTED;
    if (!pose_sound(info->poseInReferenceSpace)) return XR_ERROR_POSE_INVALID;
    *made = keep((Space){info->referenceSpaceType, XR_NULL_HANDLE, XR_NULL_PATH, info->poseInReferenceSpace});
    return XR_SUCCESS;
}

ENTRY s_CreateActionSpace(XrSession s, const XrActionSpaceCreateInfo *info, XrSpace *made) {
    (void)s;
    if (!pose_sound(info->poseInActionSpace)) return XR_ERROR_POSE_INVALID;
    *made = keep((Space){0, info->action, info->subactionPath, info->poseInActionSpace});
    return XR_SUCCESS;
}

ENTRY s_DestroySpace(XrSpace space) {
    free((Space *)space);
    return XR_SUCCESS;
}

static XrPosef middle(XrTime t) {
    return session.recentred && t >= session.recentredFrom ? session.middle : pose(0, 0, 0, 0, 0);
}

static const char *source(const Space *s) {
    const char *bound = s->type == 0 ? action_source(s->action, s->hand) : "reference";
    /* Eyes are measured even while the controllers are not ours; hands are not. */
    return bound && (s->type != 0 || session.state == XR_SESSION_STATE_FOCUSED) ? bound : NULL;
}

XrPosef space_world(XrSpace space, XrTime t) {
    const Space *s = (const Space *)space;
    const char *bound = source(s);
    XrPosef at = pose(0, 0, 0, 0, 0);
    if (s->type == XR_REFERENCE_SPACE_TYPE_VIEW) at = script_head(t);
    else if (s->type == LOCAL_FLOOR) at = middle(t);
    else if (s->type == XR_REFERENCE_SPACE_TYPE_LOCAL) at = pose_of(middle(t), pose(0, LOCAL_HEIGHT, 0, 0, 0));
    else if (s->type == 0 && bound && !strcmp(bound, "gaze")) at = script_gaze(t);
    else if (s->type == 0 && bound) at = script_hand(path_hand(s->hand), !strcmp(bound, "aim"), t);
    return pose_of(at, s->offset);
}

ENTRY s_LocateSpace(XrSpace space, XrSpace base, XrTime t, XrSpaceLocation *at) {
    XrResult r = session_ready();
    if (r != XR_SUCCESS) return r;
    if (t <= 0) return XR_ERROR_TIME_INVALID;
    at->locationFlags = 0;
    if (!source((const Space *)space) || !source((const Space *)base)) return XR_SUCCESS;
    at->pose = pose_of(pose_inverse(space_world(base, t)), space_world(space, t));
    at->locationFlags = XR_SPACE_LOCATION_POSITION_VALID_BIT | XR_SPACE_LOCATION_ORIENTATION_VALID_BIT;
    if (((const Space *)space)->type != XR_REFERENCE_SPACE_TYPE_VIEW || session.untracked == 0)
        at->locationFlags |= XR_SPACE_LOCATION_POSITION_TRACKED_BIT | XR_SPACE_LOCATION_ORIENTATION_TRACKED_BIT;
    return XR_SUCCESS;
}

ENTRY s_LocateViews(XrSession s, const XrViewLocateInfo *info, XrViewState *state, uint32_t capacity, uint32_t *count,
                    XrView *views) {
    (void)s;
    XrResult r = session_ready();
    if (r != XR_SUCCESS) return r;
    *count = EYES;
    if (capacity == 0) return XR_SUCCESS;
    if (capacity < EYES) return XR_ERROR_SIZE_INSUFFICIENT;
    if (info->displayTime <= 0) return XR_ERROR_TIME_INVALID;
    float ipd = (float)control("ipd", 0.061);
    XrPosef head = pose_of(pose_inverse(space_world(info->space, info->displayTime)), script_head(info->displayTime));
    for (int i = 0; i < EYES; i++) {
        views[i].pose = pose_of(head, pose((i - 0.5f) * ipd, 0, 0, 0, 0));
        /* Each eye sees farther to its own side. */
        XrFovf fov = {i == 0 ? -0.9f : -0.7f, i == 0 ? 0.7f : 0.9f, 0.75f, -0.85f};
        views[i].fov = fov;
    }
    state->viewStateFlags = XR_VIEW_STATE_POSITION_VALID_BIT | XR_VIEW_STATE_ORIENTATION_VALID_BIT
                            | XR_VIEW_STATE_POSITION_TRACKED_BIT | XR_VIEW_STATE_ORIENTATION_TRACKED_BIT;
    return XR_SUCCESS;
}
