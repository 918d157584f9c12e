package org.anodyne.bus.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.anodyne.bus.Topic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections cut, brokers killed, networks frozen: nothing is lost, nothing comes twice, order is kept. */
class FaultTest {
    private static final int FAULTS = 20;

    private static BusSettings settings(String uri) {
        return BusSettings.of(uri, "lab");
    }

    /** Publishes numbered events on two topics at a steady rate until told to stop. */
    private static final class Publisher {
        private final MqttMessageBus bus;
        private final AtomicBoolean stop = new AtomicBoolean();
        private final AtomicLong count = new AtomicLong();
        private final List<CompletionStage<Void>> stages = new ArrayList<>();
        private final Thread thread = new Thread(this::run, "publisher");

        Publisher(MqttMessageBus bus) {
            this.bus = bus;
            thread.start();
        }

        private void run() {
            while (!stop.get()) {
                long n = count.get();
                stages.add(bus.publish(Samples.eventTopic("a"), Samples.number(n), 0));
                stages.add(bus.publish(Samples.eventTopic("b"), Samples.number(n), 0));
                count.incrementAndGet();
                LockSupport.parkNanos(2_000_000);
            }
        }

        long count() {
            return count.get();
        }

        /** Waits until so many more were published. */
        void more(int n) {
            long from = count();
            Await.until("the publisher has gone on", () -> count() >= from + n);
        }

        /** Ends; how many were published on each topic, all of them acknowledged. */
        long end() throws InterruptedException {
            stop.set(true);
            thread.join();
            stages.forEach(Await::done);
            return count();
        }
    }

    private static void assertAllCameOnceInOrder(Samples.Collector got, long n) {
        Await.until("all " + n + " came on both topics", () -> got.size() >= 2 * n);
        List<Long> expected = LongStream.range(0, n).boxed().toList();
        for (Topic topic : List.of(Samples.eventTopic("a"), Samples.eventTopic("b"))) {
            assertEquals(expected, got.numbers(topic));
        }
    }

    private void cuts(int brokerPort) throws Exception {
        try (CuttableProxy near = new CuttableProxy(brokerPort);
                CuttableProxy far = new CuttableProxy(brokerPort);
                MqttMessageBus a = new MqttMessageBus(settings(near.uri()));
                MqttMessageBus b = new MqttMessageBus(settings(far.uri()))) {
            Samples.Collector got = new Samples.Collector();
            Await.done(b.subscribe("anodyne/1/lab/s1/#", got));
            Await.done(b.subscribe("anodyne/1/+/+/event/a/#", m -> {}));
            Publisher publisher = new Publisher(a);
            for (int i = 0; i < FAULTS; i++) {
                Await.until("both are connected", () -> a.connected() && b.connected());
                publisher.more(15);
                CuttableProxy victim = i % 2 == 0 ? near : far;
                int before = victim.accepted();
                victim.cut();
                Await.until("it connects again", () -> victim.accepted() > before);
            }
            assertAllCameOnceInOrder(got, publisher.end());
            // The broker sends what waits before it has confirmed the subscriptions that a reconnect ends with.
            Await.until(
                    "every cut is mended",
                    () -> a.statistics().reconnects() + b.statistics().reconnects() >= FAULTS);
            assertEquals(FAULTS, a.statistics().reconnects() + b.statistics().reconnects());
            assertEquals(0, b.lost());
            assertTrue(a.inFlight().awaitNone(Duration.ofSeconds(20)), "something is still under way");
        }
    }

    @Test
    void twentyCutsLoseAndDoubleNothingWithArtemis(@TempDir Path folder) throws Exception {
        try (ArtemisBroker broker = new ArtemisBroker(folder)) {
            cuts(broker.port());
        }
    }

    @Test
    void twentyCutsLoseAndDoubleNothingWithMosquitto(@TempDir Path folder) throws Exception {
        try (MosquittoBroker broker = new MosquittoBroker(folder)) {
            cuts(broker.port());
        }
    }

