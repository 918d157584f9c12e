package org.anodyne.plugins.instruments;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.Event;
import org.anodyne.plugin.HandOver;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.Outlet;
import org.anodyne.plugin.PluginContext;
import org.anodyne.plugin.PluginException;
import org.anodyne.plugin.outcome.OutcomeInstrument;
import org.anodyne.plugin.signal.Feature;
import org.anodyne.plugins.instruments.definition.Definition;
import org.anodyne.plugins.instruments.definition.DefinitionException;
import org.anodyne.plugins.instruments.definition.Library.Entry;
import org.anodyne.plugins.instruments.scoring.Scoring;
import org.anodyne.plugins.instruments.scoring.Scoring.Scored;

/**
 * Asks the items of one or several instruments, each under {@code INSTRUMENT-ITEM}. Each answer is a feature; when every item
 * of an instrument was answered or given up, its scores are a feature and an event. Thread: the lane.
 */
final class Instruments implements OutcomeInstrument {
    private static final String STATE = "org.anodyne.instruments";
    private static final int STATE_VERSION = 2;

    private final PluginContext context;
    private final Map<String, Asking> asking = new LinkedHashMap<>();
    private final Map<String, Place> places = new LinkedHashMap<>();
    private List<Item> items = List.of();

    /** Where an item belongs. */
    private record Place(Entry entry, Definition.Item item) {}

    Instruments(PluginContext context) {
        this.context = context;
    }

    @Override
    public void prepare(Inputs inputs, Deadline deadline) throws PluginException {
        Chosen chosen;
        try {
            chosen = Chosen.of(context.parameters());
        } catch (DefinitionException e) {
            throw new PluginException("instruments: " + e.getMessage());
        }
        List<Item> all = new ArrayList<>();
        for (Entry entry : chosen.entries()) {
            Definition d = entry.definition();
            asking.put(d.id(), new Asking(d, chosen.baselines().getOrDefault(d.id(), Map.of())));
            for (Definition.Item item : d.items()) {
                Item asked = asked(d, item);
                if (places.put(asked.id(), new Place(entry, item)) != null) {
                    throw new PluginException("instruments: two of them have an item '" + asked.id()
                            + "'; put them into slots of their own.");
                }
                all.add(asked);
            }
        }
        items = List.copyOf(all);
    }

    private static Item asked(Definition d, Definition.Item item) {
        return new Item(
                d.nameOf(item),
                item.text(),
                item.minimum(),
                item.minimumAnchor(),
                item.maximum(),
                item.maximumAnchor(),
                item.step(),
                item.instruction(),
                item.answers().stream()
                        .map(a -> new Choice(a.value(), a.text()))
                        .toList(),
                item.longest(),
                item.optional());
    }

    @Override
    public List<Item> items() {
        return items;
    }

    @Override
    public String answer(String itemId, double value, long timeNanos) {
        Place place = places.get(itemId);
        if (place == null) {
            return unknown(itemId);
        }
        String objection = place.item().objection(value);
        if (!objection.isEmpty()) {
            return objection;
        }
        Definition d = place.entry().definition();
        Outlet outlet = context.outlet();
        Asking of = begun(place, timeNanos);
        outlet.feature(new Feature(itemId, timeNanos, new double[] {value}));
        Told.alert(d, place.item(), itemId, value)
                .ifPresent(told -> outlet.event(new Event("safety-alert", timeNanos, told)));
        of.answered(place.item().id(), value);
        scoreIfComplete(d, of, timeNanos);
        return "";
    }

    /** The words themselves go into the record by the host's event of the answer; here they only count as an answer. */
    @Override
    public String answer(String itemId, String words, long timeNanos) {
        Place place = places.get(itemId);
        if (place == null) {
            return unknown(itemId);
        }
        String objection = place.item().objection(words);
        if (!objection.isEmpty()) {
            return objection;
        }
        Asking of = begun(place, timeNanos);
        context.outlet().feature(new Feature(itemId, timeNanos, new double[] {words.length()}));
        of.written(place.item().id());
        scoreIfComplete(place.entry().definition(), of, timeNanos);
        return "";
    }

    private String unknown(String itemId) {
        return "there is no item '" + itemId + "'; there are " + List.copyOf(places.keySet());
    }

    @Override
    public void missed(String itemId, long timeNanos) {
        Place place = places.get(itemId);
        if (place != null) {
            Asking of = begun(place, timeNanos);
            of.missed(place.item().id());
            scoreIfComplete(place.entry().definition(), of, timeNanos);
        }
    }

    /** The instrument goes into the record as it is asked, once, so that the record can be read without this plug-in. */
    private Asking begun(Place place, long timeNanos) {
        Asking of = asking.get(place.entry().definition().id());
        if (of.tell()) {
            context.outlet()
                    .event(new Event(
                            "instrument",
                            timeNanos,
                            Told.instrument(place.entry().document())));
        }
        return of;
    }

    private void scoreIfComplete(Definition d, Asking of, long timeNanos) {
        if (!of.complete()) {
            return;
        }
        Scored scored = Scoring.score(d, of.answers());
        Map<String, Object> told = Told.scored(d, of.answers(), of.written(), scored, of.baseline());
        of.scored(scored.scores());
        if (!d.scales().isEmpty()) {
            double[] values = d.scales().stream()
                    .mapToDouble(s -> scored.scores().getOrDefault(s.id(), Double.NaN))
                    .toArray();
            context.outlet().feature(new Feature(d.id(), timeNanos, values));
        }
        context.outlet().event(new Event("score", timeNanos, told));
    }

    @Override
    public Optional<HandOver> drain(Deadline deadline) {
        return Optional.of(HandOver.of(STATE, STATE_VERSION, out -> {
            out.writeInt(asking.size());
            for (Asking of : asking.values()) {
                of.write(out);
            }
        }));
    }

    @Override
    public boolean takeOver(HandOver handOver) {
        return handOver.restore(STATE, STATE_VERSION, in -> {
            if (in.readInt() != asking.size()) {
                throw new IllegalArgumentException("other instruments");
            }
            List<Runnable> all = new ArrayList<>();
            for (Asking of : asking.values()) {
                all.add(of.read(in));
            }
            return () -> all.forEach(Runnable::run);
        });
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
