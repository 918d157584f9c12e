package org.anodyne.bus.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.anodyne.bus.BusException;
import org.junit.jupiter.api.Test;

/** The parts of the bus that need no broker. */
class PartsTest {
    @Test
    void filtersMatchAsMqttSays() {
        assertTrue(new TopicFilter("a/b").matches("a/b"));
        assertTrue(new TopicFilter("a/+").matches("a/b"));
        assertTrue(new TopicFilter("a/+").matches("a/"));
        assertTrue(new TopicFilter("+/+").matches("/b"));
        assertTrue(new TopicFilter("#").matches("a/b/c"));
        assertTrue(new TopicFilter("a/#").matches("a"));
        assertTrue(new TopicFilter("a/#").matches("a/b/c"));
        assertTrue(new TopicFilter("a/+/c/#").matches("a/b/c"));
        assertFalse(new TopicFilter("a/+").matches("a"));
        assertFalse(new TopicFilter("a/+").matches("a/b/c"));
        assertFalse(new TopicFilter("a/b").matches("a/bc"));
        assertFalse(new TopicFilter("a/bc").matches("a/b"));
        assertFalse(new TopicFilter("a/b/+/d").matches("a/b/c"));
        assertFalse(new TopicFilter("#").matches("$SYS/x"));
        assertFalse(new TopicFilter("+/x").matches("$SYS/x"));
        for (String bad : List.of("", "a/#/b", "a#", "a/b+", "$share/g/a")) {
            assertThrows(IllegalArgumentException.class, () -> new TopicFilter(bad), bad);
        }
    }

    private static final class Heard implements Sequencer.Sink<String> {
        final List<String> all = new ArrayList<>();

        @Override
        public void deliver(String message) {
            all.add(message);
        }

        @Override
        public void deliverToNewcomers(String message) {
            all.add("new:" + message);
        }

        @Override
        public void lost(String source, String topic, long from, long to) {
            all.add("lost:" + from + "-" + to);
        }

        @Override
        public OptionalLong earliest(String source, String topic, long seen) {
            return source.equals("self") ? OptionalLong.of(3) : OptionalLong.empty();
        }

        List<String> take() {
            List<String> taken = List.copyOf(all);
            all.clear();
            return taken;
        }
    }

    private final Heard heard = new Heard();
    private final Sequencer<String> sequencer = new Sequencer<>(100, 40, heard);

    private void live(long n, long now) {
        sequencer.accept("s", "t", n, false, false, "" + n, now);
    }

    private void retained(long n) {
        sequencer.accept("s", "t", n, true, false, "r" + n, 0);
    }

    @Test
    void whatIsSentOnceMoreFillsHolesAndIsNeverNewsFromBefore() {
        sequencer.accept("s", "late", 5000, false, false, "5000", 0);
        sequencer.accept("s", "late", 5002, false, false, "5002", 0);
        for (long n = 4998; n <= 5002; n++) {
            sequencer.accept("s", "late", n, false, true, n + " again", 0);
        }
        assertEquals(List.of("5000", "5001 again", "5002"), heard.take());
        assertEquals(0, sequencer.lost());
    }

    @Test
    void orderIsRestoredAndDoublesAreDropped() {
        for (long n : new long[] {1, 3, 2, 2, 3, 1, 5, 6, 5, 4, 7}) {
            live(n, 0);
        }
        assertEquals(List.of("1", "2", "3", "4", "5", "6", "7"), heard.take());
        assertEquals(4, sequencer.doubles());
        assertFalse(sequencer.hasHoles());
    }

    @Test
    void aTopicThatBrokersMixUpAtItsBeginningIsPutInOrder() {
        live(4, 0);
        live(2, 10);
        live(5, 10);
        live(1, 20);
        live(3, 30);
        assertEquals(List.of("1", "2", "3", "4", "5"), heard.take());
        assertEquals(0, sequencer.lost() + sequencer.doubles());
    }

    @Test
    void whoComesInTheMiddleWaitsShortlyAndMissesNothing() {
        live(40, 0);
        live(41, 10);
        sequencer.overdue(39);
        assertEquals(List.of(), heard.take());
        sequencer.overdue(40);
        live(42, 50);
        assertEquals(List.of("40", "41", "42"), heard.take());
        assertEquals(0, sequencer.lost());
        live(39, 60); // too late to keep the order: no double, and not silent
        assertEquals(List.of("lost:39-39"), heard.take());
        sequencer.accept("s", "late", 5000, false, false, "5000", 0); // far in the middle: no waiting
        assertEquals(List.of("5000"), heard.take());
    }

