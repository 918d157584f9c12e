package org.anodyne.session.engine.fake;

import java.util.List;
import org.anodyne.plugin.PluginFactory;
import org.anodyne.plugin.PluginPorts;
import org.anodyne.plugin.PluginPorts.FeatureInfo;
import org.anodyne.plugin.outcome.OutcomeInstrument;
import org.anodyne.plugin.signal.Feature;

/** An instrument of one optional item that is answered in words, up to 40 characters. */
public final class FakeWords implements OutcomeInstrument {
    private final FakeSlot slot;

    private FakeWords(FakeSlot slot) {
        this.slot = slot;
    }

    /** Its factory. */
    public static PluginFactory factory() {
        PluginPorts ports = new PluginPorts(
                List.of(), List.of(new FeatureInfo("what", "1", List.of("what"), false)), List.of(), List.of());
        return FakePlugins.factory(ports, FakeWords::new);
    }

    @Override
    public List<Item> items() {
        return List.of(new Item("what", "What was it?", 0, "", 0, "", 1, "", List.of(), 40, true));
    }

    @Override
    public String answer(String itemId, double value, long timeNanos) {
        return "in words, please";
    }

    @Override
    public String answer(String itemId, String words, long timeNanos) {
        if (words.length() > 40) {
            return "too long";
        }
        slot.feature(new Feature(itemId, timeNanos, new double[] {words.length()}));
        return "";
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
