/** Marker boxes on a serial line: a generic byte, the TriggerBox, Cedrus XID. */
package org.anodyne.plugins.markerbox;
