/*
 * A runtime of OpenXR 1.0 for tests: a headset that nobody wears, whose head, hands and eyes move by a script, whose faults are
 * ordered beforehand, and which writes down what it is given. Written from the specification; it keeps to the order of calls
 * and refuses what the specification forbids where an application is likely to go wrong. One instance with one session at a
 * time, used by one thread.
 *
 * The environment names a file, SCRIPTED_XR_CONTROL, with one order per line, a word and its value; the last one of a word
 * counts. Orders with "At" count submitted frames since the session was made; once carried out they are taken back by a line
 * at the file's end.
 *
 *   log FILE            where to write, one JSON object per line
 *   dump FOLDER         where to write pictures, dumpAt N when (left.ppm, right.ppm)
 *   noHeadset 1         no headset is there
 *   gaze 1              eyes are measured
 *   timespec 0          XR_KHR_convert_timespec_time is not offered
 *   localFloor 0        XR_EXT_local_floor is not offered; stage 0: neither is the stage
 *   ipd METRES          distance of the eyes (0.061)
 *   periodNanos N       between two frames (20 ms)
 *   selectAt N          the right trigger is pulled for 3 frames; panicAt N: all triggers and grips
 *   recentreAt N        the wearer recentres; the space moves two periods later
 *   untrackedAt N       the head is not tracked, untrackedFor M frames: where it is then is guessed
 *   slowAt N            for 3 frames only every second period is asked for
 *   hideAt N            the headset is taken off, hideFor M frames
 *   stopAt N            the session is stopped and made ready again
 *   exitAt N            the session is stopped for good
 *   lossPendingAt N     the session's loss is foretold
 *   loseSessionAt N     the session is lost; loseInstanceAt N: the instance is
 */
#ifndef SCRIPTED_H
#define SCRIPTED_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <time.h>

#define XR_USE_GRAPHICS_API_OPENGL
#define XR_USE_TIMESPEC
#include <openxr/openxr.h>
#include <openxr/openxr_platform.h>

/* Newer than the headers of Debian 12. */
#define LOCAL_FLOOR ((XrReferenceSpaceType)1000426000)
#define LOCAL_FLOOR_NAME "XR_EXT_local_floor"

#define EYES 2
#define EYE_WIDTH 256
#define EYE_HEIGHT 240
#define CHAIN_IMAGES 3

/* ---- control.c: orders, log, clock */
void control_read(void);
double control(const char *word, double otherwise);
bool control_text(const char *word, char *into, size_t size);
/* Whether it is due at this frame; then it is taken back. */
bool control_due(const char *word, long frame);
void note(const char *format, ...) __attribute__((format(printf, 1, 2)));
void note_pose(char *into, size_t size, XrPosef p);
/* The runtime's time: CLOCK_MONOTONIC and an offset, so that nobody takes one for the other. */
XrTime time_now(void);
XrTime time_of(const struct timespec *monotonic);
void time_to(XrTime time, struct timespec *monotonic);
void time_sleep_until(XrTime time);

/* ---- pose.c: poses and the script */
XrPosef pose(float x, float y, float z, float yaw, float pitch);
XrPosef pose_of(XrPosef outer, XrPosef inner);
XrPosef pose_inverse(XrPosef p);
XrPosef pose_upright(XrPosef p);
bool pose_sound(XrPosef p);
XrPosef script_head(XrTime t);
XrPosef script_hand(int hand, bool aim, XrTime t);
XrPosef script_gaze(XrTime t);
void script_begin(XrTime t);

/* ---- session.c */
typedef struct {
    bool exists, begun, waited, inFrame, requirements, lost, instanceLost;
    XrSessionState state;
    long frames, hidden, pulled, panicked, slow, untracked;
    XrTime display, period;
    bool recentred;
    XrTime recentredFrom;
    XrPosef middle;
} Session;
extern Session session;
void event_push(const void *event, size_t size);
XrResult session_ready(void);

