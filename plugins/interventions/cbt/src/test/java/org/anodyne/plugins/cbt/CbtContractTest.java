package org.anodyne.plugins.cbt;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.anodyne.plugin.Phase;
import org.anodyne.plugin.PluginFactory;
import org.anodyne.plugin.tck.ActivityScript;
import org.anodyne.plugin.tck.InterventionContract;
import org.anodyne.plugin.tck.Phases;
import org.anodyne.plugin.tck.Step;

class CbtContractTest extends InterventionContract {
    private static final int SESSIONS = 3;
    private static final double LENGTH = 4 * 3600;

    @Override
    protected PluginFactory factory() {
        return new CbtFactory();
    }

    @Override
    protected Map<String, Object> parameters() {
        return Map.of("delivery", "guided", "patience", 300.0);
    }

    /** Three sessions in a row, each long enough to go through. */
    @Override
    protected List<Step> script() {
        List<Phase> phases = new ArrayList<>();
        for (int i = 0; i < SESSIONS; i++) {
            phases.add(new Phase(
                    "session-" + (i + 1),
                    i,
                    0,
                    Phases.nanos(i * LENGTH),
                    OptionalLong.of(Phases.nanos((i + 1) * LENGTH)),
                    true,
                    Map.of("session", (long) i + 1),
                    List.of()));
        }
        try {
            return ActivityScript.of(factory(), parameters(), phases, 20);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
