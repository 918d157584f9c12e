/** Imitates a FieldTrip buffer that an amplifier's program writes into; shares no code with the adapter. */
package org.anodyne.simulator.fieldtrip;
