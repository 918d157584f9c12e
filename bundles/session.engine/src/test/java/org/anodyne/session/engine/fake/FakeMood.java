package org.anodyne.session.engine.fake;

import java.util.List;
import java.util.Map;
import org.anodyne.plugin.Event;
import org.anodyne.plugin.PluginFactory;
import org.anodyne.plugin.PluginPorts;
import org.anodyne.plugin.PluginPorts.FeatureInfo;
import org.anodyne.plugin.outcome.OutcomeInstrument;
import org.anodyne.plugin.signal.Feature;

/** An instrument of two items that publishes each answer, −1 for what was missed, and an alert when item 'dark' is above 0. */
public final class FakeMood implements OutcomeInstrument {
    private final FakeSlot slot;

    private FakeMood(FakeSlot slot) {
        this.slot = slot;
    }

    /** Its factory. */
    public static PluginFactory factory() {
        PluginPorts ports = new PluginPorts(
                List.of(),
                List.of(
                        new FeatureInfo("calm", "1", List.of("calm"), false),
                        new FeatureInfo("dark", "1", List.of("dark"), false),
                        new FeatureInfo("score", "1", List.of("sum"), false)),
                List.of(),
                List.of());
        return FakePlugins.factory(ports, FakeMood::new);
    }

    @Override
    public List<Item> items() {
        return List.of(
                new Item("calm", "How calm are you?", 0, "not", 10, "very", 1),
                new Item(
                        "dark",
                        "Dark thoughts?",
                        0,
                        "",
                        2,
                        "",
                        1,
                        "In the last week:",
                        List.of(new Choice(0, "never"), new Choice(2, "often"))));
    }

    @Override
    public String answer(String itemId, double value, long timeNanos) {
        slot.feature(new Feature(itemId, timeNanos, new double[] {value}));
        if (itemId.equals("dark") && value > 0) {
            slot.event(new Event("safety-alert", timeNanos, Map.of("item", itemId, "text", "ask about dark thoughts")));
        }
        return "";
    }

    @Override
    public void missed(String itemId, long timeNanos) {
        slot.feature(new Feature(itemId, timeNanos, new double[] {-1}));
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