    /** Mosquitto acknowledges a message a moment before it saves it: what its death cost is sent once more. */
    @Test
    void twentyDeathsOfTheBrokerLoseAndDoubleNothing(@TempDir Path folder) throws Exception {
        try (MosquittoBroker broker = MosquittoBroker.saving(folder);
                MqttMessageBus a = new MqttMessageBus(settings(broker.uri()));
                MqttMessageBus b = new MqttMessageBus(settings(broker.uri()))) {
            Samples.Collector got = new Samples.Collector();
            Await.done(b.subscribe("anodyne/1/lab/s1/event/#", got));
            Publisher publisher = new Publisher(a);
            for (int i = 0; i < FAULTS; i++) {
                Await.until("both are connected", () -> a.connected() && b.connected());
                publisher.more(10);
                broker.kill();
                Await.until("both know", () -> !a.connected() && !b.connected());
                broker.start();
            }
            assertAllCameOnceInOrder(got, publisher.end());
            assertEquals(0, b.lost());
        }
    }

    @Test
    void aBrokerThatIsAwayForSecondsCostsNothing(@TempDir Path folder) throws Exception {
        try (MosquittoBroker broker = new MosquittoBroker(folder);
                MqttMessageBus a = new MqttMessageBus(settings(broker.uri()));
                MqttMessageBus b = new MqttMessageBus(settings(broker.uri()))) {
            Samples.Collector got = new Samples.Collector();
            Await.done(b.subscribe("anodyne/1/lab/s1/event/#", got));
            Publisher publisher = new Publisher(a);
            publisher.more(20);
            broker.stop();
            publisher.more(1500); // more than three seconds at one each two milliseconds
            assertFalse(a.connected());
            assertTrue(a.statistics().waiting() >= 3000);
            assertFalse(a.inFlight().awaitNone(Duration.ofMillis(1)));
            broker.start();
            assertAllCameOnceInOrder(got, publisher.end());
            assertTrue(a.inFlight().awaitNone(Duration.ofSeconds(20)));
        }
    }

    @Test
    void aFrozenNetworkIsNoticedAndCostsNothing(@TempDir Path folder) throws Exception {
        try (ArtemisBroker broker = new ArtemisBroker(folder);
                CuttableProxy proxy = new CuttableProxy(broker.port());
                MqttMessageBus a = new MqttMessageBus(settings(proxy.uri())
                        .withDeadlines(Duration.ofSeconds(5), Duration.ofMinutes(5), Duration.ofSeconds(1)));
                MqttMessageBus b = new MqttMessageBus(settings(broker.uri()))) {
            Samples.Collector got = new Samples.Collector();
            Await.done(b.subscribe("anodyne/1/lab/s1/event/#", got));
            Await.until("a is connected", a::connected);
            Publisher publisher = new Publisher(a);
            publisher.more(10);
            proxy.freeze(true);
            Await.until("the silence is noticed", () -> !a.connected());
            proxy.cut();
            proxy.freeze(false);
            Await.until("it is connected again", a::connected);
            publisher.more(10);
            assertAllCameOnceInOrder(got, publisher.end());
        }
    }

    @Test
    void aProxyWithoutABrokerBehindItLeavesNoThreadsBehind(@TempDir Path folder) throws Exception {
        try (ArtemisBroker broker = new ArtemisBroker(folder);
                CuttableProxy proxy = new CuttableProxy(broker.port())) {
            proxy.refuse(true);
            try (MqttMessageBus a = new MqttMessageBus(settings(proxy.uri()))) {
                Await.until("it tries several times", () -> proxy.accepted() >= 4);
                assertFalse(a.connected());
                proxy.refuse(false);
                Await.until("it gets through", a::connected);
                Await.until("no thread of an attempt is left", () -> Threads.of(a.source(), "MQTT Con")
                        .isEmpty());
            }
        }
    }

    @Test
    void connectivityIsToldOnceAtOnceAndAtEachChange(@TempDir Path folder) throws Exception {
        try (ArtemisBroker broker = new ArtemisBroker(folder);
                CuttableProxy proxy = new CuttableProxy(broker.port());
                MqttMessageBus a = new MqttMessageBus(settings(""))) {
            List<Boolean> told = new CopyOnWriteArrayList<>();
            a.onConnectivity(told::add);
            assertEquals(List.of(false), told);
            a.broker(proxy.uri());
            Await.until("connected", () -> told.equals(List.of(false, true)));
            proxy.cut();
            Await.until("lost and found", () -> told.equals(List.of(false, true, false, true)));
            a.broker("");
            Await.until("sent away", () -> told.equals(List.of(false, true, false, true, false)));
        }
    }
}
