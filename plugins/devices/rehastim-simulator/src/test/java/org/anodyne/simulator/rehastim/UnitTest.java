package org.anodyne.simulator.rehastim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.anodyne.simulator.kit.Hex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The session and its replies on a clock of the test's own. */
class UnitTest {

    private static final Packet LIST = Packet.of(3, 30, 0, 1, 0, 13, 0, 98, 0);
    private static final Packet START = Packet.of(4, 32, 0, 0, 200, 15);

    @Test
    void sendsInitEvery500MillisecondsUntilAcknowledged() {
        Bench bench = new Bench();
        bench.pass(1_600);
        Packet init = Packet.of(0, 1, 1);
        assertEquals(List.of(init, init, init, init), bench.packets());
        bench.openSession(0);
        bench.pass(1_000);
        assertEquals(List.of(), bench.packets());
    }

    @Test
    void keepsSendingInitWhenItsVersionIsRefused() {
        Bench bench = new Bench();
        bench.pass(1);
        bench.send(Packet.of(0, 2, -5));
        bench.pass(1_000);
        assertEquals(SessionState.AWAITING_INIT_ACK, bench.snapshot().state());
        assertEquals(3, bench.packets().size());
    }

    @Test
    void wantsTheNumberOfItsInitBack() {
        Bench bench = new Bench(new UnitOptions(1, 2, 0xF0, 0));
        bench.pass(1);
        assertEquals(List.of(Packet.of(0xF0, 1, 1)), bench.packets());
        bench.send(Packet.of(0, 2, 0));
        assertEquals(SessionState.AWAITING_INIT_ACK, bench.snapshot().state());
        bench.openSession(0xF0);
    }

    @Test
    void saysNothingToCommandsBeforeTheSession() {
        Bench bench = new Bench();
        bench.pass(1);
        bench.packets();
        assertEquals(List.of(), bench.ask(LIST));
        assertEquals(List.of(), bench.ask(Packet.of(1, 10)));
        assertEquals(2, bench.events("ignored").size());
    }

    @Test
    void followsTheDescribedSession() {
        Bench bench = Bench.open();
        assertEquals(List.of(Packet.of(2, 11, 0, 0)), bench.ask(Packet.of(2, 10)));
        assertEquals(List.of(Packet.of(3, 31, 0)), bench.ask(LIST));
        assertEquals(List.of(Packet.of(9, 11, 0, 1)), bench.ask(Packet.of(9, 10)));
        assertEquals(List.of(Packet.of(4, 33, 0)), bench.ask(START));
        assertEquals(List.of(Packet.of(9, 11, 0, 2)), bench.ask(Packet.of(9, 10)));
        assertEquals(List.of(Packet.of(5, 35, 0)), bench.ask(Packet.of(5, 34)));
        assertFalse(bench.snapshot().outputOn());
        assertEquals(List.of(Packet.of(9, 11, 0, 0)), bench.ask(Packet.of(9, 10)));
        assertEquals(List.of(Packet.of(6, 37, 0)), bench.ask(Packet.of(6, 36, 0, 0, 200, 10)));
        assertEquals(List.of(), bench.ask(Packet.of(1, 4)), "Watchdog is not answered");
        assertEquals(List.of(Packet.of(7, 3, 99)), bench.ask(Packet.of(7, 99)));
        assertEquals(List.of(Packet.of(8, 3, 33)), bench.ask(Packet.of(8, 33)), "a reply is no command");
    }

    @Test
    void keepsTheListAfterStopWhenTold() {
        Bench bench = new Bench(new UnitOptions(1, 2, 0, 1));
        bench.pass(1);
        bench.openSession(0);
        bench.send(LIST);
        bench.send(START);
        bench.send(Packet.of(5, 34));
        assertEquals(SessionState.INITIALISED, bench.snapshot().state());
        assertEquals(List.of(Packet.of(4, 33, 0)).get(0), bench.ask(START).get(3));
    }

