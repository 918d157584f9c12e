/** How two channels, or two sets of channels, go together over epochs: coherence and the weighted phase lag index. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.anodyne.dsp.connectivity;
