/* Arithmetic of poses, and the script: where head, hands and eyes are at a time, in the room (x right, y up, z backwards). */
#include "scripted.h"

#include <math.h>

static XrTime began;

static XrQuaternionf turn(XrQuaternionf a, XrQuaternionf b) {
    XrQuaternionf q = {
        a.w * b.x + a.x * b.w + a.y * b.z - a.z * b.y,
        a.w * b.y - a.x * b.z + a.y * b.w + a.z * b.x,
        a.w * b.z + a.x * b.y - a.y * b.x + a.z * b.w,
        a.w * b.w - a.x * b.x - a.y * b.y - a.z * b.z,
    };
    return q;
}

static XrVector3f turned(XrQuaternionf q, XrVector3f v) {
    XrQuaternionf p = {v.x, v.y, v.z, 0}, c = {-q.x, -q.y, -q.z, q.w};
    XrQuaternionf r = turn(turn(q, p), c);
    XrVector3f out = {r.x, r.y, r.z};
    return out;
}

XrPosef pose(float x, float y, float z, float yaw, float pitch) {
    XrQuaternionf about_y = {0, sinf(yaw / 2), 0, cosf(yaw / 2)}, about_x = {sinf(pitch / 2), 0, 0, cosf(pitch / 2)};
    XrPosef p = {turn(about_y, about_x), {x, y, z}};
    return p;
}

XrPosef pose_of(XrPosef outer, XrPosef inner) {
    XrVector3f at = turned(outer.orientation, inner.position);
    XrPosef p = {turn(outer.orientation, inner.orientation),
                 {outer.position.x + at.x, outer.position.y + at.y, outer.position.z + at.z}};
    return p;
}

XrPosef pose_inverse(XrPosef p) {
    XrQuaternionf c = {-p.orientation.x, -p.orientation.y, -p.orientation.z, p.orientation.w};
    XrVector3f back = {-p.position.x, -p.position.y, -p.position.z};
    XrPosef inverse = {c, turned(c, back)};
    return inverse;
}

XrPosef pose_upright(XrPosef p) {
    XrVector3f forward = {0, 0, -1}, ahead = turned(p.orientation, forward);
    return pose(p.position.x, 0, p.position.z, atan2f(-ahead.x, -ahead.z), 0);
}

bool pose_sound(XrPosef p) {
    XrQuaternionf q = p.orientation;
    float norm = q.x * q.x + q.y * q.y + q.z * q.z + q.w * q.w;
    return fabsf(norm - 1) < 0.01f && isfinite(p.position.x) && isfinite(p.position.y) && isfinite(p.position.z);
}

void script_begin(XrTime t) { began = t; }

static double seconds(XrTime t) { return (double)(t - began) / 1e9; }

/* HeadsetTest has the same lines. */
XrPosef script_head(XrTime t) {
    double s = seconds(t);
    return pose((float)(0.10 * sin(0.7 * s)), (float)(1.55 + 0.02 * sin(1.1 * s)), (float)(0.3 + 0.05 * sin(0.9 * s)),
                (float)(0.4 + 0.5 * sin(0.5 * s)), (float)(0.1 * sin(0.8 * s)));
}

XrPosef script_hand(int hand, bool aim, XrTime t) {
    double s = seconds(t);
    return pose(hand ? 0.2f : (float)(-0.2 + 0.05 * sin(s)), hand ? (float)(1.1 + 0.05 * sin(s)) : 1.1f, -0.3f, 0,
                aim ? -0.5f : 0);
}

XrPosef script_gaze(XrTime t) { return pose_of(script_head(t), pose(0, 0, 0, 0.1f, 0)); }
