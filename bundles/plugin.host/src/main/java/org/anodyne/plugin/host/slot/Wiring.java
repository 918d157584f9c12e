package org.anodyne.plugin.host.slot;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.anodyne.bus.Message;
import org.anodyne.bus.MessageBus.Subscription;
import org.anodyne.bus.Payload;
import org.anodyne.bus.Topic.Kind;
import org.anodyne.host.HostException;
import org.anodyne.host.SlotSpec;
import org.anodyne.host.SlotSpec.StreamRef;
import org.anodyne.plugin.Acknowledgement;
import org.anodyne.plugin.Event;
import org.anodyne.plugin.EventInput;
import org.anodyne.plugin.FeatureRef;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.PluginKind;
import org.anodyne.plugin.PluginPorts.Carries;
import org.anodyne.plugin.PluginPorts.InputPort;
import org.anodyne.plugin.device.SignalSink;
import org.anodyne.plugin.device.Witness;
import org.anodyne.plugin.intervention.ActivityAnswer;
import org.anodyne.plugin.intervention.ActivityGuide;
import org.anodyne.plugin.intervention.Intervention;
import org.anodyne.plugin.signal.Feature;
import org.anodyne.plugin.signal.FeatureInput;
import org.anodyne.plugin.signal.SampleBlock;
import org.anodyne.plugin.signal.SignalProcessor;
import org.anodyne.plugin.signal.StreamInfo;

/** Connects a slot's input ports to topics of the bus; it stays when the slot's plug-in is replaced. */
final class Wiring {
    private final Env env;
    private final SlotSpec spec;
    private final Slot slot;
    private final Set<String> awaited;
    private final Map<String, List<Target>> targets = new LinkedHashMap<>();
    private final Inputs inputs;
    private final List<CompletableFuture<Subscription>> subscriptions = new ArrayList<>();

    /**
     * Where what arrives goes.
     *
     * @param component index of the one component that is delivered; −1 for all
     * @param name name under which the feature is delivered; empty for streams
     */
    private record Target(String port, int component, String name) {}

    /** @throws HostException when a stream or feature cannot be connected */
    Wiring(Env env, SlotSpec spec, Slot slot, Set<String> awaited) {
        this.env = env;
        this.spec = spec;
        this.slot = slot;
        this.awaited = awaited;
        Map<String, List<StreamInfo>> streams = new LinkedHashMap<>();
        spec.streams().forEach((port, refs) -> {
            List<StreamInfo> infos = new ArrayList<>();
            refs.forEach(ref -> infos.addAll(connect(port, ref)));
            streams.put(port, List.copyOf(infos));
        });
        Set<String> eventPorts = eventPorts();
        spec.features()
                .forEach((port, refs) -> refs.forEach(ref -> {
                    if (eventPorts.contains(port)) {
                        connectEvents(port, ref);
                    } else {
                        connect(port, ref);
                    }
                }));
        inputs = new Inputs(streams, spec.features());
    }

    Inputs inputs() {
        return inputs;
    }

    private List<StreamInfo> connect(String port, StreamRef ref) {
        List<StreamInfo> known = env.neighbours().streams(ref.slot());
        List<StreamInfo> chosen = known.stream()
                .filter(s -> ref.stream().isEmpty() || s.name().equals(ref.stream()))
                .toList();
        if (!known.isEmpty() && chosen.size() != 1) {
            throw new HostException("slot " + spec.slot() + " takes stream '" + ref.stream() + "' of slot "
                    + ref.slot() + ", which delivers "
                    + known.stream().map(StreamInfo::name).toList() + "; name one of these as " + ref.slot()
                    + "/stream");
        }
        // Of a slot in another process nothing is known here: take what it publishes.
        String name = chosen.isEmpty() ? ref.stream() : chosen.get(0).name();
        target(env.topic(Kind.SAMPLE, ref.slot(), "").path() + "/" + (name.isEmpty() ? "+" : name))
                .add(new Target(port, -1, ""));
        return chosen;
    }

    private void connect(String port, FeatureRef ref) {
        int index = -1;
        if (!ref.component().isEmpty()) {
            List<String> names = env.neighbours()
                    .components(ref.slot(), ref.feature())
                    .orElseThrow(() -> new HostException("slot " + spec.slot() + " takes " + ref
                            + ", but the components of that feature are not known here; take the whole feature"));
            index = names.indexOf(ref.component());
            if (index < 0) {
                throw new HostException(
                        "slot " + spec.slot() + " takes " + ref + ", but that feature has the components " + names);
            }
        }
        String name = ref.component().isEmpty() ? ref.feature() : ref.feature() + "." + ref.component();
        target(env.topic(Kind.FEATURE, ref.slot(), ref.feature()).path()).add(new Target(port, index, name));
    }

    /** Ports that carry events; what is connected to them is written like a feature. */
    private Set<String> eventPorts() {
        return slot.provider().factory().ports(spec.parameters()).inputs().stream()
                .filter(p -> p.carries() == Carries.EVENTS)
                .map(InputPort::name)
                .collect(Collectors.toSet());
    }

