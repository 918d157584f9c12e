package org.anodyne.plugin;

import java.util.Map;

/**
 * Something that happened.
 *
 * @param type one word or several with hyphens, e.g. {@code gap}, {@code end-of-input}, {@code electrode-off}
 * @param timeNanos when it happened, nanoseconds of session time
 * @param attributes JSON values: {@code String}, {@code Boolean}, {@code Long}, {@code Double}, {@code List}, {@code Map}
 */
public record Event(String type, long timeNanos, Map<String, Object> attributes) {
    public Event {
        attributes = Map.copyOf(attributes);
    }
}
