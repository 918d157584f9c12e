/**
 * A RehaStim2 that speaks ScienceMode2, as a process of its own, for trying out adapters without a stimulator.
 *
 * <p>Three layers: the wire ({@link org.anodyne.simulator.rehastim.PacketReader} and
 * {@link org.anodyne.simulator.rehastim.PacketWriter}), the unit on a clock that the caller turns
 * ({@link org.anodyne.simulator.rehastim.Unit}, {@link org.anodyne.simulator.rehastim.OutputStage}), and the process
 * around them (the kit and {@link org.anodyne.simulator.rehastim.Main}).
 *
 * <p>Nothing here is shared with the adapter, so that a mistake in one cannot hide the same mistake in the other.
 */
package org.anodyne.simulator.rehastim;
