package org.anodyne.plugins.ratings;

import java.util.List;
import java.util.Optional;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.PluginContext;
import org.anodyne.plugin.PluginException;
import org.anodyne.plugin.outcome.OutcomeInstrument;
import org.anodyne.plugin.signal.Feature;

/** Takes numeric answers and publishes each as a feature. Thread: the lane. */
final class Ratings implements OutcomeInstrument {
    private final PluginContext context;
    private final List<Item> items;

    Ratings(PluginContext context) {
        this.context = context;
        this.items = List.copyOf(Items.of(context.parameters()));
    }

    @Override
    public void prepare(Inputs inputs, Deadline deadline) throws PluginException {
        Items.check(items);
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
        if (!Items.whole((value - item.minimum()) / item.step())) {
            return value + " is no step of " + item.step() + " from " + item.minimum();
        }
        context.outlet().feature(new Feature(item.id(), timeNanos, new double[] {value}));
        return "";
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
