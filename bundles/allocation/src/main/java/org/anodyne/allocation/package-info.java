/** Sealed allocation codes: who gets what, told by a code that says nothing without the site's key. */
package org.anodyne.allocation;
