package org.anodyne.plugins.instruments;

import java.util.List;
import java.util.Map;
import org.anodyne.plugin.PluginFactory;
import org.anodyne.plugin.tck.OutcomeContract;

class InstrumentsContractTest extends OutcomeContract {
    @Override
    protected PluginFactory factory() {
        return new InstrumentsFactory();
    }

    @Override
    protected Map<String, Object> parameters() {
        return Map.of("instruments", List.of("phq-9", "fiqr", "nrs", "blinding-guess", "concomitant-medication"));
    }
}
