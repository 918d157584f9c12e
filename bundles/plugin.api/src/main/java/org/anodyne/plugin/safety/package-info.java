/** Safety rules: pure functions from a command and what is known to a verdict. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.1.0")
package org.anodyne.plugin.safety;
