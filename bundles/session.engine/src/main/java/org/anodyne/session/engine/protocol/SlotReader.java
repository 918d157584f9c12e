package org.anodyne.session.engine.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.anodyne.host.InstalledPlugin;
import org.anodyne.host.PluginRegistry;
import org.anodyne.host.SlotSpec.StreamRef;
import org.anodyne.plugin.FeatureRef;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.PluginKind;
import org.anodyne.plugin.PluginPorts;
import org.anodyne.plugin.PluginPorts.Carries;
import org.anodyne.plugin.PluginPorts.FeatureInfo;
import org.anodyne.plugin.PluginPorts.InputPort;
import org.anodyne.session.ParticipantFacts;
import org.anodyne.session.engine.feed.ExternalFactory;

/** Reads the slots of a protocol: plug-ins, parameters, and what is connected to what. Thread: one. */
final class SlotReader {
    /** Plug-in that takes the place of another source when a recording is given for its slot. */
    static final String FILE_REPLAY = "file-replay";

    private static final Pattern ADDRESS = Pattern.compile("[a-z][a-z0-9+.-]+:.*|/dev/.*|COM[0-9]+");
    private static final Pattern EVENT_TYPE = Pattern.compile("[a-z][a-z0-9-]*");
    private static final Set<String> RESERVED = Set.of("session");
    private static final long LEAST_HEALTHY_NANOS = 1_000_000_000;

    private final PluginRegistry registry;
    private final Faults faults;
    private final Map<String, String> inputs;
    private final SlotParameters slotParameters;
    private final Choices choices;
    private final Set<String> declared = new LinkedHashSet<>();
    private final Set<String> replaced = new HashSet<>();
    private final Set<String> badlyConnected = new HashSet<>();

    /**
     * @param inputs recording or device address by slot
     * @param phases ids of the protocol's phases
     * @param folder that files named in parameters are relative to
     * @param about of whom parameters are chosen, where slots choose
     */
    SlotReader(
            PluginRegistry registry,
            Faults faults,
            Map<String, String> inputs,
            Set<String> phases,
            Path folder,
            ParticipantFacts about) {
        this.slotParameters = new SlotParameters(registry, faults, phases, folder);
        this.choices = new Choices(about, slotParameters, faults);
        this.registry = registry;
        this.faults = faults;
        this.inputs = inputs;
    }

    /** Reads what slots and phases set. */
    SlotParameters parameters() {
        return slotParameters;
    }

    /** Chooses for the participant. */
    Choices choices() {
        return choices;
    }

    /** Names of all slots in the file, also of those that have faults. */
    Set<String> declared() {
        return declared;
    }

    /** Whether a recording took the place of the slot's own plug-in, so that its parameters no longer apply. */
    boolean replaced(String slot) {
        return replaced.contains(slot);
    }

    /** Whether what the slot takes could not be read, so that nothing more should be said about it. */
    boolean badlyConnected(String slot) {
        return badlyConnected.contains(slot);
    }

    /** The JSON Schema of a plug-in's parameters. */
    JsonNode schema(String plugin) {
        return registry.find(plugin)
                .map(p -> SchemaCheck.of(p.schema()).json())
                .orElse(JsonNodeFactory.instance.objectNode());
    }

    /** All slots without faults of their own, each after those that it takes from. */
    Map<String, Protocol.Slot> read(JsonNode slots) {
        Map<String, Protocol.Slot> found = new LinkedHashMap<>();
        if (!slots.isObject()) {
            return found;
        }
        slots.fieldNames().forEachRemaining(declared::add);
        inputs.keySet().stream()
                .filter(s -> !declared.contains(s))
                .sorted()
                .forEach(s -> faults.add(
                        "slots",
                        "an input was given for slot '" + s + "', which is not there" + Nearest.hint(s, declared)));
        slots.properties().forEach(e -> {
            if (RESERVED.contains(e.getKey())) {
                faults.add("slots." + e.getKey(), "'" + e.getKey() + "' is kept for the platform; use another name");
            }
            if (e.getValue().path("plugin").isTextual()) {
                slot(e.getKey(), e.getValue()).ifPresent(s -> found.put(s.name(), s));
            }
        });
        Map<String, Protocol.Slot> connected = new LinkedHashMap<>();
        found.values()
                .forEach(s ->
                        connected.put(s.name(), connect(s, slots.path(s.name()).path("inputs"), found)));
        return sorted(connected);
    }

