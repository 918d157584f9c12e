package org.anodyne.command;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "threshold",
        description =
                "Tells the running session a motor threshold that was measured in it: the resting one, without which"
                        + " trains of magnetic pulses are refused, or with --active the active one, without which theta"
                        + " burst is.",
        mixinStandardHelpOptions = true)
final class ThresholdCommand implements Callable<Integer> {
    private final CommandLineRunner.Session session;
    private final Asking asking;

    @Spec
    CommandSpec spec;

    @Mixin
    RemoteOptions remote;

    @Parameters(index = "0", paramLabel = "PERCENT", description = "Percent of the stimulator's maximum output.")
    double percent;

    @Option(names = "--by", required = true, paramLabel = "NAME", description = "Who measured it.")
    String by;

    @Option(names = "--active", description = "It was measured while the muscle was tensed.")
    boolean active;

    @Option(names = "--session", paramLabel = "ID", description = "Default: the session that runs on this machine.")
    String id;

    ThresholdCommand(CommandLineRunner.Session session, Asking asking) {
        this.session = session;
        this.asking = asking;
    }

    @Override
    public Integer call() throws InterruptedException {
        Platform platform = session.platform().get();
        boolean running = id == null;
        if (running) {
            Map<String, Object> now = asking.ask(remote.platform(session.home().get()), "status", Map.of());
            RemoteOptions.message(now);
            id = String.valueOf(now.get("session"));
        }
        Map<String, Object> said =
                platform.safety.ask("threshold", Map.of("session", id, "percent", percent, "by", by, "active", active));
        String message = RemoteOptions.message(said);
        if (running) {
            // What intensities were judged by belongs into the record, too.
            asking.ask(remote.platform(session.home().get()), "note", Map.of("text", message, "by", by));
        }
        spec.commandLine().getOut().println(message);
        return 0;
    }
}
