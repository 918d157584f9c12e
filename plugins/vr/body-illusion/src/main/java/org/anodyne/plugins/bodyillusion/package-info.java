/** A virtual arm that is stroked in time with a real one, late, or not at all. */
package org.anodyne.plugins.bodyillusion;
