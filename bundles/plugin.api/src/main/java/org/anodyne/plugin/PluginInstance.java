package org.anodyne.plugin;

import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * One plug-in at work in one slot of one session.
 *
 * <p>Thread: all methods are called on the instance's lane, in order, never two at once, unless a method says
 * otherwise. A method that outlives its deadline is interrupted and the instance is FAILED.
 *
 * <p>Life cycle: CREATED → {@link #prepare} → PREPARED → {@link #start} → RUNNING ⇄ PAUSED → {@link #drain} → DRAINING →
 * {@link #close} → CLOSED; any exception → FAILED → {@link #close}.
 */
@ConsumerType
public interface PluginInstance extends AutoCloseable {
    /**
     * Opens what the instance needs: the only step that may be slow.
     *
     * @param inputs what is connected to each input port, as far as it is known now
     * @throws PluginException with a reason for a person; the instance is closed and nothing else is disturbed
     */
    default void prepare(Inputs inputs, Deadline deadline) throws PluginException, InterruptedException {}

    /**
     * Takes over where a predecessor stopped; called between {@code prepare} and {@code start}, after
     * {@code enterPhase} of the phase under way, whose place within the phase it restores.
     *
     * @return whether the hand-over was understood and used; {@code false} starts afresh
     */
    default boolean takeOver(HandOver handOver) {
        return false;
    }

    /** Begins. Deliver nothing before this call. */
    default void start() throws PluginException {}

    /** Stops delivering, deciding and acting, but keeps everything open. */
    default void pause() {}

    /** Goes on after {@link #pause}. */
    default void resume() throws PluginException {}

    /**
     * A phase begins, in data time: called before the first input that was complete later than
     * {@code phase.startNanos()} ({@code SampleBlock.endNanos}, {@code Feature.timeNanos}); an input that was complete
     * just then still belongs to the phase before. An instance without inputs enters it when session time gets there.
     *
     * <p>A phase that does not run the slot is entered after {@link #pause} (by a source before it, so that it delivers
     * what is complete at the phase's start and no more), one that runs it again before {@link #resume}. A successor in a swap is given the phase under way before {@link #takeOver}, and what it publishes
     * then is dropped; a source is given it after {@link #start}, with the moment of the swap as its start.
     */
    default void enterPhase(Phase phase) {}

    /** New values for parameters whose {@code x-change} permits it. */
    default void change(Parameters parameters) throws PluginException {}

    /**
     * Stops at a boundary and gives away what a successor needs to go on.
     *
     * @return empty when there is nothing to hand over
     */
    default Optional<HandOver> drain(Deadline deadline) throws InterruptedException {
        return Optional.empty();
    }

    /** Releases everything. Idempotent, from any state; after it no thread, socket or file of the instance is left. */
    @Override
    void close();
}
