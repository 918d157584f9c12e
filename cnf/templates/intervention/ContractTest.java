package org.anodyne.plugins.__package__;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.anodyne.plugin.FeatureRef;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.PluginFactory;
import org.anodyne.plugin.intervention.Decision;
import org.anodyne.plugin.signal.Feature;
import org.anodyne.plugin.signal.FeatureInput;
import org.anodyne.plugin.tck.InterventionContract;
import org.anodyne.plugin.tck.Phases;
import org.anodyne.plugin.tck.Step;
import org.junit.jupiter.api.Test;

class __Class__ContractTest extends InterventionContract {
    @Override
    protected PluginFactory factory() {
        return new __Class__Factory();
    }

    @Override
    protected Map<String, Object> parameters() {
        return Map.of("limit", 0.5, "refractory", 5.0, "actuator", "tens", "action", "pulse");
    }

    @Override
    protected Inputs inputs() {
        return new Inputs(Map.of(), Map.of(__Class__Factory.PORT, List.of(FeatureRef.parse("alpha/relative"))));
    }

    /** The feature is above the limit for one second in every four. */
    @Override
    protected List<Step> script() {
        List<Step> script = new ArrayList<>();
        script.add(new Step.Enter(Phases.active("only", 0, 0, 40)));
        for (int second = 1; second <= 40; second++) {
            double value = second % 4 == 0 ? 0.9 : 0.1;
            script.add(new Step.Value(
                    __Class__Factory.PORT,
                    new FeatureInput("alpha", new Feature("relative", Phases.nanos(second), new double[] {value}))));
        }
        return script;
    }

    @Test
    void everySecondCrossingFallsIntoTheRefractoryTime() throws Exception {
        List<Decision.Verdict> verdicts =
                run().decisions().stream().map(Decision::verdict).toList();
        assertEquals(10, verdicts.size());
        for (int i = 0; i < verdicts.size(); i++) {
            assertEquals(
                    i % 2 == 0 ? Decision.Verdict.FIRED : Decision.Verdict.HELD_BY_REFRACTORY_TIME, verdicts.get(i));
        }
    }
}
