package org.anodyne.plugin;

/**
 * Names a feature, or one component of it, as protocols write it: {@code slot/feature} or {@code slot/feature.component}.
 *
 * @param component empty for a feature of one component, or for the whole vector
 */
public record FeatureRef(String slot, String feature, String component) {
    /**
     * Reads the protocol's notation.
     *
     * @throws IllegalArgumentException when it is not {@code slot/feature} or {@code slot/feature.component}
     */
    public static FeatureRef parse(String text) {
        int slash = text.indexOf('/');
        if (slash <= 0 || slash == text.length() - 1 || text.indexOf('/', slash + 1) >= 0) {
            throw new IllegalArgumentException(
                    "'" + text + "' does not name a feature; write slot/feature or slot/feature.component");
        }
        int dot = text.indexOf('.', slash);
        return dot < 0
                ? new FeatureRef(text.substring(0, slash), text.substring(slash + 1), "")
                : new FeatureRef(text.substring(0, slash), text.substring(slash + 1, dot), text.substring(dot + 1));
    }

    @Override
    public String toString() {
        return component.isEmpty() ? slot + "/" + feature : slot + "/" + feature + "." + component;
    }
}
