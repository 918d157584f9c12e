package org.anodyne.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "stop",
        description = {
            "Emergency stop: makes all actuators safe and ends the session that runs on this machine as aborted."
                    + " When several platforms run here, all are stopped unless one is chosen.",
            "The command itself takes seconds to start. Use the device's own stop first."
        },
        mixinStandardHelpOptions = true)
final class StopCommand implements Callable<Integer> {
    private final Supplier<Path> home;
    private final Asking asking;

    @Spec
    CommandSpec spec;

    @Mixin
    RemoteOptions remote;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; stands in the record.")
    String reason = "an operator stopped it";

    StopCommand(Supplier<Path> home, Asking asking) {
        this.home = home;
        this.asking = asking;
    }

    @Override
    public Integer call() throws InterruptedException {
        List<CommandFailure> failures = new ArrayList<>();
        for (RunningMark.Running platform : remote.platforms(home.get())) {
            try {
                asking.stop(platform, reason);
                RemoteOptions.message(asking.ask(platform, "abort", Map.of("reason", "emergency stop: " + reason)));
                spec.commandLine()
                        .getOut()
                        .println("platform " + platform.pid() + ": actuators safe, the session ends as aborted");
            } catch (CommandFailure e) {
                failures.add(e);
                spec.commandLine().getErr().println("anodyne: platform " + platform.pid() + ": " + e.getMessage());
            }
        }
        return failures.stream().mapToInt(CommandFailure::exit).max().orElse(0);
    }
}
