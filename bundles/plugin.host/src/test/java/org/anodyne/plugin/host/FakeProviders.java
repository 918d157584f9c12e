package org.anodyne.plugin.host;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.anodyne.bus.MessageBus.Subscription;
import org.anodyne.host.HostException;
import org.anodyne.host.InstalledPlugin;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.PluginContext;
import org.anodyne.plugin.PluginFactory;
import org.anodyne.plugin.PluginInstance;
import org.anodyne.plugin.PluginKind;
import org.anodyne.plugin.PluginPorts;

/** Providers without a framework: a jar is a name that a provider was put under. */
public final class FakeProviders implements Providers {
    public record Fake(InstalledPlugin info, PluginFactory factory, boolean exclusive, int[] users)
            implements Provider {}

    private final Map<String, Provider> offered = new HashMap<>();
    private final Map<Path, Provider> jars = new HashMap<>();
    private final List<Consumer<Provider>> listeners = new CopyOnWriteArrayList<>();
    public final List<String> calls = new ArrayList<>();

    public static Fake provider(
            String id,
            PluginKind kind,
            String version,
            PluginPorts ports,
            boolean exclusive,
            Function<PluginContext, PluginInstance> maker) {
        PluginFactory factory = new PluginFactory() {
            @Override
            public PluginPorts ports(Parameters parameters) {
                return ports;
            }

            @Override
            public PluginInstance create(PluginContext context) {
                return maker.apply(context);
            }
        };
        return new Fake(
                new InstalledPlugin(
                        id,
                        kind,
                        id,
                        version,
                        "org.example." + id,
                        "sha-" + version,
                        InstalledPlugin.State.AVAILABLE,
                        "",
                        "{}",
                        factory),
                factory,
                exclusive,
                new int[1]);
    }

    public synchronized FakeProviders offer(Provider p) {
        offered.put(p.info().id(), p);
        return this;
    }

    public synchronized Path jar(Provider p) {
        Path path = Path.of(p.info().id() + "-" + p.info().version() + ".jar");
        jars.put(path, p);
        return path;
    }

    /** Takes a provider away, as a bundle that is stopped does. */
    public void lose(Provider p) {
        synchronized (this) {
            offered.remove(p.info().id(), p);
        }
        listeners.forEach(l -> l.accept(p));
    }

    @Override
    public synchronized Optional<Provider> provider(String id) {
        return Optional.ofNullable(offered.get(id));
    }

    @Override
    public synchronized List<Provider> installBeside(Path jar) {
        if (!jars.containsKey(jar)) {
            throw new HostException(jar + " is no jar");
        }
        return List.of(jars.get(jar));
    }

    @Override
    public synchronized void discard(List<Provider> installed) {
        installed.forEach(p -> calls.add("discard " + p.info().version()));
    }

    @Override
    public synchronized void use(Provider provider) {
        ((Fake) provider).users[0]++;
    }

    @Override
    public synchronized void release(Provider provider) {
        ((Fake) provider).users[0]--;
    }

    public synchronized int users(Provider provider) {
        return ((Fake) provider).users[0];
    }

    @Override
    public synchronized void retire(Provider replaced, Provider successor) {
        offered.put(successor.info().id(), successor);
        calls.add("retire " + replaced.info().version());
    }

    @Override
    public Subscription onLost(Consumer<Provider> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public List<String> leaks() {
        return List.of();
    }
}
