package org.anodyne.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.anodyne.session.SessionEngine.Fault;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "check",
        description =
                "Checks a protocol against the installed plug-ins and tells all faults at once. Exit code 2: it has faults.",
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
    private final CommandLineRunner.Session session;

    @Spec
    CommandSpec spec;

    @Parameters(index = "0", paramLabel = "PROTOCOL", description = "Protocol file (YAML).")
    Path protocol;

    CheckCommand(CommandLineRunner.Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        Platform p = session.platform().get();
        p.registry.awaitSettled(Duration.ofSeconds(30));
        List<Fault> faults = p.engine.check(protocol);
        if (faults.isEmpty()) {
            spec.commandLine().getOut().println(protocol + ": no fault");
            return 0;
        }
        tell(spec.commandLine().getErr(), protocol, faults);
        return CommandFailure.BAD_INPUT;
    }

    /** Tells faults, each with the file that it is in, and their number. */
    static void tell(PrintWriter err, Path protocol, List<Fault> faults) {
        faults.forEach(f -> err.println((f.line() > 0 ? protocol + ": " : "anodyne: ") + f));
        err.println(faults.size() + (faults.size() == 1 ? " fault" : " faults"));
    }
}
