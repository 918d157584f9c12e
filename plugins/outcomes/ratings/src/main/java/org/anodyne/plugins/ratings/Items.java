package org.anodyne.plugins.ratings;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.PluginException;
import org.anodyne.plugin.outcome.OutcomeInstrument.Item;

/**
 * The items of an instrument. Numeric and visual rating scales for pain are free to use; their wording here is Anodyne's
 * own. Instruments whose wording belongs to somebody are entered by the lab that may use them.
 */
final class Items {
    private static final String LEAST = "no pain";
    private static final String WORST = "worst pain imaginable";

    private static final Map<String, Item> SCALES = Map.of(
            "nrs", new Item("pain", "How strong is your pain right now?", 0, LEAST, 10, WORST, 1),
            "vas", new Item("pain-vas", "Mark how strong your pain is right now.", 0, LEAST, 100, WORST, 1));

    private Items() {}

    /** Built-in scales first, then the lab's own items, in the order in which the protocol lists them. */
    static List<Item> of(Parameters parameters) {
        List<Item> items = new ArrayList<>();
        parameters.list("scales").forEach(scale -> items.add(SCALES.get(String.valueOf(scale))));
        for (Object own : parameters.list("items")) {
            if (own instanceof Map<?, ?> item) {
                items.add(new Item(
                        String.valueOf(item.get("id")),
                        String.valueOf(item.get("text")),
                        number(item, "minimum", 0),
                        text(item, "minimumAnchor"),
                        number(item, "maximum", 10),
                        text(item, "maximumAnchor"),
                        number(item, "step", 1)));
            }
        }
        return items;
    }

    private static double number(Map<?, ?> item, String name, double otherwise) {
        return item.get(name) instanceof Number n ? n.doubleValue() : otherwise;
    }

    private static String text(Map<?, ?> item, String name) {
        return Optional.ofNullable(item.get(name)).map(String::valueOf).orElse("");
    }

    /** Refuses items that could not be asked. */
    static void check(List<Item> items) throws PluginException {
        if (items.isEmpty()) {
            throw new PluginException("ratings: there is nothing to ask; name a scale in 'scales' or add 'items'.");
        }
        Set<String> ids = new HashSet<>();
        for (Item item : items) {
            if (!ids.add(item.id())) {
                throw new PluginException(
                        "ratings: there are two items '" + item.id() + "'; give one of them another id.");
            }
            double steps = (item.maximum() - item.minimum()) / item.step();
            if (!(item.minimum() < item.maximum()) || !whole(steps)) {
                throw new PluginException("ratings: item '" + item.id() + "' goes from " + item.minimum() + " to "
                        + item.maximum() + " in steps of " + item.step()
                        + ", which does not come out; the maximum must lie a whole number of steps above the minimum.");
            }
        }
    }

    /** Whether a number is whole, but for the error of decimal fractions. */
    static boolean whole(double number) {
        return Math.abs(number - Math.rint(number)) < 1e-9;
    }
}
