package org.anodyne.bus.mqtt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.anodyne.bus.BusException;
import org.anodyne.bus.Message;
import org.anodyne.bus.MessageBus;
import org.anodyne.bus.Payload;
import org.anodyne.bus.Topic;
import org.anodyne.plugin.Command;
import org.anodyne.plugin.scene.MirrorPicture;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the bus promises, on whatever broker. */
abstract class BusContract {
    private final List<MqttMessageBus> open = new ArrayList<>();

    abstract String uri();

    MqttMessageBus bus() {
        MqttMessageBus bus = new MqttMessageBus(BusSettings.of(uri(), "lab"));
        open.add(bus);
        return bus;
    }

    @AfterEach
    void close() {
        open.forEach(MqttMessageBus::close);
    }

    /** Topics of one test, so that retained messages of another do not come in. */
    private static Topic topic(String session, Topic.Kind kind, String slot, String name) {
        return Topic.of("lab", session, kind, slot, name);
    }

    @Test
    void messagesComeOnceAndInOrderFromSeveralThreads() throws Exception {
        MqttMessageBus a = bus();
        MqttMessageBus b = bus();
        Samples.Collector got = new Samples.Collector();
        Await.done(b.subscribe("anodyne/1/lab/order/event/#", got));
        Topic one = topic("order", Topic.Kind.EVENT, "one", "test");
        Topic two = topic("order", Topic.Kind.EVENT, "two", "test");
        int n = 3000;
        Thread other = new Thread(() -> {
            for (long i = 0; i < n; i++) {
                a.publish(two, Samples.number(i), 0);
            }
        });
        other.start();
        for (long i = 0; i < n; i++) {
            a.publish(one, Samples.number(i), 0);
        }
        other.join();
        Await.until("all came", () -> got.size() >= 2 * n);
        List<Long> expected = LongStream.range(0, n).boxed().toList();
        assertEquals(expected, got.numbers(one));
        assertEquals(expected, got.numbers(two));
        assertEquals(0, b.lost());
        List<Long> sequences = got.all().stream()
                .filter(m -> m.topic().equals(one))
                .map(m -> m.envelope().sequence())
                .toList();
        assertEquals(LongStream.rangeClosed(1, n).boxed().toList(), sequences);
        assertTrue(got.all().stream().allMatch(m -> m.envelope().source().equals(a.source())));
        Await.until("the outbox is empty", () -> a.statistics().waiting() == 0);
        assertTrue(a.statistics().published() >= 2 * n);
    }

    @Test
    void theFirstMessagesOfNewTopicsAreNotMixedUpOrLost() {
        MqttMessageBus a = bus();
        MqttMessageBus b = bus();
        Samples.Collector got = new Samples.Collector();
        Await.done(b.subscribe("anodyne/1/lab/first/event/#", got));
        Await.until("a is connected", a::connected);
        int topics = 40;
        int n = 50;
        for (int t = 0; t < topics; t++) {
            for (long i = 0; i < n; i++) {
                a.publish(topic("first", Topic.Kind.EVENT, "x" + t, "test"), Samples.number(i), 0);
            }
        }
        Await.until("all came", () -> got.size() == topics * n);
        List<Long> expected = LongStream.range(0, n).boxed().toList();
        for (int t = 0; t < topics; t++) {
            assertEquals(expected, got.numbers(topic("first", Topic.Kind.EVENT, "x" + t, "test")));
        }
        assertEquals(0, b.lost());
    }

    @Test
    void blocksOfSamplesArriveAsTheyWere() {
        MqttMessageBus a = bus();
        Samples.Collector got = new Samples.Collector();
        Await.done(a.subscribe("anodyne/1/lab/blocks/sample/#", got));
        Topic topic = topic("blocks", Topic.Kind.SAMPLE, "eeg", "raw");
        Payload.Samples small = Samples.block(7, 8, 32);
        Payload.Samples large = Samples.block(8, 64, 2000); // more than any buffer on the way
        Await.done(a.publish(topic, small, 123));
        Await.done(a.publish(topic, large, 0));
        Await.until("both came", () -> got.size() == 2);
        Message first = got.all().get(0);
        Payload.Samples read = assertInstanceOf(Payload.Samples.class, first.payload());
        assertArrayEquals(small.block().samples(), read.block().samples());
        assertEquals(123, first.envelope().acquiredNanos());
        assertTrue(first.receivedNanos() > first.envelope().madeNanos());
        Payload.Samples second =
                assertInstanceOf(Payload.Samples.class, got.all().get(1).payload());
        assertArrayEquals(large.block().samples(), second.block().samples());
        assertEquals(
                got.all().get(1).envelope().madeNanos(),
                got.all().get(1).envelope().acquiredNanos());
    }

