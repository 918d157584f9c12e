/** Training of a decoder on recorded calibration sessions. */
package org.anodyne.export.decoder;
