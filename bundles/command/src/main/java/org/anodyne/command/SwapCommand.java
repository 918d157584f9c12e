package org.anodyne.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "swap",
        description = "Replaces the plug-in of a slot in the session that runs on this machine.",
        mixinStandardHelpOptions = true)
final class SwapCommand implements Callable<Integer> {
    private final Supplier<Path> home;
    private final Asking asking;

    @Spec
    CommandSpec spec;

    @Parameters(index = "0", paramLabel = "SLOT", description = "Name of the slot in the protocol.")
    String slot;

    @Parameters(index = "1", paramLabel = "JAR", description = "The plug-in that takes over.")
    Path jar;

    @Mixin
    RemoteOptions remote;

    SwapCommand(Supplier<Path> home, Asking asking) {
        this.home = home;
        this.asking = asking;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (!Files.isRegularFile(jar)) {
            throw new CommandFailure(CommandFailure.BAD_INPUT, "there is no file " + jar);
        }
        Map<String, Object> answer = asking.ask(
                remote.platform(home.get()),
                "swap",
                Map.of("slot", slot, "jar", jar.toAbsolutePath().toString()));
        spec.commandLine().getOut().println(RemoteOptions.message(answer));
        return 0;
    }
}
