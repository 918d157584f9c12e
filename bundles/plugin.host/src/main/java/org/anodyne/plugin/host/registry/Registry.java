package org.anodyne.plugin.host.registry;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.anodyne.bus.MessageBus.Subscription;
import org.anodyne.host.InstalledPlugin;
import org.anodyne.plugin.PluginFactory;
import org.anodyne.plugin.PluginKind;
import org.anodyne.plugin.ProvidesPlugin;
import org.anodyne.plugin.host.Provider;
import org.anodyne.plugin.safety.SafetyRule;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plug-ins that are there: follows the factories in the service registry and decides which one an id means. Knows
 * nothing of files. Thread: any.
 */
final class Registry implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Registry.class);

    /** Prefix of the location of bundles that this host installed; their hash follows. */
    static final String LOCATION = "anodyne:";

    private final BundleContext context;
    private final ServiceTracker<Object, Entry> tracker;
    private final List<Consumer<InstalledPlugin>> listeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<Provider>> lossListeners = new CopyOnWriteArrayList<>();

    // guarded by this
    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, InstalledPlugin> refusedFiles = new TreeMap<>();
    private final java.util.Set<String> standbyLocations = new java.util.HashSet<>();
    private long sequence;

    /** Who signed what, by hash. */
    private final java.util.Map<String, String> signedBy = new java.util.concurrent.ConcurrentHashMap<>();

    Registry(BundleContext context) {
        this.context = context;
        try {
            tracker = new ServiceTracker<>(
                    context,
                    FrameworkUtil.createFilter("(|(objectClass=" + PluginFactory.class.getName() + ")(&(objectClass="
                            + SafetyRule.class.getName() + ")(" + ProvidesPlugin.PREFIX_ + "id=*)))"),
                    new Factories());
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException("the filter is constant and valid", e);
        }
    }

    void open() {
        tracker.open();
    }

    @Override
    public void close() {
        tracker.close();
    }

    // --- what people and slots see

    synchronized List<InstalledPlugin> plugins() {
        return Stream.concat(entries.stream().map(Entry::info), refusedFiles.values().stream())
                .sorted(Comparator.comparing(InstalledPlugin::id)
                        .thenComparing(InstalledPlugin::state)
                        .thenComparing(InstalledPlugin::version))
                .toList();
    }

    synchronized Optional<Entry> find(String id) {
        return entries.stream()
                .filter(e -> e.id().equals(id) && e.offered())
                .max(Comparator.comparing(Entry::version).thenComparing(Entry::sequence));
    }

    Subscription onChange(Consumer<InstalledPlugin> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    Subscription onLost(Consumer<Provider> listener) {
        lossListeners.add(listener);
        return () -> lossListeners.remove(listener);
    }

    void changed(InstalledPlugin plugin) {
        for (Consumer<InstalledPlugin> l : listeners) {
            try {
                l.accept(plugin);
            } catch (RuntimeException e) {
                LOG.error("a listener of the registry failed", e);
            }
        }
    }

    /** Remembers a refused file of the watched folder, or forgets it when null. */
    void refused(String file, InstalledPlugin refusal) {
        InstalledPlugin before;
        synchronized (this) {
            before = refusal == null ? refusedFiles.remove(file) : refusedFiles.put(file, refusal);
        }
        if (refusal != null) {
            changed(refusal);
        } else if (before != null) {
            changed(new InstalledPlugin(
                    before.id(),
                    before.kind(),
                    before.title(),
                    before.version(),
                    before.bundle(),
                    before.sha256(),
                    InstalledPlugin.State.GONE,
                    "",
                    before.schema(),
                    null));
        }
    }

    // --- what the deployer needs

    /** Who signed the jar with this hash; empty when nobody did. */
    void signed(String sha256, String signers) {
        signedBy.put(sha256, signers);
    }

    /** Factories that this bundle will register are kept in standby: for a swap, not for new sessions. */
    synchronized void expectStandby(String location, boolean standby) {
        if (standby) {
            standbyLocations.add(location);
        } else {
            standbyLocations.remove(location);
        }
    }

    synchronized List<Entry> of(Bundle bundle) {
        return entries.stream()
                .filter(e -> e.bundle().equals(bundle) && !e.isGone())
                .toList();
    }

    /** The bundle that an id belongs to, if it belongs to one of another name. */
    synchronized Optional<Bundle> owner(String id, String otherThan) {
        return entries.stream()
                .filter(e -> e.id().equals(id) && !e.rejected() && !e.isGone())
                .map(Entry::bundle)
                .filter(b -> !b.getSymbolicName().equals(otherThan))
                .findFirst();
    }

    /** Changes flags of entries and tells listeners. */
    void mark(List<Entry> some, Consumer<Entry> change) {
        synchronized (this) {
            some.forEach(change);
        }
        some.forEach(e -> changed(e.info()));
    }

    /** Entries that one takes the place of. */
    synchronized List<Entry> others(Entry one) {
        return entries.stream()
                .filter(e -> e != one && e.id().equals(one.id()) && !e.rejected() && !e.isGone())
                .toList();
    }

    /** Number of instances at work. */
    synchronized long inUse(String id) {
        return entries.stream()
                .filter(e -> e.id().equals(id))
                .mapToLong(Entry::users)
                .sum();
    }

    synchronized boolean unused(Bundle bundle) {
        return entries.stream().noneMatch(e -> e.bundle().equals(bundle) && e.users() > 0);
    }

    /** Whether all that the bundle provides was replaced and nobody uses it. */
    synchronized boolean removable(Bundle bundle) {
        List<Entry> all =
                entries.stream().filter(e -> e.bundle().equals(bundle)).toList();
        return !all.isEmpty() && all.stream().allMatch(e -> e.replaced() && e.users() == 0);
    }

    /** Forgets entries of a removed bundle. */
    synchronized void forget(Bundle bundle) {
        entries.removeIf(e -> e.bundle().equals(bundle));
    }

    // --- services

    private final class Factories implements ServiceTrackerCustomizer<Object, Entry> {
        @Override
        public Entry addingService(ServiceReference<Object> reference) {
            Entry entry;
            try {
                entry = seen(reference);
            } catch (RuntimeException | Error e) {
                LOG.error("a plug-in of bundle {} could not be looked at", reference.getBundle(), e);
                return null;
            }
            changed(entry.info());
            return entry;
        }

        @Override
        public void modifiedService(ServiceReference<Object> reference, Entry entry) {
            // Component properties that matter here are constant.
        }

        @Override
        public void removedService(ServiceReference<Object> reference, Entry entry) {
            for (Consumer<Provider> l : lossListeners) {
                try {
                    l.accept(entry);
                } catch (RuntimeException e) {
                    LOG.error("the loss of plug-in {} was not dealt with", entry.id(), e);
                }
            }
            synchronized (Registry.this) {
                entry.gone();
                entries.remove(entry);
            }
            context.ungetService(reference);
            changed(entry.info());
        }
    }

    private Entry seen(ServiceReference<Object> reference) {
        Bundle bundle = reference.getBundle();
        String id = text(reference, "id");
        Object service = context.getService(reference);
        PluginFactory factory = service instanceof PluginFactory f ? f : null;
        String fault = "";
        PluginKind kind = null;
        try {
            kind = PluginKind.valueOf(text(reference, "kind"));
        } catch (IllegalArgumentException e) {
            fault = "its factory has no kind; annotate it with @ProvidesPlugin";
        }
        if (service == null) {
            fault = "its factory could not be activated; the log says why";
        } else if (!id.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
            fault = "'" + id + "' is no plug-in id: use lower case letters, digits and hyphens";
        }
        String location = bundle.getLocation();
        String sha256 = location.startsWith(LOCATION) ? location.substring(LOCATION.length()) : hash(location);
        synchronized (this) {
            Entry entry = new Entry(
                    id.isEmpty() ? bundle.getSymbolicName() : id,
                    kind,
                    text(reference, "title"),
                    schema(bundle, text(reference, "schema")),
                    sha256,
                    signedBy.getOrDefault(sha256, ""),
                    Boolean.TRUE.equals(reference.getProperty(ProvidesPlugin.PREFIX_ + "exclusive")),
                    bundle,
                    ++sequence,
                    factory);
            Optional<Bundle> owner = owner(id, bundle.getSymbolicName());
            if (fault.isEmpty() && owner.isPresent()) {
                fault = "plug-in id '" + id + "' belongs to bundle "
                        + owner.get().getSymbolicName() + "; " + bundle.getSymbolicName() + " has to choose another";
            }
            entry.reject(fault);
            entry.standby(standbyLocations.contains(location));
            entries.add(entry);
            return entry;
        }
    }

    private static String text(ServiceReference<?> reference, String name) {
        Object value = reference.getProperty(ProvidesPlugin.PREFIX_ + name);
        return value == null ? "" : value.toString();
    }

    private static String schema(Bundle bundle, String path) {
        URL url = path.isEmpty() ? null : bundle.getEntry(path);
        if (url == null) {
            return "{}";
        }
        try (InputStream in = url.openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            LOG.error("{} of bundle {} cannot be read", path, bundle.getSymbolicName(), e);
            return "{}";
        }
    }

    /** Hash of the jar that a bundle of the distribution was installed from, where that is a file. */
    private static String hash(String location) {
        String url = location.startsWith("reference:") ? location.substring("reference:".length()) : location;
        try {
            if (url.startsWith("file:")) {
                Path file = url.startsWith("file:/") ? Path.of(URI.create(url)) : Path.of(url.substring(5));
                return Files.isRegularFile(file) ? StagedJar.hash(file) : "";
            }
        } catch (IOException | IllegalArgumentException e) {
            LOG.debug("no hash of {}", location, e);
        }
        return "";
    }
}