    @Test
    void refusesWhatDoesNotFitTheMode() {
        Bench bench = Bench.open();
        assertEquals(List.of(Packet.of(4, 33, -3)), bench.ask(START));
        bench.ask(LIST);
        bench.ask(START);
        assertEquals(List.of(Packet.of(3, 31, -3)), bench.ask(LIST));
        assertEquals(List.of(Packet.of(6, 37, -3)), bench.ask(Packet.of(6, 36, 0, 0, 200, 10)));
        assertTrue(bench.snapshot().outputOn());
    }

    @ParameterizedTest
    @CsvSource({
        "8, 1, 0, 13, 98, 0",
        "0, 0, 0, 13, 98, 0",
        "0, 1, 2, 13, 98, 0",
        "0, 1, 0, 12, 98, 0",
        "0, 1, 0, 13, 13, 0",
        "0, 1, 0, 13, 98, 1",
        "0, 127, 0, 13, 14, 0",
        "0, 255, 0, 13, 37, 0"
    })
    void refusesListsOutsideTheLimits(int factor, int active, int low, int pulse, int main, int reserved) {
        Bench bench = Bench.open();
        assertEquals(
                List.of(Packet.of(3, 31, -2)),
                bench.ask(Packet.of(3, 30, factor, active, low, pulse, main >> 8, main, reserved)));
        assertEquals(SessionState.READY, bench.snapshot().state());
    }

