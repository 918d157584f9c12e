package org.anodyne.plugins.synthetic;

/** How aroused somebody is over time, which alpha and skin conductance follow. */
interface Arousal {
    /** From 0 (calm) to 1 at a time, seconds from the first sample. */
    double arousal(double at);

    /** How likely a stretch that begins at that time has a skin-conductance response: 0 to 1. */
    double responsiveness(double at);
}
