package org.anodyne.plugin.device;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.anodyne.plugin.Phase;
import org.anodyne.plugin.PluginContext;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Decides when a source delivers samples that exist already, because they come from a file or are computed: each block
 * when it is complete in session time, counted from the start of the first phase in which the source is active, never
 * from the moment of a call, so that times are the same in every run. After a phase without the source it goes on where
 * it stopped, counted from the start of the phase that begins then. When it goes on within a phase and time has passed,
 * it counts from now and says so by {@link Track#skipped}.
 *
 * <p>A block that is complete by the end of a phase belongs to it, even if the call that ends the phase comes first.
 * Thread: the lane.
 */
public final class Pacer {
    /** One stream of a paced source. */
    @ConsumerType
    public interface Track {
        /** Sampling rate, Hz. */
        double rateHz();

        /** Number of the first sample of the next block. */
        long position();

        /**
         * Number of the sample that belongs at the start of a phase when times are counted anew: the next one, unless the
         * stream begins later than that.
         */
        default long origin() {
            return position();
        }

        /** Number of samples in the next block; 0 at the end. Does not change until {@link #deliver}. */
        int nextLength();

        /** Publishes the next block, which begins at this session time, and moves on. */
        void deliver(long startNanos);

        /** Nothing is left; called once, at the session time at which the last block was complete. */
        void exhausted(long atNanos);

        /** Samples of this span of session time do not exist: the source was stopped in mid-phase. */
        void skipped(long fromNanos, long toNanos);
    }

    /**
     * Where a track's time is counted from.
     *
     * @param nanos session time of the sample
     * @param position number of the sample
     */
    public record Anchor(long nanos, long position) {}

    private static final int NONE = -1;

    private final PluginContext context;
    private final List<Lead> leads = new ArrayList<>();
    private boolean started;
    private boolean paused;
    private boolean running;
    private Phase phase;
    private int anchoredPhase = NONE;
    private long generation;
    private boolean succeeding;

    /** Paces these tracks; the context's clock and executor are used from {@link #start} on. */
    public Pacer(PluginContext context, List<? extends Track> tracks) {
        this.context = context;
        tracks.forEach(track -> leads.add(new Lead(track)));
    }

    /** To be called by {@code start}. */
    public void start() {
        started = true;
        update();
    }

    /** To be called by {@code close}: stops and delivers nothing more. */
    public void close() {
        running = false;
        started = false;
        generation++;
    }

    /** To be called by {@code pause} and {@code drain}: delivers what is complete, then stops. */
    public void pause() {
        if (running) {
            deliverUntil(limit(context.clock().nowNanos()));
        }
        paused = true;
        update();
    }

    /** To be called by {@code resume}. */
    public void resume() {
        paused = false;
        update();
    }

    /** To be called by {@code enterPhase}. */
    public void enterPhase(Phase next) {
        if (running) {
            deliverUntil(next.startNanos());
        }
        phase = next;
        if (running && next.active()) {
            anchoredPhase = next.index();
            generation++;
            leads.forEach(this::schedule);
        } else {
            update();
        }
    }

    /** Index of the phase that times are counted in, -1 before the first: part of a hand-over. */
    public int anchoredPhase() {
        return anchoredPhase;
    }

    /** Where each track's time is counted from: part of a hand-over. */
    public List<Anchor> anchors() {
        return leads.stream().map(lead -> lead.anchor).toList();
    }

    /**
     * Takes over from a predecessor with the same tracks, before {@link #start}. The gap that the change itself makes is the
     * host's to mark, so it is not announced here.
     */
    public void continueFrom(int phaseIndex, List<Anchor> anchors) {
        if (anchors.size() != leads.size()) {
            throw new IllegalArgumentException(
                    "the predecessor had " + anchors.size() + " streams, this source has " + leads.size());
        }
        anchoredPhase = phaseIndex;
        succeeding = true;
        for (int i = 0; i < leads.size(); i++) {
            leads.get(i).anchor = anchors.get(i);
        }
    }

    private void update() {
        boolean wanted = started && !paused && phase != null && phase.active();
        if (wanted == running) {
            return;
        }
        running = wanted;
        generation++;
        if (running) {
            for (Lead lead : leads) {
                anchor(lead);
            }
            anchoredPhase = phase.index();
            succeeding = false;
            leads.forEach(this::schedule);
        }
    }

    private void anchor(Lead lead) {
        long position = lead.track.position();
        if (anchoredPhase != phase.index()) {
            lead.anchor = new Anchor(phase.startNanos(), lead.track.origin());
            return;
        }
        long now = context.clock().nowNanos();
        long stopped = lead.at(position);
        if (lead.track.nextLength() > 0 && lead.due() < now) {
            lead.anchor = new Anchor(now, position);
            if (!succeeding) {
                lead.track.skipped(stopped, now);
            }
        }
    }

    private void schedule(Lead lead) {
        if (lead.track.nextLength() == 0) {
            end(lead);
            return;
        }
        long due = lead.due();
        if (due > limit(Long.MAX_VALUE)) {
            // Whether it is wanted is known when the next phase begins.
            return;
        }
        long scheduled = generation;
        context.executor()
                .schedule(() -> tick(lead, scheduled), due - context.clock().nowNanos(), TimeUnit.NANOSECONDS);
    }

    private void tick(Lead lead, long scheduled) {
        if (scheduled == generation && running) {
            deliverUntil(lead, limit(context.clock().nowNanos()));
            schedule(lead);
        }
    }

    private long limit(long nanos) {
        OptionalLong end = phase.endNanos();
        return end.isPresent() ? Math.min(nanos, end.getAsLong()) : nanos;
    }

    private void deliverUntil(long nanos) {
        leads.forEach(lead -> deliverUntil(lead, nanos));
    }

    private void deliverUntil(Lead lead, long nanos) {
        while (lead.track.nextLength() > 0 && lead.due() <= nanos) {
            lead.track.deliver(lead.at(lead.track.position()));
        }
        if (lead.track.nextLength() == 0) {
            end(lead);
        }
    }

    private void end(Lead lead) {
        if (!lead.ended) {
            lead.ended = true;
            lead.track.exhausted(lead.at(lead.track.position()));
        }
    }

    private static final class Lead {
        private final Track track;
        private Anchor anchor = new Anchor(0, 0);
        private boolean ended;

        private Lead(Track track) {
            this.track = track;
        }

        private long at(long position) {
            return anchor.nanos() + Math.round((position - anchor.position()) * 1e9 / track.rateHz());
        }

        private long due() {
            return at(track.position() + track.nextLength());
        }
    }
}
