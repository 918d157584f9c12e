package org.anodyne.command;

import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.anodyne.host.InstalledPlugin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "plugins",
        description = "Tells which plug-ins are installed, in which state, and why one is not available.",
        mixinStandardHelpOptions = true)
final class PluginsCommand implements Callable<Integer> {
    private final CommandLineRunner.Session session;

    @Spec
    CommandSpec spec;

    @Option(names = "--json", description = "Prints one JSON array.")
    boolean json;

    PluginsCommand(CommandLineRunner.Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        Platform p = session.platform().get();
        p.registry.awaitSettled(Duration.ofSeconds(30));
        List<InstalledPlugin> all = p.registry.plugins().stream()
                .sorted(Comparator.comparing((InstalledPlugin i) -> kind(i)).thenComparing(InstalledPlugin::id))
                .toList();
        if (json) {
            List<Map<String, Object>> rows = all.stream()
                    .map(i -> {
                        Map<String, Object> m = new LinkedHashMap<>();
                        m.put("id", i.id());
                        m.put("kind", kind(i));
                        m.put("title", i.title());
                        m.put("version", i.version());
                        m.put("bundle", i.bundle());
                        m.put("sha256", i.sha256());
                        m.put("signedBy", i.signedBy());
                        m.put("state", i.state().name());
                        m.put("reason", i.reason());
                        return m;
                    })
                    .toList();
            spec.commandLine()
                    .getOut()
                    .println(new com.fasterxml.jackson.databind.ObjectMapper().writeValueAsString(rows));
            return 0;
        }
        Table table = new Table("KIND", "ID", "VERSION", "STATE", "SIGNED BY", "");
        all.forEach(i -> table.row(
                kind(i),
                i.id(),
                i.version(),
                i.state().name().toLowerCase(java.util.Locale.ROOT),
                signer(i.signedBy()),
                i.reason().isEmpty() ? i.title() : i.reason()));
        spec.commandLine().getOut().print(table);
        spec.commandLine().getOut().flush();
        return 0;
    }

    /** The names without their fingerprints, which {@code --json} has. */
    private static String signer(String signedBy) {
        return signedBy.isEmpty() ? "-" : signedBy.replaceAll(" \\(sha256 ([0-9a-f]{8})[0-9a-f]*\\)", " $1…");
    }

    private static String kind(InstalledPlugin i) {
        return i.kind() == null
                ? "?"
                : i.kind().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
