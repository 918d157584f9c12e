/** Synthetic EEG or EDA from a seed: computed, never measured. */
package org.anodyne.plugins.synthetic;
