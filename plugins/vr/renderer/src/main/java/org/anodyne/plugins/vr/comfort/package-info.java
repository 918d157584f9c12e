/** Comfort and safety of what is seen: how the participant moves, the dark edge, the flash check. */
package org.anodyne.plugins.vr.comfort;
