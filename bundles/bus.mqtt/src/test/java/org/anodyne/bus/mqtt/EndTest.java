package org.anodyne.bus.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.anodyne.bus.BusException;
import org.anodyne.bus.MessageBus;
import org.anodyne.bus.Topic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Refusals, limits, and the end. */
class EndTest {
    @Test
    void closingSendsWhatIsThereAndLeavesNoThread(@TempDir Path folder) throws Exception {
        try (MosquittoBroker broker = new MosquittoBroker(folder);
                MqttMessageBus b = new MqttMessageBus(BusSettings.of(broker.uri(), "lab"))) {
            Samples.Collector got = new Samples.Collector();
            Await.done(b.subscribe("anodyne/1/lab/s1/event/#", got));
            MqttMessageBus a = new MqttMessageBus(BusSettings.of(broker.uri(), "lab"));
            Await.until("connected", a::connected);
            List<CompletionStage<Void>> stages = new ArrayList<>();
            for (long i = 0; i < 500; i++) {
                stages.add(a.publish(Samples.eventTopic("x"), Samples.number(i), 0));
            }
            a.close();
            a.close();
            stages.forEach(Await::done);
            Await.until("all came", () -> got.size() == 500);
            Await.until("its threads are gone: " + Threads.of(a.source(), ""), () -> Threads.of(a.source(), "")
                    .isEmpty());
            assertInstanceOf(
                    BusException.class, Await.failure(a.publish(Samples.eventTopic("x"), Samples.number(0), 0)));
            assertInstanceOf(BusException.class, Await.failure(a.subscribe("anodyne/#", m -> {})));
            assertFalse(a.connected());
        }
    }

    @Test
    void closingWithoutABrokerFailsWhatWaitsAndLeavesNothingInFlight() throws Exception {
        MqttMessageBus a = new MqttMessageBus(BusSettings.of("tcp://127.0.0.1:" + Ports.free(), "lab"));
        CompletionStage<Void> message = a.publish(Samples.eventTopic("x"), Samples.number(1), 0);
        CompletionStage<MessageBus.Subscription> subscription = a.subscribe("anodyne/#", m -> {});
        assertFalse(a.inFlight().awaitNone(Duration.ofMillis(1)));
        a.close();
        assertInstanceOf(BusException.class, Await.failure(message));
        assertInstanceOf(BusException.class, Await.failure(subscription));
        assertTrue(a.inFlight().awaitNone(Duration.ofMillis(1)));
        Await.until("its threads are gone", () -> Threads.of(a.source(), "").isEmpty());
    }

    @Test
    void aFullOutboxRefusesAndLeavesNoHole(@TempDir Path folder) throws Exception {
        try (MosquittoBroker broker = new MosquittoBroker(folder)) {
            BusSettings small = BusSettings.of("", "lab").withOutbox(10, 1 << 20);
            try (MqttMessageBus a = new MqttMessageBus(small);
                    MqttMessageBus b = new MqttMessageBus(BusSettings.of(broker.uri(), "lab"))) {
                Samples.Collector got = new Samples.Collector();
                Await.done(b.subscribe("anodyne/1/lab/s1/event/#", got));
                for (long i = 0; i < 10; i++) {
                    a.publish(Samples.eventTopic("x"), Samples.number(i), 0);
                }
                Throwable full = Await.failure(a.publish(Samples.eventTopic("x"), Samples.number(10), 0));
                assertTrue(full.getMessage().contains("outbox is full: 10 messages"), full.getMessage());
                a.broker(broker.uri());
                Await.until("the outbox is empty", () -> a.statistics().waiting() == 0);
                Await.done(a.publish(Samples.eventTopic("x"), Samples.number(11), 0));
                Await.until("all came", () -> got.size() == 11);
                assertEquals(11, got.all().get(10).envelope().sequence());
                assertEquals(0, b.lost());
            }
        }
    }

    @Test
    void whatTheBrokerForbidsFailsAndTheRestGoesOn(@TempDir Path folder) throws Exception {
        Files.writeString(
                folder.resolve("acl"),
                "topic readwrite anodyne/1/lab/s1/event/#\ntopic readwrite anodyne/1/lab/clock/#\n");
        try (MosquittoBroker broker =
                        new MosquittoBroker(folder, "allow_anonymous true", "acl_file " + folder.resolve("acl"));
                MqttMessageBus a = new MqttMessageBus(BusSettings.of(broker.uri(), "lab"))) {
            Samples.Collector got = new Samples.Collector();
            Await.done(a.subscribe("anodyne/1/lab/s1/event/#", got));
            Throwable refused = Await.failure(a.publish(Samples.stateTopic("x"), Samples.number(0), 0));
            assertInstanceOf(BusException.class, refused);
            assertTrue(refused.getMessage().contains("not authorized (0x87)"), refused.getMessage());
            Await.done(a.publish(Samples.eventTopic("x"), Samples.number(1), 0));
            Await.until("what is allowed came", () -> got.size() == 1);
            assertTrue(a.inFlight().awaitNone(Duration.ofSeconds(20)));
        }
    }

    @Test
    void aMessageTooLargeForTheBrokerFailsAndTheRestGoesOn(@TempDir Path folder) throws Exception {
        try (MosquittoBroker broker = new MosquittoBroker(folder, "allow_anonymous true", "max_packet_size 20000");
                MqttMessageBus a = new MqttMessageBus(BusSettings.of(broker.uri(), "lab"))) {
            Topic topic = Samples.sampleTopic("x");
            Samples.Collector got = new Samples.Collector();
            Await.done(a.subscribe("anodyne/1/lab/s1/event/#", got));
            Throwable refused = Await.failure(a.publish(topic, Samples.block(0, 8, 1000), 0));
            assertTrue(refused.getMessage().contains("at most 20000"), refused.getMessage());
            Await.done(a.publish(Samples.eventTopic("x"), Samples.number(1), 0));
            Await.until("the small one came", () -> got.size() == 1);
            assertEquals(0, a.statistics().reconnects());
        }
    }

    @Test
    void theWrongPasswordIsToldAndTriedAgain(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("passwords"), "");
        try (MosquittoBroker broker = new MosquittoBroker(
                        folder, "allow_anonymous false", "password_file " + folder.resolve("passwords"));
                CuttableProxy proxy = new CuttableProxy(broker.port());
                MqttMessageBus a =
                        new MqttMessageBus(BusSettings.of(proxy.uri(), "lab").withAccount("me", "wrong"))) {
            Await.until("it has tried twice", () -> proxy.accepted() >= 2);
            assertFalse(a.connected());
        }
    }
}
