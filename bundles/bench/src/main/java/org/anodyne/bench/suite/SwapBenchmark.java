package org.anodyne.bench.suite;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.anodyne.bench.Benchmark;
import org.anodyne.bench.measure.Percentiles;
import org.anodyne.bench.measure.Settings;
import org.anodyne.bus.MessageBus;
import org.anodyne.host.InstalledPlugin;
import org.anodyne.host.PluginRegistry;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** A newer jar of a plug-in is moved into the watched folder until its service is in use for new sessions. */
@Component
public final class SwapBenchmark implements Benchmark {
    private static final String PLUGIN = "band-power";

    private final BundleContext context;
    private final PluginRegistry registry;

    @Activate
    public SwapBenchmark(BundleContext context, @Reference PluginRegistry registry) {
        this.context = context;
        this.registry = registry;
    }

    @Override
    public String name() {
        return "swap";
    }

    @Override
    public String title() {
        return "a newer plug-in jar moved into plugins/ until its service is the one in use";
    }

    @Override
    public Map<String, Object> run(Map<String, String> typed, Path folder, Consumer<String> progress) throws Exception {
        int runs = new Settings(typed, Set.of("runs")).whole("runs", 10, 100);
        Path plugins = Path.of(context.getProperty("anodyne.home")).resolve("plugins");
        Path original;
        try (Stream<Path> files = Files.list(plugins)) {
            original = files.filter(f -> f.getFileName().toString().contains(PLUGIN))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("there is no " + PLUGIN + " in " + plugins));
        }
        Percentiles inUse = new Percentiles();
        for (int i = 1; i <= runs; i++) {
            String version = "999.0." + i;
            Path part = plugins.resolve("bench-" + i + ".tmp");
            Path dropped = plugins.resolve("bench-" + i + ".jar");
            copyWithVersion(original, part, version);
            CountDownLatch there = new CountDownLatch(1);
            try (MessageBus.Subscription changes = registry.onChange(p -> {
                if (p.id().equals(PLUGIN)
                        && p.version().equals(version)
                        && p.state() == InstalledPlugin.State.AVAILABLE) {
                    there.countDown();
                }
            })) {
                long start = System.nanoTime();
                Files.move(part, dropped, StandardCopyOption.ATOMIC_MOVE);
                if (!there.await(20, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("version " + version + " did not become available");
                }
                inUse.add(System.nanoTime() - start);
            } finally {
                Files.deleteIfExists(dropped);
            }
            progress.accept("swap " + i + " of " + runs);
        }
        registry.awaitSettled(Duration.ofSeconds(20));
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("droppedToInUseMs", inUse.millis());
        figures.put("plugin", PLUGIN);
        return figures;
    }

    private static void copyWithVersion(Path from, Path to, String version) throws IOException {
        try (InputStream in = Files.newInputStream(from);
                JarInputStream jar = new JarInputStream(in);
                OutputStream file = Files.newOutputStream(to)) {
            Manifest manifest = new Manifest(jar.getManifest());
            manifest.getMainAttributes().putValue("Bundle-Version", version);
            try (JarOutputStream out = new JarOutputStream(file, manifest)) {
                for (JarEntry e = jar.getNextJarEntry(); e != null; e = jar.getNextJarEntry()) {
                    out.putNextEntry(new JarEntry(e.getName()));
                    jar.transferTo(out);
                    out.closeEntry();
                }
            }
        }
    }
}
