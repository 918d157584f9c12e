package org.anodyne.command;

import java.util.concurrent.Callable;
import org.anodyne.host.InstalledPlugin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "run",
        description =
                "Starts the platform and stays up until it is stopped (Ctrl-C). A jar that is put into plugins/ is installed.",
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    private final CommandLineRunner.Session session;

    @Spec
    CommandSpec spec;

    RunCommand(CommandLineRunner.Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        Platform p = session.connected();
        var out = spec.commandLine().getOut();
        try (RunningMark mark = RunningMark.make(session, "no session of its own");
                var changes = p.registry.onChange(plugin -> out.println(changed(plugin)))) {
            out.println("ready after " + session.uptimeMillis() + " ms: " + session.bundles() + " bundles, "
                    + p.registry.plugins().size() + " plug-ins, bus at " + mark.uri());
            out.println("plug-ins are taken from " + session.home().get().resolve("plugins"));
            session.stopped().await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 0;
    }

    private static String changed(InstalledPlugin plugin) {
        return "plug-in " + plugin.id() + " " + plugin.version() + ": "
                + plugin.state().name().toLowerCase(java.util.Locale.ROOT)
                + (plugin.reason().isEmpty() ? "" : ": " + plugin.reason());
    }
}
