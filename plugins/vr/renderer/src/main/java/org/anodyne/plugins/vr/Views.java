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
