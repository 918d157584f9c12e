/** Functions over channels: references, bad channels, common spatial patterns. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.anodyne.dsp.spatial;