    private Optional<Protocol.Slot> slot(String name, JsonNode node) {
        String path = "slots." + name;
        String written = node.path("plugin").asText();
        Optional<String> input = Optional.ofNullable(inputs.get(name));
        String id = input.map(i -> pluginFor(written, i, path)).orElse(written);
        if (!id.equals(written)) {
            replaced.add(name);
        }
        Optional<InstalledPlugin> plugin = registry.find(id);
        if (plugin.isEmpty()) {
            faults.add(path + ".plugin", missing(id, node));
            return Optional.empty();
        }
        if (input.isPresent()
                && plugin.get().kind() != PluginKind.SOURCE
                && plugin.get().kind() != PluginKind.ACTUATOR
                && plugin.get().kind() != PluginKind.SINK) {
            faults.add(
                    path,
                    "an input was given for slot '" + name + "', but its plug-in '" + id + "' is "
                            + kind(plugin.get().kind()) + "; only sources, actuators and sinks take one");
        }
        boolean external = id.equals(ExternalFactory.ID);
        if (!external && (node.has("features") || node.has("streams"))) {
            faults.add(
                    path,
                    "only slots with 'plugin: external' list features and streams; slot '" + name + "' has '" + id
                            + "'");
        }
        JsonNode given = external
                ? external(node, path)
                : replaced(name) ? JsonNodeFactory.instance.objectNode() : node.path("parameters");
        Optional<Map<String, Object>> parameters = slotParameters.read(plugin.get(), given, path + ".parameters");
        if (!replaced(name)) {
            parameters = choices.chosen(plugin.get(), name, node.path("chosenBy"), parameters);
        }
        if (parameters.isEmpty()) {
            return Optional.empty();
        }
        PluginPorts ports;
        try {
            ports = plugin.get().ports(new Parameters(parameters.get()));
        } catch (RuntimeException e) {
            faults.add(
                    path + ".parameters", "plug-in '" + id + "' cannot work with these parameters: " + e.getMessage());
            return Optional.empty();
        }
        InstalledPlugin p = plugin.get();
        return Optional.of(new Protocol.Slot(
                name,
                id,
                p.version(),
                p.sha256(),
                p.kind(),
                parameters.get(),
                Map.of(),
                Map.of(),
                ports,
                input,
                afterLoss(node, p.kind(), path),
                faults.line(path)));
    }

    /** What an external slot declares is, to the plug-in that stands for it, its parameters. */
    private static JsonNode external(JsonNode node, String path) {
        ObjectNode parameters = JsonNodeFactory.instance.objectNode();
        for (String name : List.of("features", "streams")) {
            if (node.path(name).isArray()) {
                parameters.set(name, node.path(name));
            }
        }
        return parameters;
    }

    private String pluginFor(String written, String input, String path) {
        boolean source =
                registry.find(written).map(p -> p.kind() == PluginKind.SOURCE).orElse(true);
        Path file = Path.of(input);
        if (!source || (!Files.exists(file) && ADDRESS.matcher(input).matches()) || input.startsWith("/dev/")) {
            return written;
        }
        if (!Files.isRegularFile(file)) {
            faults.add(
                    path, "the recording " + input + " does not exist; give the path of a file, or a device address");
        } else if (!Files.isReadable(file)) {
            faults.add(path, "the recording " + input + " may not be read by this user");
        }
        return written.startsWith("file-") ? written : FILE_REPLAY;
    }

    private String missing(String id, JsonNode slot) {
        for (InstalledPlugin p : registry.plugins()) {
            if (p.id().equals(id)) {
                return "plug-in '" + id + "' is installed but cannot be used: "
                        + (p.reason().isEmpty()
                                ? "it is " + p.state().name().toLowerCase(java.util.Locale.ROOT)
                                : p.reason());
            }
        }
        Set<String> known = new TreeSet<>();
        registry.plugins().stream()
                .filter(p -> p.state() == InstalledPlugin.State.AVAILABLE)
                .forEach(p -> known.add(p.id()));
        String near =
                Nearest.to(id, known).map(n -> "; did you mean '" + n + "'?").orElse("");
        return "there is no plug-in '" + id + "'" + (near.isEmpty() ? Fitting.hint(slot, registry.plugins()) : near);
    }

