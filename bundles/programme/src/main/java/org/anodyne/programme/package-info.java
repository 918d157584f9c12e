/** Programmes of lessons and exercises as data: read, checked, and walked through in session time. */
package org.anodyne.programme;
