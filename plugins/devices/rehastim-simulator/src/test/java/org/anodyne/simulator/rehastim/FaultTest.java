package org.anodyne.simulator.rehastim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.anodyne.simulator.kit.Fault;
import org.anodyne.simulator.kit.FaultKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each fault does what it says, once or lasting, and nothing else. */
class FaultTest {

    private static final Packet MODE = Packet.of(2, 10);
    private static final Packet MODE_IS_0 = Packet.of(2, 11, 0, 0);

    @Test
    void readsFaultsAsTheyAreWritten() {
        assertEquals(new Fault(FaultKind.BAD_CRC, -1, Fault.NOW), Fault.parse("bad-crc"));
        assertEquals(new Fault(FaultKind.LATE_REPLY, 300, 4), Fault.parse("late-reply=300@4"));
        assertEquals(new Fault(FaultKind.NO_REPLY, -1, Fault.ALWAYS), Fault.parse("no-reply@*"));
        assertEquals(new Fault(FaultKind.SPLIT, -1, Fault.ALWAYS), Fault.parse("split"));
        for (String wrong : List.of("", "no-such", "bad-crc@0", "bad-crc@", "late-reply=", "late-reply=x")) {
            assertThrows(IllegalArgumentException.class, () -> Fault.parse(wrong), wrong);
        }
    }

    @Test
    void badCrcStrikesTheNextReplyOnly() {
        Bench bench = Bench.open("bad-crc");
        assertEquals(List.of(), bench.ask(MODE));
        assertEquals(10, bench.writes.get(bench.writes.size() - 1).length);
        assertEquals(List.of(MODE_IS_0), bench.ask(MODE));
    }

    @Test
    void lostByteMakesTheReplyShorter() {
        Bench bench = Bench.open("lost-byte@2");
        assertEquals(List.of(MODE_IS_0), bench.ask(MODE));
        assertEquals(List.of(), bench.ask(MODE));
        assertEquals(9, bench.writes.get(bench.writes.size() - 1).length);
        assertEquals(List.of(MODE_IS_0), bench.ask(MODE));
    }

    @Test
    void splitWritesEachByteAlone() {
        Bench bench = new Bench("split");
        bench.pass(1);
        assertEquals(9, bench.writes.size());
        assertTrue(bench.writes.stream().allMatch(write -> write.length == 1));
        assertEquals(List.of(Packet.of(0, 1, 1)), rejoined(bench));
    }

    @Test
    void mergeWritesTwoRepliesInOne() {
        Bench bench = Bench.open();
        bench.unit.faults().inject(Fault.parse("merge"), bench.now);
        int before = bench.writes.size();
        bench.send(MODE);
        assertEquals(List.of(MODE_IS_0, Packet.of(9, 11, 0, 0)), bench.ask(Packet.of(9, 10)));
        assertEquals(before + 1, bench.writes.size());
    }

    @Test
    void mergeHoldsALoneReplyForShortOnly() {
        Bench bench = Bench.open();
        bench.unit.faults().inject(Fault.parse("merge"), bench.now);
        bench.send(MODE);
        bench.pass(100);
        assertEquals(List.of(MODE_IS_0), bench.packets());
    }

    @Test
    void mergeSendsInitTwiceInOneWrite() {
        Bench bench = new Bench("merge");
        bench.pass(1);
        assertEquals(1, bench.writes.size());
        assertEquals(List.of(Packet.of(0, 1, 1), Packet.of(0, 1, 1)), bench.packets());
    }

    @Test
    void lateReplyComesLate() {
        Bench bench = Bench.open("late-reply=300");
        assertEquals(List.of(), bench.ask(MODE));
        bench.pass(249);
        assertEquals(List.of(), bench.packets());
        bench.pass(1);
        assertEquals(List.of(MODE_IS_0), bench.packets());
    }

    @Test
    void noReplyStillCarriesOut() {
        Bench bench = Bench.open("no-reply");
        assertEquals(List.of(), bench.ask(Packet.of(6, 36, 0, 0, 200, 10)));
        assertEquals(1, bench.snapshot().pulsesDelivered());
    }

    @Test
    void wrongStateBusyAndUnknownDoNotCarryOut() {
        Bench bench = Bench.open("wrong-state@1", "busy@2", "unknown-command@3");
        Packet pulse = Packet.of(6, 36, 0, 0, 200, 10);
        assertEquals(List.of(Packet.of(6, 37, -3)), bench.ask(pulse));
        assertEquals(List.of(Packet.of(6, 37, -8)), bench.ask(pulse));
        assertEquals(List.of(Packet.of(6, 3, 36)), bench.ask(pulse));
        assertEquals(0, bench.snapshot().pulsesDelivered());
    }

