/** Artefacts of electrophysiological signals, found while they come; pure and deterministic. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.anodyne.dsp.artefact;
