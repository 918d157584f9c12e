/** Fires the triggers of a protocol on features and commands an actuator. */
package org.anodyne.plugins.closedloop;
