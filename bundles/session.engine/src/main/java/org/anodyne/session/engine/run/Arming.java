package org.anodyne.session.engine.run;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.anodyne.host.Disarmed;
import org.anodyne.plugin.PluginKind;
import org.anodyne.session.engine.protocol.Protocol.Slot;

/**
 * Arms the actuators of a session and says when one was made safe. What a loss made safe waits: for a person's resume,
 * or, where the protocol says so, until bus and slots have been whole for as long as it says. Thread: the session's
 * lane.
 */
public final class Arming {
    private final Stage stage;
    private final Surroundings surroundings;

    /** Actuators that were made safe and not armed since. */
    private final Map<String, Wait> waiting = new LinkedHashMap<>();

    private final Set<String> gone = new HashSet<>();
    private boolean connected;
    private long wholeSinceNanos;

    /** How the session stands. */
    public interface Surroundings {
        /** Whether it runs, neither paused nor ending. */
        boolean running();

        /** The slots of the phase under way. */
        List<String> phaseSlots();

        /** Pauses it, actuators safe first; a person alone lets it go on. */
        void pause(String why);
    }

    /**
     * @param told whether the operator knows
     * @param automatic whether the protocol may arm it again
     */
    private record Wait(String reason, boolean told, boolean automatic) {}

    /**
     * What a person's resume came to.
     *
     * @param refusal why nothing was done; empty when something was
     * @param armed slots that are armed now
     * @param notArmed why others are not, by slot
     */
    public record Resumed(String refusal, List<String> armed, Map<String, String> notArmed) {}

    Arming(Stage stage, Surroundings surroundings) {
        this.stage = stage;
        this.surroundings = surroundings;
        this.connected = stage.bus().connected();
    }

    // --- what happens

    /** A phase begins that runs an actuator which the phase before did not run. */
    void due(String slot, String phase) {
        Wait wait = waiting.get(slot);
        if (wait != null) {
            if (!rearms(slot, wait.automatic())) {
                say(slot, "stays safe in phase '" + phase + "' because " + wait.reason(), false);
            }
            evaluate();
        } else if (!surroundings.running()) {
            // A person who resumes arms it; if the session goes on without one, it is told then.
            String why = "the session was paused when phase '" + phase + "' began";
            waiting.put(slot, new Wait(why, false, true));
        } else if (!whole()) {
            hold(slot, "was not armed for phase '" + phase + "'", whatIsMissing(), true);
        } else {
            arm(slot).thenAccept(failure -> {
                if (!failure.isEmpty()) {
                    hold(slot, "could not be armed", failure, !whole());
                }
            });
        }
    }

    /** The host made an armed actuator safe. */
    void disarmed(Disarmed now) {
        Slot slot = stage.slots().get(now.slot());
        if (slot == null || now.cause() == Disarmed.Cause.ORDERED) {
            return; // What ordered it says so itself.
        }
        // A device that is back in order, an electrode that sits again: a person sees that, a protocol does not.
        boolean automatic = now.cause() != Disarmed.Cause.REPLACED && now.cause() != Disarmed.Cause.DEVICE_FAULT;
        stage.voice()
                .event(
                        slot.name(),
                        "made-safe",
                        stage.time().nowNanos(),
                        Map.of(
                                "cause",
                                now.cause().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                                "reason",
                                now.reason(),
                                "rearm",
                                rearms(slot.name(), automatic) ? "automatic" : "person"));
        hold(slot.name(), "was made safe", now.reason(), automatic);
        changed(); // It comes before the state of the slot that was lost.
    }

    /** A swap put another plug-in into an actuator's slot. */
    void replaced(String slot) {
        if (!waiting.containsKey(slot)) {
            hold(slot, "was made safe", "it was replaced", false);
        }
    }

    void bus(boolean now) {
        connected = now;
        changed();
    }

    boolean isGone(String slot) {
        return gone.contains(slot);
    }

    void gone(String slot) {
        if (gone.add(slot)) {
            changed();
        }
    }

    void back(String slot) {
        if (gone.remove(slot)) {
            changed();
        }
    }

    private void changed() {
        wholeSinceNanos = stage.time().nowNanos();
        evaluate();
    }

    private void hold(String slot, String what, String why, boolean automatic) {
        waiting.put(slot, new Wait(why, true, automatic));
        say(slot, what + " at " + seconds() + " s because " + why, automatic);
    }

    private boolean rearms(String slot, boolean automatic) {
        return automatic && stage.slots().get(slot).rearmAfterNanos().isPresent();
    }

    private void say(String slot, String what, boolean automatic) {
        String how = "; resume to arm it again";
        if (rearms(slot, automatic)) {
            long nanos = stage.slots().get(slot).rearmAfterNanos().getAsLong();
            how = "; the protocol arms it again once nothing has been missing for " + nanos / 1e9
                    + " s; resume to arm it at once";
        }
        stage.problems().accept("slot '" + slot + "' " + what + how);
    }

    private String seconds() {
        return String.format(Locale.ROOT, "%.1f", stage.time().nowNanos() / 1e9);
    }

    // --- arming again

    private boolean whole() {
        return connected && surroundings.phaseSlots().stream().noneMatch(gone::contains);
    }

