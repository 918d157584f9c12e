package org.anodyne.command;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "reset",
        description = "Ends an emergency stop: from then on actuators may be armed again. Nothing is armed by it.",
        mixinStandardHelpOptions = true)
final class ResetCommand implements Callable<Integer> {
    private final CommandLineRunner.Session session;

    @Spec
    CommandSpec spec;

    @Option(names = "--by", required = true, paramLabel = "NAME", description = "Who says that it is safe.")
    String by;

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why it is safe again.")
    String reason;

    ResetCommand(CommandLineRunner.Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Map<String, Object> said = session.platform().get().safety.ask("reset", Map.of("by", by, "reason", reason));
        spec.commandLine().getOut().println(RemoteOptions.message(said));
        return 0;
    }
}
