package org.anodyne.session.engine.fake;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.anodyne.bus.MessageBus.Subscription;
import org.anodyne.host.HostException;
import org.anodyne.host.InstalledPlugin;
import org.anodyne.host.PluginRegistry;
import org.anodyne.plugin.PluginFactory;
import org.anodyne.plugin.PluginKind;

/** Installed plug-ins as a test wants them. */
public final class FakeRegistry implements PluginRegistry {
    private final Map<String, InstalledPlugin> plugins = new TreeMap<>();

    /** Installs, or replaces what had the id. */
    public FakeRegistry with(String id, PluginKind kind, String version, String schema, PluginFactory factory) {
        plugins.put(
                id,
                new InstalledPlugin(
                        id, kind, id, version, "test." + id, "", InstalledPlugin.State.AVAILABLE, "", schema, factory));
        return this;
    }

    /** What is installed under an id, from a jar of this hash that these have signed. */
    public FakeRegistry signed(String id, String sha256, String by) {
        InstalledPlugin p = plugins.get(id);
        plugins.put(
                id,
                new InstalledPlugin(
                        id,
                        p.kind(),
                        p.title(),
                        p.version(),
                        p.bundle(),
                        sha256,
                        p.state(),
                        p.reason(),
                        p.schema(),
                        p.factory(),
                        by));
        return this;
    }

    /** A jar that was refused. */
    public FakeRegistry refused(String id, String reason) {
        plugins.put(
                id,
                new InstalledPlugin(
                        id, null, id, "1.0.0", "test." + id, "", InstalledPlugin.State.REJECTED, reason, "{}", null));
        return this;
    }

    @Override
    public List<InstalledPlugin> plugins() {
        return new ArrayList<>(plugins.values());
    }

    @Override
    public Optional<InstalledPlugin> find(String id) {
        return Optional.ofNullable(plugins.get(id)).filter(p -> p.state() == InstalledPlugin.State.AVAILABLE);
    }

    @Override
    public Subscription onChange(Consumer<InstalledPlugin> listener) {
        return () -> {};
    }

    @Override
    public List<InstalledPlugin> install(Path jar) {
        throw new HostException("nothing can be installed here");
    }

    @Override
    public void awaitSettled(Duration timeout) {
        // Nothing is ever under way here.
    }
}
