package org.anodyne.session.engine.plan;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anodyne.host.InstalledPlugin;
import org.anodyne.host.PluginRegistry;
import org.anodyne.plugin.Delay;
import org.anodyne.plugin.Delay.Stage;
import org.anodyne.plugin.FeatureRef;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.PluginKind;
import org.anodyne.plugin.intervention.Trigger;
import org.anodyne.plugin.signal.StreamInfo;
import org.anodyne.session.SessionEngine.Chain;
import org.anodyne.session.SessionEngine.Lag;
import org.anodyne.session.engine.protocol.Protocol;

/** The ways of a protocol from its sources to what answers them, with the delays that plug-ins state. Thread: one. */
public final class Chains {
    /** What each kind of plug-in can be expected to know of itself; what it does not state is told as not stated. */
    private static final Map<PluginKind, List<Stage>> EXPECTED = new EnumMap<>(Map.of(
            PluginKind.SOURCE, List.of(Stage.ACQUISITION, Stage.BLOCK),
            PluginKind.PROCESSOR, List.of(Stage.FILTER),
            PluginKind.INTERVENTION, List.of(Stage.DECISION),
            PluginKind.ACTUATOR, List.of(Stage.OUTPUT),
            PluginKind.SCENE, List.of(Stage.DECISION),
            PluginKind.DISPLAY, List.of(Stage.OUTPUT)));

    /** Where only the rate is known. */
    private static final List<StreamInfo.Channel> UNKNOWN = List.of(new StreamInfo.Channel("?", ""));

    private final PluginRegistry registry;
    private final Protocol protocol;
    private final Map<String, Double> rates;

    /**
     * @param protocol one without faults
     * @param rates slot to sampling rate in hertz, of streams that only a device or a recording describes
     */
    public Chains(PluginRegistry registry, Protocol protocol, Map<String, Double> rates) {
        this.registry = registry;
        this.protocol = protocol;
        this.rates = Map.copyOf(rates);
    }

    /** A slot on a way, and which of its outputs leads on. */
    private record Station(String slot, String output) {}

    /** All ways: those of triggers in the order of the phases, then those of worlds and of other interventions. */
    public List<Chain> all() {
        List<Chain> chains = new ArrayList<>();
        Map<String, Trigger> triggers = new LinkedHashMap<>();
        Map<String, String> deciders = new HashMap<>();
        List<Protocol.PhasePlan> phases = new ArrayList<>();
        phases(protocol.steps(), phases);
        phases.forEach(p -> p.triggers()
                .forEach((slot, list) -> list.forEach(t -> {
                    triggers.putIfAbsent(t.id(), t);
                    deciders.putIfAbsent(t.id(), slot);
                })));
        for (Trigger trigger : triggers.values()) {
            for (List<Station> way : waysTo(trigger.feature())) {
                for (Trigger.Action action : trigger.actions()) {
                    List<Station> whole = new ArrayList<>(way);
                    whole.add(new Station(deciders.get(trigger.id()), ""));
                    if (protocol.slots().get(action.slot()).kind() == PluginKind.SCENE) {
                        whole.add(new Station(action.slot(), ""));
                        shownOn(action.slot(), phases).ifPresent(d -> whole.add(new Station(d, "")));
                    } else {
                        whole.add(new Station(action.slot(), action.action()));
                    }
                    chains.add(chain(whole, Optional.of(trigger)));
                }
            }
        }
        for (Protocol.Slot slot : protocol.slots().values()) {
            boolean answers = slot.kind() == PluginKind.SCENE
                    || slot.kind() == PluginKind.INTERVENTION && !deciders.containsValue(slot.name());
            if (answers) {
                for (List<Station> way : waysInto(slot)) {
                    List<Station> whole = new ArrayList<>(way);
                    whole.add(new Station(slot.name(), ""));
                    if (slot.kind() == PluginKind.SCENE) {
                        shownOn(slot.name(), phases).ifPresent(d -> whole.add(new Station(d, "")));
                    }
                    chains.add(chain(whole, Optional.empty()));
                }
            }
        }
        return chains;
    }

    private static void phases(List<Protocol.Step> steps, List<Protocol.PhasePlan> into) {
        for (Protocol.Step step : steps) {
            if (step instanceof Protocol.PhasePlan phase) {
                into.add(phase);
            } else if (step instanceof Protocol.Block block) {
                phases(block.steps(), into);
            }
        }
    }

