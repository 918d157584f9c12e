package org.anodyne.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.anodyne.session.ParticipantFacts;
import org.anodyne.session.SessionEngine.Fault;
import org.anodyne.session.SessionEngine.NumberSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "check",
        description =
                "Checks protocols against the installed plug-ins and tells all faults at once, and which numbers nobody has verified."
                        + " Exit code 2: one has faults.",
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
    private final CommandLineRunner.Session session;

    @Spec
    CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "PROTOCOL", description = "Protocol files (YAML).")
    List<Path> protocols = new ArrayList<>();

    @Option(
            names = About.OPTION,
            split = ",",
            paramLabel = "FACT=VALUE",
            description = "Tells also what a session would choose for such a participant, as with 'session'.")
    List<String> about = new ArrayList<>();

    CheckCommand(CommandLineRunner.Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        ParticipantFacts told = About.of(about);
        Platform p = session.platform().get();
        p.registry.awaitSettled(Duration.ofSeconds(30));
        int exit = 0;
        for (Path protocol : protocols) {
            List<Fault> faults = p.engine.check(protocol);
            if (faults.isEmpty()) {
                spec.commandLine().getOut().println(protocol + ": no fault");
                if (!about.isEmpty()) {
                    p.engine.choice(protocol, Map.of(), told).said().forEach(said -> spec.commandLine()
                            .getOut()
                            .println("  " + said));
                }
                unverified(spec.commandLine().getOut(), p.engine.sources(protocol));
            } else {
                tell(spec.commandLine().getErr(), protocol, faults);
                exit = CommandFailure.BAD_INPUT;
            }
        }
        return exit;
    }

    /** Tells numbers that nobody has read at their source. */
    static void unverified(PrintWriter out, List<NumberSource> sources) {
        List<NumberSource> open = sources.stream().filter(s -> !s.verified()).toList();
        if (!open.isEmpty()) {
            out.println(open.size() + (open.size() == 1 ? " number is" : " numbers are")
                    + " unverified; confirm before a study:");
            open.forEach(s -> out.println("  " + s.path() + ": " + s.source()));
        }
    }

    /** Tells faults, each with the file that it is in, and their number. */
    static void tell(PrintWriter err, Path protocol, List<Fault> faults) {
        faults.forEach(f -> err.println((f.line() > 0 ? protocol + ": " : "anodyne: ") + f));
        err.println(faults.size() + (faults.size() == 1 ? " fault" : " faults"));
    }
}
