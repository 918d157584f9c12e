package org.anodyne.safety;

import static org.anodyne.safety.House.real;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.anodyne.host.CommandGate.Subject;
import org.anodyne.plugin.Acknowledgement;
import org.anodyne.plugin.Acknowledgement.Outcome;
import org.anodyne.plugin.Command;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Heat adds up over the stimuli of a session and a day. */
class BurnDoseTest {
    private static final Subject HEAT = real("s1", "P01", "thermode-tcs2");

    @TempDir
    private Path folder;

    private House h;

    @BeforeEach
    void open() {
        h = new House(folder);
        h.screen("P01", "thermal");
    }

    @AfterEach
    void close() {
        h.close();
    }

    private Acknowledgement heat(Subject subject, double celsius, double seconds) {
        h.time.plus(Duration.ofSeconds(30));
        Command c = h.command("heat", "temperature", celsius, "duration", seconds);
        return h.pass(subject, c);
    }

    private void executed(Acknowledgement a) {
        assertEquals(Outcome.EXECUTED, a.outcome(), a.reason());
    }

    private void refused(Acknowledgement a, String... words) {
        assertEquals(Outcome.REFUSED, a.outcome(), a.toString());
        for (String w : words) {
            assertTrue(a.reason().contains(w), a.reason());
        }
    }

    @Test
    void hotStimuliAddUpThoughEachIsShort() {
        for (int i = 0; i < 12; i++) {
            executed(heat(HEAT, 48, 10));
        }
        refused(heat(HEAT, 48, 0.5), "time from 48 degrees Celsius on is 120.5 s", "the limit is 120 s", "engineering");
        executed(heat(HEAT, 47.9, 10));
    }

    @Test
    void warmStimuliAddUpWithTheHotOnes() {
        for (int i = 0; i < 9; i++) {
            executed(heat(HEAT, 44, 60));
        }
        executed(heat(HEAT, 48, 10));
        refused(heat(HEAT, 44, 51), "time from 44 degrees Celsius on is 601 s", "the limit is 600 s");
        executed(heat(HEAT, 43.9, 60));
        executed(heat(HEAT, 44, 50));
    }

    @Test
    void anotherSessionOfTheDayDoesNotBeginAnew() {
        for (int i = 0; i < 12; i++) {
            executed(heat(HEAT, 50, 10));
        }
        h.gate.end("s1");
        Subject second = real("s2", "P01", "thermode-tcs2");
        refused(heat(second, 49, 5), "is 125 s");
        h.clock.plus(Duration.ofDays(1));
        executed(heat(second, 49, 5));
    }

    @Test
    void midnightDoesNotBeginASessionAnew() {
        h.clock.plus(Duration.ofHours(13).plusMinutes(59));
        for (int i = 0; i < 12; i++) {
            executed(heat(HEAT, 50, 10));
        }
        h.clock.plus(Duration.ofMinutes(2));
        refused(heat(HEAT, 49, 5), "is 125 s");
    }

    @Test
    void whatTheDeviceSaysItGaveCountsAndWhatItDoesNotSayCountsWhole() {
        h.device = c -> h.answer(c, Outcome.FAILED, Map.of("seconds", 2.0));
        heat(HEAT, 50, 10);
        assertEquals(2, hot());
        h.device = c -> h.answer(c, Outcome.UNKNOWN, Map.of("seconds", 2.0));
        heat(HEAT, 50, 10);
        assertEquals(12, hot());
        h.device = c -> h.answer(c, Outcome.EXECUTED, Map.of("seconds", 10.5));
        heat(HEAT, 50, 10);
        assertEquals(22.5, hot());
        h.device = c -> h.answer(c, Outcome.REFUSED, Map.of());
        heat(HEAT, 50, 10);
        assertEquals(22.5, hot());
    }

    private double hot() {
        return h.safety
                .ledger()
                .statement(new org.anodyne.safety.ledger.DoseLedger.Account("P01", false, "thermal"), "s1")
                .session()
                .get("secondsFrom48");
    }
}
