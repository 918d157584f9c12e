package org.anodyne.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.anodyne.record.RecordReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "export",
        description = "Makes dataset, report and summary from a record, also from one of a session that was killed.",
        mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {
    private static final List<String> MADE = List.of("bids", "features", "fhir", "report.html", "summary.json");

    private final CommandLineRunner.Session session;

    @Spec
    CommandSpec spec;

    @Parameters(
            index = "0",
            paramLabel = "RECORD",
            description = "The folder that a session left, its record/ folder, or one .xdf file of it.")
    Path record;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Where they go; may be the folder that the session left. Made when absent.")
    Path out;

    ExportCommand(CommandLineRunner.Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        CommandFailure.unlessFree("folder", MADE.stream().map(out::resolve).toList());
        Platform p = session.platform().get();
        RecordReader.Record opened =
                ReplayCommand.opened(p, record, spec.commandLine().getErr());
        Map<String, Object> summary = p.exporter.export(opened, Map.of(), out);
        Object reason = summary.get("reason");
        String state = String.valueOf(summary.get("outcome")).toLowerCase(Locale.ROOT)
                + (reason == null || reason.equals("") ? "" : ": " + reason);
        spec.commandLine().getOut().println(Outcome.table(state, summary, out, record));
        return 0;
    }
}
