package org.anodyne.plugin.tck;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.Event;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.Phase;
import org.anodyne.plugin.PluginFactory;
import org.anodyne.plugin.PluginInstance;
import org.anodyne.plugin.intervention.Activity;
import org.anodyne.plugin.intervention.ActivityAnswer;
import org.anodyne.plugin.intervention.ActivityField;
import org.anodyne.plugin.intervention.ActivityGuide;

/**
 * Finds out what an intervention shows and writes down answers to it, as steps for its contract test: every fifth exercise is
 * skipped, every seventh activity left alone until it ends by itself, every second practice stopped early. Answers are the
 * least that each field takes.
 */
public final class ActivityScript {
    private ActivityScript() {}

    /**
     * Runs an instance once.
     *
     * @param parameters that differ from the defaults
     * @param phases in order, each with its end
     * @param seconds time for each answer
     */
    public static List<Step> of(
            PluginFactory factory, Map<String, Object> parameters, List<Phase> phases, double seconds)
            throws Exception {
        FakeContext context = FakeContext.of(Schema.of(factory.getClass()).defaultsWith(parameters));
        List<Step> steps = new ArrayList<>();
        int seen = 0;
        try (PluginInstance instance = factory.create(context)) {
            instance.prepare(Inputs.NONE, Deadline.in(Duration.ofSeconds(10)));
            instance.start();
            for (Phase phase : phases) {
                context.lane().advanceTo(phase.startNanos());
                add(new Step.Enter(phase), steps, instance);
                long end = phase.endNanos().orElseThrow();
                while (phase.active()) {
                    List<Event> shown = context.published().events(Activity.TYPE);
                    Activity activity = shown.isEmpty() ? null : Activity.of(shown.get(shown.size() - 1));
                    long at =
                            shown.isEmpty() ? end : shown.get(shown.size() - 1).timeNanos() + Phases.nanos(seconds);
                    if (shown.size() == seen || at >= end) {
                        break;
                    }
                    seen = shown.size();
                    boolean left = seen % 7 == 0 || activity.kind() == Activity.Kind.PRACTICE && seen % 2 == 0;
                    if (left) {
                        at = shown.get(seen - 1).timeNanos() + Phases.nanos(activity.seconds());
                        if (at >= end) {
                            break;
                        }
                        context.lane().advanceTo(at);
                    } else {
                        context.lane().advanceTo(at);
                        add(new Step.Answered(answer(activity, at, seen % 5 == 0)), steps, instance);
                    }
                }
                context.lane().advanceTo(end - 1);
            }
        }
        return steps;
    }

    private static void add(Step step, List<Step> steps, PluginInstance instance) {
        steps.add(step);
        if (!(instance instanceof ActivityGuide)) {
            throw new IllegalStateException("the plug-in shows no activities: it is no ActivityGuide");
        }
        step.on(instance);
    }

    /** The least answer that an activity takes. */
    public static ActivityAnswer answer(Activity activity, long atNanos, boolean skip) {
        boolean skipped = skip && activity.kind() == Activity.Kind.EXERCISE;
        Map<String, Object> fields = new HashMap<>();
        if (!skipped) {
            activity.fields().forEach(f -> fields.put(f.name(), least(f)));
        }
        ActivityAnswer answer = new ActivityAnswer(activity.id(), atNanos, skipped, fields);
        String objection = activity.objection(answer);
        if (!objection.isEmpty()) {
            throw new IllegalStateException(activity.id() + " does not take its least answer: " + objection);
        }
        return answer;
    }

    private static Object least(ActivityField field) {
        return switch (field.type()) {
            case TEXT -> "x";
            case NUMBER, SCALE -> field.minimum();
            case CHOICE ->
                field.most() == 1
                        ? field.choices().get(0)
                        : List.of(field.choices().get(0));
            case LIST -> List.of("x");
            case GRID ->
                Collections.nCopies(
                        field.rows().size(), Collections.nCopies(field.columns().size(), "x"));
        };
    }
}
