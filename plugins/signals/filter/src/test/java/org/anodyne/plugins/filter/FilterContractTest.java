package org.anodyne.plugins.filter;

import java.util.List;
import java.util.Map;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.PluginFactory;
import org.anodyne.plugin.tck.ProcessorContract;
import org.anodyne.plugin.tck.Step;

class FilterContractTest extends ProcessorContract {
    @Override
    protected PluginFactory factory() {
        return new FilterFactory();
    }

    @Override
    protected Map<String, Object> parameters() {
        return Map.of(
                "highPass",
                1.0,
                "lowPass",
                40.0,
                "notch",
                50.0,
                "reference",
                "linked",
                "referenceChannels",
                List.of("A1"),
                "untouched",
                List.of("TRIG"));
    }

    @Override
    protected Inputs inputs() {
        return Streams.inputs();
    }

    @Override
    protected List<Step> script() {
        return Streams.script();
    }
}
