/** BrainVision Core Data Format: writer of header, marker and data file. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.anodyne.formats.brainvision;
