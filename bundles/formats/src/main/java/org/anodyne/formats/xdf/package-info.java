/** XDF (Extensible Data Format): append writer with group commit, recovery after a crash, streaming reader. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.anodyne.formats.xdf;
