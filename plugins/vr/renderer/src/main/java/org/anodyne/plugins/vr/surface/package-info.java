/** Where frames go: a window, a headset, or nowhere. */
package org.anodyne.plugins.vr.surface;
