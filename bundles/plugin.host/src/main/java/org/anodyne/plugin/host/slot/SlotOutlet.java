package org.anodyne.plugin.host.slot;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.anodyne.bus.Payload;
import org.anodyne.bus.Topic;
import org.anodyne.bus.Topic.Kind;
import org.anodyne.plugin.Command;
import org.anodyne.plugin.Event;
import org.anodyne.plugin.Outlet;
import org.anodyne.plugin.PluginKind;
import org.anodyne.plugin.intervention.Decision;
import org.anodyne.plugin.scene.MirrorPicture;
import org.anodyne.plugin.signal.Feature;
import org.anodyne.plugin.signal.SampleBlock;

/** Puts what one instance publishes on the bus, under its slot's topics. Thread: any. */
final class SlotOutlet implements Outlet {
    private enum Gate {
        /** Not started yet. */
        SHUT,
        /** At work. */
        OPEN,
        /** Entering a phase that its predecessor has entered already: what follows from that was published by it. */
        MUTED,
        CLOSED
    }

    private final Env env;
    private final String slot;
    private final PluginKind kind;

    /** Of the plug-in, as it stands on every feature. */
    private final String version;

    private final Lane lane;

    /** Ids of commands whose acknowledgement is still to come; shared by all instances of the slot. */
    private final Set<String> awaited;

    /** Per stream the session time up to which the slot published it, to know the gap that a swap makes. */
    private final Map<String, Long> ends;

    /** Hears every event before it is on the bus. */
    private final Consumer<Event> host;

    private volatile Gate gate = Gate.SHUT;

    /** Looks for the gap between predecessor and successor; null when nothing is to be looked for. */
    private volatile Gap gap;

    SlotOutlet(
            Env env,
            String slot,
            PluginKind kind,
            String version,
            Lane lane,
            Set<String> awaited,
            Map<String, Long> ends,
            Consumer<Event> host) {
        this.env = env;
        this.slot = slot;
        this.kind = kind;
        this.version = version;
        this.lane = lane;
        this.awaited = awaited;
        this.ends = ends;
        this.host = host;
    }

    void open() {
        gate = Gate.OPEN;
    }

    void mute() {
        gate = Gate.MUTED;
    }

    void shut() {
        gate = Gate.SHUT;
    }

    void close() {
        gate = Gate.CLOSED;
    }

    @Override
    public void samples(SampleBlock block) {
        if (may("samples", PluginKind.SOURCE, PluginKind.PROCESSOR)) {
            Gap g = gap;
            if (g != null) {
                g.first(block);
            }
            ends.put(block.stream(), block.endNanos());
            send(Kind.SAMPLE, slot, block.stream(), new Payload.Samples(block));
        }
    }

    @Override
    public void feature(Feature feature) {
        if (may("a feature", PluginKind.PROCESSOR, PluginKind.OUTCOME)) {
            send(Kind.FEATURE, slot, feature.name(), new Payload.FeatureValue(feature, version));
        }
    }

    @Override
    public void decision(Decision d) {
        if (may("a decision", PluginKind.INTERVENTION, null)) {
            Map<String, Object> attributes = Map.of(
                    "trigger", d.trigger(),
                    "feature", d.feature(),
                    "measured", d.measured(),
                    "threshold", d.threshold(),
                    "verdict", d.verdict().name(),
                    "phase", d.phase(),
                    "command", d.commandId(),
                    "version", d.version());
            send(Kind.EVENT, slot, "decision", new Payload.Document("decision", d.timeNanos(), attributes));
        }
    }

    @Override
    public void command(Command command) {
        if (may("a command", PluginKind.INTERVENTION, null)) {
            awaited.add(command.id());
            send(Kind.COMMAND, command.target(), "", new Payload.Request(command));
        }
    }

    @Override
    public void event(Event event) {
        if (may("an event", kind, null)) {
            // Before the bus has it: what makes safe must not wait.
            host.accept(event);
            Map<String, Object> attributes = new HashMap<>(event.attributes());
            if (event.type().equals("end-of-input") && attributes.get("stream") instanceof String stream) {
                ends.remove(stream);
            }
            if (event.type().equals("gap")) {
                // The bus names the ends of a gap `from` and `to`, plug-ins with the unit.
                rename(attributes, "fromNanos", "from");
                rename(attributes, "toNanos", "to");
            }
            send(Kind.EVENT, slot, event.type(), new Payload.Document(event.type(), event.timeNanos(), attributes));
        }
    }

    @Override
    public void mirror(MirrorPicture picture) {
        if (may("a mirror picture", PluginKind.DISPLAY, null)) {
            env.bus().offer(Topic.ofSite(env.bus().site(), Kind.MIRROR, env.session()), new Payload.Picture(picture));
        }
    }

    private static void rename(Map<String, Object> attributes, String from, String to) {
        Object value = attributes.remove(from);
        if (value != null) {
            attributes.put(to, value);
        }
    }

    /** Marks, by an event before the first block of each stream, what was not published since the predecessor stopped. */
    CompletableFuture<Long> markGaps() {
        Gap g = new Gap(Map.copyOf(ends));
        gap = g;
        return g.longest;
    }

    private final class Gap {
        private final Map<String, Long> open;
        private final CompletableFuture<Long> longest = new CompletableFuture<>();
        private long longestNanos;

        private Gap(Map<String, Long> ends) {
            open = new ConcurrentHashMap<>(ends);
        }

        private void first(SampleBlock block) {
            Long end = open.remove(block.stream());
            if (end == null) {
                return;
            }
            long nanos = block.startNanos() - end;
            if (nanos > 0.5e9 / block.rateHz()) {
                longestNanos = Math.max(longestNanos, nanos);
                event(new Event(
                        "gap",
                        block.startNanos(),
                        Map.of(
                                "stream",
                                block.stream(),
                                "fromNanos",
                                end,
                                "toNanos",
                                block.startNanos(),
                                "reason",
                                "the plug-in was swapped")));
            }
            if (open.isEmpty()) {
                gap = null;
                longest.complete(longestNanos);
            }
        }
    }

    private boolean may(String what, PluginKind one, PluginKind other) {
        if (kind != one && kind != other) {
            throw new IllegalStateException(
                    "slot " + slot + " holds a plug-in of kind " + kind + ", which may not publish " + what);
        }
        return switch (gate) {
            case OPEN -> true;
            case MUTED -> false;
            case SHUT ->
                throw new IllegalStateException(
                        "slot " + slot + " published " + what + " before start; deliver nothing before that");
            case CLOSED -> throw new IllegalStateException("slot " + slot + " published " + what + " after close");
        };
    }

    private void send(Kind topic, String toSlot, String name, Payload payload) {
        env.publish(env.topic(topic, toSlot, name), payload, lane.acquired());
    }
}
