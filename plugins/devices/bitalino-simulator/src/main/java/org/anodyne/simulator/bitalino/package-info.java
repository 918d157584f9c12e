/**
 * A simulated BITalino (r)evolution: commands, frames and faults, on a clock that the caller turns. Written from the protocol
 * alone; it shares no code with the adapter.
 */
package org.anodyne.simulator.bitalino;
