/** Trials of a protocol with nothing real: synthetic signals or recordings, simulated devices, a simulated participant. */
package org.anodyne.console.dryrun;
