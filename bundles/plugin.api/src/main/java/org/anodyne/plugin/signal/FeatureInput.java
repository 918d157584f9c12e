package org.anodyne.plugin.signal;

/**
 * A feature together with the slot it came from.
 *
 * @param slot slot that published it
 */
public record FeatureInput(String slot, Feature feature) {}
