/** Imitates the server side of BrainVision Remote Data Access; shares no code with the adapter. */
package org.anodyne.simulator.rda;
