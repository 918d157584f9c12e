package org.anodyne.plugin.host.registry;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.anodyne.bus.MessageBus;
import org.anodyne.host.InstalledPlugin;
import org.anodyne.host.PluginRegistry;
import org.anodyne.host.SlotHost;
import org.anodyne.plugin.PluginFactory;
import org.anodyne.plugin.host.FakeBus;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.util.tracker.ServiceTracker;

/**
 * A real framework with Declarative Services and this bundle as it was built; the API packages come from the class path,
 * so that the test can speak to the services.
 */
final class Felix implements AutoCloseable {
    final FakeBus bus = new FakeBus();
    final Path home;
    private final Framework framework;

    Felix(Path folder, Map<String, String> more) {
        home = folder.resolve("home");
        Map<String, String> settings = new HashMap<>();
        settings.put(Constants.FRAMEWORK_STORAGE, folder.resolve("cache").toString());
        settings.put(
                Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                String.join(
                        ",",
                        exports("org.anodyne.plugin.PluginFactory"),
                        exports("org.anodyne.bus.MessageBus"),
                        "org.slf4j;version=2.0.20"));
        settings.put("anodyne.home", home.toString());
        settings.put("felix.log.level", "1");
        settings.putAll(more);
        framework = new org.apache.felix.framework.FrameworkFactory().newFramework(settings);
        try {
            framework.start();
            BundleContext context = framework.getBundleContext();
            context.registerService(MessageBus.class, bus, null);
            if (context.getBundles().length == 1) {
                for (String type : List.of(
                        "org.osgi.util.function.Function",
                        "org.osgi.util.promise.Promise",
                        "org.osgi.service.component.ComponentContext",
                        "org.apache.felix.scr.info.ScrInfo")) {
                    start(library(type));
                }
                Bundle own = context.installBundle("own", new ByteArrayInputStream(own()));
                own.start();
            }
        } catch (BundleException e) {
            throw new AssertionError(e);
        }
    }

    private void start(Path jar) throws BundleException {
        Bundle b = framework.getBundleContext().installBundle("reference:" + jar.toUri());
        b.start();
    }

    /** What the bundle of a class exports, with its versions. */
    private static String exports(String type) {
        Path place = library(type);
        try {
            if (Files.isDirectory(place)) {
                try (InputStream in = Files.newInputStream(place.resolve("META-INF/MANIFEST.MF"))) {
                    return new Manifest(in).getMainAttributes().getValue(Constants.EXPORT_PACKAGE);
                }
            }
            try (JarFile jar = new JarFile(place.toFile())) {
                return jar.getManifest().getMainAttributes().getValue(Constants.EXPORT_PACKAGE);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The jar that a class comes from. */
    private static Path library(String type) {
        try {
            return Path.of(Class.forName(type, false, Felix.class.getClassLoader())
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (ClassNotFoundException | URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    /** This bundle, of the classes and the manifest that the build has just made. */
    private static byte[] own() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            Path classes = Path.of(URI.create(RegistryComponent.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toString()));
            Manifest manifest;
            try (InputStream in = Files.newInputStream(classes.resolve("META-INF/MANIFEST.MF"))) {
                manifest = new Manifest(in);
            }
            try (JarOutputStream jar = new JarOutputStream(bytes, manifest);
                    Stream<Path> files = Files.walk(classes)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    String name = classes.relativize(file).toString().replace('\\', '/');
                    if (!name.equals("META-INF/MANIFEST.MF")) {
                        jar.putNextEntry(new ZipEntry(name));
                        jar.write(Files.readAllBytes(file));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    BundleContext context() {
        return framework.getBundleContext();
    }

    Path plugins() {
        return home.resolve("plugins");
    }

    <T> T service(Class<T> type) {
        ServiceTracker<T, T> tracker = new ServiceTracker<>(context(), type, null);
        tracker.open(true);
        try {
            T service = tracker.waitForService(10_000);
            if (service == null) {
                throw new AssertionError("no " + type.getName() + " within 10 s; bundles: "
                        + Arrays.stream(context().getBundles())
                                .map(b -> b + " " + b.getState())
                                .toList());
            }
            return service;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        } finally {
            tracker.close();
        }
    }

    PluginRegistry registry() {
        return service(PluginRegistry.class);
    }

    SlotHost slots() {
        return service(SlotHost.class);
    }

    void settle() {
        try {
            registry().awaitSettled(Duration.ofSeconds(20));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    Optional<InstalledPlugin> plugin(String id, InstalledPlugin.State state) {
        return registry().plugins().stream()
                .filter(p -> p.id().equals(id) && p.state() == state)
                .findFirst();
    }

    /** Waits for a state of the registry, by its own notices. */
    void await(String what, Supplier<Boolean> reached) {
        Object change = new Object();
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        try (var s = registry().onChange(p -> {
            synchronized (change) {
                change.notifyAll();
            }
        })) {
            synchronized (change) {
                while (!reached.get()) {
                    long left = (until - System.nanoTime()) / 1_000_000;
                    if (left <= 0) {
                        throw new AssertionError(
                                what + ": not within 20 s; " + registry().plugins());
                    }
                    change.wait(Math.min(left, 100));
                }
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Bundles of this symbolic name. */
    List<Bundle> bundles(String name) {
        return Arrays.stream(context().getBundles())
                .filter(b -> b.getSymbolicName().equals(name))
                .toList();
    }

    int factories() {
        try {
            var all = context().getAllServiceReferences(PluginFactory.class.getName(), null);
            return all == null ? 0 : all.length;
        } catch (org.osgi.framework.InvalidSyntaxException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        try {
            framework.stop();
            framework.waitForStop(20_000);
        } catch (BundleException | InterruptedException e) {
            throw new AssertionError(e);
        } finally {
            bus.close();
        }
    }
}
