package org.anodyne.plugins.goaltraining;

import java.util.Map;
import java.util.Set;
import org.anodyne.plugin.PluginFactory;
import org.anodyne.plugin.tck.SceneContract;
import org.anodyne.plugins.vr.DisplayFactory;

class GoalTrainingContractTest extends SceneContract {
    @Override
    protected PluginFactory factory() {
        return new GoalTrainingFactory();
    }

    @Override
    protected PluginFactory display() {
        return new DisplayFactory();
    }

    @Override
    protected double watchedSeconds() {
        return 6;
    }

    @Override
    protected Map<String, Object> beside(String parameter) {
        return switch (parameter) {
            case "reachLeast" -> Map.of("reachLeast", 0.5, "reachMost", 1.0);
            case "reachMost" -> Map.of("reachLeast", 0.15, "reachMost", 0.3);
            // A long reach, and one target after the other: what a height means is seen only where an arm comes to.
            case "heightLowest" ->
                Map.of("heightLowest", 0.9, "heightHighest", 2.2, "reachLeast", 0.6, "patience", 2.0);
            case "heightHighest" ->
                Map.of("heightLowest", 0.2, "heightHighest", 1.0, "reachLeast", 0.6, "patience", 2.0);
            case "mode" -> Map.of("interval", 2.0);
            case "interval" -> Map.of("mode", "time", "duration", 30.0, "interval", 2.0);
            case "patience" -> Map.of("patience", 2.0);
            default -> Map.of();
        };
    }

    /** What answers to a hand, and when it is over: ExerciseTest. */
    @Override
    protected Set<String> notSeenByThemselves() {
        return Set.of("hold", "adapt", "goals", "duration");
    }
}
