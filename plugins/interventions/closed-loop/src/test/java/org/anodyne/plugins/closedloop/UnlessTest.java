package org.anodyne.plugins.closedloop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.FeatureRef;
import org.anodyne.plugin.HandOver;
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

/** A flag that inhibits a trigger: held, counted, stopped; by the times of the values and not by their arrival. */
class UnlessTest {
    private FakeContext context = context();
    private Intervention loop = (Intervention) new ClosedLoopFactory().create(context);

    private static FakeContext context() {
        return FakeContext.of(Schema.of(ClosedLoopFactory.class).defaultsWith(Map.of()));
    }

    /** Fires above 0.7, every 5 s, unless the signal is not clean. */
    private static Trigger trigger(int stopAfter) {
        return Loops.above(0.7, 0, 5)
                .withUnless(new Trigger.Unless(
                        FeatureRef.parse("artefacts/clean"), Trigger.Comparison.BELOW, 1, stopAfter));
    }

    private static FeatureInput clean(double seconds, double value) {
        return new FeatureInput("artefacts", new Feature("clean", Phases.nanos(seconds), new double[] {value}));
    }

    private void enter(int stopAfter) {
        loop.enterPhase(Phases.active("treatment", 0, 0, 1000, trigger(stopAfter)));
    }

    private void give(FeatureInput... inputs) {
        for (FeatureInput input : inputs) {
            loop.feature("features", input);
        }
    }

    private List<String> decided() {
        return told(context);
    }

    private static List<String> told(FakeContext context) {
        return context.published().decisions().stream()
                .map(d -> d.verdict() + " " + d.timeNanos() / 1e9)
                .toList();
    }

    @Test
    void itWaitsForTheFlagOfItsTimeAndFiresAtItsOwn() {
        enter(3);
        give(Loops.value(1, 0.9));
        assertEquals(List.of(), decided());
        give(clean(1, 1));
        assertEquals(List.of("FIRED 1.0"), decided());
        assertEquals(Phases.nanos(1), context.published().commands().get(0).decidedNanos());
        // The flag was first.
        give(clean(7, 1), Loops.value(7, 0.9));
        assertEquals(List.of("FIRED 1.0", "FIRED 7.0"), decided());
    }

    @Test
    void betweenTwoFlagsBothHaveToBeClear() {
        enter(9);
        give(clean(1, 1), Loops.value(1.1, 0.9), clean(1.2, 0));
        assertEquals(List.of("HELD_BY_UNLESS 1.1"), decided());
        give(clean(10, 0), Loops.value(10.1, 0.9), clean(10.2, 1));
        assertEquals(List.of("HELD_BY_UNLESS 1.1", "HELD_BY_UNLESS 10.1"), decided());
        give(Loops.value(10.3, 0.9), clean(10.4, 1));
        assertEquals(List.of("HELD_BY_UNLESS 1.1", "HELD_BY_UNLESS 10.1", "FIRED 10.3"), decided());
    }

    @Test
    void whatIsNotKnownInhibits() {
        enter(9);
        give(Loops.value(1, 0.9), clean(1, Double.NaN));
        assertEquals(List.of("HELD_BY_UNLESS 1.0"), decided());
        // Silent for more than the longest interval.
        give(Loops.value(10, 0.9), Loops.value(12, 0.9));
        assertEquals(1, decided().size());
        give(Loops.value(12.5, 0.9));
        assertEquals(List.of("HELD_BY_UNLESS 1.0", "HELD_BY_UNLESS 10.0"), decided());
        assertEquals(List.of(), context.published().commands());
    }

    @Test
    void beforeTheFirstFlagOfAPhaseItNeitherFiresNorCounts() {
        enter(1);
        give(Loops.value(0.5, 0.9), clean(0.6, 1));
        assertEquals(List.of(), decided());
        give(Loops.value(0.7, 0.9), clean(0.8, 1));
        assertEquals(List.of("FIRED 0.7"), decided());
    }

