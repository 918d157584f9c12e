package org.anodyne.session.engine.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.anodyne.bus.Message;
import org.anodyne.bus.MessageBus.Subscription;
import org.anodyne.bus.Payload;
import org.anodyne.host.SessionTime.Timer;
import org.anodyne.plugin.PluginKind;
import org.anodyne.plugin.outcome.OutcomeInstrument;
import org.anodyne.plugin.outcome.OutcomeInstrument.Item;
import org.anodyne.session.engine.plan.Timeline.Planned;
import org.anodyne.session.engine.protocol.Protocol.Moment;
import org.anodyne.session.engine.protocol.Protocol.Rating;
import org.anodyne.session.engine.protocol.Protocol.Slot;

/**
 * Asks items at their moments and takes the answers; one that does not come in time, or that the participant declines, is
 * recorded as missing, and which of the two it was.
 * Thread: the session's lane.
 */
final class RatingDesk implements AutoCloseable {
    /** What an instrument tells that must not wait for the report. */
    private static final String ALERT = "safety-alert";

    private final Stage stage;
    private final Runnable whenNoneOpen;
    private final Map<String, Open> open = new LinkedHashMap<>();
    private final List<Moments> moments = new ArrayList<>();
    private volatile CompletionStage<Subscription> alerts;

    private record Open(Rating rating, Timer deadline) {}

    /** The next moment of a rating that comes again and again. */
    private record Moments(Rating rating, long at, Timer timer) {}

    /** @param whenNoneOpen called each time the last open item was answered or given up */
    RatingDesk(Stage stage, Runnable whenNoneOpen) {
        this.stage = stage;
        this.whenNoneOpen = whenNoneOpen;
    }

    /** Subscribes to the alerts of instruments, which the operator is told; complete when the broker has confirmed it. */
    CompletionStage<Subscription> open() {
        alerts = stage.bus()
                .subscribe(stage.filter("event/+/" + ALERT), m -> stage.lane().execute(() -> alert(m)));
        return alerts;
    }

    /** Hears no more alerts; to be called when nothing is under way any more, since the last answer may raise one. */
    @Override
    public void close() {
        if (alerts != null) {
            alerts.thenAccept(Subscription::close);
        }
    }

    private void alert(Message m) {
        Slot slot = stage.slots().get(m.topic().slot());
        if (slot != null && slot.kind() == PluginKind.OUTCOME && m.payload() instanceof Payload.Document d) {
            stage.problems()
                    .accept(String.format(
                            Locale.ROOT,
                            "SAFETY ALERT at %.1f s, slot '%s': %s",
                            d.timeNanos() / 1e9,
                            slot.name(),
                            d.attributes().getOrDefault("text", "an answer needs a person's attention now")));
        }
    }

    void entered(Planned phase, long start) {
        hold();
        moments.clear();
        for (Rating rating : phase.plan().ratings()) {
            if (rating.moment() == Moment.START) {
                ask(rating, start);
            } else if (rating.moment() == Moment.EVERY) {
                later(rating, start + rating.everyNanos());
            }
        }
    }

    void left(Planned phase, long end) {
        hold();
        moments.clear();
        phase.plan().ratings().stream().filter(r -> r.moment() == Moment.END).forEach(r -> ask(r, end));
    }

    /** Phase time stands still: what comes at intervals waits. */
    void hold() {
        moments.forEach(m -> m.timer().cancel());
    }

    /** Phase time goes on, so much later. */
    void release(long stoodNanos) {
        List<Moments> waiting = List.copyOf(moments);
        moments.clear();
        waiting.forEach(m -> later(m.rating(), m.at() + stoodNanos));
    }

    boolean noneOpen() {
        return open.isEmpty();
    }

    /** Everything that is still open counts as missing. */
    void giveUp(String reason) {
        hold();
        moments.clear();
        List.copyOf(open.values())
                .forEach(o -> missing(o.rating(), reason, stage.time().nowNanos()));
    }

    private void later(Rating rating, long at) {
        Timer timer = stage.at(at, () -> {
            moments.removeIf(m -> m.rating() == rating);
            ask(rating, at);
            later(rating, at + rating.everyNanos());
        });
        moments.add(new Moments(rating, at, timer));
    }

    private static String key(String slot, String item) {
        return slot + "/" + item;
    }

