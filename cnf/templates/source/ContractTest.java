package org.anodyne.plugins.__package__;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.anodyne.plugin.PluginFactory;
import org.anodyne.plugin.signal.SampleBlock;
import org.anodyne.plugin.tck.SourceContract;
import org.junit.jupiter.api.Test;

class __Class__ContractTest extends SourceContract {
    @Override
    protected PluginFactory factory() {
        return new __Class__Factory();
    }

    @Test
    void waveHasItsFrequency() throws Exception {
        for (SampleBlock block : tenSeconds().published().blocks(__Class__Factory.STREAM)) {
            for (int i = 0; i < block.length(); i++) {
                assertEquals(Math.sin(2 * Math.PI * 10 * (block.index() + i) / 250), block.at(i, 0), 1e-6);
            }
        }
    }
}
