package org.anodyne.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.anodyne.record.RecordReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "outcomes",
        description = {
            "Computes the outcomes that a protocol or a file names, over records of one or many sessions: values, changes from",
            "baseline, responders, adherence. What is missing is a row with its reason. Exit code 2: nothing can be computed.",
            "  anodyne outcomes data/P01-1 data/P01-2 data/P02-1 --out data/outcomes",
            "  anodyne outcomes data/P01-1 --with np-rest --phase rest=baseline --out data/np"
        },
        mixinStandardHelpOptions = true)
final class OutcomesCommand implements Callable<Integer> {
    /** Sets that are shipped, by the names that people type. */
    private static final List<String> SHIPPED = List.of("np-rest", "vr-sci");

    private static final List<String> MADE =
            List.of("outcomes.tsv", "outcomes.json", "outcomes.html", "responders.tsv", "adherence.tsv");

    private final CommandLineRunner.Session session;

    @Spec
    CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "RECORD",
            description = "Folders that sessions left, their record/ folders, or .xdf files of them.")
    List<Path> records = new ArrayList<>();

    @Option(
            names = "--with",
            paramLabel = "OUTCOMES",
            description =
                    "YAML file with a list 'outcomes', or a shipped set: np-rest, vr-sci. Else those of the records'"
                            + " own protocols.")
    String with = "";

    @Option(
            names = "--phase",
            paramLabel = "NAME=PHASE",
            description = "A phase that the definitions call NAME and the records PHASE.")
    Map<String, String> phases = new LinkedHashMap<>();

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Where tables and page go. Made when absent.")
    Path out;

    OutcomesCommand(CommandLineRunner.Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        CommandFailure.unlessFree("folder", MADE.stream().map(out::resolve).toList());
        String definitions = definitions();
        Platform p = session.platform().get();
        List<RecordReader.Record> opened = new ArrayList<>();
        for (Path record : records) {
            opened.add(ReplayCommand.opened(p, record, spec.commandLine().getErr()));
        }
        Map<String, Object> figures = p.exporter.outcomes(opened, definitions, phases, out);
        figures.put("table", out.resolve("outcomes.tsv").toAbsolutePath().normalize());
        figures.put("page", out.resolve("outcomes.html").toAbsolutePath().normalize());
        spec.commandLine().getOut().print(Table.of(figures));
        spec.commandLine().getOut().flush();
        return 0;
    }

    private String definitions() throws IOException {
        if (with.isEmpty()) {
            return "";
        }
        Path file = Path.of(with);
        if (Files.isRegularFile(file)) {
            return Files.readString(file);
        }
        if (SHIPPED.contains(with)) {
            try (InputStream in = OutcomesCommand.class.getResourceAsStream("/outcomes/" + with + ".yaml")) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
        throw new CommandFailure(
                CommandFailure.BAD_INPUT,
                "there is no file " + with + ", and no shipped set of that name; there is "
                        + String.join(", ", SHIPPED));
    }
}
