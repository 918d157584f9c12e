package org.anodyne.plugin.scene;

/**
 * A place and a direction, right-handed, y up, looking along −z at rest.
 *
 * @param x metres to the right
 * @param y metres up from the floor
 * @param z metres backwards
 * @param qx rotation as a unit quaternion, x part
 * @param qy y part
 * @param qz z part
 * @param qw real part
 */
public record Pose(float x, float y, float z, float qx, float qy, float qz, float qw) {
    /** At the origin, looking along −z. */
    public static final Pose ORIGIN = new Pose(0, 0, 0, 0, 0, 0, 1);

    /** At this height, looking along −z. */
    public static Pose standing(float height) {
        return new Pose(0, height, 0, 0, 0, 0, 1);
    }

    /** A direction of this pose in the world: the vector turned by the rotation, three values. */
    public float[] turned(float vx, float vy, float vz) {
        float tx = 2 * (qy * vz - qz * vy);
        float ty = 2 * (qz * vx - qx * vz);
        float tz = 2 * (qx * vy - qy * vx);
        return new float[] {
            vx + qw * tx + qy * tz - qz * ty, vy + qw * ty + qz * tx - qx * tz, vz + qw * tz + qx * ty - qy * tx
        };
    }
}
