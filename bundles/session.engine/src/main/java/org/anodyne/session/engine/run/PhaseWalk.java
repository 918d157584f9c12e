package org.anodyne.session.engine.run;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.anodyne.host.SessionTime.Timer;
import org.anodyne.plugin.Phase;
import org.anodyne.plugin.PluginKind;
import org.anodyne.session.engine.plan.Timeline;
import org.anodyne.session.engine.plan.Timeline.Planned;
import org.anodyne.session.engine.protocol.Protocol.PhasePlan;
import org.anodyne.session.engine.protocol.Protocol.Slot;

/**
 * Takes a session through its phases. Boundaries lie in data time: each is announced half a second ahead, and every slot
 * passes it with its own first input beyond it. Thread: the session's lane.
 */
final class PhaseWalk {
    /** How long before its start a phase is announced; also how long a phase goes on after its end condition was met. */
    static final long NOTICE_NANOS = 500_000_000;

    /** When a slot that gets no input passes a boundary by the clock. */
    private static final Duration LAG = Duration.ofMillis(250);

    /** A source that stops still delivers the block that is complete at the boundary. */
    private static final Duration SOURCE_STOP_LAG = Duration.ofMillis(1);

    private final Stage stage;
    private final Timeline timeline;
    private final Listener listener;
    private final Map<Integer, Long> starts = new HashMap<>();
    private int announced = -1;
    private int current = -1;
    private long startNanos;
    private String endReason = "";
    private OptionalLong boundary = OptionalLong.empty();
    private Optional<Timer> notice = Optional.empty();
    private OptionalLong heldAt = OptionalLong.empty();
    private boolean metWhileHeld;

    /** What follows from boundaries. Thread: the session's lane. */
    interface Listener {
        void entered(Planned phase, long startNanos);

        void left(Planned phase, long endNanos, String reason);

        /** The last phase is over. */
        void over(long endNanos);
    }

    PhaseWalk(Stage stage, Timeline timeline, Listener listener) {
        this.stage = stage;
        this.timeline = timeline;
        this.listener = listener;
    }

    /** Announces the first phase, for session time 0; to be called just before time begins. */
    void begin() {
        announce(0, 0, "");
    }

    /** The phase under way; empty before the first and after the last. */
    Optional<Planned> current() {
        return current >= 0 && current < timeline.phases().size()
                ? Optional.of(timeline.phases().get(current))
                : Optional.empty();
    }

    /** Session time at which the phase under way began. */
    long startNanos() {
        return startNanos;
    }

    /** Phase time stands still from now on. */
    void hold() {
        if (heldAt.isEmpty()) {
            heldAt = OptionalLong.of(stage.time().nowNanos());
            notice.ifPresent(Timer::cancel);
            notice = Optional.empty();
        }
    }

    /**
     * Phase time goes on; the next boundary comes later by as long as it stood still.
     *
     * @return by how much, nanoseconds
     */
    long release() {
        if (heldAt.isEmpty()) {
            return 0;
        }
        long now = stage.time().nowNanos();
        long stood = now - Math.max(heldAt.getAsLong(), startNanos);
        heldAt = OptionalLong.empty();
        if (boundary.isPresent() && announced == current) {
            boundary = OptionalLong.of(boundary.getAsLong() + stood);
            scheduleNotice();
        }
        if (metWhileHeld) {
            metWhileHeld = false;
            conditionMet(now);
        }
        return stood;
    }

    boolean held() {
        return heldAt.isPresent();
    }

    /** The end condition of the phase under way was met in data time. */
    void conditionMet(long atNanos) {
        if (announced != current || current < 0) {
            return;
        }
        if (held()) {
            metWhileHeld = true;
            return;
        }
        long end = atNanos + NOTICE_NANOS;
        if (boundary.isPresent()) {
            end = Math.min(end, boundary.getAsLong());
        }
        endReason = "condition";
        announceNext(end);
    }

    private void announceNext(long end) {
        notice.ifPresent(Timer::cancel);
        notice = Optional.empty();
        // Late only when this process was kept from running: then what has passed already keeps its phase.
        long now = stage.time().nowNanos();
        long soon = stage.time().virtual() ? now : now + NOTICE_NANOS / 5;
        announce(announced + 1, Math.max(end, soon), endReason);
    }

