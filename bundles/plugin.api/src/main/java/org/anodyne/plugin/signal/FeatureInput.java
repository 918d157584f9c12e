package org.anodyne.plugin.signal;

/**
 * A feature together with the slot it came from. Where a single component is connected ({@code slot/feature.component})
 * the feature has that one value and the name {@code feature.component}, so that {@code slot/name} is always what the
 * protocol wrote.
 *
 * @param slot slot that published it
 * @param version version and hash of the plug-in that published it; empty where they are not known. For the record: nothing
 *     may be decided by it
 */
public record FeatureInput(String slot, Feature feature, String version) {
    /** From a plug-in whose version is not known. */
    public FeatureInput(String slot, Feature feature) {
        this(slot, feature, "");
    }
}
