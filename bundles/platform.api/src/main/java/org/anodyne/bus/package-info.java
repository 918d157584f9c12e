/** The event bus as platform bundles see it, free of any broker's or client's types. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.3.0")
package org.anodyne.bus;
