package org.anodyne.simulator.kit;

import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps a device's faults: those that wait for a reply, those that hold, and the cable, which is the same for every device.
 * Belongs to the thread that drives the device.
 */
public final class FaultDesk {

    /** What a fault does to the device. {@link FaultKind#CABLE_PULLED} and what concerns bytes do not come here. */
    public interface Effect {

        /** A condition begins to hold, or an event happens. */
        void begins(Fault fault, long now);

        /** A condition holds no more. Most leave nothing behind. */
        default void ended(FaultKind kind, long now) {}
    }

    private static final long NEVER = Long.MAX_VALUE;
    private static final long NANOS_PER_MILLI = 1_000_000L;

    private final FaultPlan plan = new FaultPlan();
    private final Map<FaultKind, Fault> conditions = new EnumMap<>(FaultKind.class);
    private final Set<FaultKind> supported;
    private final Wire wire;
    private final Trace trace;
    private final Effect effect;

    private long cableBack = NEVER;

    /** A desk on which nothing lies yet. */
    public FaultDesk(Set<FaultKind> supported, Wire wire, Trace trace, Effect effect) {
        this.supported = Set.copyOf(supported);
        this.wire = wire;
        this.trace = trace;
        this.effect = effect;
    }

    /** The kinds that the device has. */
    public Set<FaultKind> supported() {
        return supported;
    }

    /** The faults that wait for a reply; for the device's {@link Outbox} and {@link FaultPlan#take}. */
    public FaultPlan plan() {
        return plan;
    }

    /**
     * Injects a fault: at once, or when its reply comes.
     *
     * @throws IllegalArgumentException when the device has no such fault
     */
    public void inject(Fault fault, long now) {
        FaultKind.named(fault.kind().label(), supported);
        trace.event(now, "fault", json -> json.put("name", fault.kind().label()).put("reply", fault.reply()));
        boolean waits =
                switch (fault.kind().nature()) {
                    case REPLY, WIRE -> true;
                    case CONDITION, EVENT -> fault.reply() != Fault.NOW;
                };
        if (waits) {
            plan.add(fault);
        } else {
            follow(fault, now);
        }
    }

    /** Ends a fault, whether it holds or still waits. */
    public void clear(FaultKind kind, long now) {
        trace.event(now, "cleared", json -> json.put("name", kind.label()));
        plan.remove(kind);
        boolean held = conditions.remove(kind) != null;
        if (kind == FaultKind.CABLE_PULLED) {
            cableBack = NEVER;
            wire.cut(false);
        } else if (held) {
            effect.ended(kind, now);
        }
    }

    /** What the faults of a reply do once it has left; those about its bytes have struck already. */
    public void follow(Map<FaultKind, Fault> struck, long now) {
        struck.values().forEach(fault -> follow(fault, now));
    }

    /** Whether this condition holds. */
    public boolean holds(FaultKind condition) {
        return conditions.containsKey(condition);
    }

    /** The condition as it was injected, while it holds. */
    public Optional<Fault> held(FaultKind condition) {
        return Optional.ofNullable(conditions.get(condition));
    }

    /** When the cable comes back by itself; {@link Long#MAX_VALUE} for never. */
    public long nextDue() {
        return cableBack;
    }

    /** Puts the cable back when it is time. */
    public void advance(long now) {
        if (cableBack <= now) {
            clear(FaultKind.CABLE_PULLED, now);
        }
    }

    /** The names of the faults that hold or wait. */
    public List<String> labels() {
        Set<String> labels = new LinkedHashSet<>();
        conditions.keySet().forEach(kind -> labels.add(kind.label()));
        labels.addAll(plan.labels());
        return List.copyOf(labels);
    }

    private void follow(Fault fault, long now) {
        switch (fault.kind().nature()) {
            case REPLY, WIRE -> {
                // These have struck already.
            }
            case CONDITION -> {
                conditions.put(fault.kind(), fault);
                if (fault.kind() == FaultKind.CABLE_PULLED) {
                    cableBack = fault.value() < 0 ? NEVER : now + fault.value() * NANOS_PER_MILLI;
                    wire.cut(true);
                } else {
                    effect.begins(fault, now);
                }
            }
            case EVENT -> effect.begins(fault, now);
        }
    }
}