/* ---- entry points, by file */
#define ENTRY XRAPI_ATTR XrResult XRAPI_CALL
ENTRY s_CreateSession(XrInstance, const XrSessionCreateInfo *, XrSession *);
ENTRY s_DestroySession(XrSession);
ENTRY s_BeginSession(XrSession, const XrSessionBeginInfo *);
ENTRY s_EndSession(XrSession);
ENTRY s_RequestExitSession(XrSession);
ENTRY s_PollEvent(XrInstance, XrEventDataBuffer *);
ENTRY s_WaitFrame(XrSession, const XrFrameWaitInfo *, XrFrameState *);
ENTRY s_BeginFrame(XrSession, const XrFrameBeginInfo *);
ENTRY s_EndFrame(XrSession, const XrFrameEndInfo *);

ENTRY s_EnumerateReferenceSpaces(XrSession, uint32_t, uint32_t *, XrReferenceSpaceType *);
ENTRY s_CreateReferenceSpace(XrSession, const XrReferenceSpaceCreateInfo *, XrSpace *);
ENTRY s_CreateActionSpace(XrSession, const XrActionSpaceCreateInfo *, XrSpace *);
ENTRY s_LocateSpace(XrSpace, XrSpace, XrTime, XrSpaceLocation *);
ENTRY s_DestroySpace(XrSpace);
ENTRY s_LocateViews(XrSession, const XrViewLocateInfo *, XrViewState *, uint32_t, uint32_t *, XrView *);
XrPosef space_world(XrSpace space, XrTime t);

ENTRY s_StringToPath(XrInstance, const char *, XrPath *);
ENTRY s_PathToString(XrInstance, XrPath, uint32_t, uint32_t *, char *);
ENTRY s_CreateActionSet(XrInstance, const XrActionSetCreateInfo *, XrActionSet *);
ENTRY s_DestroyActionSet(XrActionSet);
ENTRY s_CreateAction(XrActionSet, const XrActionCreateInfo *, XrAction *);
ENTRY s_DestroyAction(XrAction);
ENTRY s_SuggestInteractionProfileBindings(XrInstance, const XrInteractionProfileSuggestedBinding *);
ENTRY s_AttachSessionActionSets(XrSession, const XrSessionActionSetsAttachInfo *);
ENTRY s_GetCurrentInteractionProfile(XrSession, XrPath, XrInteractionProfileState *);
ENTRY s_SyncActions(XrSession, const XrActionsSyncInfo *);
ENTRY s_GetActionStateBoolean(XrSession, const XrActionStateGetInfo *, XrActionStateBoolean *);
ENTRY s_GetActionStateFloat(XrSession, const XrActionStateGetInfo *, XrActionStateFloat *);
ENTRY s_GetActionStateVector2f(XrSession, const XrActionStateGetInfo *, XrActionStateVector2f *);
ENTRY s_GetActionStatePose(XrSession, const XrActionStateGetInfo *, XrActionStatePose *);
/* What a pose action is bound to for a hand's path: "grip", "aim", "gaze" or none. */
const char *action_source(XrAction action, XrPath hand);
int path_hand(XrPath path);

ENTRY s_EnumerateSwapchainFormats(XrSession, uint32_t, uint32_t *, int64_t *);
ENTRY s_CreateSwapchain(XrSession, const XrSwapchainCreateInfo *, XrSwapchain *);
ENTRY s_DestroySwapchain(XrSwapchain);
ENTRY s_EnumerateSwapchainImages(XrSwapchain, uint32_t, uint32_t *, XrSwapchainImageBaseHeader *);
ENTRY s_AcquireSwapchainImage(XrSwapchain, const XrSwapchainImageAcquireInfo *, uint32_t *);
ENTRY s_WaitSwapchainImage(XrSwapchain, const XrSwapchainImageWaitInfo *);
ENTRY s_ReleaseSwapchainImage(XrSwapchain, const XrSwapchainImageReleaseInfo *);
/* Finds the functions of OpenGL by what the application told of its context. */
XrResult gl_find(const XrSessionCreateInfo *info);
/* Whether the layer may show this part of this chain: released once at least, within its bounds. */
XrResult chain_showable(const XrSwapchainSubImage *part);
void chain_dump(XrSwapchain chain, const char *file);

#endif
