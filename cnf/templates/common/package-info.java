/** Plug-in {@code __name__}. */
package org.anodyne.plugins.__package__;
