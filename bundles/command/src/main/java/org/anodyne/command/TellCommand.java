package org.anodyne.command;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "tell",
        description = "Shows the participant a short message in the world, in the session that runs on this machine; it"
                + " stands in the record.",
        mixinStandardHelpOptions = true)
final class TellCommand implements Callable<Integer> {
    private final Supplier<Path> home;
    private final Asking asking;

    @Spec
    CommandSpec spec;

    @Parameters(index = "0", paramLabel = "TEXT", description = "The message, at most 200 characters.")
    String text;

    @Mixin
    RemoteOptions remote;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "How long it is shown, 2 to 60; else what reading it slowly takes.")
    Double seconds;

    @Option(names = "--by", paramLabel = "NAME", description = "Who says it; stands in the record.")
    String by = "operator";

    TellCommand(Supplier<Path> home, Asking asking) {
        this.home = home;
        this.asking = asking;
    }

    @Override
    public Integer call() throws InterruptedException {
        Map<String, Object> attributes = new HashMap<>(Map.of("text", text, "by", by));
        if (seconds != null) {
            attributes.put("seconds", seconds);
        }
        Map<String, Object> answer = asking.ask(remote.platform(home.get()), "tell", attributes);
        spec.commandLine().getOut().println(RemoteOptions.message(answer));
        return 0;
    }
}