    @Test
    void ofOurOwnMessagesWeKnowTheFirst() {
        sequencer.accept("self", "t", 4, false, false, "4", 0);
        sequencer.accept("self", "t", 3, false, false, "3", 90);
        assertEquals(List.of("3", "4"), heard.take());
    }

    @Test
    void aHoleIsGivenUpAfterItsDeadline() {
        live(1, 0);
        live(3, 10);
        live(4, 20);
        live(8, 30);
        sequencer.overdue(109);
        assertEquals(List.of("1"), heard.take());
        sequencer.overdue(110);
        assertEquals(List.of("lost:2-2", "3", "4"), heard.take());
        sequencer.overdue(209);
        assertEquals(List.of(), heard.take());
        sequencer.overdue(210); // the second hole has a deadline of its own
        assertEquals(List.of("lost:5-7", "8"), heard.take());
        live(6, 220);
        assertEquals(List.of(), heard.take());
        assertEquals(4, sequencer.lost());
        assertEquals(1, sequencer.doubles());
    }

    @Test
    void whatIsRetainedOpensNoHole() {
        retained(3);
        live(9, 0);
        retained(3);
        retained(9);
        live(10, 0);
        assertEquals(List.of("r3", "9", "new:r3", "new:r9", "10"), heard.take());
    }

    @Test
    void sourcesAndTopicsCountApart() {
        sequencer.accept("s1", "t", 1, false, false, "a", 0);
        sequencer.accept("s2", "t", 1, false, false, "b", 0);
        sequencer.accept("s1", "u", 1, false, false, "c", 0);
        assertEquals(List.of("a", "b", "c"), heard.take());
    }

    @Test
    void afterALostSessionHolesAreWaitedForAndKeptMessagesAreNews() {
        live(1, 0);
        live(3, 0);
        sequencer.brokerForgotUs(50);
        live(6, 51);
        live(2, 52);
        live(1, 52);
        assertEquals(List.of("1", "2", "3"), heard.take());
        sequencer.overdue(151);
        assertEquals(List.of(), heard.take());
        sequencer.overdue(152); // a hole deadline after the last that filled a part of it
        assertEquals(List.of("lost:4-5", "6"), heard.take());
        sequencer.brokerForgotUs(200);
        retained(20);
        live(21, 201);
        assertEquals(List.of("r20", "21"), heard.take());
    }

    @Test
    void aClosedSubscriptionStartsAfresh() {
        live(1, 0);
        assertEquals(List.of("1"), heard.take());
        sequencer.unsubscribed(new TopicFilter("t"), topic -> false, topic -> true, 3);
        live(20, 4);
        live(9, 4);
        assertEquals(List.of("20"), heard.take());
        sequencer.unsubscribed(new TopicFilter("#"), topic -> false, topic -> false, 3);
        live(1, 4);
        assertEquals(List.of("1"), heard.take());
    }

    @Test
    void aTopicThatAnotherFilterCoversGoesOnWhenOneIsUnsubscribed() {
        live(1, 0);
        live(4, 1);
        sequencer.unsubscribed(new TopicFilter("t"), topic -> true, topic -> true, 2);
        live(5, 3);
        assertEquals(List.of("1"), heard.take());
        live(2, 4);
        live(3, 5);
        assertEquals(List.of("2", "3", "4", "5"), heard.take());
    }

    private static Outgoing message(String topic, long n, int size) {
        return new Outgoing(topic, n, new byte[size], false, null, null, false, new CompletableFuture<>());
    }

    @Test
    void theOutboxKeepsOrderOverALostConnection() {
        Outbox box = new Outbox(10, 1000);
        Outgoing[] m = new Outgoing[5];
        for (int i = 0; i < 5; i++) {
            m[i] = box.add("t", n -> message("t", n, 1));
            assertEquals(i + 1, m[i].sequence());
        }
        assertSame(m[0], box.next(3));
        assertSame(m[1], box.next(3));
        assertSame(m[2], box.next(3));
        assertNull(box.next(3));
        assertFalse(box.canSend(3));
        assertTrue(box.remove(m[1]));
        assertFalse(box.remove(m[1]));
        assertTrue(box.canSend(3));
        assertSame(m[0], box.oldestSent());
        box.unsendAll(0);
        for (int i : new int[] {0, 2, 3, 4}) {
            assertSame(m[i], box.next(10));
        }
        box.putBack(m[4]);
        assertSame(m[4], box.next(10));
        assertEquals(List.of(m[0], m[2], m[3], m[4]), box.drain());
    }

