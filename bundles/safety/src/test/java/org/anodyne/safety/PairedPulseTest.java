package org.anodyne.safety;

import static org.anodyne.safety.House.real;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import org.anodyne.host.CommandGate.Subject;
import org.anodyne.plugin.Acknowledgement;
import org.anodyne.plugin.Acknowledgement.Outcome;
import org.anodyne.plugin.Command;
import org.anodyne.safety.ledger.DoseLedger.Account;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pairs of magnetic pulses, and actions that nobody can judge. */
class PairedPulseTest {
    private static final Subject TMS = real("s1", "P01", "tms-magstim");

    @TempDir
    private Path folder;

    private House h;

    @BeforeEach
    void open() {
        h = new House(folder);
        h.screen("P01", "tms");
    }

    @AfterEach
    void close() {
        h.close();
    }

    private void refused(Acknowledgement a, String... words) {
        assertEquals(Outcome.REFUSED, a.outcome(), a.toString());
        for (String w : words) {
            assertTrue(a.reason().contains(w), a.reason());
        }
    }

    private void executed(Acknowledgement a) {
        assertEquals(Outcome.EXECUTED, a.outcome(), a.reason());
    }

    private Command pair(double first, double second) {
        return h.command("pairedPulse", "intensity", first, "secondIntensity", second, "interval", 3);
    }

    @Test
    void bothPulsesAreCounted() {
        executed(h.pass(TMS, pair(40, 60)));
        assertEquals(
                2.0,
                h.safety
                        .ledger()
                        .statement(new Account("P01", false, "tms"), "s1")
                        .session()
                        .get("pulses"));
    }

    /** The stronger pulse was compared with the weaker one of the pair before, so a controller could give one pair only. */
    @Test
    void aSecondPairOfTheSameStrengthIsNoRise() {
        executed(h.pass(TMS, pair(40, 60)));
        h.time.plus(Duration.ofSeconds(4));
        executed(h.pass(TMS, pair(40, 60)));
        h.time.plus(Duration.ofSeconds(4));
        refused(h.pass(TMS, pair(40, 63)), "the rise of intensity", "the limit is 2 %");
        refused(h.pass(TMS, pair(63, 40)), "the rise of intensity", "the limit is 2 %");
    }

    @Test
    void aPulseAfterAPairWaitsAsLongAsAPair() {
        executed(h.pass(TMS, pair(40, 60)));
        h.time.plus(Duration.ofSeconds(3));
        refused(h.pass(TMS, h.command("pulse", "intensity", 40)), "is 3 s", "at least 4 s", "twice for a pair");
        h.time.plus(Duration.ofSeconds(1));
        executed(h.pass(TMS, h.command("pulse", "intensity", 40)));
        h.time.plus(Duration.ofSeconds(2));
        executed(h.pass(TMS, h.command("pulse", "intensity", 40)));
    }

    @Test
    void anApprovalForSinglePulsesDoesNotShortenThePauseOfAPair() throws Exception {
        h.policy("raise tms.refractory.seconds = 1 by \"PI\" on 2026-11-01 until 2026-12-01 because \"study 3\"\n");
        executed(h.pass(TMS, h.command("pulse", "intensity", 40)));
        h.time.plus(Duration.ofSeconds(1));
        executed(h.pass(TMS, h.command("pulse", "intensity", 40)));
        h.time.plus(Duration.ofSeconds(3));
        refused(h.pass(TMS, pair(40, 40)), "is 3 s", "at least 4 s", "raised for this site by PI", "at least 4 s");
        h.time.plus(Duration.ofSeconds(1));
        executed(h.pass(TMS, pair(40, 40)));
        h.policy("limit tms.refractory.seconds = 3\n");
        h.time.plus(Duration.ofSeconds(5));
        refused(h.pass(TMS, pair(40, 40)), "is 5 s", "at least 6 s", "policy of this site", "twice for a pair");
    }

    @Test
    void aPairWithoutAllItsArgumentsCannotBeJudged() {
        refused(h.pass(TMS, h.command("pairedPulse", "intensity", 40, "interval", 3)), "secondIntensity = null");
        refused(h.pass(TMS, h.command("pairedPulse", "intensity", 40, "secondIntensity", 40)), "interval = null");
        refused(h.pass(TMS, pair(40, Double.NaN)), "secondIntensity = NaN");
    }

    /** It was taken for a single pulse where the site had said that the plug-in's commands are TMS. */
    @Test
    void anActionThatNobodyKnowsIsNoSinglePulse() throws Exception {
        h.policy("modality my-coil = tms\n");
        Subject mine = real("s1", "P01", "my-coil");
        executed(h.pass(mine, h.command("pulse", "intensity", 40)));
        h.time.plus(Duration.ofSeconds(10));
        refused(h.pass(mine, h.command("quadruple", "intensity", 40)), "action 'quadruple'", "cannot be judged");
        refused(h.pass(mine, h.command("pair", "intensity", 40)), "action 'pair'", "cannot be judged");
    }
}
