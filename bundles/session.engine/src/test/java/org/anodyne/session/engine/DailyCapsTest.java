package org.anodyne.session.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.anodyne.host.SafetyDesk;
import org.anodyne.plugin.intervention.Trigger;
import org.anodyne.session.SessionEngine.Request;
import org.anodyne.session.engine.fake.FakePlugins;
import org.anodyne.session.engine.protocol.Protocol;
import org.anodyne.session.engine.protocol.ProtocolReader;
import org.junit.jupiter.api.Test;

/** A cap per day counts what the ledger says was given in the day before the session. */
class DailyCapsTest {
    private static final Protocol CAPPED = protocol("refractory: 1 s, perDay: 3,");

    private final List<String> notes = new ArrayList<>();
    private final List<Map<String, Object>> asked = new ArrayList<>();

    private static Protocol protocol(String caps) {
        return new ProtocolReader(FakePlugins.installed()).compile("""
                anodyne: 1
                id: day
                slots:
                  eeg: {plugin: synthetic}
                  alpha: {plugin: mean, inputs: {samples: eeg}, parameters: {low: 8 Hz}}
                  loop: {plugin: loop, inputs: {features: [alpha/mean]}}
                  tens: {plugin: tens}
                phases:
                  - id: treatment
                    duration: 60 s
                    slots: [eeg, alpha, loop, tens]
                    triggers:
                      - {id: high, slot: loop, feature: alpha/mean, above: 1 uV, CAPS
                         do: {slot: tens, action: burst, with: {amplitude: 10 mA, pulseWidth: 200 us}}}
                """.replace("CAPS", caps), Map.of());
    }

    private static Request request(Map<String, String> hosts) {
        return new Request(Path.of("p.yaml"), "P01", Map.of(), 1, Path.of("out"), true, hosts, false);
    }

    private Optional<SafetyDesk> desk(Map<String, Object> answer) {
        return Optional.of((action, attributes) -> {
            assertEquals("firings", action);
            asked.add(attributes);
            return answer;
        });
    }

    private static Trigger trigger(Protocol protocol) {
        return protocol.phasePlans().get(0).triggers().get("loop").get(0);
    }

    @Test
    void whatTheLedgerCountsIsGivenToTheTrigger() {
        Protocol applied =
                DailyCaps.applied(CAPPED, request(Map.of()), desk(Map.of("firings", Map.of("high", 2, "x", 9))), notes);
        assertEquals(2, trigger(applied).givenBefore());
        assertEquals(OptionalInt.of(3), trigger(applied).perDay());
        assertEquals(List.of(), notes);
        assertEquals(List.of(Map.of("participant", "P01", "simulated", true)), asked);
    }

    @Test
    void aCapThatIsReachedIsToldBeforeTheSession() {
        Protocol applied =
                DailyCaps.applied(CAPPED, request(Map.of()), desk(Map.of("firings", Map.of("high", 3L))), notes);
        assertEquals(3, trigger(applied).givenBefore());
        assertEquals(1, notes.size());
        assertTrue(notes.get(0).contains("has fired 3 times for participant P01"), notes.toString());
    }

    @Test
    void aTriggerThatNeverFiredHasNothingBefore() {
        assertEquals(
                0,
                trigger(DailyCaps.applied(CAPPED, request(Map.of()), desk(Map.of("firings", Map.of())), notes))
                        .givenBefore());
    }

    @Test
    void withoutCapsNobodyIsAsked() {
        Protocol free = protocol("refractory: 1 s,");
        assertSame(free, DailyCaps.applied(free, request(Map.of("tens", "host")), Optional.empty(), notes));
    }

    @Test
    void aLedgerThatCannotTellEndsItBeforeItBegins() {
        String nobody = assertThrows(
                        IllegalStateException.class,
                        () -> DailyCaps.applied(CAPPED, request(Map.of()), Optional.empty(), notes))
                .getMessage();
        assertTrue(nobody.contains("no safety bundle is installed"), nobody);
        String broken = assertThrows(
                        IllegalStateException.class,
                        () -> DailyCaps.applied(
                                CAPPED,
                                request(Map.of()),
                                desk(Map.of("ok", false, "message", "the ledger is damaged")),
                                notes))
                .getMessage();
        assertTrue(broken.contains("the ledger is damaged"), broken);
    }

    @Test
    void aDeviceHostKeepsALedgerOfItsOwnSoThatNoCapPerDayIsTaken() {
        String told = assertThrows(
                        IllegalStateException.class,
                        () -> DailyCaps.applied(
                                CAPPED, request(Map.of("tens", "bedside")), desk(Map.of("firings", Map.of())), notes))
                .getMessage();
        assertTrue(told.contains("slot 'tens' is in a device host"), told);
        assertEquals(List.of(), asked, "the wrong ledger was asked");
    }
}