    private void connectEvents(String port, FeatureRef ref) {
        String all = env.topic(Kind.EVENT, ref.slot(), "").path();
        target(all + "/" + (ref.feature().equals("*") ? "+" : ref.feature())).add(new Target(port, -1, ""));
    }

    private List<Target> target(String filter) {
        return targets.computeIfAbsent(filter, f -> new ArrayList<>());
    }

    /** Subscribes; complete when the broker has confirmed all. */
    CompletableFuture<Void> connect(PluginKind kind) {
        targets.forEach((filter, to) -> subscribe(filter, m -> arrived(m, to)));
        if (kind == PluginKind.INTERVENTION || kind == PluginKind.SINK || kind == PluginKind.SOURCE) {
            String session = "anodyne/1/" + env.bus().site() + "/" + env.session();
            subscribe(session + "/ack/+", this::acknowledged);
            subscribe(session + "/command/+", this::commanded);
        }
        if (kind == PluginKind.INTERVENTION) {
            subscribe(env.topic(Kind.EVENT, spec.slot(), ActivityAnswer.TYPE).path(), this::answered);
        }
        if (kind == PluginKind.ACTUATOR || kind == PluginKind.SCENE) {
            subscribe(env.topic(Kind.COMMAND, spec.slot(), "").path(), m -> {
                if (m.payload() instanceof Payload.Request r) {
                    slot.command(r.command(), m.envelope().acquiredNanos());
                }
            });
        }
        return CompletableFuture.allOf(subscriptions.toArray(CompletableFuture[]::new));
    }

    private void subscribe(String filter, java.util.function.Consumer<Message> handler) {
        subscriptions.add(env.bus().subscribe(filter, handler).toCompletableFuture());
    }

    /** Ends the subscriptions, also those that the broker has still to confirm. */
    void disconnect() {
        subscriptions.forEach(s -> s.thenAccept(Subscription::close));
    }

    private void arrived(Message message, List<Target> to) {
        long acquired = message.envelope().acquiredNanos();
        if (message.payload() instanceof Payload.Samples s) {
            SampleBlock block = s.block();
            for (Target t : to) {
                slot.input(block.endNanos(), acquired, "samples", o -> {
                    if (o.instance() instanceof SignalProcessor p) {
                        p.samples(t.port, block);
                    } else if (o.instance() instanceof SignalSink sink) {
                        sink.samples(t.port, message.topic().slot(), block);
                    }
                });
            }
        } else if (message.payload() instanceof Payload.FeatureValue f) {
            for (Target t : to) {
                FeatureInput input = new FeatureInput(message.topic().slot(), part(f.feature(), t), f.version());
                slot.input(input.feature().timeNanos(), acquired, "feature", o -> {
                    if (o.instance() instanceof SignalProcessor p) {
                        p.feature(t.port, input);
                    } else if (o.instance() instanceof Intervention i) {
                        i.feature(t.port, input);
                    } else if (o.instance() instanceof SignalSink s) {
                        s.feature(t.port, input);
                    }
                });
            }
        } else if (message.payload() instanceof Payload.Document d) {
            EventInput input =
                    new EventInput(message.topic().slot(), new Event(d.type(), d.timeNanos(), d.attributes()));
            for (Target t : to) {
                // It may lie ahead, as a phase does that is announced: it moves no phase on.
                slot.input(Long.MIN_VALUE, acquired, "event", o -> {
                    if (o.instance() instanceof SignalSink s) {
                        s.event(t.port, input);
                    }
                });
            }
        }
    }

    private static Feature part(Feature whole, Target t) {
        if (t.component < 0) {
            return whole;
        }
        double value = t.component < whole.values().length ? whole.values()[t.component] : Double.NaN;
        return new Feature(t.name, whole.timeNanos(), new double[] {value});
    }

    private void acknowledged(Message message) {
        if (message.payload() instanceof Payload.Reply r) {
            Acknowledgement a = r.acknowledgement();
            if (awaited.remove(a.commandId())) {
                slot.acknowledged(a, message.envelope().acquiredNanos());
            }
            witness(message, w -> w.answered(message.topic().slot(), a));
        }
    }

    /** What the participant did with an activity of this slot; an input, in data time. */
    private void answered(Message message) {
        if (!(message.payload() instanceof Payload.Document d)) {
            return;
        }
        ActivityAnswer answer;
        try {
            answer = ActivityAnswer.of(new Event(d.type(), d.timeNanos(), d.attributes()));
        } catch (IllegalArgumentException e) {
            return; // whoever published it, it is no answer, and must not harm the plug-in
        }
        slot.input(d.timeNanos(), message.envelope().acquiredNanos(), "answered", o -> {
            if (o.instance() instanceof ActivityGuide guide) {
                guide.answered(answer);
            }
        });
    }

    private void commanded(Message message) {
        if (message.payload() instanceof Payload.Request r) {
            witness(message, w -> w.commanded(r.command()));
        }
    }

    /** Not an input: it moves no phase on. */
    private void witness(Message message, java.util.function.Consumer<Witness> telling) {
        slot.input(Long.MIN_VALUE, message.envelope().acquiredNanos(), "witness", o -> {
            if (o.instance() instanceof Witness w) {
                telling.accept(w);
            }
        });
    }
}
