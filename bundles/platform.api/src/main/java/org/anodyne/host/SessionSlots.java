package org.anodyne.host;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.anodyne.bus.MessageBus.Subscription;
import org.anodyne.plugin.Phase;
import org.anodyne.plugin.signal.StreamInfo;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The slots of one session at work. No method waits; stages complete on a thread of the host, or fail with
 * {@link HostException} by their deadline. Every change of a slot is published on {@code state/<slot>} (retained).
 * Thread: any.
 */
@ProviderType
public interface SessionSlots extends AutoCloseable {
    /**
     * Makes an instance and prepares it. Slots must be prepared after those whose streams they take. A slot that fails
     * keeps a placeholder with its id and parameters.
     */
    CompletionStage<SlotStatus> prepare(SlotSpec spec, Duration deadline);

    /** Starts the prepared instance; no-op when it runs. */
    CompletionStage<SlotStatus> start(String slot);

    /** Pauses; actuators go to their safe state. */
    CompletionStage<SlotStatus> pause(String slot);

    /** Goes on; an actuator must be armed again. */
    CompletionStage<SlotStatus> resume(String slot);

    /**
     * Announces a phase to a slot. The instance enters it in data time: before the first input at or after its start,
     * or, when none comes, {@code lag} after its start in session time. A slot that the phase does not run is paused
     * then, one that it runs is resumed.
     */
    void announce(String slot, Phase phase, Duration lag);

    /** Changes parameters at work. */
    CompletionStage<SlotStatus> change(String slot, org.anodyne.plugin.Parameters parameters);

    /** Arms an actuator, by a person's or the session's word; no-op when it is armed. */
    CompletionStage<SlotStatus> arm(String slot);

    /**
     * Says that the controller of this session is at work; goes over the bus to wherever the session's actuators are.
     * Who arms has to say so at least every 100 ms: an actuator is made safe when nothing was heard for 500 ms (5 s in
     * virtual time, which stands still while everything is busy), and cannot be armed then.
     *
     * @param stale what the decisions rest on and was not heard of for too long, for a person; empty when nothing is.
     *     While it is not empty, actuators stay safe.
     */
    void heartbeat(String stale);

    /** Safe state for all actuators, as ordered, at once, from any thread; never blocks, never fails. */
    void safeState(String reason);

    /**
     * Replaces the plug-in of a slot by the one in a jar, per the table of swaps; also fills a slot that is FAILED or LOST.
     *
     * @param jar the jar; null for the version that {@link PluginRegistry#find} offers
     */
    CompletionStage<SwapReport> swap(String slot, Path jar);

    /** Makes where the participant is now the middle of what a display shows. */
    CompletionStage<SlotStatus> recentre(String slot);

    /** Shows a participant a message in a display, in the world, for so long. */
    CompletionStage<SlotStatus> tell(String slot, String text, Duration time);

    /**
     * A person lets the session go on. Until then, once a participant has pressed panic, no display is given a scene:
     * neither the one that was there, nor one that is swapped in or comes back.
     */
    void release();

    /** Status of all slots by name. */
    Map<String, SlotStatus> status();

    /** Streams that a prepared source slot delivers. */
    List<StreamInfo> streams(String slot);

    /** The outcome instrument at work in a slot, if that is what it holds. */
    Optional<org.anodyne.plugin.outcome.OutcomeInstrument> instrument(String slot);

    /** Calls back at each change of a slot's state, on a thread of the host. */
    Subscription onChange(Consumer<SlotStatus> listener);

    /**
     * Calls back each time an armed actuator was made safe, after the fact and in order, on a thread of the host. One
     * that was not armed is made safe without a call.
     */
    Subscription onDisarmed(Consumer<Disarmed> listener);

    /** Drains and closes everything within a deadline of 10 s; then {@link #leaks()} tells what was left. */
    @Override
    void close();

    /** Threads, services and class loaders that were left after close; empty when clean. */
    List<String> leaks();
}
