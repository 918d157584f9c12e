package org.anodyne.simulator.tcs2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.anodyne.simulator.kit.Fault;
import org.anodyne.simulator.kit.FaultKind;
import org.anodyne.simulator.kit.Wire;
import org.junit.jupiter.api.Test;

/** Commands without end or answer, and what becomes of the skin. */
class UnitTest {
    private static final long MS = 1_000_000L;

    private final StringBuilder said = new StringBuilder();
    private final List<String> trace = new ArrayList<>();
    private final Unit unit = new Unit(
            0,
            3,
            new Wire() {
                @Override
                public void write(byte[] bytes) {
                    said.append(new String(bytes, StandardCharsets.US_ASCII));
                }

                @Override
                public void cut(boolean cut) {
                    trace.add(cut ? "cut" : "mended");
                }
            },
            trace::add);
    private long now;

    private void pass(long millis) {
        now += millis * MS;
        unit.advance(now);
    }

    private String ask(String text) {
        said.setLength(0);
        unit.receive(text.getBytes(StandardCharsets.US_ASCII), now);
        pass(15);
        return said.toString();
    }

    private double celsius() {
        String state = unit.state(now).toString();
        int at = state.indexOf("\"celsius\":") + 10;
        return Double.parseDouble(state.substring(at, state.indexOf(',', at)));
    }

    @Test
    void answersItsLiteralQueries() {
        assertEquals("TCS", ask("?"));
        assertEquals("300+300+300+300+300+300", ask("E"));
        assertEquals("000000", ask("Q"));
        assertEquals("\r00", ask("K"));
        assertEquals("3000+3000+3000+3000+3000+3000", ask("OeE"));
        assertEquals("", ask("N320C0450V00100R01000D002000"));
    }

    /** The example of the protocol's description, command by command. */
    @Test
    void literalExampleHeatsTo46() {
        for (String command : new String[] {"N300", "S11111", "C0460", "V01000", "R01000", "D002000"}) {
            assertEquals("", ask(command), command);
        }
        ask("L");
        pass(1000);
        assertEquals("300+460+460+460+460+460", ask("E"));
        assertEquals(46.0, celsius(), 0.001);
        ask("A");
        pass(1000);
        assertEquals("300+300+300+300+300+300", ask("E"));
    }

    @Test
    void risesHoldsAndReturns() {
        ask("N320S11111C0450V00100R01000D003000Ol");
        assertTrue(unit.outputOn(now));
        pass(1000);
        assertEquals(40.0, celsius(), 0.3);
        pass(1000);
        assertEquals(45.0, celsius(), 0.01);
        pass(1200);
        assertFalse(unit.outputOn(now));
        assertTrue(celsius() < 45);
        pass(1000);
        assertEquals(32.0, celsius(), 0.01);
    }

    @Test
    void onlyTheNamedAreaIsHeated() {
        ask("S00100C3450V30500D302000L");
        pass(1000);
        assertEquals("300+300+300+450+300+300", ask("E"));
    }

    @Test
    void theMaximumLimitsLaterTargets() {
        ask("Om470C0550V01000D005000L");
        pass(2000);
        assertEquals(47.0, celsius(), 0.01);
    }

    @Test
    void abortEndsIt() {
        ask("C0450V01000D090000L");
        pass(1000);
        ask("A");
        assertFalse(unit.outputOn(now));
        pass(1000);
        assertEquals(30.0, celsius(), 0.01);
    }

    @Test
    void theButtonEndsOnlyWhatOlBegan() {
        ask("C0450D090000L");
        unit.faults().inject(Fault.parse("emergency-stop"), now);
        assertTrue(unit.outputOn(now));
        assertEquals("\r10", ask("K"));
        unit.faults().clear(FaultKind.EMERGENCY_STOP, now);
        ask("AOl");
        unit.faults().inject(Fault.parse("emergency-stop"), now);
        assertFalse(unit.outputOn(now));
    }

    @Test
    void silenceDoesNotEndIt() {
        ask("C0450D060000L");
        unit.faults().inject(Fault.parse("silence"), now);
        ask("A");
        pass(30_000);
        assertTrue(unit.outputOn(now), "there is no watchdog");
        pass(31_000);
        assertFalse(unit.outputOn(now), "its own duration ends it");
    }

    @Test
    void overshootsAndSticksWhenTold() {
        unit.faults().inject(Fault.parse("over-temperature"), now);
        unit.faults().inject(Fault.parse("stuck-output"), now);
        ask("C0450V01000D001000L");
        pass(3000);
        ask("A");
        assertTrue(unit.outputOn(now));
        assertEquals(49.0, celsius(), 0.01);
        unit.faults().clear(FaultKind.STUCK_OUTPUT, now);
        pass(10);
        assertFalse(unit.outputOn(now));
    }

    @Test
    void aProbeOffTheSkinHeatsNobodyAndTheBoxDoesNotKnow() {
        unit.faults().inject(Fault.parse("electrode-off"), now);
        ask("C0490V05000D003000L");
        pass(2000);
        assertEquals(49.0, celsius(), 0.01);
        assertTrue(unit.state(now).toString().contains("\"secondsFrom48Celsius\":0.000"));
        assertTrue(unit.state(now).toString().contains("\"onSkin\":false"));
        assertEquals("000000", ask("Q"));
        unit.faults().clear(FaultKind.ELECTRODE_OFF, now);
        pass(500);
        assertFalse(unit.state(now).toString().contains("\"secondsFrom48Celsius\":0.000"));
    }

    @Test
    void survivesTenThousandMutatedCommands() {
        Random random = new Random(5);
        byte[] start = "Om480N320S11111C0450V00100D003000Ol".getBytes(StandardCharsets.US_ASCII);
        for (int round = 0; round < 10_000; round++) {
            byte[] mutated = start.clone();
            for (int i = 0; i <= random.nextInt(3); i++) {
                mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
            }
            unit.receive(mutated, now);
            pass(random.nextInt(20));
        }
        assertTrue(celsius() <= 60);
    }
}
