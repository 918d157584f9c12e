package org.anodyne.bus.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Who leaves in the middle of a request waits for its answer: the client library throws in a thread of its own, and
 * Artemis logs an error, when a connection ends there.
 */
class LeavingTest {
    private static final int A_WHILE_MILLIS = 200;

    @Test
    void aConnectionThatIsBeingMadeIsMadeBeforeItIsLeft() throws Exception {
        try (SlowBroker broker = new SlowBroker()) {
            MqttMessageBus bus = new MqttMessageBus(BusSettings.of(broker.uri(), "lab"));
            assertEquals(SlowBroker.CONNECT, broker.next());
            CompletableFuture<Void> left = CompletableFuture.runAsync(bus::close);
            assertTrue(broker.quiet(A_WHILE_MILLIS));
            broker.acknowledgeConnection();
            assertEquals(SlowBroker.DISCONNECT, broker.next());
            Await.done(left);
        }
    }

    @Test
    void aSubscriptionIsAnsweredBeforeTheConnectionIsLeft() throws Exception {
        try (SlowBroker broker = new SlowBroker()) {
            MqttMessageBus bus = new MqttMessageBus(BusSettings.of(broker.uri(), "lab"));
            bus.subscribe("anodyne/1/lab/s1/event/#", m -> {});
            assertEquals(SlowBroker.CONNECT, broker.next());
            broker.acknowledgeConnection();
            assertEquals(SlowBroker.SUBSCRIBE, broker.next());
            CompletableFuture<Void> left = CompletableFuture.runAsync(bus::close);
            assertTrue(broker.quiet(A_WHILE_MILLIS));
            broker.acknowledgeSubscription();
            assertEquals(SlowBroker.DISCONNECT, broker.next());
            Await.done(left);
        }
    }

    @Test
    void aBrokerIsToldGoneOnlyWhenNothingIsUnderWayToIt() throws Exception {
        try (SlowBroker broker = new SlowBroker();
                MqttMessageBus bus = new MqttMessageBus(BusSettings.of(broker.uri(), "lab"))) {
            bus.subscribe("anodyne/1/lab/s1/event/#", m -> {});
            assertEquals(SlowBroker.CONNECT, broker.next());
            broker.acknowledgeConnection();
            assertEquals(SlowBroker.SUBSCRIBE, broker.next());
            CompletableFuture<Void> left = CompletableFuture.runAsync(() -> bus.broker(""));
            assertTrue(broker.quiet(A_WHILE_MILLIS));
            assertTrue(!left.isDone());
            broker.acknowledgeSubscription();
            assertEquals(0, broker.next());
            Await.done(left);
        }
    }

    @Test
    void aSilentBrokerHoldsNobodyForLong(@TempDir Path folder) throws Exception {
        try (SlowBroker silent = new SlowBroker();
                ArtemisBroker broker = new ArtemisBroker(folder);
                MqttMessageBus bus = new MqttMessageBus(BusSettings.of(silent.uri(), "lab"))) {
            assertEquals(SlowBroker.CONNECT, silent.next());
            bus.broker(broker.uri());
            Await.until("it is connected to the other", bus::connected);
        }
    }
}
