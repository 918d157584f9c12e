package org.anodyne.plugins.closedloop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.anodyne.plugin.Acknowledgement;
import org.anodyne.plugin.FeatureRef;
import org.anodyne.plugin.intervention.Decision;
import org.anodyne.plugin.intervention.Decision.Verdict;
import org.anodyne.plugin.intervention.Intervention;
import org.anodyne.plugin.intervention.Trigger;
import org.anodyne.plugin.signal.Feature;
import org.anodyne.plugin.signal.FeatureInput;
import org.anodyne.plugin.tck.FakeContext;
import org.anodyne.plugin.tck.Phases;
import org.anodyne.plugin.tck.Schema;
import org.junit.jupiter.api.Test;

class ClosedLoopTest {
    private final FakeContext context =
            FakeContext.of(Schema.of(ClosedLoopFactory.class).defaultsWith(Map.of()));
    private final Intervention loop = (Intervention) new ClosedLoopFactory().create(context);

    private void value(double seconds, double value) {
        loop.feature("features", Loops.value(seconds, value));
    }

    /** Values every 250 ms from one time (excluded) to another (included). */
    private void hold(double from, double to, double value) {
        for (double t = from + 0.25; t <= to; t += 0.25) {
            value(t, value);
        }
    }

    private List<Verdict> verdicts() {
        return context.published().decisions().stream().map(Decision::verdict).toList();
    }

    private List<Double> fired() {
        return context.published().decisions().stream()
                .filter(d -> d.verdict() == Verdict.FIRED)
                .map(d -> d.timeNanos() / 1e9)
                .toList();
    }

    @Test
    void firesAtOnceWithoutHold() {
        loop.enterPhase(Phases.active("treatment", 0, 0, 100, Loops.above(0.7, 0, 5)));
        value(1, 0.7);
        assertEquals(List.of(), verdicts());
        value(1.25, 0.71);
        Decision decision = context.published().decisions().get(0);
        assertEquals(
                new Decision(
                        "pain-high",
                        Phases.nanos(1.25),
                        0.71,
                        0.7,
                        Verdict.FIRED,
                        "treatment",
                        "pain-high-1",
                        "pain/probability",
                        ""),
                decision);
        var command = context.published().commands().get(0);
        assertEquals("pain-high-1", command.id());
        assertEquals("tens", command.target());
        assertEquals("burst", command.action());
        assertEquals(Map.of("amplitude", 10.0), command.arguments());
        assertEquals(Phases.nanos(1.25), command.decidedNanos());
        assertEquals("pain-high", command.cause());
    }

    @Test
    void belowFiresBelow() {
        loop.enterPhase(Phases.active(
                "treatment",
                0,
                0,
                100,
                Loops.trigger(Trigger.Comparison.BELOW, new Trigger.Threshold.Absolute(0.3), 0, 5)));
        value(1, 0.3);
        value(2, 0.29);
        assertEquals(List.of(2.0), fired());
    }

    @Test
    void holdCountsWithoutABreak() {
        loop.enterPhase(Phases.active("treatment", 0, 0, 100, Loops.above(0.7, 1, 5)));
        hold(0, 1, 0.9);
        value(1.25, 0.5);
        hold(1.25, 10, 0.9);
        // It holds from 1.5 s on, so for one second at 2.5 s, and again whenever the refractory time is over.
        assertEquals(List.of(2.5, 7.5), fired());
        assertEquals(List.of(Verdict.FIRED, Verdict.FIRED), verdicts());
    }

    @Test
    void notANumberNeverFiresAndBreaksTheHold() {
        loop.enterPhase(Phases.active("treatment", 0, 0, 100, Loops.above(0.7, 1, 5)));
        hold(0, 1, 0.9);
        value(1.25, Double.NaN);
        value(1.5, 0.9);
        assertEquals(List.of(), fired());
        hold(1.5, 2.5, 0.9);
        assertEquals(List.of(2.5), fired());
    }

    @Test
    void silenceBreaksTheHold() {
        loop.enterPhase(Phases.active("treatment", 0, 0, 100, Loops.above(0.7, 1, 5)));
        value(1, 0.9);
        value(4, 0.9);
        assertEquals(List.of(), fired());
        value(5, 0.9);
        assertEquals(List.of(5.0), fired());
    }

