/** Synthetic EEG, EDA, ECG, breathing or EMG from a seed: computed, never measured. */
package org.anodyne.plugins.synthetic;
