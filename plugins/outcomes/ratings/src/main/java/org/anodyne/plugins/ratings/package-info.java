/** Numeric ratings: pain now from 0 to 10, or a lab's own items. */
package org.anodyne.plugins.ratings;
