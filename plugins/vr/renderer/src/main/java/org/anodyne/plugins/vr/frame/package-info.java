/** Frames: their times, their log, what began with them. */
package org.anodyne.plugins.vr.frame;
