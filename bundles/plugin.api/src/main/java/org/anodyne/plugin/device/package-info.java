/** Contracts of what touches the world: signal sources and actuators. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.1.0")
package org.anodyne.plugin.device;
