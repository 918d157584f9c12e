package org.anodyne.plugins.vr;

import org.anodyne.plugin.scene.Pose;
import org.anodyne.plugin.scene.View;
import org.anodyne.plugins.vr.comfort.RigControl;
import org.anodyne.plugins.vr.gl.Target;
import org.anodyne.plugins.vr.surface.Tick;
import org.joml.Matrix4f;

/** Makes the matrices of an eye. */
final class Views {
    private Views() {}

    /** Angle between two directions of the head, degrees. */
    static double turn(Pose a, Pose b) {
        double dot = a.qx() * b.qx() + a.qy() * b.qy() + a.qz() * b.qz() + a.qw() * b.qw();
        return Math.toDegrees(2 * Math.acos(Math.min(1, Math.abs(dot))));
    }

    /** What this eye sees of the world, with the planes {@code near} and {@code far}, metres. */
    static View of(int eye, Tick.Eye from, RigControl rig, Target target, float near, float far) {
        Pose at = rig.toWorld(from.pose());
        Matrix4f view =
                new Matrix4f().translationRotateInvert(at.x(), at.y(), at.z(), at.qx(), at.qy(), at.qz(), at.qw());
        float l = (float) Math.tan(from.left()) * near;
        float r = (float) Math.tan(from.right()) * near;
        float t = (float) Math.tan(from.up()) * near;
        float b = (float) Math.tan(from.down()) * near;
        Matrix4f projection = new Matrix4f().frustum(l, r, b, t, near, far);
        return new View(
                eye,
                target.width(),
                target.height(),
                view.get(new float[16]),
                projection.get(new float[16]),
                new float[] {at.x(), at.y(), at.z()});
    }
}
