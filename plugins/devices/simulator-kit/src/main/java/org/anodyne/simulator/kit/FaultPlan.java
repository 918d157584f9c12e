package org.anodyne.simulator.kit;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** The faults that wait for their reply. Belongs to the thread that drives the device. */
public final class FaultPlan {

    private final List<Fault> waiting = new ArrayList<>();

    /** Lets a fault wait for its reply. */
    public void add(Fault fault) {
        waiting.add(fault);
    }

    /** Lets no fault of this kind wait any more. */
    public void remove(FaultKind kind) {
        waiting.removeIf(fault -> fault.kind() == kind);
    }

    /** Whether a fault of this kind strikes everything that leaves. */
    public boolean always(FaultKind kind) {
        return waiting.stream().anyMatch(fault -> fault.kind() == kind && fault.reply() == Fault.ALWAYS);
    }

    /** The faults that strike this reply; those that strike once are used up. */
    public Map<FaultKind, Fault> take(int reply) {
        Map<FaultKind, Fault> struck = new EnumMap<>(FaultKind.class);
        for (Iterator<Fault> each = waiting.iterator(); each.hasNext(); ) {
            Fault fault = each.next();
            if (fault.reply() == Fault.ALWAYS) {
                struck.putIfAbsent(fault.kind(), fault);
            } else if ((fault.reply() == Fault.NOW || fault.reply() == reply) && !struck.containsKey(fault.kind())) {
                struck.put(fault.kind(), fault);
                each.remove();
            }
        }
        return struck;
    }

    /** The names of the faults that still wait. */
    public List<String> labels() {
        return waiting.stream().map(fault -> fault.kind().label()).distinct().toList();
    }
}
