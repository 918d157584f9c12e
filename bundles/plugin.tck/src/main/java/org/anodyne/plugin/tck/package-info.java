/** The contract of a plug-in as JUnit 5 tests to inherit, and what they need: a virtual clock, a context, a recorder of outputs. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.3.0")
package org.anodyne.plugin.tck;
