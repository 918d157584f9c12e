/** A path that is walked with legs of one's own. */
package org.anodyne.plugins.virtualwalking;
