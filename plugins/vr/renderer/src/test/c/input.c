/* Paths, actions and their bindings: two controllers of the kind "oculus/touch" and, where ordered, eyes. */
#include "scripted.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define PATHS 128
#define BINDINGS 64
#define TOUCH "/interaction_profiles/oculus/touch_controller"
#define EYES_PROFILE "/interaction_profiles/ext/eye_gaze_interaction"

static char paths[PATHS][XR_MAX_PATH_LENGTH];
static int pathCount;
static struct {
    XrAction action;
    XrPath path;
} bindings[BINDINGS];
static int bindingCount;
static bool attached;
static bool selectNow[2], selectBefore[2];

ENTRY s_StringToPath(XrInstance instance, const char *text, XrPath *path) {
    (void)instance;
    if (text[0] != '/' || strlen(text) >= XR_MAX_PATH_LENGTH) return XR_ERROR_PATH_FORMAT_INVALID;
    for (int i = 0; i < pathCount; i++) {
        if (!strcmp(paths[i], text)) {
            *path = (XrPath)(i + 1);
            return XR_SUCCESS;
        }
    }
    if (pathCount == PATHS) return XR_ERROR_PATH_COUNT_EXCEEDED;
    strcpy(paths[pathCount++], text);
    *path = (XrPath)pathCount;
    return XR_SUCCESS;
}

static const char *text_of(XrPath path) { return path > 0 && path <= (XrPath)pathCount ? paths[path - 1] : ""; }

ENTRY s_PathToString(XrInstance instance, XrPath path, uint32_t capacity, uint32_t *count, char *text) {
    (void)instance;
    if (path == 0 || path > (XrPath)pathCount) return XR_ERROR_PATH_INVALID;
    *count = (uint32_t)strlen(text_of(path)) + 1;
    if (capacity == 0) return XR_SUCCESS;
    if (capacity < *count) return XR_ERROR_SIZE_INSUFFICIENT;
    strcpy(text, text_of(path));
    return XR_SUCCESS;
}

int path_hand(XrPath path) { return strstr(text_of(path), "/user/hand/right") != NULL; }

ENTRY s_CreateActionSet(XrInstance instance, const XrActionSetCreateInfo *info, XrActionSet *made) {
    (void)instance, (void)info;
    bindingCount = 0;
    attached = false;
    memset(selectNow, 0, sizeof selectNow);
    *made = (XrActionSet)malloc(1);
    return XR_SUCCESS;
}

ENTRY s_DestroyActionSet(XrActionSet set) {
    free((void *)set);
    return XR_SUCCESS;
}

ENTRY s_CreateAction(XrActionSet set, const XrActionCreateInfo *info, XrAction *made) {
    (void)set;
    if (attached) return XR_ERROR_ACTIONSETS_ALREADY_ATTACHED;
    if (info->actionName[0] == 0 || info->localizedActionName[0] == 0) return XR_ERROR_NAME_INVALID;
    /* Its type is all that is needed of it. */
    XrActionType *type = malloc(sizeof *type);
    *type = info->actionType;
    *made = (XrAction)type;
    return XR_SUCCESS;
}

ENTRY s_DestroyAction(XrAction action) {
    free((void *)action);
    return XR_SUCCESS;
}

ENTRY s_SuggestInteractionProfileBindings(XrInstance instance, const XrInteractionProfileSuggestedBinding *info) {
    (void)instance;
    if (attached) return XR_ERROR_ACTIONSETS_ALREADY_ATTACHED;
    const char *profile = text_of(info->interactionProfile);
    note("{\"what\":\"profile\",\"name\":\"%s\",\"bindings\":%u}", profile, info->countSuggestedBindings);
    bool eyes = !strcmp(profile, EYES_PROFILE);
    if (eyes && control("gaze", 0) == 0) return XR_ERROR_PATH_UNSUPPORTED;
    for (uint32_t i = 0; i < info->countSuggestedBindings; i++) {
        const char *text = text_of(info->suggestedBindings[i].binding);
        if (strncmp(text, eyes ? "/user/eyes_ext/" : "/user/hand/", eyes ? 15 : 11)) return XR_ERROR_PATH_UNSUPPORTED;
        if ((eyes || !strcmp(profile, TOUCH)) && bindingCount < BINDINGS) {
            bindings[bindingCount].action = info->suggestedBindings[i].action;
            bindings[bindingCount++].path = info->suggestedBindings[i].binding;
        }
    }
    return XR_SUCCESS;
}

ENTRY s_AttachSessionActionSets(XrSession s, const XrSessionActionSetsAttachInfo *info) {
    (void)s, (void)info;
    if (attached) return XR_ERROR_ACTIONSETS_ALREADY_ATTACHED;
    attached = true;
    XrEventDataInteractionProfileChanged e = {XR_TYPE_EVENT_DATA_INTERACTION_PROFILE_CHANGED, NULL, s};
    event_push(&e, sizeof e);
    return XR_SUCCESS;
}

