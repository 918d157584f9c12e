package org.anodyne.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.anodyne.record.RecordReader;
import org.anodyne.session.SessionEngine.ReplayReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "replay",
        description = "Plays a recorded session through the installed plug-ins in virtual time.",
        mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {
    private final CommandLineRunner.Session session;

    @Spec
    CommandSpec spec;

    @Parameters(
            index = "0",
            paramLabel = "RECORD",
            description = "The folder that a session left, its record/ folder, or one .xdf file of it.")
    Path record;

    @Option(
            names = "--verify",
            description =
                    "Compares every feature and decision with the recorded one, bit for bit; exit code 1 when one differs.")
    boolean verify;

    ReplayCommand(CommandLineRunner.Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        Platform p = session.connected();
        opened(p, record, spec.commandLine().getErr());
        ReplayReport report = p.engine.replay(record, verify);
        var out = spec.commandLine().getOut();
        out.println("replayed: " + report.decisions() + " decisions, " + report.features() + " feature values"
                + (report.blocks() > 0 ? ", " + report.blocks() + " blocks of processors' streams" : ""));
        if (!verify) {
            return 0;
        }
        if (report.firstDifference().isEmpty()) {
            out.println("identical, bit for bit");
            return 0;
        }
        out.println(report.differences() + " differ. First in the flow of data:");
        out.println("  " + report.firstDifference().get());
        return 1;
    }

    /** Opens a record, and says what is missing from one that was not sealed. */
    static RecordReader.Record opened(Platform p, Path record, PrintWriter err) {
        RecordReader.Record opened = p.records.open(record);
        if (!opened.damage().isEmpty()) {
            err.println("note: the record " + record + " is incomplete; what follows covers what is in it");
            opened.damage().forEach(d -> err.println("note: " + d));
        }
        return opened;
    }
}
