package org.anodyne.session.engine.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.anodyne.bus.Message;
import org.anodyne.bus.MessageBus.Subscription;
import org.anodyne.bus.Payload;
import org.anodyne.plugin.Event;
import org.anodyne.plugin.intervention.Activity;
import org.anodyne.plugin.intervention.ActivityAnswer;
import org.anodyne.plugin.intervention.ActivityField;

/**
 * Stands in for a participant in trials of a protocol: reads pages, mostly stays with practices and fills in exercises, skips
 * a few, and answers ratings but for some that need no answer. What it does follows from the seed and from what is asked alone, in session time. Its answers
 * mean nothing. Thread: the session's lane.
 */
public final class SimulatedParticipant {
    /** Name of the fact in the plan that says that one answers. */
    public static final String FACT = "simulatedParticipant";

    /** How it behaves; engineering defaults, not findings about people. */
    private static final double WORDS_PER_SECOND = 3.3;

    private static final double SECONDS_PER_FIELD = 15;
    private static final double SKIPS = 0.1;
    private static final double STOPS_A_PRACTICE = 0.1;
    /** How often an item that need not be answered is left out. */
    private static final double LEAVES_OUT = 0.3;
    /** How far a number that it gives lies above the least, where there is no scale. */
    private static final double LARGE = 60;

    private static final long LEAST_NANOS = 1_000_000_000L;

    /** What a simulated source tells of itself, once a second. */
    private static final String SOURCE = "simulated-participant";

    private static final double MOST_PAIN = 10;

    /** So far back that what was told then has arrived, at any speed; and how much is kept. */
    private static final long FELT_NANOS = 1_500_000_000L;

    private static final long KEPT_NANOS = 60_000_000_000L;

    /** The session may be paused; then it asks itself again after this time. */
    private static final long AGAIN_NANOS = 1_000_000_000L;

    private final Stage stage;
    private final long seed;
    private final ActivityDesk activities;
    private final RatingDesk ratings;

    /** What a simulated source told of its pain, newest last: session time to pain; and the ratings that it is asked in. */
    private final NavigableMap<Long, Double> pain = new TreeMap<>();

    private List<?> rates = List.of();

    SimulatedParticipant(Stage stage, long seed, ActivityDesk activities, RatingDesk ratings) {
        this.stage = stage;
        this.seed = seed;
        this.activities = activities;
        this.ratings = ratings;
    }

    /** Listens, if there is one; complete when the broker has confirmed it. Subscriptions are added to those to be ended. */
    static CompletionStage<Void> open(Optional<SimulatedParticipant> participant, List<Subscription> subscriptions) {
        if (participant.isEmpty()) {
            return CompletableFuture.completedStage(null);
        }
        SimulatedParticipant p = participant.get();
        return p.listen(Activity.TYPE)
                .thenAccept(subscriptions::add)
                .thenCompose(v -> p.listen("ask"))
                .thenAccept(subscriptions::add)
                .thenCompose(v -> p.listen(SOURCE))
                .thenAccept(subscriptions::add);
    }

    private CompletionStage<Subscription> listen(String type) {
        return stage.bus()
                .subscribe(stage.filter("event/+/" + type), m -> stage.lane().execute(() -> heard(m)));
    }

    private void heard(Message message) {
        if (!(message.payload() instanceof Payload.Document d)) {
            return;
        }
        String slot = message.topic().slot();
        if (d.type().equals(Activity.TYPE)) {
            Activity activity;
            try {
                activity = Activity.of(new Event(d.type(), d.timeNanos(), d.attributes()));
            } catch (IllegalArgumentException e) {
                return; // the desk tells it
            }
            shown(slot, activity, d.timeNanos());
        } else if (d.type().equals(SOURCE)) {
            felt(d);
        } else {
            asked(slot, d);
        }
    }

    private SplittableRandom random(String slot, String what) {
        return new SplittableRandom(seed * 31 + (slot + "/" + what).hashCode());
    }

    private void shown(String slot, Activity activity, long at) {
        SplittableRandom random = random(slot, activity.id());
        boolean skips = random.nextDouble() < SKIPS;
        double seconds;
        if (activity.kind() == Activity.Kind.PRACTICE) {
            if (random.nextDouble() >= STOPS_A_PRACTICE) {
                return; // it ends by itself
            }
            skips = true;
            seconds = activity.seconds() * random.nextDouble(0.2, 0.9);
        } else {
            int words = activity.text().split("\\s+").length;
            seconds = (words / WORDS_PER_SECOND + activity.fields().size() * SECONDS_PER_FIELD)
                    * random.nextDouble(0.7, 1.5);
            skips &= activity.kind() == Activity.Kind.EXERCISE;
        }
        Map<String, Object> fields = skips ? Map.of() : fields(activity, random);
        long when = at + Math.max(LEAST_NANOS, Math.round(seconds * 1e9));
        answer(slot, new ActivityAnswer(activity.id(), when, skips, fields), when);
    }

