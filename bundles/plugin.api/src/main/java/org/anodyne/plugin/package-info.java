/** What every plug-in implements and is given: factory, instance, context, messages. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.2.0")
package org.anodyne.plugin;