    @Test
    void whatWasAcknowledgedAMomentAgoIsSentOnceMoreAfterALoss() {
        Outbox box = new Outbox(10, 1000);
        Outgoing[] m = new Outgoing[4];
        for (int i = 0; i < 4; i++) {
            m[i] = box.add("t", n -> message("t", n, 1));
            assertSame(m[i], box.next(10));
        }
        long later = Outbox.KEEP_NANOS + 1;
        assertTrue(box.acknowledged(m[0], 0));
        assertTrue(box.acknowledged(m[2], later));
        assertFalse(box.acknowledged(m[2], later));
        assertTrue(box.remove(m[3]));
        box.unsendAll(later);
        // The first was acknowledged long ago, the last was refused.
        assertSame(m[1], box.next(10));
        Outgoing again = box.next(10);
        assertEquals(m[2].sequence(), again.sequence());
        assertTrue(again.again());
        assertNull(box.next(10));
        // Acknowledged again, it is kept as long again.
        assertTrue(box.acknowledged(again, later));
        box.unsendAll(2 * later - 2);
        assertEquals(
                List.of(1L, 2L, 3L).subList(1, 3),
                box.drain().stream().map(Outgoing::sequence).toList());
    }

    @Test
    void whatIsRepeatedHoldsNothingUpAndTakesNoNewersPlace() {
        Outbox box = new Outbox(10, 1000);
        for (int i = 0; i < 3; i++) {
            boolean retained = i > 0;
            Outgoing m =
                    box.add(retained ? "state" : "event", n -> retained ? kept("state", n) : message("event", n, 1));
            assertSame(m, box.next(10));
            assertTrue(box.acknowledged(m, 0));
        }
        box.repeat(0);
        Outgoing live = box.add("event", n -> message("event", n, 1));
        assertEquals(3, box.size());
        assertSame(live, box.next(10));
        assertEquals("event 1", name(box.next(10)));
        assertEquals("state 2", name(box.next(10))); // the older one would take its place
        assertNull(box.next(10));
    }

    private static Outgoing kept(String topic, long n) {
        return new Outgoing(topic, n, new byte[1], true, null, null, false, new CompletableFuture<>());
    }

    private static String name(Outgoing m) {
        return m.topic() + " " + m.sequence();
    }

    @Test
    void whatIsKeptAfterItsAcknowledgementIsBounded() {
        Outbox box = new Outbox(100, 10);
        for (int i = 0; i < 8; i++) {
            Outgoing m = box.add("t", n -> message("t", n, 4));
            assertSame(m, box.next(10));
            assertTrue(box.acknowledged(m, 0));
        }
        box.unsendAll(0);
        assertEquals(
                List.of(7L, 8L), box.drain().stream().map(Outgoing::sequence).toList());
    }

    @Test
    void theOutboxIsBoundedInMessagesAndBytes() {
        Outbox few = new Outbox(2, 1000);
        few.add("t", n -> message("t", n, 1));
        Outgoing second = few.add("t", n -> message("t", n, 1));
        assertThrows(BusException.class, () -> few.add("t", n -> message("t", n, 1)));
        few.remove(second);
        assertEquals(3, few.add("t", n -> message("t", n, 1)).sequence());
        Outbox small = new Outbox(100, 10);
        Outgoing large = small.add("t", n -> message("t", n, 10));
        assertThrows(BusException.class, () -> small.add("t", n -> message("t", n, 1)));
        small.remove(large);
        small.add("t", n -> message("t", n, 1));
        small.close();
        assertThrows(BusException.class, () -> small.add("t", n -> message("t", n, 1)));
    }

    @Test
    void workInFlightIsCounted() throws InterruptedException {
        WorkInFlight work = new WorkInFlight();
        assertTrue(work.awaitNone(Duration.ZERO));
        work.enter();
        work.enter();
        work.leave();
        assertFalse(work.awaitNone(Duration.ofMillis(1)));
        Thread other = new Thread(work::leave);
        other.start();
        assertTrue(work.awaitNone(Duration.ofSeconds(20)));
        other.join();
        assertThrows(IllegalStateException.class, work::leave);
        assertEquals(0, work.count());
    }

    @Test
    void aClockOffsetIsMeasured() {
        ClockOffset offset = ClockOffset.measure();
        assertTrue(offset.uncertaintyNanos() > 0);
        assertEquals("clock", offset.document().type());
    }

    @Test
    void eachStartHasASourceOfItsOwnThatFitsIntoATopic() {
        BusSettings a = BusSettings.of("", "lab");
        BusSettings b = BusSettings.of("", "lab");
        assertFalse(a.source().equals(b.source()));
        assertTrue(a.source().matches("[a-z0-9.-]+"), a.source());
    }
}
