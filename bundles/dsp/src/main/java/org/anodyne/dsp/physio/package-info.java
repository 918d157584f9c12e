/** Heartbeats and their variability, breathing and muscle tension from streams of samples; pure and deterministic. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.anodyne.dsp.physio;
