package org.anodyne.bus.mqtt;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.anodyne.bus.Message;
import org.anodyne.bus.Payload;
import org.anodyne.bus.Topic;
import org.anodyne.plugin.signal.SampleBlock;

/** Topics and payloads for the tests, and a subscriber that keeps what it gets. */
final class Samples {
    private Samples() {}

    static Topic sampleTopic(String slot) {
        return Topic.of("lab", "s1", Topic.Kind.SAMPLE, slot, "raw");
    }

    static Topic eventTopic(String slot) {
        return Topic.of("lab", "s1", Topic.Kind.EVENT, slot, "test");
    }

    static Topic stateTopic(String slot) {
        return Topic.of("lab", "s1", Topic.Kind.STATE, slot, "");
    }

    static Payload.Samples block(long index, int channels, int length) {
        float[] values = new float[channels * length];
        for (int i = 0; i < values.length; i++) {
            values[i] = index + i / 1000f;
        }
        return new Payload.Samples(new SampleBlock("raw", index, index * 1_000_000, 250, channels, values));
    }

    static Payload.Document number(long n) {
        return new Payload.Document("test", n, Map.of("n", n));
    }

    /** Keeps messages; thread-safe. */
    static final class Collector implements Consumer<Message> {
        private final List<Message> messages = new ArrayList<>();

        @Override
        public synchronized void accept(Message m) {
            messages.add(m);
        }

        synchronized List<Message> all() {
            return List.copyOf(messages);
        }

        synchronized int size() {
            return messages.size();
        }

        /** Numbers of the documents on one topic, in the order of their coming. */
        synchronized List<Long> numbers(Topic topic) {
            return messages.stream()
                    .filter(m -> m.topic().equals(topic))
                    .map(m -> ((Payload.Document) m.payload()).timeNanos())
                    .toList();
        }
    }
}
