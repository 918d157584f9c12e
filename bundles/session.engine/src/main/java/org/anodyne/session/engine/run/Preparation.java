package org.anodyne.session.engine.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.anodyne.host.SlotSpec.StreamRef;
import org.anodyne.host.SlotStatus;
import org.anodyne.plugin.PluginKind;
import org.anodyne.plugin.signal.StreamInfo;
import org.anodyne.session.engine.plan.PlanDocument;
import org.anodyne.session.engine.protocol.Protocol.Slot;

/** Prepares the slots of a session one after the other, then starts them. Thread: the session's lane. */
final class Preparation {
    private static final Duration PREPARE = Duration.ofSeconds(30);
    private static final Duration SUBSCRIBE = Duration.ofSeconds(10);

    private final Stage stage;
    private final long seed;
    private final Map<String, String> hosts;
    private final RecordKeeper keeper;
    private final Listener listener;

    /** What comes of it; after a failure nothing more comes. Thread: the session's lane. */
    interface Listener {
        /** Whether the session is ending for another reason: nothing more is to be begun. */
        boolean ending();

        void ready();

        void started();

        /** The platform itself is not fit to run a session. */
        void failed(String reason);

        /**
         * A slot cannot do its part with the recording, device or parameters that it was given: nothing has begun, and
         * nothing of the session is to be left.
         */
        void unusable(Slot slot, String reason);
    }

    /** @param hosts slot to the device host that it is in */
    Preparation(Stage stage, long seed, Map<String, String> hosts, RecordKeeper keeper, Listener listener) {
        this.hosts = hosts;
        this.stage = stage;
        this.seed = seed;
        this.keeper = keeper;
        this.listener = listener;
    }

    /**
     * Prepares all slots, each after those it takes from.
     *
     * @param subscriptions then asked for; complete when the broker has confirmed them
     */
    void prepare(Supplier<CompletionStage<Void>> subscriptions) {
        prepareNext(stage.slots().values().iterator(), subscriptions);
    }

    private void prepareNext(Iterator<Slot> rest, Supplier<CompletionStage<Void>> subscriptions) {
        if (listener.ending()) {
            return;
        }
        if (!rest.hasNext()) {
            subscribe(subscriptions.get());
            return;
        }
        Slot slot = rest.next();
        CompletionStage<SlotStatus> prepared;
        try {
            prepared =
                    stage.host().prepare(PlanDocument.spec(slot, seed, hosts.getOrDefault(slot.name(), "")), PREPARE);
        } catch (RuntimeException e) {
            prepared = CompletableFuture.failedStage(e);
        }
        prepared.whenComplete((status, failure) -> stage.lane().execute(() -> {
            if (failure != null || status.state() == SlotStatus.State.FAILED) {
                failed(slot, failure != null ? message(failure) : status.reason());
            } else if (streamsFit(slot)) {
                prepareNext(rest, subscriptions);
            }
        }));
    }

    /**
     * Declares the streams of a source or processor to the recorder, and looks whether those that others take are there. Of a
     * processor that does not tell its streams they come as its ports say.
     */
    private boolean streamsFit(Slot slot) {
        List<StreamInfo> streams = stage.host().streams(slot.name());
        if (streams.isEmpty() && slot.kind() != PluginKind.SOURCE) {
            return true;
        }
        List<String> names = streams.stream().map(StreamInfo::name).toList();
        for (Slot taker : stage.slots().values()) {
            for (StreamRef ref :
                    taker.streams().values().stream().flatMap(List::stream).toList()) {
                boolean fits = ref.stream().isEmpty() ? names.size() == 1 : names.contains(ref.stream());
                if (ref.slot().equals(slot.name()) && !fits) {
                    failed(
                            slot,
                            "slot '" + taker.name() + "' takes "
                                    + (ref.stream().isEmpty() ? "its only stream" : "its stream '" + ref.stream() + "'")
                                    + ", but it has " + (names.isEmpty() ? "none" : String.join(", ", names))
                                    + "; write " + slot.name() + "/stream in the protocol");
                    return false;
                }
            }
        }
        streams.forEach(s -> keeper.expect(
                s.slot().isEmpty()
                        ? new StreamInfo(slot.name(), s.name(), s.type(), s.rateHz(), s.channels(), s.synthetic())
                        : s));
        return true;
    }

