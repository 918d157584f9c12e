package org.anodyne.session.engine.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.OptionalLong;
import org.anodyne.session.engine.protocol.Quantity.UnitException;

/** Reads the durations of a protocol. Thread: one. */
final class Times {
    /** The longest duration that a protocol may state: 24 h. */
    static final long LONGEST_NANOS = 24L * 3600 * 1_000_000_000;

    private final Faults faults;

    Times(Faults faults) {
        this.faults = faults;
    }

    /** A duration of at least one millisecond and at most 24 h, in nanoseconds; empty when absent or faulty. */
    OptionalLong positive(JsonNode parent, String name, String path) {
        return read(parent, name, path, 1_000_000);
    }

    /** A duration that may be zero. */
    OptionalLong orZero(JsonNode parent, String name, String path) {
        return read(parent, name, path, 0);
    }

    private OptionalLong read(JsonNode parent, String name, String path, long least) {
        JsonNode node = parent.path(name);
        String at = Where.child(path, name);
        if (node.isMissingNode()) {
            return OptionalLong.empty();
        }
        if (!node.isTextual() && !node.isNumber()) {
            faults.add(at, "'" + name + "' must be a time with its unit, e.g. 5 s");
            return OptionalLong.empty();
        }
        try {
            Quantity quantity =
                    node.isTextual() ? Quantity.parse(node.asText()) : new Quantity(node.decimalValue(), "");
            BigDecimal nanos = quantity.exactly("s").movePointRight(9).setScale(0, RoundingMode.HALF_EVEN);
            if (nanos.signum() < 0) {
                faults.add(at, "'" + name + "' is " + node.asText() + "; a time cannot be negative");
            } else if (nanos.compareTo(BigDecimal.valueOf(least)) < 0) {
                faults.add(at, "'" + name + "' is " + node.asText() + "; it must be at least 1 ms");
            } else if (nanos.compareTo(BigDecimal.valueOf(LONGEST_NANOS)) > 0) {
                faults.add(at, "'" + name + "' is " + node.asText() + "; at most 24 h are possible");
            } else {
                return OptionalLong.of(nanos.longValueExact());
            }
        } catch (UnitException e) {
            faults.add(at, "'" + name + "': " + e.getMessage());
        }
        return OptionalLong.empty();
    }
}