    private Optional<String> shownOn(String scene, List<Protocol.PhasePlan> phases) {
        return phases.stream()
                .filter(p -> p.slots().contains(scene))
                .flatMap(p -> p.slots().stream())
                .filter(s -> protocol.slots().get(s).kind() == PluginKind.DISPLAY)
                .findFirst();
    }

    private List<List<Station>> waysTo(FeatureRef feature) {
        return ways(feature.slot(), feature.feature());
    }

    /** All ways that end with this output of this slot; a protocol's inputs never go in a circle. */
    private List<List<Station>> ways(String name, String output) {
        Protocol.Slot slot = protocol.slots().get(name);
        List<List<Station>> before = waysInto(slot);
        if (before.isEmpty()) {
            before = List.of(List.of());
        }
        List<List<Station>> ways = new ArrayList<>();
        for (List<Station> way : before) {
            List<Station> longer = new ArrayList<>(way);
            longer.add(new Station(name, output));
            ways.add(longer);
        }
        return ways;
    }

    private List<List<Station>> waysInto(Protocol.Slot slot) {
        List<List<Station>> ways = new ArrayList<>();
        new java.util.TreeMap<>(slot.streams())
                .values()
                .forEach(refs -> refs.forEach(r -> ways.addAll(ways(r.slot(), r.stream()))));
        new java.util.TreeMap<>(slot.features()).values().forEach(refs -> refs.forEach(r -> ways.addAll(waysTo(r))));
        return ways;
    }

    private Chain chain(List<Station> way, Optional<Trigger> trigger) {
        List<Lag> lags = new ArrayList<>();
        int hops = 0;
        for (int i = 0; i < way.size(); i++) {
            Protocol.Slot slot = protocol.slots().get(way.get(i).slot());
            // A world is drawn within the display: nothing passes over the bus between the two.
            hops += i > 0 && slot.kind() != PluginKind.DISPLAY ? 1 : 0;
            lags.addAll(lags(slot, way.get(i).output()));
            if (trigger.isPresent() && slot.kind() == PluginKind.INTERVENTION) {
                double hold = trigger.get().holdNanos() / 1e9;
                lags.add(new Lag(
                        slot.name(),
                        Stage.DECISION,
                        Optional.of(Delay.of(
                                "",
                                Stage.DECISION,
                                hold,
                                "hold of trigger '" + trigger.get().id() + "'"))));
            }
        }
        return new Chain(
                way.stream().map(Station::slot).toList(),
                trigger.map(Trigger::id).orElse(""),
                lags,
                hops);
    }

    /** What is stated of the output, and what should be and is not, in the order of stages. */
    private List<Lag> lags(Protocol.Slot slot, String output) {
        List<Delay> stated = registry
                .find(slot.plugin())
                .map(p -> p.delays(new Parameters(slot.parameters()), inputs(slot)))
                .orElse(List.of())
                .stream()
                .filter(d -> output.isEmpty() || d.concerns(output))
                .toList();
        List<Lag> lags = new ArrayList<>();
        for (Stage stage : Stage.values()) {
            List<Delay> here = stated.stream().filter(d -> d.stage() == stage).toList();
            here.forEach(d -> lags.add(new Lag(slot.name(), stage, Optional.of(d))));
            if (here.isEmpty() && EXPECTED.getOrDefault(slot.kind(), List.of()).contains(stage)) {
                lags.add(new Lag(slot.name(), stage, Optional.empty()));
            }
        }
        return lags;
    }

    private Inputs inputs(Protocol.Slot slot) {
        Map<String, List<StreamInfo>> streams = new HashMap<>();
        slot.streams()
                .forEach((port, refs) -> refs.forEach(r -> known(r.slot(), r.stream())
                        .ifPresent(s -> streams.computeIfAbsent(port, p -> new ArrayList<>())
                                .add(s))));
        return new Inputs(streams, slot.features());
    }

    /** A stream as the plug-in of its slot describes it beforehand, or by its rate alone; empty where nobody has told. */
    private Optional<StreamInfo> known(String name, String stream) {
        Protocol.Slot slot = protocol.slots().get(name);
        Optional<InstalledPlugin> plugin = registry.find(slot.plugin());
        return plugin.map(p -> p.streams(new Parameters(slot.parameters()))).orElse(List.of()).stream()
                .filter(s -> stream.isEmpty() || s.name().equals(stream))
                .findFirst()
                .map(s -> new StreamInfo(name, s.name(), s.type(), s.rateHz(), s.channels(), s.synthetic()))
                .or(() -> Optional.ofNullable(rates.get(name))
                        .map(rate -> new StreamInfo(name, stream, "", rate, UNKNOWN, false)));
    }
}
