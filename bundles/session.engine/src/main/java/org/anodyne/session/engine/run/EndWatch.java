package org.anodyne.session.engine.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongConsumer;
import org.anodyne.bus.Message;
import org.anodyne.bus.MessageBus.Subscription;
import org.anodyne.bus.Payload;
import org.anodyne.plugin.intervention.Activity;
import org.anodyne.plugin.intervention.Decision.Verdict;
import org.anodyne.plugin.intervention.Trigger;
import org.anodyne.plugin.intervention.Trigger.Comparison;
import org.anodyne.plugin.signal.StreamInfo;
import org.anodyne.session.engine.plan.Timeline.Planned;
import org.anodyne.session.engine.protocol.Protocol.End;

/**
 * Watches for the end condition of the phase under way, in data time, and tells people of triggers that have come to their
 * own end: those that were inhibited too often in a row. Thread: the session's lane.
 */
final class EndWatch implements AutoCloseable {
    private final Stage stage;
    private final LongConsumer met;
    private final InputEnded inputEnded;
    private final List<Subscription> subscriptions = new ArrayList<>();
    private final Map<String, Set<String>> ended = new HashMap<>();
    private final Map<String, Trigger.Unless> inhibited = new HashMap<>();
    private Optional<End> end = Optional.empty();
    private long startNanos;
    private long count;
    private long since = Long.MIN_VALUE;

    /** Told of each input that ended. */
    interface InputEnded {
        /** @param stream its name; empty for all of the slot */
        void ended(String slot, String stream, long atNanos);
    }

    /** @param met told the data time at which the condition was met */
    EndWatch(Stage stage, LongConsumer met, InputEnded inputEnded) {
        this.stage = stage;
        this.met = met;
        this.inputEnded = inputEnded;
    }

    /** Subscribes to what the end conditions of these phases need; complete when the broker has confirmed it. */
    CompletionStage<Void> open(List<Planned> phases) {
        Set<String> filters = new HashSet<>();
        filters.add(stage.filter("event/+/end-of-input"));
        for (Planned phase : phases) {
            phase.plan().triggers().values().stream().flatMap(List::stream).forEach(t -> t.unless()
                    .ifPresent(u -> inhibited.put(t.id(), u)));
            phase.plan().end().ifPresent(e -> {
                if (e instanceof End.Decisions) {
                    filters.add(stage.filter("event/+/decision"));
                } else if (e instanceof End.FeatureHolds f) {
                    filters.add(stage.filter(
                            "feature/" + f.feature().slot() + "/" + f.feature().feature()));
                } else if (e instanceof End.Finished f) {
                    filters.add(stage.filter("event/" + f.slot() + "/" + Activity.FINISHED));
                }
            });
        }
        if (!inhibited.isEmpty()) {
            filters.add(stage.filter("event/+/decision"));
        }
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (String filter : filters) {
            all.add(stage.bus()
                    .subscribe(filter, m -> stage.lane().execute(() -> message(m)))
                    .thenAccept(s -> {
                        synchronized (subscriptions) {
                            subscriptions.add(s);
                        }
                    })
                    .toCompletableFuture());
        }
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new));
    }

    /** Watches for the end condition of a phase, if it has one. */
    void entered(Planned phase, long start) {
        end = phase.plan().end();
        startNanos = start;
        count = 0;
        since = Long.MIN_VALUE;
        if (end.isPresent() && end.get() instanceof End.InputEnds input && allEnded(input.slot())) {
            met.accept(start);
        }
    }

    private void message(Message message) {
        if (message.payload() instanceof Payload.Document event) {
            if (event.type().equals("end-of-input")) {
                inputEnds(message.topic().slot(), event);
            } else if (event.type().equals(Activity.FINISHED)) {
                finished(message.topic().slot(), event);
            } else {
                decision(event);
            }
        } else if (message.payload() instanceof Payload.FeatureValue value) {
            feature(message.topic().slot(), value);
        }
    }

    private void inputEnds(String slot, Payload.Document event) {
        String stream = String.valueOf(event.attributes().getOrDefault("stream", ""));
        ended.computeIfAbsent(slot, s -> new HashSet<>()).add(stream);
        inputEnded.ended(slot, stream, event.timeNanos());
        if (end.isPresent()
                && end.get() instanceof End.InputEnds input
                && input.slot().equals(slot)
                && allEnded(slot)) {
            met.accept(Math.max(startNanos, event.timeNanos()));
        }
    }

    private boolean allEnded(String slot) {
        Set<String> streams = ended.getOrDefault(slot, Set.of());
        List<StreamInfo> expected = stage.host().streams(slot);
        return !streams.isEmpty()
                && (streams.contains("") || expected.stream().allMatch(s -> streams.contains(s.name())));
    }

    private void finished(String slot, Payload.Document event) {
        if (end.isPresent()
                && end.get() instanceof End.Finished wanted
                && wanted.slot().equals(slot)
                && event.timeNanos() > startNanos) {
            met.accept(event.timeNanos());
        }
    }

    private void stopped(String trigger, Payload.Document event) {
        Trigger.Unless unless = inhibited.get(trigger);
        if (unless != null
                && Verdict.STOPPED_BY_UNLESS.name().equals(event.attributes().get("verdict"))) {
            stage.problems()
                    .accept("trigger '" + trigger + "' fires no more in this session since "
                            + Math.round(event.timeNanos() / 1e8) / 10.0 + " s: '" + unless.feature()
                            + "' inhibited it " + unless.stopAfter()
                            + " times in a row; look after the signal (electrodes, cables, movement) before the next"
                            + " session");
        }
    }

    private void decision(Payload.Document event) {
        stopped(String.valueOf(event.attributes().get("trigger")), event);
        if (end.isPresent()
                && end.get() instanceof End.Decisions wanted
                && event.timeNanos() > startNanos
                && wanted.trigger().equals(event.attributes().get("trigger"))
                && "FIRED".equals(event.attributes().get("verdict"))
                && ++count == wanted.count()) {
            met.accept(event.timeNanos());
        }
    }

    private void feature(String slot, Payload.FeatureValue value) {
        if (end.isEmpty() || !(end.get() instanceof End.FeatureHolds wanted)) {
            return;
        }
        long time = value.feature().timeNanos();
        double[] values = value.feature().values();
        if (time <= startNanos
                || !wanted.feature().slot().equals(slot)
                || !wanted.feature().feature().equals(value.feature().name())
                || wanted.component() >= values.length) {
            return;
        }
        double v = values[wanted.component()];
        boolean holds = wanted.comparison() == Comparison.ABOVE ? v > wanted.limit() : v < wanted.limit();
        if (!holds) {
            since = Long.MIN_VALUE;
            return;
        }
        since = since == Long.MIN_VALUE ? time : since;
        if (time - since >= wanted.holdNanos()) {
            end = Optional.empty();
            met.accept(time);
        }
    }

    @Override
    public void close() {
        synchronized (subscriptions) {
            subscriptions.forEach(Subscription::close);
            subscriptions.clear();
        }
    }
}
