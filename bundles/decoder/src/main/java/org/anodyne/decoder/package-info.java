/** A trained decoder as it is used: the model file, its hash, and the threshold for a rate of false triggers. */
package org.anodyne.decoder;