    private void failed(Slot slot, String why) {
        if (slot.input().isPresent() && slot.kind() == PluginKind.SOURCE) {
            String input = slot.input().get();
            listener.unusable(slot, why.contains(input) ? why : input + ": " + why);
        } else {
            listener.unusable(slot, "it could not be prepared: " + why);
        }
    }

    private void subscribe(CompletionStage<Void> confirmed) {
        confirmed
                .toCompletableFuture()
                .orTimeout(SUBSCRIBE.toSeconds(), TimeUnit.SECONDS)
                .whenComplete((v, failure) -> stage.lane().execute(() -> {
                    if (failure != null) {
                        listener.failed("the bus did not confirm a subscription: " + message(failure));
                    } else if (!listener.ending()) {
                        listener.ready();
                    }
                }));
    }

    /** The streams of the sources that are prepared, by slot. Thread: any. */
    Map<String, List<StreamInfo>> streams() {
        Map<String, List<StreamInfo>> all = new HashMap<>();
        Map<String, SlotStatus> placed = stage.host().status();
        stage.slots().values().stream()
                .filter(s -> s.kind() == PluginKind.SOURCE && placed.containsKey(s.name()))
                .forEach(s -> all.put(s.name(), stage.host().streams(s.name())));
        all.values().removeIf(List::isEmpty);
        return all;
    }

    /** Why the session cannot be begun as its slots are now: one has failed or was lost since; empty when it can. */
    String unfit() {
        for (SlotStatus s : stage.host().status().values()) {
            if (stage.slots().containsKey(s.slot()) && s.state() != SlotStatus.State.PREPARED) {
                String state = s.state().name().toLowerCase(Locale.ROOT);
                return "slot '" + s.slot() + "' is not ready, it is " + state
                        + (s.reason().isEmpty() ? "" : ": " + s.reason())
                        + "; bring a plug-in in by swap, or end the session and begin anew";
            }
        }
        return withheld().map(Preparation::told).orElse("");
    }

    /** A display that will not be started: the participant must not be shown a world. */
    private Optional<SlotStatus> withheld() {
        return stage.host().status().values().stream()
                .filter(s -> s.state() == SlotStatus.State.PREPARED
                        && !s.reason().isEmpty()
                        && stage.slots().containsKey(s.slot())
                        && stage.slots().get(s.slot()).kind() == PluginKind.DISPLAY)
                .findFirst();
    }

    private static String told(SlotStatus display) {
        return "slot '" + display.slot() + "' must not show a world: " + display.reason();
    }

    /** What is prepared and will not act all the same: the participant has no screening, an emergency stop is latched. */
    private void tellObjections() {
        for (SlotStatus s : stage.host().status().values()) {
            Slot slot = stage.slots().get(s.slot());
            if (slot != null
                    && slot.kind() == PluginKind.ACTUATOR
                    && s.state() == SlotStatus.State.PREPARED
                    && !s.reason().isEmpty()) {
                stage.problems()
                        .accept("slot '" + slot.name() + "' will not act, every command to it is refused: "
                                + s.reason());
            }
        }
    }

    /** Starts all slots: those who take first, those who give last, so that nothing is given before somebody listens. */
    void start() {
        Optional<SlotStatus> withheld = withheld();
        if (withheld.isPresent()) {
            // Before anything is started: nobody is to look at the world that others would drive.
            listener.unusable(stage.slots().get(withheld.get().slot()), told(withheld.get()));
            return;
        }
        tellObjections();
        List<Slot> order = new ArrayList<>(stage.slots().values());
        Collections.reverse(order);
        startNext(order.iterator());
    }

    private void startNext(Iterator<Slot> rest) {
        if (listener.ending()) {
            return;
        }
        if (!rest.hasNext()) {
            listener.started();
            return;
        }
        Slot slot = rest.next();
        stage.host().start(slot.name()).whenComplete((status, failure) -> stage.lane()
                .execute(() -> {
                    if (failure != null) {
                        listener.unusable(slot, "it could not be started: " + message(failure));
                    } else {
                        startNext(rest);
                    }
                }));
    }

    /** What a failure says to a person. */
    static String message(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null
                && (cause instanceof CompletionException || cause instanceof ExecutionException)) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
}
