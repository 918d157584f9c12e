/** FieldTrip buffer: samples and events of whatever amplifier writes into it, over TCP. */
package org.anodyne.plugins.fieldtripbuffer;
