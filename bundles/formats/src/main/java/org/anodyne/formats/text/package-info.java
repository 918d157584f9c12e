/** The simple text format: header lines that begin with a hash sign, then one line per sample. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.anodyne.formats.text;
