package org.anodyne.session.engine.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.anodyne.bus.Payload;
import org.anodyne.session.engine.fake.FakePlugins;
import org.anodyne.session.engine.protocol.Protocol;
import org.anodyne.session.engine.protocol.ProtocolReader;
import org.junit.jupiter.api.Test;

/** The order of phases is part of an experiment: these must never change for a seed once given out. */
class TimelineTest {
    private static final String TEXT = """
            anodyne: 1
            id: order
            seed: %d
            slots:
              eeg: {plugin: synthetic}
            phases:
              - {id: start, duration: 10 s, slots: [eeg]}
              - block:
                  repeat: 3
                  order: random
                  phases:
                    - {id: a, duration: 1 s, slots: [eeg]}
                    - {id: b, duration: 2 s, slots: [eeg]}
                    - {id: c, duration: 3 s, slots: [eeg]}
                    - block:
                        repeat: 2
                        phases:
                          - {id: d, duration: 4 s, slots: [eeg]}
                          - {id: e, duration: 5 s, slots: [eeg]}
              - {id: stop, duration: 10 s, slots: [eeg]}
            """;

    private static Protocol protocol(long seed) {
        return new ProtocolReader(FakePlugins.installed()).compile(TEXT.formatted(seed), Map.of());
    }

    private static String order(long seed) {
        return Timeline.of(protocol(seed)).phases().stream()
                .map(p -> p.plan().id() + p.repetition())
                .collect(Collectors.joining(" "));
    }

    @Test
    void theSameSeedGivesTheSameOrderForEver() {
        assertEquals("start0 d0 e0 d1 e1 b0 a0 c0 a1 b1 d0 e0 d1 e1 c1 d0 e0 d1 e1 a2 b2 c2 stop0", order(42));
        assertNotEquals(order(42), order(43));
        assertEquals(OptionalLong.of(92_000_000_000L), Timeline.of(protocol(42)).totalNanos());
    }

    @Test
    void theGeneratorIsSplitMix64() {
        // Reference values of the published algorithm for seed 1234567.
        SplitMix random = new SplitMix(1234567);
        assertEquals(6457827717110365317L, random.next());
        assertEquals(3203168211198807973L, random.next());
        assertEquals(Long.parseUnsignedLong("9817491932198370423"), random.next());
    }

    @Test
    void everySlotHasASeedOfItsOwn() {
        assertNotEquals(SplitMix.seedOf(42, "eeg"), SplitMix.seedOf(42, "eda"));
        assertNotEquals(SplitMix.seedOf(42, "eeg"), SplitMix.seedOf(43, "eeg"));
        assertEquals(SplitMix.seedOf(42, "eeg"), SplitMix.seedOf(42, "eeg"));
    }

    @Test
    void aPlanComesBackAsItWent() {
        Protocol protocol = new ProtocolReader(FakePlugins.installed())
                .compile(org.anodyne.session.engine.SessionTest.CLOSED_LOOP, Map.of());
        Payload.Document event = PlanDocument.of(protocol, Timeline.of(protocol), Map.of("participant", "P01"));
        PlanDocument plan = PlanDocument.read(event);
        assertEquals(
                protocol.slots().values().stream()
                        .map(s -> PlanDocument.spec(s, protocol.seed()))
                        .toList(),
                plan.slots().stream().map(PlanDocument.PlannedSlot::spec).toList());
        String slots = String.valueOf(event.attributes().get("slots"));
        protocol.slots().values().forEach(s -> s.ports().features().forEach(f -> {
            assertTrue(slots.contains("name=" + f.name()), slots);
            assertTrue(slots.contains("unit=" + f.unit()), slots);
        }));
        Timeline.of(protocol).phases().forEach(p -> {
            PlanDocument.PlannedPhase back = plan.phases().get(p.plan().id());
            assertEquals(p.plan().slots(), back.slots());
            assertEquals(p.plan().triggers(), back.triggers());
            assertEquals(p.plan().parameters(), back.parameters());
        });
    }
}