    /** Times are those of the moment, not of the clock, which may be a little further on. */
    private void ask(Rating rating, long at) {
        String key = key(rating.slot(), rating.item());
        if (open.containsKey(key)) {
            missing(rating, "it was asked again before it was answered", at);
        }
        Optional<Item> item = stage.host().instrument(rating.slot()).flatMap(i -> i.items().stream()
                .filter(x -> x.id().equals(rating.item()))
                .findFirst());
        if (item.isEmpty()) {
            answered(
                    rating,
                    at,
                    Map.of(
                            "item",
                            rating.item(),
                            "missing",
                            true,
                            "reason",
                            "slot '" + rating.slot() + "' has no item '" + rating.item() + "' or is lost"));
            stage.problems().accept("item '" + rating.item() + "' of slot '" + rating.slot() + "' could not be asked");
            return;
        }
        long until = at + rating.withinNanos();
        Timer deadline =
                stage.at(until, () -> missing(rating, "no answer within " + rating.withinNanos() / 1e9 + " s", until));
        open.put(key, new Open(rating, deadline));
        Item i = item.get();
        Map<String, Object> attributes = new HashMap<>();
        attributes.put("item", i.id());
        attributes.put("text", i.text());
        if (i.longest() > 0) {
            attributes.put("longest", (long) i.longest());
        } else {
            attributes.put("minimum", i.minimum());
            attributes.put("minimumAnchor", i.minimumAnchor());
            attributes.put("maximum", i.maximum());
            attributes.put("maximumAnchor", i.maximumAnchor());
            attributes.put("step", i.step());
        }
        attributes.put("within", rating.withinNanos() / 1e9);
        if (i.optional()) {
            attributes.put("optional", true);
        }
        if (!i.instruction().isEmpty()) {
            attributes.put("instruction", i.instruction());
        }
        if (!i.choices().isEmpty()) {
            attributes.put(
                    "choices",
                    i.choices().stream()
                            .map(c -> Map.of("value", c.value(), "text", c.text()))
                            .toList());
        }
        stage.voice().event(rating.slot(), "ask", at, attributes);
    }

    /**
     * Takes an answer.
     *
     * @param given a {@code Double}, or a {@code String} for an answer in words
     * @param at session time of the answer
     * @return why it cannot be taken, for a person; empty when it was taken
     */
    String answer(String slot, String item, Object given, long at) {
        Open asked = open.get(key(slot, item));
        if (asked == null) {
            return "item '" + item + "' of slot '" + slot + "' is not asked now";
        }
        Optional<OutcomeInstrument> instrument = stage.host().instrument(slot);
        if (instrument.isEmpty()) {
            return "slot '" + slot + "' holds no outcome instrument now";
        }
        String refusal;
        try {
            refusal = given instanceof String words
                    ? instrument.get().answer(item, words, at)
                    : instrument.get().answer(item, (Double) given, at);
        } catch (RuntimeException e) {
            refusal = "the answer could not be scored: " + e.getMessage();
        }
        if (refusal.isEmpty()) {
            open.remove(key(slot, item));
            asked.deadline().cancel();
            String name = given instanceof String ? "text" : "value";
            answered(asked.rating(), at, Map.of("item", item, name, given));
        }
        return refusal;
    }

    /**
     * Takes it that the participant gives no answer to an item, now rather than when its time is over.
     *
     * @param at session time of it
     * @return why it cannot be taken, for a person; empty when it was taken
     */
    String decline(String slot, String item, long at) {
        Open asked = open.get(key(slot, item));
        if (asked == null) {
            return "item '" + item + "' of slot '" + slot + "' is not asked now";
        }
        unanswered(asked.rating(), at, Map.of("declined", true, "reason", "the participant gave no answer to it"));
        return "";
    }

    private void missing(Rating rating, String reason, long at) {
        unanswered(rating, at, Map.of("reason", reason));
    }

    private void unanswered(Rating rating, long at, Map<String, Object> why) {
        Open asked = open.remove(key(rating.slot(), rating.item()));
        if (asked != null) {
            asked.deadline().cancel();
            stage.host().instrument(rating.slot()).ifPresent(i -> {
                try {
                    i.missed(rating.item(), at);
                } catch (RuntimeException e) {
                    stage.problems()
                            .accept("slot '" + rating.slot() + "' was not told that item '" + rating.item()
                                    + "' got no answer: " + e.getMessage());
                }
            });
            Map<String, Object> attributes = new HashMap<>(why);
            attributes.put("item", rating.item());
            attributes.put("missing", true);
            answered(rating, at, attributes);
        }
    }

    private void answered(Rating rating, long at, Map<String, Object> attributes) {
        stage.voice().event(rating.slot(), "answer", at, attributes);
        if (open.isEmpty()) {
            whenNoneOpen.run();
        }
    }
}
