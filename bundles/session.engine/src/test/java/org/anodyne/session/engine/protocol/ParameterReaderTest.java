package org.anodyne.session.engine.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ParameterReaderTest {
    private static final String CHOICES = """
            {"type": "object", "properties": {
              "rate": {"enum": [1, 10, 100, 1000], "default": 1000, "x-unit": "Hz"},
              "gain": {"enum": [0.5, 2.5], "default": 0.5}}}
            """;

    private final Faults faults = new Faults(Map.of());
    private final ParameterReader reader =
            new ParameterReader("amplifier", CHOICES, faults, Set.of(), java.nio.file.Path.of(""));

    private Optional<Map<String, Object>> read(String name, String value) {
        return reader.read(JsonNodeFactory.instance.objectNode().put(name, value), "parameters");
    }

    @Test
    void choicesAmongNumbersMayBeWrittenWithTheirUnit() {
        assertEquals(Map.of("rate", 100L, "gain", 0.5), read("rate", "100 Hz").orElseThrow());
        assertEquals(Map.of("rate", 1000L, "gain", 0.5), read("rate", "1 kHz").orElseThrow());
    }

    @Test
    void whatIsNoChoiceIsRefused() {
        assertTrue(read("rate", "200 Hz").isEmpty());
        assertEquals(
                "'rate' is 200 Hz but must be one of: 1, 10, 100, 1000",
                faults.sorted().get(0).message());
    }
}