    @ParameterizedTest
    @CsvSource({"7, 1, 1, 13, 14", "0, 1, 0, 13, 0", "0, 255, 255, 13, 38", "0, 63, 0, 13, 16", "0, 1, 0, 255, 65535"})
    void acceptsListsAtTheLimits(int factor, int active, int low, int pulse, int main) {
        Bench bench = Bench.open();
        assertEquals(
                List.of(Packet.of(3, 31, 0)),
                bench.ask(Packet.of(3, 30, factor, active, low, pulse, main >> 8, main, 0)));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 19, 10, -2",
        "0, 20, 10, 0",
        "0, 500, 10, 0",
        "0, 501, 10, -2",
        "0, 200, 130, 0",
        "0, 200, 131, -2",
        "0, 200, 0, 0",
        "3, 200, 10, -2",
        "2, 200, 10, 0"
    })
    void checksWhatStartAsksFor(int pulses, int width, int milliamps, int result) {
        Bench bench = Bench.open();
        bench.send(LIST);
        bench.pass(20);
        assertEquals(
                List.of(Packet.of(4, 33, result)), bench.ask(Packet.of(4, 32, pulses, width >> 8, width, milliamps)));
        assertEquals(result == 0, bench.snapshot().state() == SessionState.STARTED);
    }

    @Test
    void refusesABurstLongerThanItsInterval() {
        Bench bench = Bench.open();
        bench.send(Packet.of(3, 30, 0, 1, 0, 13, 0, 18, 0));
        bench.pass(20);
        assertEquals(List.of(Packet.of(4, 33, -2)), bench.ask(Packet.of(4, 32, 2, 0, 200, 10)), "16 + 1.5 > 10 ms");
        assertEquals(List.of(Packet.of(4, 33, 0)), bench.ask(Packet.of(4, 32, 1, 0, 200, 10)));
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 255})
    void refusesChannelsThatAreNotThere(int channel) {
        assertEquals(List.of(Packet.of(6, 37, -2)), Bench.open().ask(Packet.of(6, 36, channel, 0, 200, 10)));
    }

    @Test
    void callsAWrongNumberOfBytesATransferError() {
        Bench bench = Bench.open();
        assertEquals(List.of(Packet.of(3, 31, -1)), bench.ask(Packet.of(3, 30, 0, 1)));
        assertEquals(List.of(Packet.of(6, 37, -1)), bench.ask(Packet.of(6, 36, 0)));
        assertEquals(List.of(Packet.of(2, 11, -1, 0)), bench.ask(Packet.of(2, 10, 0)));
        bench.send(LIST);
        bench.pass(20);
        assertEquals(
                List.of(Packet.of(4, 33, -1)).get(0),
                bench.ask(Packet.of(4, 32, 0, 0, 200)).get(0));
    }

    @Test
    void isBusyWhileASinglePulseHasItsSlot() {
        Bench bench = Bench.open();
        bench.send(Packet.of(6, 36, 0, 0, 200, 10));
        assertEquals(List.of(Packet.of(6, 37, 0), Packet.of(7, 37, -8)), bench.ask(Packet.of(7, 36, 1, 0, 200, 10)));
        assertEquals(1, bench.snapshot().pulsesDelivered());
    }

    @Test
    void switchesOffAfter1200MillisecondsOfSilence() {
        Bench bench = Bench.started();
        bench.pass(1_199);
        assertTrue(bench.snapshot().outputOn());
        bench.packets();
        bench.pass(1);
        assertFalse(bench.snapshot().outputOn());
        assertEquals(SessionState.AWAITING_INIT_ACK, bench.snapshot().state());
        assertEquals(List.of(Packet.of(1, 1, 1)), bench.packets());
        assertEquals(1, bench.events("watchdog").size());
        long pulses = bench.snapshot().pulsesDelivered();
        bench.pass(5_000);
        assertEquals(pulses, bench.snapshot().pulsesDelivered());
        bench.packets();
        bench.openSession(1);
        assertEquals(List.of(Packet.of(4, 33, -3)), bench.ask(START), "the list is gone");
    }

    @Test
    void staysOnAsLongAsPacketsCome() {
        Bench bench = Bench.started();
        for (int i = 0; i < 20; i++) {
            bench.pass(1_000);
            bench.send(Packet.of(i, 4));
        }
        assertTrue(bench.snapshot().outputOn());
        assertEquals(401, bench.snapshot().pulsesDelivered());
    }

    @Test
    void aDamagedPacketDoesNotFeedTheWatchdog() {
        Bench bench = Bench.started();
        bench.pass(1_000);
        byte[] damaged = CodecTest.hex("F0 81 5C 81 57 01 05 0F");
        bench.unit.receive(damaged, bench.now);
        assertEquals(1, bench.events("damaged").size());
        bench.pass(200);
        assertFalse(bench.snapshot().outputOn());
    }

    @Test
    void everyReplyComesWithin100Milliseconds() {
        Bench bench = Bench.open();
        for (int i = 0; i < 200; i++) {
            bench.packets();
            bench.send(Packet.of(i, 10));
            bench.pass(20);
            assertEquals(List.of(Packet.of(i, 11, 0, 0)), bench.packets());
        }
    }

    @Test
    void doesTheSameTwiceWithTheSameSeed() {
        List<String> first = script(11);
        assertEquals(first, script(11));
        assertNotEquals(first, script(12));
    }

    @Test
    void survivesTenThousandMutatedFramesAndStaysSafe() {
        Random random = new Random(5);
        Bench bench = Bench.started();
        byte[] start = PacketWriter.encode(START);
        for (int round = 0; round < 10_000; round++) {
            byte[] mutated = start.clone();
            for (int i = 0; i <= random.nextInt(3); i++) {
                mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
            }
            bench.unit.receive(mutated, bench.now);
            bench.pass(random.nextInt(5));
        }
        bench.pass(1_200);
        assertFalse(bench.snapshot().outputOn());
        assertTrue(bench.snapshot().largestNanocoulombs() <= 126L * 500);
    }

    @Test
    void everyStateButTheFirstCanAlwaysBeStopped() {
        for (SessionState state : SessionState.values()) {
            boolean open = state != SessionState.AWAITING_INIT_ACK;
            assertEquals(open, state.after(SessionState.Trigger.STOP).isPresent());
            assertEquals(
                    open, state.after(SessionState.Trigger.WATCHDOG_EXPIRED).isPresent());
            assertTrue(state.after(SessionState.Trigger.POWER_RESET).isPresent());
        }
    }

    private static List<String> script(long seed) {
        Bench bench = new Bench(new UnitOptions(seed, 2, 0, 0), "lost-byte@2");
        bench.pass(1);
        bench.send(Packet.of(0, 2, 0));
        bench.send(LIST);
        bench.pass(30);
        bench.send(START);
        bench.pass(2_000);
        List<String> all = new ArrayList<>(bench.trace);
        bench.writes.forEach(write -> all.add(Hex.of(write)));
        return all;
    }
}
