package org.anodyne.plugins.__package__;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anodyne.plugin.PluginContext;
import org.anodyne.plugin.outcome.OutcomeInstrument;
import org.anodyne.plugin.signal.Feature;

/** Publishes each answer, and their sum each time that every question has been answered anew. */
final class __Class__ implements OutcomeInstrument {
    private final PluginContext context;
    private final List<Item> items;
    private final Map<String, Double> answers = new HashMap<>();

    __Class__(PluginContext context) {
        this.context = context;
        this.items = __Class__Factory.items(context.parameters());
    }

    @Override
    public List<Item> items() {
        return items;
    }

    @Override
    public String answer(String itemId, double value, long timeNanos) {
        Optional<Item> asked = items.stream().filter(i -> i.id().equals(itemId)).findFirst();
        if (asked.isEmpty()) {
            return "there is no item '" + itemId + "'; there are "
                    + items.stream().map(Item::id).toList();
        }
        Item item = asked.get();
        if (!(value >= item.minimum() && value <= item.maximum())) {
            return value + " is not between " + item.minimum() + " and " + item.maximum();
        }
        if (Math.rint(value) != value) {
            return value + " is no whole number";
        }
        publish(itemId, timeNanos, value);
        answers.put(itemId, value);
        if (answers.size() == items.size()) {
            publish(
                    __Class__Factory.SCORE,
                    timeNanos,
                    answers.values().stream().mapToDouble(a -> a).sum());
            answers.clear();
        }
        return "";
    }

    private void publish(String feature, long timeNanos, double value) {
        context.outlet().feature(new Feature(feature, timeNanos, new double[] {value}));
    }

    @Override
    public void close() {}
}
