/**
 * What virtual worlds are drawn with; everything is made by code and, under a seed, the same every time.
 *
 * <p>Shapes are built on any thread ({@link org.anodyne.scenery.Shape}, {@link org.anodyne.scenery.Solids},
 * {@link org.anodyne.scenery.Plants}, {@link org.anodyne.scenery.Terrain}), best in a scene's {@code prepare}, and become
 * objects of OpenGL in its {@code begin} ({@link org.anodyne.scenery.Mesh}). Drawing an eye is then: {@link
 * org.anodyne.scenery.Eye} from the view, {@link org.anodyne.scenery.Surface} for all meshes, nearest first, {@link
 * org.anodyne.scenery.Water}, and {@link org.anodyne.scenery.Sky} last, then what is blended over it ({@link
 * org.anodyne.scenery.Particles}). All share the light and haze of one {@link org.anodyne.scenery.Air}. Metres, y up; colours
 * are those of the screen (sRGB), 0 to 1; light is computed from their squares.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.anodyne.scenery;
