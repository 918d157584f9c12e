package org.anodyne.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.anodyne.host.SafetyDesk;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "screening",
        description = {
            "Enters the answers of a participant's screening, without which nobody is stimulated.",
            "  anodyne screening tens                        the questions, and a file to fill in",
            "  anodyne screening tens --participant P01 --answers FILE --by NAME",
            "  anodyne screening --participant P01           what was entered for a participant"
        },
        mixinStandardHelpOptions = true)
final class ScreeningCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final CommandLineRunner.Session session;

    @Spec
    CommandSpec spec;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "KIND",
            description = "Kind of stimulation: tms, tes (tdcs), tens, thermal, vr.")
    String modality;

    @Option(names = "--participant", paramLabel = "ID", description = "Code of the participant.")
    String participant;

    @Option(
            names = "--answers",
            paramLabel = "FILE",
            description = "JSON with answers (true for yes) and decisions by question.")
    Path answers;

    @Option(names = "--by", paramLabel = "NAME", description = "Who asked the questions.")
    String by = "";

    ScreeningCommand(CommandLineRunner.Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        SafetyDesk desk = session.platform().get().safety;
        PrintWriter out = spec.commandLine().getOut();
        if (modality == null && participant == null) {
            out.println(RemoteOptions.message(desk.ask("checklists", Map.of())));
        } else if (modality == null) {
            show(desk, out);
        } else if (participant == null) {
            questions(desk, out);
        } else {
            return enter(desk, out);
        }
        return 0;
    }

    private void show(SafetyDesk desk, PrintWriter out) {
        Map<String, Object> said = desk.ask("screenings", Map.of("participant", participant));
        out.println(RemoteOptions.message(said));
        if (said.get("screenings") instanceof List<?> all) {
            all.forEach(out::println);
        }
    }

    private void questions(SafetyDesk desk, PrintWriter out) {
        Map<String, Object> said = desk.ask("checklist", Map.of("modality", modality));
        out.println(RemoteOptions.message(said) + ", version " + said.get("version") + "; answers hold for "
                + said.get("validDays") + " days");
        out.println(said.get("note"));
        Map<String, Object> blank = new LinkedHashMap<>();
        if (said.get("items") instanceof List<?> items) {
            for (Object o : items) {
                Map<?, ?> item = (Map<?, ?>) o;
                boolean blocks = "blocks".equals(item.get("weight"));
                String counts = Boolean.TRUE.equals(item.get("yesIsFine")) ? "no" : "yes";
                out.println("  " + item.get("id") + ": " + item.get("text") + " [" + counts
                        + (blocks ? " excludes]" : ": a physician or the principal investigator decides]"));
                blank.put(String.valueOf(item.get("id")), null);
            }
        }
        try {
            Map<String, Object> file = new LinkedHashMap<>();
            file.put("answers", blank);
            file.put("decisions", Map.of());
            out.println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(file));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        out.println(
                "A decision: \"decisions\": {\"QUESTION\": {\"admitted\": true, \"name\": \"WHO\", \"reason\": \"WHY\"}}");
    }

    private int enter(SafetyDesk desk, PrintWriter out) {
        if (answers == null || !Files.isRegularFile(answers)) {
            throw new CommandFailure(
                    CommandFailure.BAD_INPUT,
                    "--answers needs a file; 'anodyne screening " + modality + "' prints one to fill in");
        }
        Map<?, ?> file;
        try {
            file = JSON.readValue(answers.toFile(), Map.class);
        } catch (IOException e) {
            throw new CommandFailure(CommandFailure.BAD_INPUT, answers + " is no JSON: " + e.getMessage());
        }
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("participant", participant);
        attributes.put("modality", modality);
        attributes.put("by", by);
        attributes.put("answers", file.get("answers") == null ? Map.of() : file.get("answers"));
        attributes.put("decisions", file.get("decisions") == null ? Map.of() : file.get("decisions"));
        Map<String, Object> said = desk.ask("screen", attributes);
        out.println(RemoteOptions.message(said));
        return Boolean.TRUE.equals(said.get("clear")) ? 0 : 1;
    }
}
