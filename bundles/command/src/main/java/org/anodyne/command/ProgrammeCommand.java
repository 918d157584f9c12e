package org.anodyne.command;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.anodyne.programme.Checker;
import org.anodyne.programme.ProgrammeException;
import org.anodyne.programme.ProgrammeReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "programme",
        description =
                "Checks a programme of lessons and exercises and tells all faults at once, each with file and line;"
                        + " without fault, what it holds. Exit code 2: it has faults.",
        mixinStandardHelpOptions = true)
final class ProgrammeCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec;

    @Parameters(index = "0", paramLabel = "FOLDER|ZIP", description = "Folder or zip that holds programme.yaml.")
    Path place;

    @Override
    public Integer call() {
        try {
            spec.commandLine().getOut().println(Checker.describe(ProgrammeReader.read(place)));
            return 0;
        } catch (ProgrammeException e) {
            e.faults().forEach(f -> spec.commandLine().getErr().println(f));
            spec.commandLine().getErr().println(e.faults().size() + (e.faults().size() == 1 ? " fault" : " faults"));
            return CommandFailure.BAD_INPUT;
        }
    }
}