    @Test
    void eachSubscriptionGetsAMessageOnceThoughFiltersOverlap() {
        MqttMessageBus a = bus();
        MqttMessageBus b = bus();
        Samples.Collector all = new Samples.Collector();
        Samples.Collector plus = new Samples.Collector();
        Samples.Collector exact = new Samples.Collector();
        Samples.Collector again = new Samples.Collector();
        Topic topic = topic("overlap", Topic.Kind.EVENT, "x", "test");
        Await.done(b.subscribe("anodyne/1/lab/overlap/#", all));
        Await.done(b.subscribe("anodyne/1/+/overlap/event/+/test", plus));
        Await.done(b.subscribe(topic.path(), exact));
        Await.done(b.subscribe(topic.path(), again));
        for (long i = 0; i < 200; i++) {
            a.publish(topic, Samples.number(i), 0);
        }
        List<Long> expected = LongStream.range(0, 200).boxed().toList();
        for (Samples.Collector c : List.of(all, plus, exact, again)) {
            Await.until("all came", () -> c.size() >= 200);
        }
        a.publish(topic, Samples.number(200), 0);
        Await.until("the last came", () -> again.size() > 200 && all.size() > 200);
        for (Samples.Collector c : List.of(all, plus, exact, again)) {
            assertEquals(expected, c.numbers(topic).subList(0, 200));
            assertEquals(201, c.size());
        }
    }

    @Test
    void whoSubscribesLateGetsWhatIsRetainedOnceAndNobodyElseAgain() {
        MqttMessageBus a = bus();
        MqttMessageBus b = bus();
        Topic x = topic("retained", Topic.Kind.STATE, "x", "");
        Topic y = topic("retained", Topic.Kind.STATE, "y", "");
        Samples.Collector wide = new Samples.Collector();
        Await.done(b.subscribe("anodyne/1/lab/retained/#", wide));
        Await.done(a.publishRetained(x, Samples.number(1)));
        Await.done(a.publishRetained(x, Samples.number(2)));
        Await.done(a.publishRetained(y, Samples.number(3)));
        Await.until("three live messages came", () -> wide.size() == 3);

        Samples.Collector late = new Samples.Collector();
        Samples.Collector later = new Samples.Collector();
        Await.done(b.subscribe("anodyne/1/lab/retained/state/#", late));
        Await.until("what is retained came", () -> late.size() == 2);
        Await.done(b.subscribe("anodyne/1/lab/retained/#", later)); // the very filter that is subscribed already
        Await.until("what is retained came again", () -> later.size() == 2);
        assertEquals(List.of(2L), late.numbers(x));
        assertEquals(List.of(3L), later.numbers(y));

        MqttMessageBus c = bus();
        Samples.Collector other = new Samples.Collector();
        Await.done(c.subscribe("anodyne/1/lab/retained/#", other));
        Await.until("another process gets it", () -> other.size() == 2);

        Await.done(a.publishRetained(x, Samples.number(4)));
        for (Samples.Collector one : List.of(wide, late, later, other)) {
            Await.until("the next change came", () -> one.numbers(x).contains(4L));
        }
        assertEquals(List.of(1L, 2L, 4L), wide.numbers(x));
        assertEquals(List.of(3L), wide.numbers(y));
        assertEquals(List.of(2L, 4L), late.numbers(x));
        assertEquals(0, b.lost());
    }

