package org.anodyne.command;

import java.util.concurrent.Callable;
import org.anodyne.host.InstalledPlugin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "run",
        description =
                "Starts the platform and stays up until it is stopped (Ctrl-C): serves the pages for operator, participant and"
                        + " assessor, and installs a jar that is put into plugins/. --home DIR, before or behind 'run', names"
                        + " the folder with plug-ins, settings, accounts, protocols and sessions.",
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    private final CommandLineRunner.Session session;

    @Spec
    CommandSpec spec;

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "Port of the pages; 0 for any free one. Default: that of etc/anodyne.json, else 8080.")
    Integer port;

    @Option(names = "--no-pages", description = "Serves no pages.")
    boolean noPages;

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
            if (!noPages) {
                Pages.open(session, port, out);
            }
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
