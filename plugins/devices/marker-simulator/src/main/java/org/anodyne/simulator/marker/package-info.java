/**
 * Simulated marker boxes: a generic serial byte, the TriggerBox and Cedrus XID, on a clock that the caller turns. Written from
 * the protocols alone; it shares no code with the adapter.
 */
package org.anodyne.simulator.marker;