    @Test
    void newCrossingWithinRefractoryTimeIsReportedOnce() {
        loop.enterPhase(Phases.active("treatment", 0, 0, 100, Loops.above(0.7, 0, 5)));
        value(1, 0.9);
        value(1.25, 0.1);
        hold(1.25, 3, 0.9);
        assertEquals(List.of(Verdict.FIRED, Verdict.HELD_BY_REFRACTORY_TIME), verdicts());
        value(3.25, 0.1);
        hold(3.25, 6, 0.9);
        assertEquals(
                List.of(Verdict.FIRED, Verdict.HELD_BY_REFRACTORY_TIME, Verdict.HELD_BY_REFRACTORY_TIME, Verdict.FIRED),
                verdicts());
        assertEquals(List.of(1.0, 6.0), fired());
    }

    @Test
    void capPerMinuteCountsAnySixtySeconds() {
        loop.enterPhase(Phases.active("treatment", 0, 0, 1000, Loops.capped(Loops.above(0.7, 0, 5), 3, 0, 0)));
        hold(0, 125, 0.9);
        assertEquals(List.of(0.25, 5.25, 10.25, 60.25, 65.25, 70.25, 120.25), fired());
        assertEquals(
                1,
                verdicts().stream()
                        .filter(v -> v == Verdict.HELD_BY_CAP_PER_MINUTE)
                        .count());
    }

    @Test
    void capPerPhaseBeginsAnewInTheNextPhase() {
        Trigger trigger = Loops.capped(Loops.above(0.7, 0, 1), 0, 2, 0);
        loop.enterPhase(Phases.active("first", 0, 0, 10, trigger));
        hold(0, 10, 0.9);
        loop.enterPhase(Phases.active("second", 1, 10, 20, trigger));
        hold(10, 20, 0.9);
        assertEquals(List.of(0.25, 1.25, 10.25, 11.25), fired());
        assertEquals(
                List.of("pain-high-1", "pain-high-2", "pain-high-3", "pain-high-4"),
                context.published().commands().stream().map(c -> c.id()).toList());
    }

    @Test
    void capPerSessionHoldsThroughAllPhases() {
        Trigger trigger = Loops.capped(Loops.above(0.7, 0, 1), 0, 0, 3);
        loop.enterPhase(Phases.active("first", 0, 0, 2, trigger));
        hold(0, 2, 0.9);
        loop.enterPhase(Phases.active("second", 1, 2, 20, trigger));
        hold(2, 20, 0.9);
        assertEquals(3, fired().size());
        assertTrue(verdicts().contains(Verdict.HELD_BY_CAP_PER_SESSION));
    }

    @Test
    void baselineGivesTheThreshold() {
        var relative = new Trigger.Threshold.RelativeToBaseline("baseline", 1.5, 2);
        loop.enterPhase(Phases.active("baseline", 0, 0, 10));
        value(1, 2);
        value(2, Double.NaN);
        value(3, 4);
        value(10, 6);
        loop.enterPhase(
                Phases.active("treatment", 1, 10, 100, Loops.trigger(Trigger.Comparison.ABOVE, relative, 0, 5)));
        // Mean 4 and sample standard deviation 2 of 2, 4 and 6: the value at 10 s is still the baseline's.
        value(11, 10);
        assertEquals(List.of(), verdicts());
        value(12, 10.1);
        assertEquals(10, context.published().decisions().get(0).threshold());
        assertEquals(List.of(12.0), fired());
    }

    @Test
    void missingBaselineNeverFiresAndIsReportedOncePerPhase() {
        var relative = new Trigger.Threshold.RelativeToBaseline("baseline", 1, 0);
        Trigger trigger = Loops.trigger(Trigger.Comparison.ABOVE, relative, 0, 5);
        loop.enterPhase(Phases.active("treatment", 0, 0, 10, trigger));
        hold(0, 10, 100);
        loop.enterPhase(Phases.active("again", 1, 10, 20, trigger));
        hold(10, 20, 100);
        assertEquals(List.of(Verdict.HELD_BY_MISSING_BASELINE, Verdict.HELD_BY_MISSING_BASELINE), verdicts());
        assertTrue(Double.isNaN(context.published().decisions().get(0).threshold()));
        assertEquals(List.of(), context.published().commands());
    }