    @Test
    void closedSubscriptionsGetNothingAndTheirTopicsStartAfresh() throws Exception {
        MqttMessageBus a = bus();
        MqttMessageBus b = bus();
        Topic topic = topic("afresh", Topic.Kind.EVENT, "x", "test");
        Samples.Collector first = new Samples.Collector();
        MessageBus.Subscription s = Await.done(b.subscribe(topic.path(), first));
        Await.done(a.publish(topic, Samples.number(0), 0));
        Await.until("the first came", () -> first.size() == 1);
        s.close();
        s.close();
        // what passes while nobody listens is no hole
        Samples.Collector probe = new Samples.Collector();
        Topic other = topic("afresh", Topic.Kind.EVENT, "probe", "test");
        Await.done(b.subscribe(other.path(), probe));
        for (long i = 1; i < 10; i++) {
            Await.done(a.publish(topic, Samples.number(i), 0));
        }
        Samples.Collector second = new Samples.Collector();
        Await.done(b.subscribe(topic.path(), second));
        Await.done(a.publish(topic, Samples.number(10), 0));
        Await.until("it came", () -> second.numbers(topic).contains(10L));
        assertEquals(1, first.size());
        assertEquals(0, b.lost());
    }

    @Test
    void subscribingAndClosingAgainAndAgainLeavesTheLastAtWork() {
        MqttMessageBus a = bus();
        Topic topic = topic("flicker", Topic.Kind.EVENT, "x", "test");
        Samples.Collector last = new Samples.Collector();
        for (int i = 0; i < 50; i++) {
            CompletionStage<MessageBus.Subscription> s = a.subscribe(topic.path(), last);
            if (i < 49) {
                s.thenAccept(MessageBus.Subscription::close);
                if (i % 2 == 0) {
                    Await.done(s);
                }
            } else {
                Await.done(s);
            }
        }
        Await.done(a.publish(topic, Samples.number(7), 0));
        Await.until("it came", () -> last.numbers(topic).contains(7L));
    }

    private static Payload picture(long frame) {
        return new Payload.Picture(new MirrorPicture(1, frame, 480, 270, new byte[30_000]));
    }

    @Test
    void whatIsOfferedComesToWhoListensAndIsNotKept() throws Exception {
        MqttMessageBus a = bus();
        MqttMessageBus b = bus();
        Topic topic = Topic.ofSite("lab", Topic.Kind.MIRROR, "offered");
        List<Long> frames = new CopyOnWriteArrayList<>();
        // What is offered before there is a connection is old when there is one.
        Await.until("a is connected", a::connected);
        Await.done(b.subscribe(
                topic.path(),
                m -> frames.add(((Payload.Picture) m.payload()).picture().frame())));
        for (long i = 1; i <= 200; i++) {
            a.offer(topic, picture(i)); // faster than they leave: some give way
        }
        Await.until("the newest came", () -> frames.contains(200L));
        assertEquals(frames.stream().sorted().toList(), frames, "none is older than the one before");
        assertTrue(a.inFlight().awaitNone(Duration.ofSeconds(20)), "nothing waits for them");
        List<Long> late = new CopyOnWriteArrayList<>();
        Await.done(b.subscribe(
                "anodyne/1/lab/mirror/+",
                m -> late.add(((Payload.Picture) m.payload()).picture().frame())));
        a.offer(topic, picture(201));
        Await.until("the next came", () -> late.contains(201L));
        assertEquals(List.of(201L), late.stream().distinct().toList(), "nothing was kept");
        assertEquals(0, b.lost(), "holes in their numbers are no loss");
        assertThrows(BusException.class, () -> a.offer(topic, Samples.number(1)));
    }