    private void announce(int index, long start, String reasonOfEnd) {
        announced = index;
        starts.put(index, start);
        boolean after = index == timeline.phases().size();
        OptionalLong end = OptionalLong.empty();
        if (!after) {
            Planned planned = timeline.phases().get(index);
            Map<String, Object> attributes = new HashMap<>(Map.of(
                    "id",
                    planned.plan().id(),
                    "index",
                    (long) index,
                    "repetition",
                    (long) planned.repetition(),
                    "start",
                    start));
            if (planned.plan().durationNanos().isPresent()) {
                end = OptionalLong.of(start + planned.plan().durationNanos().getAsLong());
                attributes.put("end", end.getAsLong());
            }
            stage.voice().event(Voice.SESSION, "phase", start, attributes);
        }
        for (Slot slot : stage.slots().values()) {
            tellEnd(slot, index, start);
            announce(slot, index, start);
        }
        stage.at(start, () -> enter(index, start, reasonOfEnd));
        if (end.isPresent() && end.getAsLong() - NOTICE_NANOS <= stage.time().nowNanos()) {
            endReason = "duration";
            announce(index + 1, end.getAsLong(), "duration");
        }
    }

    /**
     * A source that is to stop is told its phase once more, with its end: the clock may be beyond it when it stops, and it
     * must deliver up to there and no further.
     */
    private void tellEnd(Slot slot, int next, long end) {
        if (slot.kind() != PluginKind.SOURCE || next == 0) {
            return;
        }
        Phase phase = phase(slot, timeline, next - 1, starts.get(next - 1));
        if (phase.active() && !phase(slot, timeline, next, end).active()) {
            Phase ending = new Phase(
                    phase.id(),
                    phase.index(),
                    phase.repetition(),
                    phase.startNanos(),
                    OptionalLong.of(end),
                    true,
                    phase.parameters(),
                    phase.triggers());
            stage.host().announce(slot.name(), ending, Duration.ZERO);
        }
    }

    private void announce(Slot slot, int index, long start) {
        Phase phase = phase(slot, timeline, index, start);
        Duration lag;
        if (!slot.ports().inputs().isEmpty()) {
            lag = LAG;
        } else if (phase.active()) {
            lag = Duration.ZERO;
        } else {
            lag = slot.kind() == PluginKind.SOURCE ? SOURCE_STOP_LAG : LAG;
        }
        stage.host().announce(slot.name(), phase, lag);
    }

    /** A phase as one slot sees it. Its end is not told from the start: a pause may shift it. */
    static Phase phase(Slot slot, Timeline timeline, int index, long start) {
        if (index == timeline.phases().size()) {
            // Instruments stay: an item asked at the end of the last phase may still be answered.
            boolean active = slot.kind() == PluginKind.OUTCOME
                    && timeline.phases().get(index - 1).plan().slots().contains(slot.name());
            return new Phase(Timeline.AFTER, index, 0, start, OptionalLong.empty(), active, Map.of(), List.of());
        }
        Planned planned = timeline.phases().get(index);
        PhasePlan plan = planned.plan();
        return new Phase(
                plan.id(),
                index,
                planned.repetition(),
                start,
                OptionalLong.empty(),
                plan.slots().contains(slot.name()),
                plan.parameters().getOrDefault(slot.name(), Map.of()),
                plan.triggers().getOrDefault(slot.name(), List.of()));
    }

    private void enter(int index, long start, String reasonOfEnd) {
        Optional<Planned> before = current();
        current = index;
        startNanos = start;
        before.ifPresent(p -> {
            stage.voice()
                    .event(
                            Voice.SESSION,
                            "phase-ended",
                            start,
                            Map.of(
                                    "id",
                                    p.plan().id(),
                                    "index",
                                    (long) p.index(),
                                    "end",
                                    start,
                                    "reason",
                                    reasonOfEnd));
            listener.left(p, start, reasonOfEnd);
        });
        if (index == timeline.phases().size()) {
            listener.over(start);
            return;
        }
        Planned phase = timeline.phases().get(index);
        boolean fixed = phase.plan().durationNanos().isPresent();
        if (announced == current) {
            endReason = fixed ? "duration" : "at-most";
            long length = fixed
                    ? phase.plan().durationNanos().getAsLong()
                    : phase.plan().atMostNanos().orElseThrow();
            boundary = OptionalLong.of(start + length);
            if (!held()) {
                scheduleNotice();
            }
        }
        listener.entered(phase, start);
    }

    private void scheduleNotice() {
        long end = boundary.orElseThrow();
        long at = end - NOTICE_NANOS;
        if (at <= stage.time().nowNanos()) {
            announceNext(end);
        } else {
            int of = current;
            notice = Optional.of(stage.at(at, () -> {
                if (current == of && announced == of && !held()) {
                    announceNext(end);
                }
            }));
        }
    }
}
