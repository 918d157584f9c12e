package org.anodyne.plugin.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.HandOver;
import org.anodyne.plugin.PluginInstance;
import org.anodyne.plugin.PluginPorts;
import org.junit.jupiter.api.Test;

/** What holds for every plug-in that is driven by data: processors and interventions. */
public abstract class StepContract extends PluginContract {
    private static final int CUTS = 40;

    /**
     * What the host does with an instance, in order: phases and inputs, long enough that everything the plug-in can
     * publish is published. Must be the same at each call.
     */
    protected abstract List<Step> script();

    /** Runs the whole script on one instance and returns what it published. */
    protected final RecordedOutlet run() throws Exception {
        FakeContext context = context();
        try (PluginInstance instance = prepared(context)) {
            instance.start();
            feed(instance, context, script());
        }
        return context.published();
    }

    @Test
    void sameInputsGiveTheSameOutputsBitForBit() throws Exception {
        List<String> first = run().bits();
        assertFalse(first.isEmpty(), "the script leads to no output; make it longer");
        assertEquals(first, run().bits());
    }

    @Test
    void successorContinuesBitForBitAtAnyBoundary() throws Exception {
        List<Step> script = script();
        List<String> whole = run().bits();
        for (int cut : cuts(script.size())) {
            FakeContext first = context();
            PluginInstance old = prepared(first);
            old.start();
            feed(old, first, script.subList(0, cut));
            Optional<HandOver> handOver = old.drain(Deadline.in(Duration.ofSeconds(10)));
            assertTrue(handOver.isPresent(), "nothing is handed over at step " + cut);
            List<String> outputs = new ArrayList<>(first.published().bits());
            old.close();
            FakeContext second = context();
            try (PluginInstance successor = prepared(second)) {
                assertTrue(successor.takeOver(handOver.get()), "the hand-over is not taken at step " + cut);
                successor.start();
                feed(successor, second, script.subList(cut, script.size()));
            }
            outputs.addAll(second.published().bits());
            assertEquals(whole, outputs, "after a hand-over at step " + cut);
        }
    }

    @Test
    void handOverThatIsNotUnderstoodIsRefused() throws Exception {
        try (PluginInstance instance = prepared(context())) {
            assertFalse(instance.takeOver(new HandOver("somebody-elses", 1, new byte[] {1, 2, 3})));
        }
        FakeContext context = context();
        PluginInstance old = prepared(context);
        old.start();
        HandOver own = old.drain(Deadline.in(Duration.ofSeconds(10))).orElseThrow();
        old.close();
        try (PluginInstance instance = prepared(context())) {
            assertFalse(instance.takeOver(new HandOver(own.format(), own.version() + 1, own.bytes())));
            assertFalse(instance.takeOver(new HandOver(own.format(), own.version(), new byte[] {1, 2, 3})));
        }
    }

    @Test
    void everyFeatureIsDeclaredAndEveryDeclaredOneIsPublished() throws Exception {
        Map<String, PluginPorts.FeatureInfo> declared =
                ports().features().stream().collect(Collectors.toMap(PluginPorts.FeatureInfo::name, f -> f));
        TreeSet<String> published = new TreeSet<>();
        for (Output output : run().outputs()) {
            if (output instanceof Output.FeatureValue value) {
                String name = value.feature().name();
                published.add(name);
                assertTrue(declared.containsKey(name), "feature " + name + " is published but not declared");
                assertEquals(
                        declared.get(name).components().size(), value.feature().values().length, name);
            }
        }
        assertEquals(new TreeSet<>(declared.keySet()), published);
    }

    private static void feed(PluginInstance instance, FakeContext context, List<Step> steps) {
        for (Step step : steps) {
            context.lane().advanceTo(step.timeNanos());
            step.on(instance);
        }
        context.lane().runDue();
    }

    private static TreeSet<Integer> cuts(int steps) {
        TreeSet<Integer> cuts = new TreeSet<>(List.of(0, Math.min(1, steps), steps));
        SplittableRandom random = new SplittableRandom(FakeContext.SEED);
        while (cuts.size() < Math.min(CUTS, steps + 1)) {
            cuts.add(random.nextInt(steps + 1));
        }
        return cuts;
    }
}
