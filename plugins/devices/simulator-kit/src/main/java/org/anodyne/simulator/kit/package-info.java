/**
 * What simulators of devices have in common: the line to the host ({@link org.anodyne.simulator.kit.Wire}), commands,
 * faults, the trace, and the loop that turns a device's clock. A simulator implements
 * {@link org.anodyne.simulator.kit.SimulatedDevice} and hands a {@link org.anodyne.simulator.kit.Simulation} to
 * {@link org.anodyne.simulator.kit.SimulatorMain}.
 *
 * <p>No protocol lives here, and no adapter uses this outside its tests: what a device understands is written once in its
 * adapter and once, independently, in its simulator.
 */
package org.anodyne.simulator.kit;
