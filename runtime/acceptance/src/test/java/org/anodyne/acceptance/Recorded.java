package org.anodyne.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.anodyne.formats.xdf.XdfEvent;
import org.anodyne.formats.xdf.XdfReader;
import org.anodyne.formats.xdf.XdfStreamHeader;
import org.anodyne.formats.xdf.XdfValues;

/** A record as any XDF reader sees it, without the platform's own reader. */
public final class Recorded {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    /** Sequence numbers in the order of the record, per stream of content. */
    private final Map<String, List<Long>> sequences = new HashMap<>();

    private final List<JsonNode> events = new ArrayList<>();
    private final List<JsonNode> site = new ArrayList<>();
    private final Map<String, Long> samples = new HashMap<>();

    public Recorded(Path folder) throws IOException {
        List<Path> segments;
        try (Stream<Path> files = Files.list(folder)) {
            segments = files.filter(f -> f.toString().endsWith(".xdf")).sorted().toList();
        }
        for (Path segment : segments) {
            read(segment);
        }
    }

    private void read(Path segment) throws IOException {
        Map<Integer, XdfStreamHeader> headers = new HashMap<>();
        try (XdfReader in = XdfReader.open(segment)) {
            for (Optional<XdfEvent> e = in.next(); e.isPresent(); e = in.next()) {
                if (e.get() instanceof XdfEvent.StreamHeader h) {
                    headers.put(h.streamId(), h.header());
                } else if (e.get() instanceof XdfEvent.Samples s) {
                    XdfStreamHeader header = headers.get(s.samples().streamId());
                    if (header.name().equals("site") && s.samples().values() instanceof XdfValues.Text text) {
                        for (String json : text.data()) {
                            site.add(JSON.readTree(json));
                        }
                    } else if (s.samples().values() instanceof XdfValues.Text text) {
                        for (String json : text.data()) {
                            JsonNode event = JSON.readTree(json);
                            events.add(event);
                            sequences
                                    .computeIfAbsent(
                                            event.path("source").asText() + " "
                                                    + event.path("topic").asText(),
                                            k -> new ArrayList<>())
                                    .add(event.path("sequence").asLong());
                        }
                    } else if (header.name().equals("messages")
                            && s.samples().values() instanceof XdfValues.Int64 row) {
                        sequences
                                .computeIfAbsent("content " + row.data()[0], k -> new ArrayList<>())
                                .add(row.data()[2]);
                    } else {
                        samples.merge(header.name(), (long) s.samples().count(), Long::sum);
                    }
                }
            }
        }
    }

    /** Fails unless every publisher's messages on every topic are there from the first to the last, once and in order. */
    void assertNothingLostOrDoubled() {
        assertFalse(sequences.isEmpty());
        sequences.forEach((topic, numbers) -> {
            for (int i = 1; i < numbers.size(); i++) {
                assertEquals(numbers.get(i - 1) + 1, numbers.get(i), topic + " after " + numbers.get(i - 1));
            }
        });
    }

    /** How many messages are missing; fails when one stands twice or out of order. */
    long missing() {
        long missing = 0;
        for (Map.Entry<String, List<Long>> topic : sequences.entrySet()) {
            List<Long> numbers = topic.getValue();
            for (int i = 1; i < numbers.size(); i++) {
                assertTrue(numbers.get(i - 1) < numbers.get(i), topic.getKey() + " after " + numbers.get(i - 1));
                missing += numbers.get(i) - numbers.get(i - 1) - 1;
            }
        }
        return missing;
    }

    /** What passed on topics of the site under this one, e.g. {@code control}, in the order of the record. */
    public List<JsonNode> site(String topic) {
        return site.stream()
                .filter(m -> {
                    String[] parts = m.path("topic").asText().split("/", 4);
                    return parts[3].equals(topic) || parts[3].startsWith(topic + "/");
                })
                .toList();
    }

    /** All events, states, decisions, commands and acknowledgements. */
    public List<JsonNode> all() {
        return List.copyOf(events);
    }

    /** Events, decisions, commands and acknowledgements of one type. */
    public List<JsonNode> events(String type) {
        return events.stream().filter(e -> e.path("type").asText().equals(type)).toList();
    }

    /** Number of samples of a stream. */
    long samples(String stream) {
        return samples.getOrDefault(stream, 0L);
    }
}