    private String whatIsMissing() {
        return connected
                ? "slot '"
                        + surroundings.phaseSlots().stream()
                                .filter(gone::contains)
                                .findFirst()
                                .orElse("")
                        + "' is lost"
                : "the bus is away";
    }

    /** The session goes on without a person's word: nothing is armed by that, but said. */
    void goesOn() {
        waiting.replaceAll((slot, wait) -> {
            if (!wait.told() && surroundings.phaseSlots().contains(slot)) {
                say(slot, "was not armed because " + wait.reason(), wait.automatic());
                return new Wait(wait.reason(), true, wait.automatic());
            }
            return wait;
        });
        evaluate();
    }

    /** Arms what the protocol lets arm by itself, now or when it is due. */
    private void evaluate() {
        if (!surroundings.running() || !whole()) {
            return;
        }
        for (Map.Entry<String, Wait> entry : List.copyOf(waiting.entrySet())) {
            Slot slot = stage.slots().get(entry.getKey());
            if (!rearms(slot.name(), entry.getValue().automatic())
                    || !surroundings.phaseSlots().contains(slot.name())) {
                continue;
            }
            long at = wholeSinceNanos + slot.rearmAfterNanos().getAsLong();
            if (stage.time().nowNanos() < at) {
                stage.at(at, this::evaluate);
            } else {
                again(slot);
            }
        }
    }

    private void again(Slot slot) {
        Wait wait = waiting.remove(slot.name());
        arm(slot.name()).thenAccept(failure -> {
            if (failure.isEmpty()) {
                armedAgain(slot.name(), "protocol");
                stage.problems()
                        .accept("slot '" + slot.name() + "' was armed again by the protocol at " + seconds()
                                + " s; it had been made safe because " + wait.reason());
            } else {
                hold(slot.name(), "could not be armed again", failure, !whole());
            }
        });
    }

    /**
     * A person resumes.
     *
     * @param only the actuators to arm; missing for all that the phase runs
     * @param paused whether the session was paused, so that no actuator is armed
     */
    CompletionStage<Resumed> resume(Optional<List<String>> only, boolean paused) {
        List<CompletableFuture<Void>> all = new ArrayList<>();
        List<String> armed = new ArrayList<>();
        Map<String, String> notArmed = new LinkedHashMap<>();
        for (Slot slot : stage.slots().values()) {
            String name = slot.name();
            if (slot.kind() != PluginKind.ACTUATOR) {
                continue;
            }
            if (!surroundings.phaseSlots().contains(name)) {
                // The next phase that runs it arms it.
                if (only.isEmpty() || only.get().contains(name)) {
                    waiting.remove(name);
                }
                continue;
            }
            if (only.isPresent() && !only.get().contains(name)) {
                if (paused) {
                    waiting.put(name, new Wait("it was left out when the session was resumed", true, false));
                }
                continue;
            }
            if (gone.contains(name)) {
                notArmed.put(name, "it is lost; bring a plug-in in by swap");
                continue;
            }
            boolean was = waiting.remove(name) != null;
            all.add(arm(name)
                    .thenAccept(failure -> {
                        if (failure.isEmpty()) {
                            armed.add(name);
                            if (was) {
                                armedAgain(name, "person");
                            }
                        } else {
                            notArmed.put(name, failure);
                            hold(name, "could not be armed", failure, false);
                        }
                    })
                    .toCompletableFuture());
        }
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
                .thenApply(v -> new Resumed("", List.copyOf(armed), Map.copyOf(notArmed)));
    }

    /** Why these actuators cannot be armed now; empty when they can. */
    String refusal(List<String> only) {
        for (String name : only) {
            Slot slot = stage.slots().get(name);
            if (slot == null || slot.kind() != PluginKind.ACTUATOR) {
                List<String> actuators = stage.slots().values().stream()
                        .filter(s -> s.kind() == PluginKind.ACTUATOR)
                        .map(Slot::name)
                        .toList();
                return (slot == null
                                ? "this session has no slot '" + name + "'"
                                : "slot '" + name + "' holds no actuator")
                        + "; its actuators: " + (actuators.isEmpty() ? "none" : String.join(", ", actuators));
            }
            if (!surroundings.phaseSlots().contains(name)) {
                return "the phase under way does not run slot '" + name + "'; the next one that runs it arms it";
            }
        }
        return "";
    }

    private void armedAgain(String slot, String by) {
        stage.voice().event(slot, "armed-again", stage.time().nowNanos(), Map.of("by", by));
    }

    /** Arms; the stage completes on the lane with why it was not armed, empty when it was. */
    private CompletionStage<String> arm(String slot) {
        CompletableFuture<String> done = new CompletableFuture<>();
        stage.host().arm(slot).whenComplete((status, failure) -> stage.lane()
                .execute(() -> done.complete(failure == null ? "" : plain(slot, Preparation.message(failure)))));
        return done;
    }

    /** Why, without that it was not: whoever says it says that. */
    private static String plain(String slot, String failure) {
        String that = "slot " + slot + " was not armed: ";
        return failure.startsWith(that) ? failure.substring(that.length()) : failure;
    }
}