    @Test
    void stuckOutputShowsInTheModeAndEndsWhenCleared() {
        Bench bench = Bench.started("stuck-output");
        assertEquals(
                List.of(Packet.of(3, 31, 0), Packet.of(4, 33, 0), Packet.of(5, 35, 0)), bench.ask(Packet.of(5, 34)));
        long pulses = bench.snapshot().pulsesDelivered();
        bench.pass(1_000);
        assertEquals(pulses + 20, bench.snapshot().pulsesDelivered());
        assertEquals(List.of(Packet.of(2, 11, 0, 2)), bench.ask(MODE));
        bench.pass(2_000);
        assertTrue(bench.snapshot().outputOn(), "not even the watchdog ends it");
        bench.unit.faults().clear(FaultKind.STUCK_OUTPUT, bench.now);
        assertFalse(bench.snapshot().outputOn());
    }

    @Test
    void resetStartsFromTheBeginning() {
        Bench bench = Bench.started();
        bench.pass(50);
        bench.packets();
        bench.unit.faults().inject(Fault.parse("reset"), bench.now);
        bench.pass(20);
        assertEquals(List.of(Packet.of(0, 1, 1)), bench.packets());
        assertFalse(bench.snapshot().outputOn());
        bench.openSession(0);
    }

    @Test
    void electrodeOffEndsTheTrainWithItsError() {
        Bench bench = Bench.open("electrode-off");
        bench.send(Packet.of(3, 30, 0, 1, 0, 13, 0, 98, 0));
        bench.pass(30);
        bench.packets();
        assertEquals(
                List.of(Packet.of(4, 33, 0), Packet.of(1, 38, -2), Packet.of(2, 1, 1)),
                bench.ask(Packet.of(4, 32, 0, 0, 200, 14)));
        assertEquals(0, bench.snapshot().pulsesDelivered());
        assertFalse(bench.snapshot().outputOn());
        bench.unit.faults().clear(FaultKind.ELECTRODE_OFF, bench.now);
        bench.openSession(2);
        bench.send(Packet.of(6, 36, 0, 0, 200, 10));
        assertEquals(1, bench.snapshot().pulsesDelivered());
    }

    @Test
    void emergencyStopEndsTheSessionAtOnce() {
        Bench bench = Bench.started();
        bench.pass(110);
        bench.packets();
        bench.unit.faults().inject(Fault.parse("emergency-stop"), bench.now);
        assertFalse(bench.snapshot().outputOn());
        bench.pass(1);
        assertEquals(List.of(Packet.of(1, 38, -1), Packet.of(2, 1, 1)), bench.packets());
        bench.openSession(2);
        assertEquals(
                List.of(Packet.of(6, 37, 0), Packet.of(3, 38, -1), Packet.of(4, 1, 1)),
                bench.ask(Packet.of(6, 36, 0, 0, 200, 10)));
        assertEquals(3, bench.snapshot().pulsesDelivered());
    }

    @Test
    void moduleErrorHasItsCode() {
        Bench bench = Bench.open();
        bench.unit.faults().inject(Fault.parse("module-error"), bench.now);
        bench.pass(1);
        assertEquals(Packet.of(1, 38, -3), bench.packets().get(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"reset", "watchdog-expiry", "emergency-stop", "module-error"})
    void whatEndsASessionCanWaitForItsReply(String name) {
        Bench bench = Bench.open(name + "@2");
        bench.ask(MODE);
        assertEquals(SessionState.READY, bench.snapshot().state());
        assertEquals(MODE_IS_0, bench.ask(MODE).get(0));
        assertEquals(SessionState.AWAITING_INIT_ACK, bench.snapshot().state());
    }

    @Test
    void aPulledCableCutsTheLineWhileTheUnitGoesOn() {
        Bench bench = Bench.started("cable-pulled=3000@2");
        bench.pass(20);
        assertTrue(bench.cut);
        assertTrue(bench.snapshot().outputOn(), "the unit does not see its cable");
        bench.pass(1_200);
        assertFalse(bench.snapshot().outputOn(), "but its watchdog does");
        bench.pass(1_800);
        assertFalse(bench.cut);
    }

    private static List<Packet> rejoined(Bench bench) {
        byte[] all = bench.writes.stream().reduce(new byte[0], CodecTest::joined);
        return new PacketReader()
                .read(Arrays.copyOf(all, all.length)).stream()
                        .map(reading -> ((Reading.Received) reading).packet())
                        .toList();
    }
}
