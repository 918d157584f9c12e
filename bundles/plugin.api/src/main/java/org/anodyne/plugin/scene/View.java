package org.anodyne.plugin.scene;

/**
 * What one eye sees.
 *
 * @param eye 0 left or only, 1 right
 * @param width pixels
 * @param height pixels
 * @param view from the world to the eye, 4 × 4, column by column
 * @param projection from the eye to the clip space of OpenGL, 4 × 4, column by column
 * @param position the eye in the world, metres: x, y, z
 */
public record View(int eye, int width, int height, float[] view, float[] projection, float[] position) {}
