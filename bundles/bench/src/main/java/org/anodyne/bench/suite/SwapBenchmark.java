package org.anodyne.bench.suite;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.anodyne.bench.Benchmark;
import org.anodyne.bench.measure.Percentiles;
import org.anodyne.bench.measure.Settings;
import org.anodyne.bus.Message;
import org.anodyne.bus.MessageBus;
import org.anodyne.bus.Payload;
import org.anodyne.bus.Topic;
import org.anodyne.host.InstalledPlugin;
import org.anodyne.host.PluginRegistry;
import org.anodyne.host.SlotHost;
import org.anodyne.host.SwapReport;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * A newer jar of a plug-in is moved into the watched folder of a platform in which a session runs, until its service is
 * available, and until the slot of that session is swapped to it and the first value that it computed was received over
 * the bus. The session is 8 channels of synthetic EEG at 250 Hz and their band power over a window of 1 s, which each
 * successor takes over from its predecessor.
 */
@Component
public final class SwapBenchmark implements Benchmark {
    private static final String PLUGIN = "band-power";
    private static final String SLOT = "alpha";
    private static final int WAIT_SECONDS = 20;
    private static final int CHANNELS = 8;
    private static final double RATE_HZ = 250;
    private static final int BLOCK = 8;
    private static final double WINDOW_SECONDS = 1;

    private final BundleContext context;
    private final PluginRegistry registry;
    private final SlotHost host;
    private final MessageBus bus;
    /** Once the slot computes; anew for each run. */
    private volatile CompletableFuture<Void> computing = new CompletableFuture<>();
    /** What the slot's values are waited for with, by version; read on the bus's thread. */
    private final Map<String, CompletableFuture<Long>> awaited = new ConcurrentHashMap<>();

    @Activate
    public SwapBenchmark(
            BundleContext context,
            @Reference PluginRegistry registry,
            @Reference SlotHost host,
            @Reference MessageBus bus) {
        this.context = context;
        this.registry = registry;
        this.host = host;
        this.bus = bus;
    }

    @Override
    public String name() {
        return "swap";
    }

    @Override
    public String title() {
        return "a newer plug-in jar moved into plugins/ until it is available, and in use in a running session";
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
        Percentiles available = new Percentiles();
        Percentiles inUse = new Percentiles();
        Percentiles swapped = new Percentiles();
        List<Path> dropped = new ArrayList<>();
        int handedOver = 0;
        computing = new CompletableFuture<>();
        try (BenchSession session = new BenchSession(host, bus, "bench-swap")) {
            session.listen(Topic.Kind.FEATURE, SLOT, "power", this::heard);
            session.prepareEeg(CHANNELS, RATE_HZ, BLOCK);
            session.prepareBandPower(SLOT, 8, 13, WINDOW_SECONDS, List.of());
            session.begin(List.of(SLOT, BenchSession.EEG));
            computing.get(WAIT_SECONDS, TimeUnit.SECONDS);
            for (int i = 1; i <= runs; i++) {
                progress.accept("swap " + i + " of " + runs);
                String version = "999.0." + i;
                Path part = plugins.resolve("bench-" + i + ".tmp");
                Path jar = plugins.resolve("bench-" + i + ".jar");
                copyWithVersion(original, part, version);
                // Until the session is over: the jar of a plug-in at work is not taken away.
                dropped.add(jar);
                CompletableFuture<Long> first = new CompletableFuture<>();
                awaited.put(version, first);
                long start = System.nanoTime();
                available.add(drop(part, jar, version) - start);
                SwapReport report = session.swap(SLOT);
                swapped.add(report.tookNanos());
                handedOver += report.handedOver() ? 1 : 0;
                inUse.add(first.get(WAIT_SECONDS, TimeUnit.SECONDS) - start);
            }
        } finally {
            for (Path jar : dropped) {
                Files.deleteIfExists(jar);
            }
        }
        registry.awaitSettled(Duration.ofSeconds(WAIT_SECONDS));
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("droppedToAvailableMs", available.millis());
        figures.put("droppedToInUseMs", inUse.millis());
        figures.put("swapMs", swapped.millis());
        figures.put("handedOver", handedOver);
        figures.put("plugin", PLUGIN);
        figures.put("windowSeconds", WINDOW_SECONDS);
        return figures;
    }

    /** Moves a jar into the folder; when the registry offered its version, on the monotonic clock. */
    private long drop(Path part, Path jar, String version) throws Exception {
        CompletableFuture<Long> there = new CompletableFuture<>();
        try (MessageBus.Subscription changes = registry.onChange(p -> {
            if (p.id().equals(PLUGIN) && p.version().equals(version) && p.state() == InstalledPlugin.State.AVAILABLE) {
                there.complete(System.nanoTime());
            }
        })) {
            Files.move(part, jar, StandardCopyOption.ATOMIC_MOVE);
            return there.get(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException("version " + version + " did not become available", e);
        }
    }

    private void heard(Message message) {
        if (message.payload() instanceof Payload.FeatureValue f) {
            if (!Double.isNaN(f.feature().values()[0])) {
                computing.complete(null);
            }
            // A hash follows the version.
            Optional.ofNullable(awaited.remove(f.version().split(" ")[0]))
                    .ifPresent(first -> first.complete(message.receivedNanos()));
        }
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
