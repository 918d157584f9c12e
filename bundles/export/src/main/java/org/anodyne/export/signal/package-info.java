/** What the samples say: second pass over the record, for pictures, spectra and signal files at once. */
package org.anodyne.export.signal;