    private Protocol.Slot connect(Protocol.Slot slot, JsonNode given, Map<String, Protocol.Slot> slots) {
        String path = "slots." + slot.name() + ".inputs";
        int before = faults.count();
        Map<String, InputPort> ports = new TreeMap<>();
        slot.ports().inputs().forEach(p -> ports.put(p.name(), p));
        Map<String, List<StreamRef>> streams = new HashMap<>();
        Map<String, List<FeatureRef>> features = new HashMap<>();
        given.properties().forEach(e -> {
            String at = Where.child(path, e.getKey());
            InputPort port = ports.get(e.getKey());
            if (port == null) {
                faults.add(
                        at,
                        "plug-in '" + slot.plugin() + "' has no input '" + e.getKey() + "'"
                                + (ports.isEmpty() ? "; it takes none" : Nearest.hint(e.getKey(), ports.keySet())));
                return;
            }
            List<String> names = texts(e.getValue());
            if (names.size() > 1 && !port.many()) {
                faults.add(
                        at,
                        "input '" + port.name() + "' of '" + slot.plugin() + "' takes one, but " + names.size()
                                + " are connected");
            }
            for (String name : names) {
                if (port.carries() == Carries.SAMPLES) {
                    stream(name, at, slots).ifPresent(r -> streams.computeIfAbsent(port.name(), k -> new ArrayList<>())
                            .add(r));
                } else if (port.carries() == Carries.EVENTS) {
                    event(name, at).ifPresent(r -> features.computeIfAbsent(port.name(), k -> new ArrayList<>())
                            .add(r));
                } else {
                    feature(name, at, slots)
                            .ifPresent(r -> features.computeIfAbsent(port.name(), k -> new ArrayList<>())
                                    .add(r));
                }
            }
        });
        for (InputPort port : ports.values()) {
            if (port.required() && !given.has(port.name()) && faults.count() == before) {
                faults.add(
                        "slots." + slot.name(),
                        "slot '" + slot.name() + "': input '" + port.name() + "' of '"
                                + slot.plugin() + "' is not connected; write e.g. inputs: {" + port.name() + ": "
                                + example(port.carries()) + "}");
            }
        }
        if (faults.count() > before) {
            badlyConnected.add(slot.name());
        }
        return new Protocol.Slot(
                slot.name(),
                slot.plugin(),
                slot.version(),
                slot.sha256(),
                slot.kind(),
                slot.parameters(),
                copy(streams),
                copy(features),
                slot.ports(),
                slot.input(),
                slot.rearmAfterNanos(),
                slot.line());
    }

    /** For how long nothing must have been missing before an actuator is armed again by itself; empty for a person. */
    private OptionalLong afterLoss(JsonNode node, PluginKind kind, String path) {
        if (!node.has("afterLoss")) {
            return OptionalLong.empty();
        }
        String at = path + ".afterLoss";
        if (kind != PluginKind.ACTUATOR) {
            faults.add(at, "'afterLoss' says when an actuator is armed again, but this slot holds " + kind(kind));
            return OptionalLong.empty();
        }
        JsonNode given = node.path("afterLoss");
        OptionalLong healthy = new Times(faults).positive(given, "healthyFor", at);
        boolean automatic = given.path("rearm").asText().equals("automatic");
        if (automatic && !given.has("healthyFor")) {
            faults.add(
                    at,
                    "an actuator that is armed again by itself needs a time without loss; write e.g. healthyFor: 30 s");
        } else if (!automatic && given.has("healthyFor")) {
            faults.add(at + ".healthyFor", "'healthyFor' belongs to rearm: automatic; here a person arms it again");
        } else if (healthy.isPresent() && healthy.getAsLong() < LEAST_HEALTHY_NANOS) {
            faults.add(at + ".healthyFor", "'healthyFor' is less than 1 s; a bus that comes and goes would arm it");
        }
        return automatic ? healthy : OptionalLong.empty();
    }

    private Optional<StreamRef> stream(String text, String path, Map<String, Protocol.Slot> slots) {
        String[] parts = text.split("/", -1);
        String stream = parts.length > 1 ? parts[1] : "";
        if (parts.length > 2 || parts[0].isEmpty() || (parts.length > 1 && stream.isEmpty())) {
            faults.add(path, "'" + text + "' names no stream; write slot or slot/stream");
            return Optional.empty();
        }
        if (!known(parts[0], path)) {
            return Optional.empty();
        }
        Protocol.Slot from = slots.get(parts[0]);
        if (from == null) {
            return Optional.empty();
        }
        List<String> streams = from.ports().streams();
        if (streams.isEmpty() && from.kind() != PluginKind.SOURCE) {
            faults.add(
                    path,
                    "slot '" + from.name() + "' (" + from.plugin() + ") gives no samples"
                            + (from.ports().features().isEmpty()
                                    ? ""
                                    : "; it gives the features " + featureNames(from)));
        } else if (!streams.isEmpty() && !stream.isEmpty() && !streams.contains(stream)) {
            faults.add(
                    path, "slot '" + from.name() + "' has no stream '" + stream + "'" + Nearest.hint(stream, streams));
        } else if (streams.size() > 1 && stream.isEmpty()) {
            faults.add(
                    path,
                    "slot '" + from.name() + "' has several streams; write one of "
                            + streams.stream().map(s -> from.name() + "/" + s).collect(Collectors.joining(", ")));
        }
        return Optional.of(new StreamRef(parts[0], stream));
    }

    private static String example(Carries carries) {
        return switch (carries) {
            case SAMPLES -> "slot of a source";
            case FEATURES -> "slot/feature";
            case EVENTS -> "slot/event";
        };
    }

