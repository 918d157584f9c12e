package org.anodyne.command;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "pause",
        description = "Pauses the session that runs on this machine: actuators safe first, phase time stands still"
                + " until it is resumed.",
        mixinStandardHelpOptions = true)
final class PauseCommand implements Callable<Integer> {
    private final Supplier<Path> home;
    private final Asking asking;

    @Spec
    CommandSpec spec;

    @Mixin
    RemoteOptions remote;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; stands in the record.")
    String reason = "an operator paused it";

    PauseCommand(Supplier<Path> home, Asking asking) {
        this.home = home;
        this.asking = asking;
    }

    @Override
    public Integer call() throws InterruptedException {
        Map<String, Object> answer = asking.ask(remote.platform(home.get()), "pause", Map.of("reason", reason));
        spec.commandLine().getOut().println(RemoteOptions.message(answer));
        return 0;
    }
}
