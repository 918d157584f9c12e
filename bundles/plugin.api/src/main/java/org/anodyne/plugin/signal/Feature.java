package org.anodyne.plugin.signal;

/**
 * One value or vector computed from signals.
 *
 * @param name name within the slot that publishes it, as in {@link org.anodyne.plugin.PluginPorts.FeatureInfo}
 * @param timeNanos session time of the newest data that it rests on
 * @param values as many as the feature has components; {@code NaN} where it could not be computed
 */
public record Feature(String name, long timeNanos, double[] values) {
    /** The first component. */
    public double value() {
        return values[0];
    }
}
