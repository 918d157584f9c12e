package org.anodyne.safety.screen;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The answered checklists, one file each, the newest of a participant and kind of stimulation holds. Files are never
 * changed. Thread: any.
 */
public final class Screenings {
    /** The checklist of who is shown a world. */
    public static final String VIRTUAL_REALITY = "vr";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CODE = "[A-Za-z0-9]{1,32}";

    private final Path folder;
    private final Clock clock;

    public Screenings(Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
    }

    /**
     * Why a participant may not be stimulated in this way, or shown a world in a headset; empty when a screening that holds
     * permits it.
     *
     * @param modality {@link #VIRTUAL_REALITY} or a kind of stimulation; kinds of the site's own have no checklist and are not asked for one
     */
    public Optional<String> objection(String participant, String modality) {
        Optional<Checklist> list = Checklist.of(modality);
        if (list.isEmpty()) {
            return Optional.empty();
        }
        String how = how(list.get(), participant);
        try {
            Optional<Screening> newest = newest(participant, list.get().modality());
            if (newest.isEmpty()) {
                return Optional.of("participant " + participant + " has no screening for "
                        + list.get().title() + "; ask the questions and enter the answers: " + how);
            }
            List<String> objections = newest.get().objections(list.get(), clock.instant());
            return objections.isEmpty()
                    ? Optional.empty()
                    : Optional.of("the screening of participant " + participant + " for "
                            + list.get().title() + " does not permit it: " + String.join("; ", objections));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.of("the screening of participant " + participant + " cannot be read: " + e.getMessage()
                    + "; enter it again: " + how);
        }
    }

    /**
     * Why a participant must not be shown a moving world even on a screen: what the newest screening for virtual reality
     * says about seizures speaks against it, however old it is. Empty where none was entered: none is asked for then.
     */
    public Optional<String> objectionToLight(String participant) {
        Checklist list = Checklist.of(VIRTUAL_REALITY).orElseThrow();
        try {
            List<String> objections = newest(participant, VIRTUAL_REALITY)
                    .map(s -> s.objectionsToLight(list))
                    .orElse(List.of());
            return objections.isEmpty()
                    ? Optional.empty()
                    : Optional.of("the screening of participant " + participant + " for " + list.title()
                            + " speaks against moving pictures, on a screen as in a headset: "
                            + String.join("; ", objections));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.of("the screening of participant " + participant + " cannot be read: " + e.getMessage()
                    + "; enter it again: " + how(list, participant));
        }
    }

    private static String how(Checklist list, String participant) {
        return "./anodyne screening " + list.modality() + " --participant " + participant + " --answers FILE"
                + " --by NAME";
    }

    /** The newest of a participant. */
    public Optional<Screening> newest(String participant, String modality) throws IOException {
        Path of = folder.resolve(participant + "-" + modality);
        int number = last(of);
        return number == 0 ? Optional.empty() : Optional.of(read(of.resolve(number + ".json"), participant, modality));
    }

    private static int last(Path of) throws IOException {
        int last = 0;
        if (Files.isDirectory(of)) {
            try (var files = Files.list(of)) {
                for (Path f : files.toList()) {
                    String name = f.getFileName().toString();
                    if (name.matches("[0-9]{1,6}\\.json")) {
                        last = Math.max(last, Integer.parseInt(name.substring(0, name.length() - 5)));
                    }
                }
            }
        }
        return last;
    }

    private static Screening read(Path file, String participant, String modality) throws IOException {
        JsonNode n = JSON.readTree(file.toFile());
        if (!n.path("participant").asText().equals(participant)
                || !n.path("modality").asText().equals(modality)) {
            throw new IllegalArgumentException(file + " belongs to somebody else");
        }
        Map<String, Boolean> answers = new HashMap<>();
        n.path("answers")
                .properties()
                .forEach(e -> answers.put(e.getKey(), e.getValue().asBoolean()));
        Map<String, Screening.Decision> decisions = new HashMap<>();
        n.path("decisions")
                .properties()
                .forEach(e -> decisions.put(
                        e.getKey(),
                        new Screening.Decision(
                                e.getValue().path("admitted").asBoolean(),
                                e.getValue().path("name").asText(),
                                e.getValue().path("reason").asText())));
        try {
            return new Screening(
                    participant,
                    modality,
                    n.path("version").asInt(),
                    Instant.parse(n.path("at").asText()),
                    n.path("by").asText(),
                    answers,
                    decisions);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(file + " has no time", e);
        }
    }

