package org.anodyne.session.engine.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.anodyne.host.PluginRegistry;
import org.anodyne.session.ParticipantFacts;
import org.anodyne.session.ProtocolException;
import org.anodyne.session.SessionEngine.Fault;
import org.anodyne.session.SessionEngine.NumberSource;
import org.anodyne.session.SessionEngine.Reading;
import org.anodyne.session.SessionEngine.SlotReading;

/** Reads protocol files and checks them against the installed plug-ins. Thread: any. */
public final class ProtocolReader {
    private static final long DEFAULT_SEED = 1;

    /** The protocol is read once for each kind; 165 of them took 0.6 s of processor time. */
    private static final int MOST_KINDS = 200;

    private final PluginRegistry registry;
    private final SchemaCheck schema = SchemaCheck.ofProtocols();

    public ProtocolReader(PluginRegistry registry) {
        this.registry = registry;
    }

    /** Reads a protocol as it is for a participant of whom nothing is told. */
    public Protocol read(Path file, Map<String, String> inputs) {
        return read(file, inputs, ParticipantFacts.NONE);
    }

    /**
     * Reads a protocol.
     *
     * @param inputs recording or device address by slot, as given for this session
     * @param about what is told of the participant
     * @throws ProtocolException with all faults, also those that it has for other participants
     */
    public Protocol read(Path file, Map<String, String> inputs, ParticipantFacts about) {
        return compile(text(file), inputs, folder(file), about);
    }

    /** As {@link #read(Path, Map)}, from the text of a protocol. */
    public Protocol compile(String text, Map<String, String> inputs) {
        return compile(text, inputs, ParticipantFacts.NONE);
    }

    /** As {@link #read(Path, Map, ParticipantFacts)}, from the text of a protocol. */
    public Protocol compile(String text, Map<String, String> inputs, ParticipantFacts about) {
        return compile(text, inputs, Path.of(""), about);
    }

    private static Path folder(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        return folder == null ? Path.of("") : folder;
    }

    private Protocol compile(String text, Map<String, String> inputs, Path folder, ParticipantFacts about) {
        Parts parts = parts(text, inputs, folder, about);
        if (!parts.faults.none()) {
            throw new ProtocolException(parts.faults.sorted());
        }
        String id = parts.root.path("id").asText();
        return new Protocol(
                id,
                parts.root.path("title").asText(id),
                parts.root.path("seed").asLong(DEFAULT_SEED),
                text,
                new LinkedHashMap<>(parts.slots),
                parts.steps,
                parts.choices.choosing());
    }

    /** What is wrong with a protocol, and what can be said of its slots all the same. */
    public Reading reading(Path file, Map<String, String> inputs) {
        try {
            Parts parts = parts(text(file), inputs, folder(file), ParticipantFacts.NONE);
            return new Reading(
                    parts.faults.sorted(),
                    parts.slots.values().stream()
                            .map(s -> new SlotReading(
                                    s.name(), s.plugin(), s.kind(), s.parameters(), s.ports(), s.input()))
                            .toList());
        } catch (ProtocolException e) {
            return new Reading(e.faults(), List.of());
        }
    }

    /** Where a file has its numbers from; empty when it has no sources or cannot be read. */
    public List<NumberSource> sources(Path file) {
        try {
            return Sources.of(YamlText.read(text(file)).root());
        } catch (ProtocolException e) {
            return List.of();
        }
    }

    private record Parts(
            JsonNode root,
            Faults faults,
            Map<String, Protocol.Slot> slots,
            List<Protocol.Step> steps,
            Choices choices) {}

