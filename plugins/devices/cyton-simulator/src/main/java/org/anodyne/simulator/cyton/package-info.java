/**
 * A simulated OpenBCI Cyton with or without Daisy: commands, replies, binary packets and faults, on a clock that the caller
 * turns. Written from the protocol alone; it shares no code with the adapter.
 */
package org.anodyne.simulator.cyton;
