package org.anodyne.plugins.closedloop;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.anodyne.plugin.FeatureRef;
import org.anodyne.plugin.intervention.Trigger;
import org.anodyne.plugin.signal.Feature;
import org.anodyne.plugin.signal.FeatureInput;
import org.anodyne.plugin.tck.Phases;

/** Triggers and values for tests. */
final class Loops {
    private Loops() {}

    static final Trigger.Action BURST = new Trigger.Action("tens", "burst", Map.of("amplitude", 10.0));

    static FeatureInput value(double seconds, double value) {
        return new FeatureInput("pain", new Feature("probability", Phases.nanos(seconds), new double[] {value}));
    }

    static Trigger above(double limit, double holdSeconds, double refractorySeconds) {
        return trigger(Trigger.Comparison.ABOVE, new Trigger.Threshold.Absolute(limit), holdSeconds, refractorySeconds);
    }

    static Trigger trigger(
            Trigger.Comparison comparison, Trigger.Threshold threshold, double holdSeconds, double refractorySeconds) {
        return new Trigger(
                "pain-high",
                FeatureRef.parse("pain/probability"),
                comparison,
                threshold,
                Phases.nanos(holdSeconds),
                Phases.nanos(refractorySeconds),
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                BURST);
    }

    static Trigger capped(Trigger t, int perMinute, int perPhase, int perSession) {
        return new Trigger(
                t.id(),
                t.feature(),
                t.comparison(),
                t.threshold(),
                t.holdNanos(),
                t.refractoryNanos(),
                perMinute > 0 ? OptionalInt.of(perMinute) : OptionalInt.empty(),
                perPhase > 0 ? OptionalInt.of(perPhase) : OptionalInt.empty(),
                perSession > 0 ? OptionalInt.of(perSession) : OptionalInt.empty(),
                t.action());
    }

    static Trigger doing(Trigger t, Trigger.Action... actions) {
        return with(t, OptionalInt.empty(), 0, List.of(actions));
    }

    static Trigger perDay(Trigger t, int perDay, int before) {
        return with(t, OptionalInt.of(perDay), before, t.actions());
    }

    private static Trigger with(Trigger t, OptionalInt perDay, int before, List<Trigger.Action> actions) {
        return new Trigger(
                t.id(),
                t.feature(),
                t.comparison(),
                t.threshold(),
                t.holdNanos(),
                t.refractoryNanos(),
                t.perMinute(),
                t.perPhase(),
                t.perSession(),
                perDay,
                before,
                actions);
    }
}