    /** An event, or with {@code *} all events, of a slot or of the session itself. */
    private Optional<FeatureRef> event(String text, String path) {
        String[] parts = text.split("/", -1);
        if (parts.length != 2
                || !(parts[1].equals("*") || EVENT_TYPE.matcher(parts[1]).matches())) {
            faults.add(path, "'" + text + "' names no event; write slot/type, slot/* or session/phase");
            return Optional.empty();
        }
        if (!parts[0].equals("session") && !known(parts[0], path)) {
            return Optional.empty();
        }
        return Optional.of(new FeatureRef(parts[0], parts[1], ""));
    }

    /** A feature that a slot gives; faults are told at the path. */
    Optional<FeatureRef> feature(String text, String path, Map<String, Protocol.Slot> slots) {
        FeatureRef ref;
        try {
            ref = FeatureRef.parse(text);
        } catch (IllegalArgumentException e) {
            faults.add(path, e.getMessage());
            return Optional.empty();
        }
        if (!known(ref.slot(), path) || !slots.containsKey(ref.slot())) {
            return Optional.empty();
        }
        Protocol.Slot from = slots.get(ref.slot());
        Optional<FeatureInfo> info = info(from, ref);
        if (info.isEmpty()) {
            Set<String> names = new TreeSet<>();
            from.ports().features().forEach(f -> names.add(f.name()));
            faults.add(
                    path,
                    "slot '" + ref.slot() + "' (" + from.plugin() + ") gives no feature '" + ref.feature() + "'"
                            + (names.isEmpty() ? "; it gives none" : Nearest.hint(ref.feature(), names)));
            return Optional.empty();
        }
        if (!ref.component().isEmpty() && !info.get().components().contains(ref.component())) {
            faults.add(
                    path,
                    "feature '" + ref.slot() + "/" + ref.feature() + "' has no component '" + ref.component() + "'"
                            + Nearest.hint(ref.component(), info.get().components()));
            return Optional.empty();
        }
        return Optional.of(ref);
    }

    static Optional<FeatureInfo> info(Protocol.Slot from, FeatureRef ref) {
        return from.ports().features().stream()
                .filter(f -> f.name().equals(ref.feature()))
                .findFirst();
    }

    private static String featureNames(Protocol.Slot slot) {
        return slot.ports().features().stream().map(FeatureInfo::name).sorted().collect(Collectors.joining(", "));
    }

    /** Whether the file has a slot of this name; if not, says so. */
    boolean known(String slot, String path) {
        if (!declared.contains(slot)) {
            faults.add(path, "there is no slot '" + slot + "'" + Nearest.hint(slot, declared));
            return false;
        }
        return true;
    }

    private Map<String, Protocol.Slot> sorted(Map<String, Protocol.Slot> slots) {
        Map<String, Protocol.Slot> sorted = new LinkedHashMap<>();
        Set<String> open = new LinkedHashSet<>();
        for (String name : slots.keySet()) {
            visit(name, slots, sorted, open);
        }
        return sorted;
    }

    private void visit(
            String name, Map<String, Protocol.Slot> slots, Map<String, Protocol.Slot> sorted, Set<String> open) {
        Protocol.Slot slot = slots.get(name);
        if (slot == null || sorted.containsKey(name)) {
            return;
        }
        if (!open.add(name)) {
            List<String> way = new ArrayList<>(open);
            way = new ArrayList<>(way.subList(way.indexOf(name), way.size()));
            way.add(name);
            faults.add("slots." + name + ".inputs", "the inputs go in a circle: " + String.join(" takes from ", way));
            return;
        }
        sources(slot).forEach(s -> visit(s, slots, sorted, open));
        open.remove(name);
        sorted.putIfAbsent(name, slot);
    }

    /** Slots that a slot takes from, in a stable order. */
    static Set<String> sources(Protocol.Slot slot) {
        Set<String> from = new TreeSet<>();
        slot.streams().values().forEach(l -> l.forEach(r -> from.add(r.slot())));
        slot.features().values().forEach(l -> l.forEach(r -> from.add(r.slot())));
        return from;
    }

    static String kind(PluginKind kind) {
        String name = kind.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
        return ("aeiou".indexOf(name.charAt(0)) >= 0 ? "an " : "a ") + name;
    }

    static List<String> texts(JsonNode node) {
        List<String> texts = new ArrayList<>();
        if (node.isTextual()) {
            texts.add(node.asText());
        }
        node.forEach(n -> {
            if (n.isTextual()) {
                texts.add(n.asText());
            }
        });
        return texts;
    }

    private static <T> Map<String, List<T>> copy(Map<String, List<T>> map) {
        Map<String, List<T>> copy = new HashMap<>();
        map.forEach((k, v) -> copy.put(k, List.copyOf(v)));
        return Map.copyOf(copy);
    }
}
