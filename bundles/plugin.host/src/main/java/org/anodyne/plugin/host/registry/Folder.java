package org.anodyne.plugin.host.registry;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.anodyne.host.InstalledPlugin;
import org.anodyne.plugin.PluginKind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder into which people drop jars. Reacts to what the file system reports; a timer runs only while a file is not
 * complete yet.
 */
final class Folder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Folder.class);

    /** How soon an incomplete file is looked at again. */
    private static final long AGAIN_NANOS = Duration.ofMillis(100).toNanos();

    /** A file that is incomplete and has not changed for so long will not become complete: it is refused. */
    private static final long PATIENCE_NANOS = Duration.ofMillis(600).toNanos();

    private final Path folder;
    private final boolean actuatorsOnly;
    private final Deployer deployer;
    private final Registry registry;
    private final WatchService watcher;
    private final Thread thread;
    private final CountDownLatch scanned = new CountDownLatch(1);
    private volatile boolean closed;

    // guarded by this
    private final Map<Path, Known> known = new HashMap<>();
    private final Map<Path, Unfinished> unfinished = new HashMap<>();

    /** What a file looks like from outside. */
    private record Looks(long size, long modifiedNanos, Object key) {}

    /** A file that was dealt with; refused when it has no hash. */
    private record Known(Looks looks, String sha256) {}

    /** A file that is not complete. */
    private record Unfinished(Looks looks, long sinceNanos, int times) {}

    /**
     * @param actuatorsOnly whether nobody here asks for other plug-ins: that they lack something is no news then
     * @throws IOException when the folder cannot be made or watched
     */
    Folder(Path folder, Deployer deployer, Registry registry, boolean actuatorsOnly) throws IOException {
        this.folder = folder;
        this.actuatorsOnly = actuatorsOnly;
        this.deployer = deployer;
        this.registry = registry;
        Files.createDirectories(folder);
        watcher = folder.getFileSystem().newWatchService();
        // Before the first look, so that nothing that comes during it is missed.
        folder.register(
                watcher,
                StandardWatchEventKinds.ENTRY_CREATE,
                StandardWatchEventKinds.ENTRY_MODIFY,
                StandardWatchEventKinds.ENTRY_DELETE);
        thread = new Thread(this::run, "plugins-folder");
        thread.setDaemon(true);
    }

    void open() {
        thread.start();
    }

    private void run() {
        try {
            scan(Set.of());
            deployer.removeAllBut(hashes());
        } catch (RuntimeException e) {
            failed("the plugins folder could not be read", e);
        } finally {
            scanned.countDown();
        }
        while (!closed) {
            try {
                WatchKey key = waiting() ? watcher.poll(AGAIN_NANOS, TimeUnit.NANOSECONDS) : watcher.take();
                Set<Path> touched = new HashSet<>();
                while (key != null) {
                    for (WatchEvent<?> event : key.pollEvents()) {
                        if (event.context() instanceof Path name) {
                            touched.add(folder.resolve(name));
                        }
                    }
                    key.reset();
                    key = watcher.poll();
                }
                scan(touched);
            } catch (ClosedWatchServiceException e) {
                return;
            } catch (InterruptedException e) {
                if (closed) {
                    return;
                }
            } catch (RuntimeException e) {
                failed("a change in the plugins folder could not be dealt with", e);
            }
        }
    }

    /** Who leaves while the folder is still read has no framework any more; there is nothing to mend then. */
    private void failed(String what, RuntimeException e) {
        if (closed) {
            LOG.debug(what, e);
        } else {
            LOG.error(what, e);
        }
    }

    private synchronized boolean waiting() {
        return !unfinished.isEmpty();
    }

    private synchronized Set<String> hashes() {
        Set<String> all = new HashSet<>();
        known.values().forEach(k -> all.add(k.sha256));
        return all;
    }

    /** Brings what is installed in line with what is in the folder. */
    private synchronized void scan(Set<Path> touched) {
        Map<Path, Looks> there = list();
        boolean removed = false;
        for (Path file : Set.copyOf(known.keySet())) {
            if (!there.containsKey(file)) {
                removed = true;
                taken(file);
            }
        }
        unfinished.keySet().retainAll(there.keySet());
        if (removed) {
            // What was refused because of a jar that is gone now may be right.
            known.values().removeIf(k -> k.sha256.isEmpty());
        }
        for (Path file : new TreeSet<>(there.keySet())) {
            Known k = known.get(file);
            if (k == null || touched.contains(file) || !k.looks.equals(there.get(file))) {
                look(file, there.get(file), k == null ? "" : k.sha256);
            }
        }
        notifyAll();
    }

    private Map<Path, Looks> list() {
        Map<Path, Looks> there = new HashMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.jar")) {
            for (Path file : files) {
                try {
                    BasicFileAttributes a = Files.readAttributes(file, BasicFileAttributes.class);
                    if (a.isRegularFile() && !Files.isHidden(file)) {
                        there.put(
                                file, new Looks(a.size(), a.lastModifiedTime().to(TimeUnit.NANOSECONDS), a.fileKey()));
                    }
                } catch (IOException e) {
                    LOG.debug("{} went away while it was looked at", file, e);
                }
            }
        } catch (IOException e) {
            LOG.error("the plugins folder {} cannot be read; nothing is changed", folder, e);
            known.forEach((file, k) -> there.put(file, k.looks));
        }
        return there;
    }

    private void look(Path file, Looks looks, String before) {
        String name = file.getFileName().toString();
        try {
            Deployer.Deployed deployed = deployer.deploy(file, Deployer.Purpose.OFFER, before);
            String sha256 = deployed.bundle().getLocation().substring(Registry.LOCATION.length());
            unfinished.remove(file);
            known.put(file, new Known(looks, sha256));
            registry.refused(name, null);
            if (!before.isEmpty() && !before.equals(sha256) && !hashes().contains(before)) {
                deployer.withdraw(before);
            }
            if (deployed.fresh()) {
                LOG.info("{} was installed", name);
            }
        } catch (Refusal e) {
            long now = System.nanoTime();
            if (e.unfinished()) {
                Unfinished u = unfinished.get(file);
                if (u == null || !u.looks.equals(looks)) {
                    unfinished.put(file, new Unfinished(looks, now, 1));
                    return;
                }
                // Counted as well as timed: a process that was kept from running has not looked.
                if (now - u.sinceNanos < PATIENCE_NANOS || u.times < PATIENCE_NANOS / AGAIN_NANOS) {
                    unfinished.put(file, new Unfinished(looks, u.sinceNanos, u.times + 1));
                    return;
                }
            }
            unfinished.remove(file);
            known.put(file, new Known(looks, before));
            refuse(name, e);
        }
    }

    private void refuse(String name, Refusal e) {
        if (deployer.ending()) {
            // Nothing can be installed any more; that says nothing about the jar.
            return;
        }
        Refusal.Claim c = e.claim();
        boolean ofNoConcern = actuatorsOnly && c.kind() != null && c.kind() != PluginKind.ACTUATOR;
        if (ofNoConcern) {
            LOG.debug("{} was refused: {}", name, e.getMessage());
        } else {
            LOG.warn("{} was refused: {}", name, e.getMessage());
        }
        registry.refused(
                name,
                new InstalledPlugin(
                        c.id().isEmpty() ? name : c.id(),
                        c.kind(),
                        c.title(),
                        c.version(),
                        c.bundle().isEmpty() ? name : c.bundle(),
                        c.sha256(),
                        InstalledPlugin.State.REJECTED,
                        e.getMessage(),
                        "{}",
                        null));
    }

    private void taken(Path file) {
        Known k = known.remove(file);
        registry.refused(file.getFileName().toString(), null);
        if (k != null && !k.sha256.isEmpty() && !hashes().contains(k.sha256)) {
            deployer.withdraw(k.sha256);
            LOG.info("{} was taken away", file.getFileName());
        }
    }

    /** Looks at the folder now and waits until nothing in it is still being dealt with. */
    void awaitSettled(Duration timeout) throws InterruptedException {
        long until = System.nanoTime() + timeout.toNanos();
        if (!scanned.await(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
            return;
        }
        scan(Set.of());
        while (waiting() && System.nanoTime() - until < 0 && !closed) {
            synchronized (this) {
                TimeUnit.NANOSECONDS.timedWait(this, AGAIN_NANOS);
            }
            scan(Set.of());
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            watcher.close();
        } catch (IOException e) {
            LOG.debug("the watch on {} did not close", folder, e);
        }
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(2).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
