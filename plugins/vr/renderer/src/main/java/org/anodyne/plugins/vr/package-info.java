/** The display: takes scenes, runs the render thread, publishes what was seen when. */
package org.anodyne.plugins.vr;
