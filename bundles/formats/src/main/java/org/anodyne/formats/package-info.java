/** What all file formats share: a recording opened by its content, and how a faulty file is refused. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.1.0")
package org.anodyne.formats;