    private void answer(String slot, ActivityAnswer answer, long at) {
        stage.at(at, () -> {
            String refusal = activities.answer(slot, answer);
            if (activities.waits(slot)) {
                answer(
                        slot,
                        new ActivityAnswer(answer.activity(), at + AGAIN_NANOS, answer.skipped(), answer.fields()),
                        at + AGAIN_NANOS);
            } else if (!refusal.isEmpty() && activities.shows(slot, answer.activity())) {
                stage.problems().accept("the simulated participant's answer was refused: " + refusal);
            }
        });
    }

    private static Map<String, Object> fields(Activity activity, SplittableRandom random) {
        Map<String, Object> fields = new HashMap<>();
        for (ActivityField field : activity.fields()) {
            if (field.required() || random.nextDouble() < 0.8) {
                fields.put(field.name(), value(field, random));
            }
        }
        return fields;
    }

    private static Object value(ActivityField field, SplittableRandom random) {
        return switch (field.type()) {
            case TEXT -> cut("Simulated answer: " + field.label(), field.most());
            case NUMBER ->
                number(field.minimum(), Math.min(field.maximum(), field.minimum() + LARGE), field.step(), random);
            case SCALE -> number(field.minimum(), field.maximum(), field.step(), random);
            case CHOICE ->
                field.most() == 1
                        ? field.choices().get(random.nextInt(field.choices().size()))
                        : List.of(field.choices()
                                .get(random.nextInt(field.choices().size())));
            case LIST -> {
                List<String> entries = new ArrayList<>();
                int count = 1 + random.nextInt(Math.min(4, field.most()));
                for (int i = 1; i <= count; i++) {
                    entries.add("simulated entry " + i);
                }
                yield entries;
            }
            case GRID -> {
                List<List<String>> rows = new ArrayList<>();
                for (int r = 0; r < field.rows().size(); r++) {
                    List<String> cells = new ArrayList<>();
                    for (int c = 0; c < field.columns().size(); c++) {
                        cells.add(random.nextInt(3) == 0 ? "" : "simulated " + (1 + random.nextInt(10)));
                    }
                    rows.add(cells);
                }
                rows.get(0).set(0, "simulated");
                yield rows;
            }
        };
    }

    private static double number(double minimum, double maximum, double step, SplittableRandom random) {
        double part = (random.nextDouble() + random.nextDouble() + random.nextDouble()) / 3;
        double by = step > 0 ? step : (maximum - minimum) / 10;
        return minimum + Math.rint(part * Math.floor((maximum - minimum) / by + 1e-9)) * by;
    }

    private static String cut(String text, int most) {
        return text.length() > most ? text.substring(0, most) : text;
    }

    private void felt(Payload.Document d) {
        if (d.attributes().get("pain") instanceof Number p && d.attributes().get("rates") instanceof List<?> asked) {
            pain.put(d.timeNanos(), p.doubleValue());
            pain.headMap(d.timeNanos() - KEPT_NANOS).clear();
            rates = asked;
        }
    }

    /** On the scale that is asked, what was felt a moment ago, half a point more or less. */
    private double rated(Payload.Document ask, long at, SplittableRandom random) {
        Map.Entry<Long, Double> felt = pain.floorEntry(at - FELT_NANOS);
        double latent = felt == null ? 0 : felt.getValue();
        double minimum = figure(ask, "minimum");
        double maximum = figure(ask, "maximum");
        double step = figure(ask, "step") > 0 ? figure(ask, "step") : (maximum - minimum) / 10;
        double given = (latent + random.nextDouble(-0.5, 0.5)) / MOST_PAIN * (maximum - minimum);
        return Math.max(minimum, Math.min(maximum, minimum + Math.rint(given / step) * step));
    }

    private void asked(String slot, Payload.Document ask) {
        Object item = ask.attributes().get("item");
        if (!(item instanceof String name)) {
            return;
        }
        SplittableRandom random = random(slot, name + ask.timeNanos());
        double within = figure(ask, "within");
        double longest = figure(ask, "longest");
        Object given = longest > 0 ? cut("Simulated answer to " + name, (int) longest) : (Object) value(ask, random);
        long at = ask.timeNanos() + Math.round(Math.min(within * 0.8, random.nextDouble(2, 8)) * 1e9);
        boolean felt = rates.contains(slot + "/" + name);
        boolean leavesOut = Boolean.TRUE.equals(ask.attributes().get("optional")) && random.nextDouble() < LEAVES_OUT;
        stage.at(at, () -> {
            Object answer = felt ? (Object) rated(ask, at, random) : given;
            String refusal = leavesOut ? ratings.decline(slot, name, at) : ratings.answer(slot, name, answer, at);
            if (!refusal.isEmpty()) {
                stage.problems().accept("the simulated participant's answer was refused: " + refusal);
            }
        });
    }

    private static double value(Payload.Document ask, SplittableRandom random) {
        return ask.attributes().get("choices") instanceof List<?> choices
                        && !choices.isEmpty()
                        && choices.get(random.nextInt(choices.size())) instanceof Map<?, ?> choice
                        && choice.get("value") instanceof Number n
                ? n.doubleValue()
                : number(figure(ask, "minimum"), figure(ask, "maximum"), figure(ask, "step"), random);
    }

    private static double figure(Payload.Document d, String name) {
        return d.attributes().get(name) instanceof Number n ? n.doubleValue() : 0;
    }
}