    /**
     * Enters answers.
     *
     * @param answers {@code Boolean} by item, all of them
     * @param decisions by item {@code admitted}, {@code name}, {@code reason}
     * @throws IllegalArgumentException with everything that is wrong
     */
    public Screening enter(String participant, String modality, String by, Map<?, ?> answers, Map<?, ?> decisions)
            throws IOException {
        Checklist list = Checklist.of(modality)
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no checklist for '" + modality + "'; there is: " + Checklist.MODALITIES));
        List<String> faults = new ArrayList<>();
        if (!participant.matches(CODE)) {
            faults.add("'" + participant + "' is no participant's code: 1 to 32 letters and digits");
        }
        if (by.isBlank()) {
            faults.add("say who asked the questions");
        }
        Map<String, Boolean> given = new HashMap<>();
        answers.forEach((id, answer) -> {
            if (list.item(String.valueOf(id)).isEmpty()) {
                faults.add("the checklist has no question '" + id + "'");
            } else if (!(answer instanceof Boolean b)) {
                faults.add("'" + id + "' is answered with '" + answer + "'; write true for yes, false for no");
            } else {
                given.put(String.valueOf(id), b);
            }
        });
        list.items().stream()
                .filter(i -> !answers.containsKey(i.id()))
                .forEach(i -> faults.add("question '" + i.id() + "' is not answered: " + i.text()));
        Map<String, Screening.Decision> signed = new HashMap<>();
        decisions.forEach((id, d) -> {
            Map<?, ?> m = d instanceof Map<?, ?> map ? map : Map.of();
            String name = m.get("name") instanceof String s ? s : "";
            String reason = m.get("reason") instanceof String s ? s : "";
            if (list.item(String.valueOf(id)).isEmpty()
                    || name.isBlank()
                    || reason.isBlank()
                    || !(m.get("admitted") instanceof Boolean)) {
                faults.add("the decision on '" + id
                        + "' needs a question of the list, admitted (true or false), name and" + " reason");
            } else {
                signed.put(String.valueOf(id), new Screening.Decision((Boolean) m.get("admitted"), name, reason));
            }
        });
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", faults));
        }
        Screening s = new Screening(participant, list.modality(), list.version(), clock.instant(), by, given, signed);
        write(s);
        return s;
    }

    private synchronized void write(Screening s) throws IOException {
        ObjectNode n = JSON.createObjectNode();
        n.put("participant", s.participant());
        n.put("modality", s.modality());
        n.put("version", s.version());
        n.put("at", s.at().toString());
        n.put("by", s.by());
        ObjectNode answers = n.putObject("answers");
        s.answers().forEach(answers::put);
        ObjectNode decisions = n.putObject("decisions");
        s.decisions().forEach((id, d) -> decisions
                .putObject(id)
                .put("admitted", d.admitted())
                .put("name", d.name())
                .put("reason", d.reason()));
        Path of = folder.resolve(s.participant() + "-" + s.modality());
        Files.createDirectories(of);
        Path part = Files.createTempFile(of, "answers", ".part");
        Files.writeString(part, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(n));
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(part, of.resolve(last(of) + 1 + ".json"), StandardCopyOption.ATOMIC_MOVE);
    }

    /** The newest screenings of a participant, for the record. */
    public List<Object> facts(String participant) {
        List<Object> all = new ArrayList<>();
        for (String modality : Checklist.MODALITIES) {
            try {
                Checklist list = Checklist.of(modality).orElseThrow();
                newest(participant, modality).ifPresent(s -> all.add(s.facts(list, clock.instant())));
            } catch (IOException | IllegalArgumentException e) {
                all.add(Map.of("modality", modality, "clear", false, "problem", String.valueOf(e.getMessage())));
            }
        }
        return all;
    }
}
