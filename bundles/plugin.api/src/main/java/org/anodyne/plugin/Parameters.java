package org.anodyne.plugin;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Protocol parameters of one instance: immutable, valid against the plug-in's schema, defaults filled in, quantities
 * already converted to the unit that the schema states.
 *
 * @param values JSON values by name: {@code String}, {@code Boolean}, {@code Long}, {@code Double}, {@code List},
 *     {@code Map}
 */
public record Parameters(Map<String, Object> values) {
    public Parameters {
        values = Map.copyOf(values);
    }

    /**
     * A number.
     *
     * @throws IllegalArgumentException when it is absent or no number: the schema should have required it
     */
    public double number(String name) {
        if (values.get(name) instanceof Number n) {
            return n.doubleValue();
        }
        throw missing(name, "number");
    }

    /** A whole number; see {@link #number} for errors. */
    public int integer(String name) {
        double n = number(name);
        if (n != Math.rint(n)) {
            throw missing(name, "whole number");
        }
        return (int) n;
    }

    /** A text; see {@link #number} for errors. */
    public String text(String name) {
        if (values.get(name) instanceof String s) {
            return s;
        }
        throw missing(name, "text");
    }

    /** A truth value; see {@link #number} for errors. */
    public boolean flag(String name) {
        if (values.get(name) instanceof Boolean b) {
            return b;
        }
        throw missing(name, "true or false");
    }

    /** A list of JSON values; empty when absent. */
    public List<?> list(String name) {
        return values.get(name) instanceof List<?> l ? l : List.of();
    }

    /** An object of JSON values; empty when absent. */
    @SuppressWarnings("unchecked")
    public Map<String, Object> object(String name) {
        return values.get(name) instanceof Map<?, ?> m ? (Map<String, Object>) m : Map.of();
    }

    /** The value as it is, or empty. */
    public Optional<Object> get(String name) {
        return Optional.ofNullable(values.get(name));
    }

    private IllegalArgumentException missing(String name, String what) {
        return new IllegalArgumentException(
                "parameter '" + name + "' should be a " + what + " but is " + values.get(name));
    }
}
