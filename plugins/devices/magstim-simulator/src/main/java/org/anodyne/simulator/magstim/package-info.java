/**
 * A Magstim 200², BiStim² or Rapid² as a process of its own, for trying out adapters and sessions without a stimulator and
 * without a body. Written from the protocol alone; shares no code with the adapter.
 */
package org.anodyne.simulator.magstim;
