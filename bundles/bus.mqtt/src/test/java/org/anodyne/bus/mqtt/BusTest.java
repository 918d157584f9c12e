package org.anodyne.bus.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** First light, for both brokers. */
class BusTest {
    @Test
    void smoke(@TempDir Path folder) throws Exception {
        try (ArtemisBroker broker = new ArtemisBroker(folder)) {
            run(broker.uri());
        }
    }

    @Test
    void smokeMosquitto(@TempDir Path folder) throws Exception {
        try (MosquittoBroker broker = new MosquittoBroker(folder)) {
            run(broker.uri());
        }
    }

    private void run(String uri) throws Exception {
        Set<Thread> before = threads();
        try (MqttMessageBus a = new MqttMessageBus(BusSettings.of(uri, "lab"));
                MqttMessageBus b = new MqttMessageBus(BusSettings.of(uri, "lab"))) {
            Samples.Collector got = new Samples.Collector();
            Await.done(b.subscribe("anodyne/1/+/+/event/#", got));
            for (long i = 0; i < 5000; i++) {
                a.publish(Samples.eventTopic("x"), Samples.number(i), 0);
            }
            Await.until("all came", () -> got.size() >= 5000);
            assertEquals(LongStream.range(0, 5000).boxed().toList(), got.numbers(Samples.eventTopic("x")));
            System.out.println(a.statistics() + " " + b.statistics());
        }
        Set<Thread> after = threads();
        after.removeAll(before);
        System.out.println(after);
        assertTrue(after.stream()
                .noneMatch(t -> t.getName().contains("bus ") || t.getName().contains("MQTT")));
    }

    static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream().collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