ENTRY s_GetCurrentInteractionProfile(XrSession s, XrPath hand, XrInteractionProfileState *state) {
    (void)s, (void)hand;
    if (!attached) return XR_ERROR_ACTIONSET_NOT_ATTACHED;
    return s_StringToPath(XR_NULL_HANDLE, TOUCH, &state->interactionProfile);
}

/* The path that an action is bound to for a hand, or NULL. */
static const char *bound(XrAction action, XrPath hand) {
    for (int i = 0; i < bindingCount; i++) {
        const char *text = text_of(bindings[i].path);
        if (bindings[i].action == action && (hand == XR_NULL_PATH || !strncmp(text, text_of(hand), strlen(text_of(hand)))))
            return text;
    }
    return NULL;
}

const char *action_source(XrAction action, XrPath hand) {
    const char *text = bound(action, hand);
    if (!text || *(XrActionType *)action != XR_ACTION_TYPE_POSE_INPUT) return NULL;
    return strstr(text, "gaze_ext") ? "gaze" : strstr(text, "/aim/") ? "aim" : "grip";
}

/* How far a key is pressed. */
static float pressed(const char *path, XrPath hand) {
    bool trigger = strstr(path, "/trigger/") != NULL;
    if (session.panicked > 0) return 1;
    return trigger && path_hand(hand) && session.pulled > 0 ? 1 : trigger ? 0 : 0.25f;
}

ENTRY s_SyncActions(XrSession s, const XrActionsSyncInfo *info) {
    (void)s;
    XrResult r = session_ready();
    if (r != XR_SUCCESS) return r;
    if (!attached || info->countActiveActionSets == 0) return XR_ERROR_ACTIONSET_NOT_ATTACHED;
    if (session.state != XR_SESSION_STATE_FOCUSED) return XR_SESSION_NOT_FOCUSED;
    for (int i = 0; i < 2; i++) {
        selectBefore[i] = selectNow[i];
        selectNow[i] = session.panicked > 0 || (i == 1 && session.pulled > 0);
    }
    return XR_SUCCESS;
}

/* The path that is read, if this action may be read as that type now. */
static XrResult source(const XrActionStateGetInfo *info, XrActionType type, const char **path) {
    XrResult r = session_ready();
    if (r != XR_SUCCESS) return r;
    if (!attached) return XR_ERROR_ACTIONSET_NOT_ATTACHED;
    if (*(XrActionType *)info->action != type) return XR_ERROR_ACTION_TYPE_MISMATCH;
    *path = session.state == XR_SESSION_STATE_FOCUSED ? bound(info->action, info->subactionPath) : NULL;
    return XR_SUCCESS;
}

ENTRY s_GetActionStateBoolean(XrSession s, const XrActionStateGetInfo *info, XrActionStateBoolean *state) {
    (void)s;
    const char *path;
    XrResult r = source(info, XR_ACTION_TYPE_BOOLEAN_INPUT, &path);
    int hand = path_hand(info->subactionPath);
    state->isActive = r == XR_SUCCESS && path != NULL;
    state->currentState = state->isActive && selectNow[hand];
    state->changedSinceLastSync = state->isActive && selectNow[hand] != selectBefore[hand];
    return r;
}

ENTRY s_GetActionStateFloat(XrSession s, const XrActionStateGetInfo *info, XrActionStateFloat *state) {
    (void)s;
    const char *path;
    XrResult r = source(info, XR_ACTION_TYPE_FLOAT_INPUT, &path);
    state->isActive = r == XR_SUCCESS && path != NULL;
    state->currentState = state->isActive ? pressed(path, info->subactionPath) : 0;
    return r;
}

ENTRY s_GetActionStateVector2f(XrSession s, const XrActionStateGetInfo *info, XrActionStateVector2f *state) {
    (void)s;
    const char *path;
    XrResult r = source(info, XR_ACTION_TYPE_VECTOR2F_INPUT, &path);
    state->isActive = r == XR_SUCCESS && path != NULL;
    /* The left one is pushed, the right one drifts by less than a person means. */
    XrVector2f left = {0.1f, 0.6f}, right = {0.05f, -0.05f}, none = {0, 0};
    state->currentState = !state->isActive ? none : path_hand(info->subactionPath) ? right : left;
    return r;
}

ENTRY s_GetActionStatePose(XrSession s, const XrActionStateGetInfo *info, XrActionStatePose *state) {
    (void)s;
    const char *path;
    XrResult r = source(info, XR_ACTION_TYPE_POSE_INPUT, &path);
    state->isActive = r == XR_SUCCESS && path != NULL;
    return r;
}