    @Test
    void inhibitionsCountOnceARefractoryTimeAndStopItAfterSoManyInARow() {
        enter(3);
        for (double t = 0.25; t <= 30; t += 0.25) {
            // One clean moment at 6 s begins the row anew.
            give(Loops.value(t, 0.9), clean(t, t == 6 || t > 20 ? 1 : 0));
        }
        assertEquals(
                List.of(
                        "HELD_BY_UNLESS 0.25",
                        "HELD_BY_UNLESS 5.25",
                        "FIRED 6.0",
                        "HELD_BY_UNLESS 11.0",
                        "HELD_BY_UNLESS 16.0",
                        "FIRED 20.25",
                        "FIRED 25.25"),
                decided());
        for (double t = 30.25; t <= 60; t += 0.25) {
            give(Loops.value(t, 0.9), clean(t, t > 45 ? 1 : 0));
        }
        assertEquals(
                List.of(
                        "HELD_BY_UNLESS 30.25",
                        "HELD_BY_UNLESS 35.25",
                        "HELD_BY_UNLESS 40.25",
                        "STOPPED_BY_UNLESS 40.25"),
                decided().subList(7, decided().size()));
        // For good, in the next phase, too.
        loop.enterPhase(Phases.active("again", 1, 60, 1000, trigger(3)));
        give(clean(61, 1), Loops.value(62, 0.9), clean(62, 1));
        assertEquals(11, decided().size());
    }

    @Test
    void whatIsHeldBackAnywayIsNoInhibition() {
        enter(1);
        give(Loops.value(1, 0.9), clean(1, 1), Loops.value(2, 0.1), clean(2, 0), Loops.value(3, 0.9), clean(3, 0));
        assertEquals(List.of("FIRED 1.0", "HELD_BY_REFRACTORY_TIME 3.0"), decided());
    }

    @Test
    void theOrderOfArrivalChangesNoDecision() {
        Random random = new Random(7);
        List<FeatureInput> watched = new ArrayList<>();
        List<FeatureInput> flags = new ArrayList<>();
        for (int i = 1; i <= 2000; i++) {
            watched.add(Loops.value(i * 0.25, random.nextInt(3) == 0 ? 0.5 : 0.9));
        }
        boolean dirty = false;
        for (int i = 1; i <= 6250; i++) {
            dirty = random.nextInt(20) == 0 ? !dirty : dirty;
            flags.add(clean(i * 0.08, dirty ? 0 : 1));
        }
        List<String> first = null;
        for (int run = 0; run < 20; run++) {
            context = context();
            loop = (Intervention) new ClosedLoopFactory().create(context);
            enter(40);
            merged(watched, flags, new Random(run)).forEach(this::give);
            first = first == null ? decided() : first;
            assertEquals(first, decided());
        }
        assertTrue(first.stream().filter(d -> d.startsWith("HELD_BY_UNLESS")).count() > 5, first.toString());
        assertTrue(first.stream().filter(d -> d.startsWith("FIRED")).count() > 20, first.toString());
    }

    /** Each in its own order, one up to a second behind the other. */
    private static List<FeatureInput> merged(List<FeatureInput> a, List<FeatureInput> b, Random random) {
        List<FeatureInput> all = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < a.size() || j < b.size()) {
            long ahead = i == a.size()
                    ? Long.MAX_VALUE
                    : j == b.size()
                            ? Long.MIN_VALUE
                            : a.get(i).feature().timeNanos()
                                    - b.get(j).feature().timeNanos();
            boolean takeA = ahead < Phases.nanos(-1) || ahead < Phases.nanos(1) && random.nextBoolean();
            all.add(takeA ? a.get(i++) : b.get(j++));
        }
        return Collections.unmodifiableList(all);
    }

    @Test
    void aSuccessorGoesOnWithWhatWaitsAndWhatWasCounted() throws Exception {
        enter(2);
        give(Loops.value(1, 0.9), clean(1, 0), Loops.value(7, 0.9));
        HandOver handOver = loop.drain(Deadline.in(Duration.ofSeconds(5))).orElseThrow();
        FakeContext next = context();
        Intervention successor = (Intervention) new ClosedLoopFactory().create(next);
        assertTrue(successor.takeOver(handOver));
        successor.feature("features", clean(7, 0));
        assertEquals(List.of("HELD_BY_UNLESS 7.0", "STOPPED_BY_UNLESS 7.0"), told(next));
        Decision last = next.published().decisions().get(1);
        assertEquals(Verdict.STOPPED_BY_UNLESS, last.verdict());
        assertEquals("", last.commandId());
    }
}
