package org.anodyne.simulator.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What holds, what waits, and the cable. */
class FaultDeskTest {
    private static final Set<FaultKind> SOME =
            EnumSet.of(FaultKind.BAD_CRC, FaultKind.COIL_OFF, FaultKind.RESET, FaultKind.CABLE_PULLED, FaultKind.SPLIT);

    private final List<String> told = new ArrayList<>();
    private final List<String> trace = new ArrayList<>();
    private boolean cut;

    private final FaultDesk desk = new FaultDesk(
            SOME,
            new Wire() {
                @Override
                public void write(byte[] bytes) {
                    throw new AssertionError("the desk writes nothing");
                }

                @Override
                public void cut(boolean isCut) {
                    cut = isCut;
                }
            },
            trace::add,
            new FaultDesk.Effect() {
                @Override
                public void begins(Fault fault, long now) {
                    told.add("begins " + fault.kind().label() + " at " + now);
                }

                @Override
                public void ended(FaultKind kind, long now) {
                    told.add("ended " + kind.label() + " at " + now);
                }
            });

    @Test
    void aConditionHoldsUntilCleared() {
        desk.inject(Fault.parse("coil-off=7"), 5);
        assertEquals(7, desk.held(FaultKind.COIL_OFF).orElseThrow().value());
        assertEquals(List.of("coil-off"), desk.labels());
        desk.clear(FaultKind.COIL_OFF, 9);
        desk.clear(FaultKind.COIL_OFF, 10);
        assertFalse(desk.holds(FaultKind.COIL_OFF));
        assertEquals(List.of("begins coil-off at 5", "ended coil-off at 9"), told);
    }

    @Test
    void aFaultOfAReplyWaitsForIt() {
        desk.inject(Fault.parse("bad-crc"), 0);
        desk.inject(Fault.parse("reset@2"), 0);
        assertEquals(List.of("bad-crc", "reset"), desk.labels());
        desk.follow(desk.plan().take(1), 1);
        assertEquals(List.of(), told);
        desk.follow(desk.plan().take(2), 2);
        assertEquals(List.of("begins reset at 2"), told);
        assertEquals(List.of(), desk.labels());
    }

    @Test
    void theCableComesBackByItself() {
        desk.inject(Fault.parse("cable-pulled=30"), 1_000_000);
        assertTrue(cut);
        assertEquals(31_000_000, desk.nextDue());
        desk.advance(30_999_999);
        assertTrue(cut);
        desk.advance(31_000_000);
        assertFalse(cut);
        assertEquals(Long.MAX_VALUE, desk.nextDue());
        assertEquals(List.of(), told);
    }

    @Test
    void refusesAFaultThatTheDeviceDoesNotHaveAndListsThoseItHas() {
        String message = assertThrows(
                        IllegalArgumentException.class, () -> Fault.parse("over-temperature", desk.supported()))
                .getMessage();
        assertEquals(
                "this device has no fault \"over-temperature\": use one of bad-crc, split, coil-off, cable-pulled, reset",
                message);
        assertThrows(IllegalArgumentException.class, () -> desk.inject(Fault.parse("busy"), 0));
    }
}
