/** Pure, deterministic signal functions: no input or output, no threads, no services. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.2.0")
package org.anodyne.dsp;
