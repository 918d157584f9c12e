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
import org.anodyne.session.ProtocolException;
import org.anodyne.session.SessionEngine.Fault;

/** Reads protocol files and checks them against the installed plug-ins. Thread: any. */
public final class ProtocolReader {
    private static final long DEFAULT_SEED = 1;

    private final PluginRegistry registry;
    private final SchemaCheck schema = SchemaCheck.ofProtocols();

    public ProtocolReader(PluginRegistry registry) {
        this.registry = registry;
    }

    /**
     * Reads a protocol.
     *
     * @param inputs recording or device address by slot, as given for this session
     * @throws ProtocolException with all faults
     */
    public Protocol read(Path file, Map<String, String> inputs) {
        return compile(text(file), inputs);
    }

    /** As {@link #read}, from the text of a protocol. */
    public Protocol compile(String text, Map<String, String> inputs) {
        YamlText yaml = YamlText.read(text);
        Faults faults = new Faults(yaml.lines());
        structure(yaml.root(), faults);
        if (!yaml.root().isObject()) {
            throw new ProtocolException(faults.sorted());
        }
        Set<String> phases = PhaseReader.ids(yaml.root().path("phases"));
        SlotReader slotReader = new SlotReader(registry, faults, inputs, phases);
        Map<String, Protocol.Slot> slots = slotReader.read(yaml.root().path("slots"));
        PhaseReader phaseReader = new PhaseReader(slots, slotReader.declared(), faults, slotReader);
        List<Protocol.Step> steps = phaseReader.read(yaml.root().path("phases"));
        new SceneCheck(slots, faults).check(steps);
        if (!faults.none()) {
            throw new ProtocolException(faults.sorted());
        }
        String id = yaml.root().path("id").asText();
        return new Protocol(
                id,
                yaml.root().path("title").asText(id),
                yaml.root().path("seed").asLong(DEFAULT_SEED),
                text,
                new LinkedHashMap<>(slots),
                steps);
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
