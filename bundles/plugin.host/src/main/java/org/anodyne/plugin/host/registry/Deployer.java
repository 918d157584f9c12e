package org.anodyne.plugin.host.registry;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.anodyne.plugin.PluginKind;
import org.anodyne.plugin.ProvidesPlugin;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.Version;
import org.osgi.framework.hooks.bundle.CollisionHook;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Installs jars beside what is there, all or nothing, and removes bundles that nobody needs any more. Thread: any. */
final class Deployer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Deployer.class);

    /** A bundle's start: then the jar is refused. */
    private static final Duration START = Duration.ofSeconds(10);

    /** The appearance of its factories after that: then the jar is refused. */
    private static final Duration APPEAR = Duration.ofSeconds(5);

    /** What an installed jar means for the versions that are there. */
    enum Purpose {
        /** Offered to new sessions; takes the place of what is not newer, and is refused when it is older. */
        OFFER,
        /** The same, by a person's word: an older one is installed too. */
        INSTALL,
        /** For one swap: offered to nobody until that has succeeded. */
        STANDBY
    }

    private final BundleContext context;
    private final Registry registry;
    private final SignaturePolicy signatures;
    private final Path staging;
    private final LoaderWatch loaders = new LoaderWatch();
    private final ServiceRegistration<CollisionHook> hook;
    private final ThreadPoolExecutor removals;
    private volatile Thread installing;

    Deployer(BundleContext context, Registry registry, SignaturePolicy signatures) {
        this.signatures = signatures;
        this.context = context;
        this.registry = registry;
        java.io.File area = context.getDataFile("staged");
        if (area == null) {
            throw new IllegalStateException("the framework has no storage; start it with org.osgi.framework.storage");
        }
        staging = area.toPath();
        // Lets a rebuilt jar of the same name and version in beside the old one, where the framework does not anyway.
        hook = context.registerService(
                CollisionHook.class,
                (operation, target, collisions) -> {
                    if (Thread.currentThread() == installing) {
                        collisions.clear();
                    }
                },
                null);
        // Not of the group of whoever asks for a removal: that may be a slot, whose threads are counted at its end.
        ThreadGroup own = Thread.currentThread().getThreadGroup();
        removals = new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), r -> {
            Thread t = new Thread(own, r, "plugin-removal");
            t.setDaemon(true);
            return t;
        });
        removals.allowCoreThreadTimeOut(true);
    }

    /**
     * What a deployment brought.
     *
     * @param fresh whether the bundle was installed by it and not there before
     */
    record Deployed(Bundle bundle, List<Entry> entries, boolean fresh) {}

    /**
     * Installs a jar.
     *
     * @param replacing hash of the jar whose file this one has overwritten; empty when none
     * @throws Refusal with the reason; nothing has changed then
     */
    synchronized Deployed deploy(Path jar, Purpose purpose, String replacing) {
        try (StagedJar staged = StagedJar.of(jar, staging)) {
            String location = Registry.LOCATION + staged.sha256();
            Bundle there = context.getBundle(location);
            judge(staged, there);
            if (there != null && there.getState() == Bundle.ACTIVE) {
                List<Entry> entries = registry.of(there);
                if (purpose != Purpose.STANDBY) {
                    registry.mark(entries, e -> {
                        e.standby(false);
                        e.replaced(false);
                    });
                    entries.forEach(e -> takePlaces(e, replacing));
                }
                return new Deployed(there, entries, false);
            }
            registry.expectStandby(location, true);
            boolean done = false;
            Bundle bundle = there;
            try {
                bundle = there != null ? there : install(staged, location);
                List<Entry> entries = admit(bundle, staged, purpose, replacing);
                done = true;
                if (purpose != Purpose.STANDBY) {
                    registry.mark(entries, e -> e.standby(false));
                    entries.forEach(e -> takePlaces(e, replacing));
                }
                return new Deployed(bundle, entries, true);
            } finally {
                registry.expectStandby(location, false);
                if (!done && bundle != null) {
                    uninstall(bundle);
                }
            }
        }
    }

    /** What the site's policy does not want is not installed, and does not stay from an earlier run. */
    private void judge(StagedJar staged, Bundle there) {
        registry.signed(staged.sha256(), staged.signature().text());
        signatures.objection(staged.signature(), Instant.now()).ifPresent(objection -> {
            if (there != null && registry.unused(there)) {
                uninstall(there);
            }
            throw refusal(staged, "", null, staged.name() + " was refused: " + objection, null);
        });
    }

    private Bundle install(StagedJar staged, String location) {
        installing = Thread.currentThread();
        try (InputStream in = Files.newInputStream(staged.file())) {
            Bundle bundle = context.installBundle(location, in);
            int reached = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION)
                    .adapt(FrameworkStartLevel.class)
                    .getStartLevel();
            BundleStartLevel level = bundle.adapt(BundleStartLevel.class);
            if (level.getStartLevel() > reached) {
                // While the framework is still starting: it would not start before the others have.
                level.setStartLevel(Math.max(1, reached));
            }
            return bundle;
        } catch (BundleException | IOException e) {
            throw refusal(staged, "", null, staged.name() + " was refused by the framework: " + e.getMessage(), e);
        } finally {
            installing = null;
        }
    }

    /** Whether the framework is being stopped. */
    boolean ending() {
        return context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).getState() == Bundle.STOPPING;
    }

    private static Refusal refusal(StagedJar s, String id, PluginKind kind, String message, Throwable cause) {
        return new Refusal(message, new Refusal.Claim(id, kind, "", s.version(), s.symbolicName(), s.sha256()), cause);
    }

    /** Checks, resolves and starts an installed bundle and waits for what it promises. */
    private List<Entry> admit(Bundle bundle, StagedJar staged, Purpose purpose, String replacing) {
        List<BundleCapability> promised =
                bundle.adapt(BundleRevision.class).getDeclaredCapabilities(ProvidesPlugin.NAMESPACE);
        Set<String> ids = new HashSet<>();
        String first = "";
        PluginKind kind = null;
        for (BundleCapability c : promised) {
            String id = String.valueOf(c.getAttributes().get("id"));
            first = first.isEmpty() ? id : first;
            kind = kind == null ? kind(c) : kind;
            if (!ids.add(id)) {
                throw refusal(staged, id, kind, staged.name() + " provides plug-in '" + id + "' twice", null);
            }
            Optional<Bundle> owner = registry.owner(id, bundle.getSymbolicName());
            if (owner.isPresent()) {
                throw refusal(
                        staged,
                        id,
                        kind,
                        staged.name() + " claims plug-in id '" + id + "', which belongs to bundle "
                                + owner.get().getSymbolicName() + "; choose another id",
                        null);
            }
            if (purpose == Purpose.OFFER) {
                refuseOlder(bundle, staged, id, kind, replacing);
            }
        }
        String lacks = Resolution.resolve(
                bundle, context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkWiring.class));
        if (!lacks.isEmpty()) {
            throw refusal(staged, first, kind, staged.name() + " cannot be used: " + lacks, null);
        }
        start(bundle, staged, first, kind);
        return appeared(bundle, staged, ids, first, kind);
    }

    private static PluginKind kind(BundleCapability c) {
        try {
            return PluginKind.valueOf(String.valueOf(c.getAttributes().get("kind")));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private void refuseOlder(Bundle bundle, StagedJar staged, String id, PluginKind kind, String replacing) {
        Optional<Entry> now =
                registry.find(id).filter(e -> !e.bundle().getLocation().equals(Registry.LOCATION + replacing));
        if (now.isPresent() && now.get().version().compareTo(bundle.getVersion()) > 0) {
            throw refusal(
                    staged,
                    id,
                    kind,
                    staged.name() + " is version " + bundle.getVersion() + " of '" + id + "', older than the installed "
                            + now.get().version() + "; remove that first, or swap it into a slot",
                    null);
        }
    }

    private void start(Bundle bundle, StagedJar staged, String id, PluginKind kind) {
        FutureTask<Void> start = new FutureTask<>(() -> {
            bundle.start();
            return null;
        });
        Thread t = new Thread(start, "start-" + bundle.getSymbolicName());
        t.setDaemon(true);
        t.start();
        try {
            start.get(START.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            Throwable cause =
                    e.getCause() instanceof BundleException b && b.getCause() != null ? b.getCause() : e.getCause();
            throw refusal(staged, id, kind, staged.name() + " could not be started: " + cause, cause);
        } catch (TimeoutException e) {
            start.cancel(true);
            throw refusal(
                    staged,
                    id,
                    kind,
                    staged.name() + " did not start within " + START.toSeconds() + " s; its activator or component"
                            + " must return at once",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw refusal(staged, id, kind, staged.name() + " was not installed: interrupted", e);
        }
    }

    /** Waits until each promised plug-in is there as a service. */
    private List<Entry> appeared(Bundle bundle, StagedJar staged, Set<String> ids, String first, PluginKind kind) {
        Object change = new Object();
        long until = System.nanoTime() + APPEAR.toNanos();
        try (var subscription = registry.onChange(p -> {
            synchronized (change) {
                change.notifyAll();
            }
        })) {
            synchronized (change) {
                while (true) {
                    List<Entry> entries = registry.of(bundle);
                    Set<String> missing = new HashSet<>(ids);
                    for (Entry e : entries) {
                        if (e.rejected()) {
                            throw refusal(
                                    staged,
                                    e.id(),
                                    kind,
                                    staged.name() + " was refused: " + e.info().reason(),
                                    null);
                        }
                        missing.remove(e.id());
                    }
                    long left = (until - System.nanoTime()) / 1_000_000;
                    if (missing.isEmpty()) {
                        return entries;
                    }
                    if (left <= 0) {
                        throw refusal(
                                staged,
                                first,
                                kind,
                                staged.name() + " promises plug-in " + missing + " but registers no factory for it; its"
                                        + " component lacks something or threw, the log says what",
                                null);
                    }
                    change.wait(left);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw refusal(staged, first, kind, staged.name() + " was not installed: interrupted", e);
        }
    }

    /** What is not newer than the new one gives its place up. */
    private void takePlaces(Entry successor, String replacing) {
        Version version = successor.version();
        List<Entry> old = registry.others(successor).stream()
                .filter(e -> !e.bundle().equals(successor.bundle()))
                .filter(e -> e.version().compareTo(version) <= 0
                        || e.bundle().getLocation().equals(Registry.LOCATION + replacing))
                .toList();
        replace(old);
    }

    /** These give their place up and are removed when nobody uses them. */
    void replace(List<Entry> old) {
        registry.mark(old, e -> e.replaced(true));
        old.forEach(this::removeIfDone);
    }

    void removeIfDone(Entry e) {
        Bundle bundle = e.bundle();
        if (registry.removable(bundle)) {
            try {
                removals.execute(() -> {
                    if (registry.removable(bundle)) {
                        uninstall(bundle);
                    }
                });
            } catch (RejectedExecutionException closing) {
                LOG.debug("{} stays: the host is stopping", bundle);
            }
        }
    }

    /** A jar was taken away: what it brought is retired, and removed when nobody uses it. */
    synchronized void withdraw(String sha256) {
        Bundle bundle = context.getBundle(Registry.LOCATION + sha256);
        if (bundle == null) {
            return;
        }
        List<Entry> entries = registry.of(bundle);
        if (entries.isEmpty()) {
            uninstall(bundle);
        } else {
            replace(entries);
        }
    }

    /** Removes bundles of an earlier run whose jar is not there any more. */
    synchronized void removeAllBut(Set<String> hashes) {
        for (Bundle b : context.getBundles()) {
            String location = b.getLocation();
            if (location.startsWith(Registry.LOCATION)
                    && !hashes.contains(location.substring(Registry.LOCATION.length()))
                    && registry.unused(b)) {
                uninstall(b);
            }
        }
    }

    private void uninstall(Bundle bundle) {
        try {
            loaders.watch(bundle);
            ServiceReference<?>[] services = bundle.getRegisteredServices();
            bundle.uninstall();
            loaders.uninstalled(bundle, services);
        } catch (BundleException | IllegalStateException e) {
            LOG.error("bundle {} could not be removed", bundle, e);
        }
        registry.forget(bundle);
    }

    /** Hashes of the bundles that this host installed. */
    List<String> hashes() {
        List<String> all = new ArrayList<>();
        for (Bundle b : context.getBundles()) {
            if (b.getLocation().startsWith(Registry.LOCATION)) {
                all.add(b.getLocation().substring(Registry.LOCATION.length()));
            }
        }
        return all;
    }

    /** Waits until bundles that are to be removed are. */
    boolean awaitRemovals(Duration timeout) throws InterruptedException {
        FutureTask<Void> last = new FutureTask<>(() -> null);
        try {
            removals.execute(last);
            last.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException | TimeoutException | RejectedExecutionException e) {
            return false;
        }
    }

    List<String> leaks() {
        return loaders.leaks();
    }

    @Override
    public void close() {
        removals.shutdown();
        hook.unregister();
    }
}
