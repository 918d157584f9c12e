/** EDF, EDF+, BDF and BDF+: lenient reader, strict EDF+ writer. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.anodyne.formats.edf;