    /** Reads it for one participant, and looks whether it is without fault for every other kind, too. */
    private Parts parts(String text, Map<String, String> inputs, Path folder, ParticipantFacts about) {
        YamlText yaml = YamlText.read(text);
        Parts parts = parts(yaml, inputs, folder, about);
        Map<List<ChoiceRule>, ParticipantFacts> kinds = Kinds.of(parts.choices.rules());
        if (kinds.size() > MOST_KINDS) {
            parts.faults.add(
                    "slots",
                    "the rules of 'chosenBy' tell " + kinds.size() + " kinds of participants apart; more than "
                            + MOST_KINDS + " are not checked, so make them fewer");
            return parts;
        }
        kinds.forEach((holding, other) -> {
            if (holding.stream().allMatch(r -> r.holds(about))
                    && parts.choices.rules().stream()
                                    .filter(r -> r.holds(about))
                                    .count()
                            == holding.size()) {
                return; // read already
            }
            for (Fault fault : parts(yaml, inputs, folder, other).faults.sorted()) {
                String rules = Where.child(slotOf(fault), "chosenBy[");
                boolean ofOneRule = fault.where().startsWith(rules)
                        && holding.stream()
                                        .filter(r -> r.path().startsWith(rules))
                                        .count()
                                <= 1;
                parts.faults.addFor(ofOneRule ? "" : other.toString(), fault);
            }
        });
        return parts;
    }

    /** {@code slots.walk} of {@code slots.walk.parameters.pace}. */
    private static String slotOf(Fault fault) {
        String[] steps = fault.where().split("[.\\[]", 3);
        return steps.length < 2 ? "" : steps[0] + "." + steps[1];
    }

    private Parts parts(YamlText yaml, Map<String, String> inputs, Path folder, ParticipantFacts about) {
        Faults faults = new Faults(yaml.lines());
        structure(yaml.root(), faults);
        if (!yaml.root().isObject()) {
            throw new ProtocolException(faults.sorted());
        }
        Set<String> phases = PhaseReader.ids(yaml.root().path("phases"));
        SlotReader slotReader = new SlotReader(registry, faults, inputs, phases, folder, about);
        Map<String, Protocol.Slot> slots = slotReader.read(yaml.root().path("slots"));
        new FrozenModels(slots, faults).check();
        PhaseReader phaseReader = new PhaseReader(slots, slotReader.declared(), faults, slotReader);
        List<Protocol.Step> steps = phaseReader.read(yaml.root().path("phases"));
        new SceneCheck(slots, faults).check(steps);
        new Sources(yaml.root(), faults).check();
        new OutcomeNames(slotReader.declared(), phases, faults)
                .check(yaml.root().path("outcomes"));
        return new Parts(yaml.root(), faults, slots, steps, slotReader.choices());
    }

    private void structure(JsonNode root, Faults faults) {
        for (SchemaCheck.Wrong wrong : schema.check(root)) {
            String where = wrong.under("");
            // Durations are told with their units by the reader of phases.
            String last = Where.last(where);
            boolean duration = List.of("duration", "atMost", "hold", "refractory", "every", "within", "healthyFor")
                    .contains(last);
            if (!duration || wrong.message().contains("not known")) {
                String message = wrong.message();
                faults.add(where, message.startsWith("'") ? message : thing(root, wrong.path()) + " " + message);
            }
        }
    }

    /** What a path points at, in the words of a lab: {@code trigger 'pain-high'}. */
    static String thing(JsonNode root, List<Object> path) {
        if (path.isEmpty()) {
            return "the protocol";
        }
        Object last = path.get(path.size() - 1);
        Object before = path.size() > 1 ? path.get(path.size() - 2) : "";
        JsonNode node = root;
        for (Object step : path) {
            node = step instanceof Integer i ? node.path(i) : node.path(step.toString());
        }
        if (last instanceof Integer number) {
            String id = node.path("id").asText(node.path("item").asText(""));
            String kind = before.toString().endsWith("s") ? before.toString().replaceAll("s$", "") : "entry";
            return id.isEmpty() ? kind + " " + (number + 1) : kind + " '" + id + "'";
        }
        return before.equals("slots") ? "slot '" + last + "'" : "'" + last + "'";
    }

    private static String text(Path file) {
        try {
            if (Files.size(file) > 4L * YamlText.MAX_CHARACTERS) {
                throw fault("the protocol " + file + " is too large to be one");
            }
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw fault("there is no protocol file " + file);
        } catch (CharacterCodingException e) {
            throw fault("the protocol " + file + " is not text in UTF-8; save it as UTF-8");
        } catch (IOException e) {
            throw fault("the protocol " + file + " cannot be read: "
                    + Optional.ofNullable(e.getMessage()).orElse(e.toString()));
        }
    }

    private static ProtocolException fault(String message) {
        return new ProtocolException(new ArrayList<>(List.of(new Fault(0, "", message))));
    }
}
