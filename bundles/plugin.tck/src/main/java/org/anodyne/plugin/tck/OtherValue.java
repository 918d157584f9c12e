package org.anodyne.plugin.tck;

import com.fasterxml.jackson.databind.JsonNode;

/** A permitted value of a parameter that is not the one it has. */
final class OtherValue {
    private OtherValue() {}

    /**
     * The last other word of a choice, the opposite of a yes or no, the end of a range that is further away.
     *
     * @param schema of the parameter
     * @param now the value it has
     * @throws IllegalArgumentException when the schema leaves open what is permitted
     */
    static Object of(JsonNode schema, Object now) {
        JsonNode words = schema.path("enum");
        for (int i = words.size() - 1; i >= 0; i--) {
            if (!words.get(i).asText().equals(now)) {
                return words.get(i).asText();
            }
        }
        if (now instanceof Boolean b) {
            return !b;
        }
        if (now instanceof Number n && schema.has("minimum") && schema.has("maximum")) {
            double least = schema.path("minimum").asDouble();
            double most = schema.path("maximum").asDouble();
            double other = n.doubleValue() - least > most - n.doubleValue() ? least : most;
            return now instanceof Long ? (Object) Math.round(other) : (Object) other;
        }
        throw new IllegalArgumentException(
                "no other value than " + now + " is known to be permitted by " + schema + "; give a choice or a range");
    }
}
