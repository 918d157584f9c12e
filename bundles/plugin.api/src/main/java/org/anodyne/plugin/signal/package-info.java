/** Signals: streams, blocks, features, and the contract of a processor. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.1.0")
package org.anodyne.plugin.signal;