    @Test
    void lateValueCountsForThePhaseOfItsTime() {
        var relative = new Trigger.Threshold.RelativeToBaseline("baseline", 1, 0);
        loop.enterPhase(Phases.active("baseline", 0, 0, 10));
        value(1, 2);
        loop.enterPhase(
                Phases.active("treatment", 1, 10, 100, Loops.trigger(Trigger.Comparison.ABOVE, relative, 0, 5)));
        value(10, 4);
        value(11, 3.1);
        assertEquals(3, context.published().decisions().get(0).threshold());
    }

    @Test
    void nothingFiresAfterTheEndOfThePhaseOrInAPhaseWithoutTheLoop() {
        loop.enterPhase(Phases.active("treatment", 0, 0, 10, Loops.above(0.7, 0, 5)));
        value(10.25, 0.9);
        loop.enterPhase(Phases.inactive("rest", 1, 10.5, 20));
        value(11, 0.9);
        assertEquals(List.of(), verdicts());
    }

    @Test
    void acknowledgementsChangeNoDecision() {
        loop.enterPhase(Phases.active("treatment", 0, 0, 100, Loops.above(0.7, 0, 5)));
        value(1, 0.9);
        loop.acknowledged(
                new Acknowledgement("pain-high-1", Acknowledgement.Outcome.REFUSED, "not armed", 0, Map.of()));
        hold(1, 6, 0.9);
        assertEquals(List.of(1.0, 6.0), fired());
    }

    @Test
    void componentArrivesUnderItsOwnName() {
        Trigger t = Loops.above(0.7, 0, 5);
        loop.enterPhase(Phases.active(
                "treatment",
                0,
                0,
                100,
                new Trigger(
                        t.id(),
                        new FeatureRef("bands", "power", "alpha"),
                        t.comparison(),
                        t.threshold(),
                        0,
                        t.refractoryNanos(),
                        t.perMinute(),
                        t.perPhase(),
                        t.perSession(),
                        t.action())));
        loop.feature("features", new FeatureInput("bands", new Feature("power.beta", 1, new double[] {1})));
        assertEquals(List.of(), verdicts());
        loop.feature("features", new FeatureInput("bands", new Feature("power.alpha", 2, new double[] {1})));
        assertEquals(List.of(Verdict.FIRED), verdicts());
    }

    @Test
    void allActionsAreCommandedAtTheSameTimeAndTheVersionIsTold() {
        Trigger t = Loops.doing(
                Loops.above(0.7, 0, 5),
                Loops.BURST,
                new Trigger.Action("garden", Trigger.Action.DIAL, Map.of("light", 1.0)));
        loop.enterPhase(Phases.active("treatment", 0, 0, 100, t));
        loop.feature(
                "features",
                new FeatureInput(
                        "pain",
                        new Feature("probability", Phases.nanos(1), new double[] {0.9}),
                        "1.0.0 sha256:0123456789ab"));
        var commands = context.published().commands();
        assertEquals(
                List.of("pain-high-1", "pain-high-1.2"),
                commands.stream().map(c -> c.id()).toList());
        assertEquals(
                List.of("tens", "garden"),
                commands.stream().map(c -> c.target()).toList());
        assertEquals(
                List.of(Phases.nanos(1), Phases.nanos(1)),
                commands.stream().map(c -> c.decidedNanos()).toList());
        assertEquals(1, context.published().decisions().size());
        assertEquals(
                "1.0.0 sha256:0123456789ab",
                context.published().decisions().get(0).version());
    }

    @Test
    void whatWasGivenInEarlierSessionsCountsTowardsTheCapPerDay() {
        loop.enterPhase(Phases.active("treatment", 0, 0, 100, Loops.perDay(Loops.above(0.7, 0, 5), 10, 8)));
        for (int s = 1; s <= 30; s++) {
            value(s, 0.9);
        }
        assertEquals(List.of(1.0, 6.0), fired());
        assertEquals(List.of(Verdict.FIRED, Verdict.FIRED, Verdict.HELD_BY_CAP_PER_DAY), verdicts());
    }
}
