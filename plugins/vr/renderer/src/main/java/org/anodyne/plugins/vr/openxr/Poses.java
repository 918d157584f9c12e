package org.anodyne.plugins.vr.openxr;

import org.anodyne.plugin.scene.Pose;
import org.lwjgl.openxr.XR10;
import org.lwjgl.openxr.XrPosef;
import org.lwjgl.openxr.XrSpace;
import org.lwjgl.openxr.XrSpaceLocation;
import org.lwjgl.system.MemoryStack;

/** Poses of OpenXR, which has the axes of ours: x right, y up, z backwards, metres. */
final class Poses {
    private static final long PLACED =
            XR10.XR_SPACE_LOCATION_POSITION_VALID_BIT | XR10.XR_SPACE_LOCATION_ORIENTATION_VALID_BIT;
    private static final long TRACKED =
            XR10.XR_SPACE_LOCATION_POSITION_TRACKED_BIT | XR10.XR_SPACE_LOCATION_ORIENTATION_TRACKED_BIT;

    private Poses() {}

    /** Where something is. @param tracked measured, not guessed */
    record Located(Pose pose, boolean valid, boolean tracked) {}

    static Pose of(XrPosef p) {
        return new Pose(
                p.position$().x(),
                p.position$().y(),
                p.position$().z(),
                p.orientation().x(),
                p.orientation().y(),
                p.orientation().z(),
                p.orientation().w());
    }

    static void into(Pose from, XrPosef to) {
        to.position$().set(from.x(), from.y(), from.z());
        to.orientation().set(from.qx(), from.qy(), from.qz(), from.qw());
    }

    /** Where a space is in another at a time of the runtime. */
    static Located locate(XrSpace space, XrSpace in, long time, String what) throws XrFault {
        try (MemoryStack stack = MemoryStack.stackPush()) {
            XrSpaceLocation at = XrSpaceLocation.calloc(stack).type$Default();
            XrFault.check(XR10.xrLocateSpace(space, in, time, at), "asking where " + what + " is");
            boolean valid = (at.locationFlags() & PLACED) == PLACED;
            return new Located(
                    valid ? of(at.pose()) : Pose.ORIGIN, valid, valid && (at.locationFlags() & TRACKED) == TRACKED);
        }
    }

    /** The pose {@code inner}, which is relative to {@code outer}, in the space of {@code outer}. */
    static Pose compose(Pose outer, Pose inner) {
        float[] at = outer.turned(inner.x(), inner.y(), inner.z());
        float x = outer.qx();
        float y = outer.qy();
        float z = outer.qz();
        float w = outer.qw();
        return new Pose(
                outer.x() + at[0],
                outer.y() + at[1],
                outer.z() + at[2],
                w * inner.qx() + x * inner.qw() + y * inner.qz() - z * inner.qy(),
                w * inner.qy() - x * inner.qz() + y * inner.qw() + z * inner.qx(),
                w * inner.qz() + x * inner.qy() - y * inner.qx() + z * inner.qw(),
                w * inner.qw() - x * inner.qx() - y * inner.qy() - z * inner.qz());
    }

    /** What is left of a pose on the floor: beside, ahead, and the heading. */
    static Pose upright(Pose p) {
        float[] ahead = p.turned(0, 0, -1);
        double half = Math.atan2(-ahead[0], -ahead[2]) / 2;
        return new Pose(p.x(), 0, p.z(), 0, (float) Math.sin(half), 0, (float) Math.cos(half));
    }
}