    @Test
    void inFlightLastsUntilEveryHandlerHasReturned() throws Exception {
        MqttMessageBus a = bus();
        Topic topic = topic("flight", Topic.Kind.EVENT, "x", "test");
        CountDownLatch inHandler = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Samples.Collector quick = new Samples.Collector();
        Await.done(a.subscribe("anodyne/1/lab/flight/#", quick));
        Await.done(a.subscribe(topic.path(), m -> {
            inHandler.countDown();
            try {
                release.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
        Await.done(a.publish(topic, Samples.number(1), 0));
        assertTrue(inHandler.await(20, TimeUnit.SECONDS));
        assertFalse(a.inFlight().awaitNone(Duration.ofMillis(50)));
        release.countDown();
        assertTrue(a.inFlight().awaitNone(Duration.ofSeconds(20)));
        assertEquals(1, quick.size());
        for (long i = 2; i <= 500; i++) {
            a.publish(topic, Samples.number(i), 0);
        }
        assertTrue(a.inFlight().awaitNone(Duration.ofSeconds(20)));
        assertEquals(500, quick.size());
    }

    @Test
    void aFailingHandlerAndAClosedSubscriptionLeaveNothingInFlight() throws Exception {
        MqttMessageBus a = bus();
        Topic topic = topic("leak", Topic.Kind.EVENT, "x", "test");
        Samples.Collector good = new Samples.Collector();
        Await.done(a.subscribe(topic.path(), m -> {
            throw new IllegalStateException("a subscriber that fails");
        }));
        MessageBus.Subscription closing = Await.done(a.subscribe("anodyne/1/lab/leak/event/#", m -> {}));
        Await.done(a.subscribe("anodyne/1/lab/leak/#", good));
        for (long i = 0; i < 300; i++) {
            a.publish(topic, Samples.number(i), 0);
            if (i == 100) {
                closing.close();
            }
        }
        assertTrue(a.inFlight().awaitNone(Duration.ofSeconds(20)));
        assertEquals(300, good.size());
    }

    @Test
    void aHandlerMayPublishAndSubscribe() {
        MqttMessageBus a = bus();
        Samples.Collector echo = new Samples.Collector();
        Topic ping = topic("echo", Topic.Kind.EVENT, "ping", "test");
        Topic pong = topic("echo", Topic.Kind.EVENT, "pong", "test");
        AtomicReference<MessageBus.Subscription> inner = new AtomicReference<>();
        Await.done(a.subscribe(ping.path(), m -> {
            if (inner.get() == null) {
                inner.set(() -> {});
                a.subscribe(pong.path(), echo).thenAccept(inner::set);
            }
            a.publish(pong, m.payload(), m.envelope().acquiredNanos());
        }));
        Await.done(a.publish(ping, Samples.number(1), 0));
        Await.until("the inner subscription is confirmed", () -> inner.get() instanceof LocalSubscription);
        Await.done(a.publish(ping, Samples.number(2), 0));
        Await.until("the answer came", () -> echo.numbers(pong).contains(2L));
    }

    @Test
    void aMessageThatCannotBeReadIsCountedAndTheNextOneComes() throws Exception {
        MqttMessageBus a = bus();
        Topic topic = topic("bad", Topic.Kind.EVENT, "x", "test");
        Samples.Collector got = new Samples.Collector();
        Await.done(a.subscribe("anodyne/1/lab/bad/#", got));
        try (Stranger stranger = new Stranger(uri())) {
            stranger.publish(topic.path(), "not CBOR at all".getBytes(StandardCharsets.UTF_8));
            stranger.publish(topic.path(), new byte[0]);
            stranger.publish("anodyne/1/lab/bad/nonsense/x", new byte[] {(byte) 0xA0});
            stranger.publish(topic.path(), new byte[] {(byte) 0xA0});
        }
        Await.until("the bad ones are counted", () -> a.refused() == 4);
        Await.done(a.publish(topic, Samples.number(1), 0));
        Await.until("the good one came", () -> got.size() == 1);
    }

    @Test
    void anyMessageOnTheStopTopicIsAStop() throws Exception {
        MqttMessageBus a = bus();
        Samples.Collector got = new Samples.Collector();
        Await.done(a.subscribe("anodyne/1/stopping/stop", got));
        try (Stranger stranger = new Stranger(uri())) {
            stranger.publish("anodyne/1/stopping/stop", "now!".getBytes(StandardCharsets.UTF_8));
        }
        Await.until("it came", () -> got.size() == 1);
        assertEquals(
                "stop",
                assertInstanceOf(Payload.Document.class, got.all().get(0).payload())
                        .type());
        Payload.Document stop = new Payload.Document("stop", -1, Map.of("reason", "test"));
        Await.done(a.publish(Topic.ofSite("stopping", Topic.Kind.STOP, ""), stop, 0));
        Await.until("the readable one came", () -> got.size() == 2);
        assertEquals(stop, got.all().get(1).payload());
        assertTrue(a.inFlight().awaitNone(Duration.ofSeconds(20)));
    }

    @Test
    void aCommandTellsWhereItsAnswerGoes() throws Exception {
        MqttMessageBus a = bus();
        Topic command = topic("cmd", Topic.Kind.COMMAND, "tens", "");
        try (Stranger stranger = new Stranger(uri())) {
            stranger.subscribe("anodyne/1/lab/cmd/#");
            Payload request =
                    new Payload.Request(new Command("c-1", "tens", "burst", Map.of("amplitude", 1.5), 5, "test"));
            Await.done(a.publish(command, request, 0));
            Await.until("it came", () -> !stranger.messages.isEmpty());
            MqttProperties p = stranger.messages.peek().getProperties();
            assertEquals("anodyne/1/lab/cmd/ack/tens", p.getResponseTopic());
            assertEquals("c-1", new String(p.getCorrelationData(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void whatDoesNotBelongIsRefusedAtOnceAndLeavesNoHole() {
        MqttMessageBus a = bus();
        Topic topic = topic("wrong", Topic.Kind.EVENT, "x", "test");
        Samples.Collector got = new Samples.Collector();
        Await.done(a.subscribe("anodyne/1/lab/wrong/#", got));
        Throwable wrongKind = Await.failure(a.publish(topic, Samples.block(0, 1, 1), 0));
        assertInstanceOf(BusException.class, wrongKind);
        assertTrue(wrongKind.getMessage().contains("Samples"), wrongKind.getMessage());
        Payload.Document bad = new Payload.Document("test", 0, Map.of("when", new java.util.Date(0)));
        assertTrue(Await.failure(a.publish(topic, bad, 0)).getMessage().contains("test.when"));
        assertInstanceOf(BusException.class, Await.failure(a.subscribe("anodyne/#/x", got)));
        Await.done(a.publish(topic, Samples.number(1), 0));
        Await.until("it came", () -> got.size() == 1);
        assertEquals(1, got.all().get(0).envelope().sequence());
    }

    @Test
    void theClockOfTheHostIsPublished() {
        MqttMessageBus a = bus();
        Samples.Collector got = new Samples.Collector();
        Await.done(a.subscribe("anodyne/1/lab/clock/+", got));
        Await.until("it came", () -> got.size() > 0);
        Payload.Document d =
                assertInstanceOf(Payload.Document.class, got.all().get(0).payload());
        long offset = assertInstanceOf(Long.class, d.attributes().get("offsetNanos"));
        long uncertainty = assertInstanceOf(Long.class, d.attributes().get("uncertaintyNanos"));
        assertTrue(uncertainty > 0);
        long wall = (System.nanoTime() + offset) / 1_000_000;
        assertTrue(Math.abs(wall - System.currentTimeMillis()) < 3_600_000, "off by more than an hour");
    }

    /** A client of MQTT that is not ours. */
    static final class Stranger implements MqttCallback, AutoCloseable {
        final ConcurrentLinkedQueue<MqttMessage> messages = new ConcurrentLinkedQueue<>();
        private final MqttAsyncClient client;

        Stranger(String uri) throws MqttException {
            client = new MqttAsyncClient(uri, "stranger-" + System.nanoTime(), new MemoryPersistence());
            client.setCallback(this);
            client.connect().waitForCompletion(20_000);
        }

        void subscribe(String filter) throws MqttException {
            client.subscribe(filter, 1).waitForCompletion(20_000);
        }

        void publish(String topic, byte[] payload) throws MqttException {
            client.publish(topic, payload, 1, false).waitForCompletion(20_000);
        }

        @Override
        public void messageArrived(String topic, MqttMessage message) {
            messages.add(message);
        }

        @Override
        public void disconnected(MqttDisconnectResponse response) {}

        @Override
        public void mqttErrorOccurred(MqttException e) {}

        @Override
        public void deliveryComplete(IMqttToken token) {}

        @Override
        public void connectComplete(boolean reconnect, String uri) {}

        @Override
        public void authPacketArrived(int code, MqttProperties properties) {}

        @Override
        public void close() throws MqttException {
            client.disconnect().waitForCompletion(20_000);
            client.close();
        }
    }
}
