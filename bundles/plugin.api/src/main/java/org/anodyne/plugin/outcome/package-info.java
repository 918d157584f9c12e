/** Outcome instruments: what is asked of a participant. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.2.0")
package org.anodyne.plugin.outcome;
