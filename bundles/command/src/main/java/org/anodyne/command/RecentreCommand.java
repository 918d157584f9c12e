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
        name = "recentre",
        description =
                "Makes where the participant is and looks now the middle of the world, in the session that runs on"
                        + " this machine.",
        mixinStandardHelpOptions = true)
final class RecentreCommand implements Callable<Integer> {
    private final Supplier<Path> home;
    private final Asking asking;

    @Spec
    CommandSpec spec;

    @Mixin
    RemoteOptions remote;

    @Option(names = "--by", paramLabel = "NAME", description = "Who asks; stands in the record.")
    String by = "operator";

    RecentreCommand(Supplier<Path> home, Asking asking) {
        this.home = home;
        this.asking = asking;
    }

    @Override
    public Integer call() throws InterruptedException {
        Map<String, Object> answer = asking.ask(remote.platform(home.get()), "recentre", Map.of("by", by));
        spec.commandLine().getOut().println(RemoteOptions.message(answer));
        return 0;
    }
}
