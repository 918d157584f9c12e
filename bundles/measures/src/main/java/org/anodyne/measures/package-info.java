/** Measures that were made outside the platform, in laboratories and scanners, taken in from tables. */
package org.anodyne.measures;
