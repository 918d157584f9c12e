package org.anodyne.simulator.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What becomes of frames on their way out. */
class OutboxTest {
    private final List<String> writes = new ArrayList<>();
    private final List<String> trace = new ArrayList<>();
    private final FaultPlan plan = new FaultPlan();
    private final Outbox outbox = new Outbox(
            plan,
            new Random(1),
            new Wire() {
                @Override
                public void write(byte[] bytes) {
                    writes.add(new String(bytes, StandardCharsets.US_ASCII));
                }

                @Override
                public void cut(boolean cut) {
                    throw new AssertionError("the outbox cuts nothing");
                }
            },
            trace::add);

    @Test
    void sendsInTheOrderOfTimes() {
        outbox.add(20, frame("later"), Map.of());
        outbox.add(10, frame("sooner"), Map.of());
        assertEquals(10, outbox.nextDue());
        send(30);
        assertEquals(List.of("sooner", "later"), writes);
        assertTrue(trace.get(0).contains("\"text\":\"sooner\",\"raw\":\"73 6F"), trace.get(0));
    }

    @Test
    void spoilsTheCheckByteOnly() {
        outbox.add(0, Frame.checked("abc".getBytes(StandardCharsets.US_ASCII), 2, json -> {}), struck("bad-crc"));
        send(0);
        assertEquals(List.of("abb"), writes);
    }

    @Test
    void cutsAndLosesBytes() {
        outbox.add(0, frame("abcd"), struck("half-frame"));
        outbox.add(0, frame("abcd"), struck("lost-byte"));
        send(0);
        assertEquals("ab", writes.get(0));
        assertEquals(3, writes.get(1).length());
    }

    @Test
    void splitsAndMerges() {
        plan.add(Fault.parse("merge"));
        outbox.add(0, frame("ab"), Map.of());
        outbox.add(5, frame("cd"), Map.of());
        send(5);
        assertEquals(List.of("abcd"), writes);
        plan.add(Fault.parse("split"));
        outbox.add(6, frame("ef"), Map.of());
        outbox.add(7, frame("gh"), Map.of());
        send(7);
        assertEquals(List.of("abcd", "e", "f", "g", "h"), writes);
    }

    @Test
    void refusesACheckByteOutsideTheFrame() {
        assertThrows(IllegalArgumentException.class, () -> Frame.checked(new byte[2], 2, json -> {}));
    }

    private static Map<FaultKind, Fault> struck(String fault) {
        Fault parsed = Fault.parse(fault);
        return Map.of(parsed.kind(), parsed);
    }

    private static Frame frame(String text) {
        return Frame.plain(text.getBytes(StandardCharsets.US_ASCII), json -> json.put("text", text));
    }

    private void send(long until) {
        while (outbox.nextDue() <= until) {
            outbox.send(outbox.nextDue());
        }
    }
}
