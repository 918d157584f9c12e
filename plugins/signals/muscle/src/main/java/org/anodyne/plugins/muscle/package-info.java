/** Muscle tension, live and per phase. */
package org.anodyne.plugins.muscle;
