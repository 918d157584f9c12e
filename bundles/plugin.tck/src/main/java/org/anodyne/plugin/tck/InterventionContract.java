package org.anodyne.plugin.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.anodyne.plugin.Command;
import org.anodyne.plugin.PluginInstance;
import org.anodyne.plugin.intervention.Decision;
import org.anodyne.plugin.intervention.Intervention;
import org.junit.jupiter.api.Test;

/** The contract of an intervention. */
public abstract class InterventionContract extends StepContract {
    @Override
    protected final Class<? extends PluginInstance> role() {
        return Intervention.class;
    }

    @Test
    void everyFiringHasItsCommandAndNothingElseHas() throws Exception {
        RecordedOutlet published = run();
        List<String> fired = published.decisions().stream()
                .filter(d -> d.verdict() == Decision.Verdict.FIRED)
                .map(Decision::commandId)
                .toList();
        assertEquals(fired, published.commands().stream().map(Command::id).toList());
        assertEquals(fired.size(), fired.stream().distinct().count(), "two commands share an id");
    }
}
