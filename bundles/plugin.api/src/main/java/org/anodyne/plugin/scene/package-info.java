/** Virtual worlds: what a scene draws with, and the contract of the display that shows it. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.anodyne.plugin.scene;
