package org.anodyne.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "resume",
        description = {
            "Lets the session that runs on this machine go on, and arms its actuators again: after a pause, a stop, a"
                    + " lost plug-in, a swap, or an outage of the bus.",
            "Exit code 1: an actuator could not be armed. 2: there is nothing to resume."
        },
        mixinStandardHelpOptions = true)
final class ResumeCommand implements Callable<Integer> {
    private final Supplier<Path> home;
    private final Asking asking;

    @Spec
    CommandSpec spec;

    @Mixin
    RemoteOptions remote;

    @Parameters(
            arity = "0..*",
            paramLabel = "SLOT",
            description = "Actuators to arm; all that the phase runs when none is named.")
    List<String> slots = List.of();

    ResumeCommand(Supplier<Path> home, Asking asking) {
        this.home = home;
        this.asking = asking;
    }

    @Override
    public Integer call() throws InterruptedException {
        Map<String, Object> attributes = slots.isEmpty() ? Map.of() : Map.of("slots", List.copyOf(slots));
        Map<String, Object> answer = asking.ask(remote.platform(home.get()), "resume", attributes);
        spec.commandLine().getOut().println(RemoteOptions.message(answer));
        return 0;
    }
}
