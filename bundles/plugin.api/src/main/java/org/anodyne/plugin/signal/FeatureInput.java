package org.anodyne.plugin.signal;

/**
 * A feature together with the slot it came from. Where a single component is connected ({@code slot/feature.component})
 * the feature has that one value and the name {@code feature.component}, so that {@code slot/name} is always what the
 * protocol wrote.
 *
 * @param slot slot that published it
 */
public record FeatureInput(String slot, Feature feature) {}
