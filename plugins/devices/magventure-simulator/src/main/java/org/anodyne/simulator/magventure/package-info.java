/**
 * A MagVenture MagPro as a process of its own, for trying out adapters and sessions without a stimulator and without a body.
 * Written from the protocol alone; shares no code with the adapter.
 */
package org.anodyne.simulator.magventure;
