package org.anodyne.plugins.synthetic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.anodyne.plugin.Acknowledgement;
import org.anodyne.plugin.Acknowledgement.Outcome;
import org.anodyne.plugin.Command;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.Event;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.signal.SampleBlock;
import org.anodyne.plugin.tck.FakeContext;
import org.anodyne.plugin.tck.Phases;
import org.anodyne.plugin.tck.Schema;
import org.junit.jupiter.api.Test;

class ParticipantTest {
    private static final int SECONDS = 300;

    /** What a run gave. */
    private record Run(double[] pain, float[] eeg, List<Event> responses) {
        double mean(int from) {
            return java.util.Arrays.stream(pain, from, pain.length).average().orElseThrow();
        }
    }

    /** A closed loop by hand: above a pain of 5 a command every 8 s, answered after some milliseconds. */
    private static Run run(Outcome outcome, double relief, int answerMillis) throws Exception {
        Map<String, Object> parameters = Map.of(
                "kind", "participant", "rate", 50.0, "reactsTo", List.of("tens"), "relief", relief, "episode", 40.0);
        FakeContext context = FakeContext.of(Schema.of(SyntheticFactory.class).defaultsWith(parameters));
        try (ParticipantSource p = (ParticipantSource) new SyntheticFactory().create(context)) {
            p.prepare(Inputs.NONE, Deadline.in(Duration.ofSeconds(10)));
            p.start();
            p.enterPhase(Phases.active("only", 0, 0, SECONDS));
            double last = -100;
            for (int s = 1; s <= SECONDS; s++) {
                context.lane().advanceTo(Phases.nanos(s));
                List<Event> told = context.published().events("simulated-participant");
                double pain = (Double) told.get(told.size() - 1).attributes().get("pain");
                if (pain > 5 && s - last >= 8 && s > 60) {
                    last = s;
                    Command c = new Command("pain-high-" + s, "tens", "burst", Map.of(), Phases.nanos(s), "pain-high");
                    p.commanded(c);
                    context.lane().advanceTo(Phases.nanos(s) + answerMillis * 1_000_000L);
                    p.answered("tens", new Acknowledgement(c.id(), outcome, "", Phases.nanos(s), Map.of()));
                }
            }
            List<Float> eeg = new ArrayList<>();
            for (SampleBlock b : context.published().blocks("eeg")) {
                for (float v : b.samples()) {
                    eeg.add(v);
                }
            }
            float[] all = new float[eeg.size()];
            for (int i = 0; i < all.length; i++) {
                all[i] = eeg.get(i);
            }
            double[] pain = context.published().events("simulated-participant").stream()
                    .mapToDouble(e -> (Double) e.attributes().get("pain"))
                    .toArray();
            return new Run(pain, all, context.published().events("simulated-response"));
        }
    }

    @Test
    void stimulationThatIsDeliveredTakesPainAwayAndOnlyThat() throws Exception {
        Run without = run(Outcome.REFUSED, 1, 50);
        Run with = run(Outcome.EXECUTED, 1, 50);
        Run hurting = run(Outcome.EXECUTED, -1, 50);
        assertTrue(without.responses.isEmpty());
        assertTrue(with.responses.size() > 3, "no stimulus was felt");
        assertTrue(with.mean(60) < without.mean(60) - 0.5, with.mean(60) + " against " + without.mean(60));
        assertTrue(hurting.mean(60) > without.mean(60) + 0.5, hurting.mean(60) + " against " + without.mean(60));
        // Until the first stimulus both lives are the same.
        double first = with.responses.get(0).timeNanos() / 1e9;
        for (int s = 0; s < first; s++) {
            assertEquals(without.pain[s], with.pain[s]);
        }
    }

    /** Within the delay it does not matter how long the device took. */
    @Test
    void theSameSeedGivesTheSameLifeHoweverFastTheDeviceAnswers() throws Exception {
        Run fast = run(Outcome.EXECUTED, 1, 20);
        Run slow = run(Outcome.EXECUTED, 1, 700);
        assertArrayEquals(fast.pain, slow.pain);
        assertArrayEquals(fast.eeg, slow.eeg);
        assertTrue(slow.responses.stream().allMatch(e -> (Double) e.attributes().get("lateSeconds") == 0.0));
    }

    @Test
    void painThatIsFeltLateIsToldAndChangesNothingBefore() throws Exception {
        Run late = run(Outcome.EXECUTED, 1, 950);
        assertTrue(
                late.responses.stream().noneMatch(e -> (Double) e.attributes().get("lateSeconds") < 0));
    }
}
