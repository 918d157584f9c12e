/** Artefacts of an EEG while it comes, with marks. */
package org.anodyne.plugins.artefacts;
