package org.anodyne.scenery;

import org.anodyne.plugin.scene.View;
import org.joml.FrustumIntersection;
import org.joml.Matrix4f;
import org.joml.Matrix4fc;
import org.joml.Vector3f;
import org.joml.Vector3fc;

/** What an eye sees, as matrices and as a volume that things may be out of. Made per eye and frame. */
public final class Eye {
    private final View view;
    private final Matrix4f toClip;
    private final Matrix4f fromClip;
    private final Vector3f position;
    private final FrustumIntersection volume;

    /** Of this view. */
    public Eye(View view) {
        this.view = view;
        toClip = new Matrix4f().set(view.projection()).mul(new Matrix4f().set(view.view()));
        fromClip = new Matrix4f(toClip).invert();
        position = new Vector3f(view.position());
        volume = new FrustumIntersection(toClip);
    }

    /** From the world to clip space. */
    public Matrix4fc toClip() {
        return toClip;
    }

    /** From clip space to the world. */
    public Matrix4fc fromClip() {
        return fromClip;
    }

    /** Where it is, metres. */
    public Vector3fc position() {
        return position;
    }

    /** Pixels across of the picture. */
    public int width() {
        return view.width();
    }

    /** Pixels down of the picture. */
    public int height() {
        return view.height();
    }

    /** Size in pixels of a metre seen from a metre away. */
    public float pixelsPerMetre() {
        return view.projection()[5] * view.height() / 2;
    }

    /** Whether a ball is seen, at least in part. */
    public boolean sees(Vector3fc middle, float radius) {
        return volume.testSphere(middle, radius);
    }
}
