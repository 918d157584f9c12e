package org.anodyne.bench.suite;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.anodyne.bench.Benchmark;
import org.anodyne.bench.measure.Percentiles;
import org.anodyne.bench.measure.Settings;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** {@code java -jar anodyne.jar run} to its line "ready", in processes of their own. */
@Component
public final class StartBenchmark implements Benchmark {
    private final BundleContext context;

    @Activate
    public StartBenchmark(BundleContext context) {
        this.context = context;
    }

    @Override
    public String name() {
        return "start";
    }

    @Override
    public String title() {
        return "java -jar anodyne.jar run until it says ready";
    }

    @Override
    public Map<String, Object> run(Map<String, String> typed, Path folder, Consumer<String> progress) throws Exception {
        int runs = new Settings(typed, Set.of("runs")).whole("runs", 5, 100);
        String jar = context.getProperty("anodyne.jar");
        if (jar == null || !Files.isRegularFile(Path.of(jar))) {
            throw new IllegalStateException(
                    "this benchmark starts the runnable jar, and the platform was not started from one");
        }
        Percentiles ready = new Percentiles();
        start(jar, folder.resolve("home-warm"), new Percentiles());
        for (int i = 0; i < runs; i++) {
            progress.accept("start " + (i + 1) + " of " + runs);
            start(jar, folder.resolve("home-" + i), ready);
        }
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("readyMs", ready.millis());
        figures.put("java", System.getProperty("java.version"));
        return figures;
    }

    private static void start(String jar, Path home, Percentiles into) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        jar,
                        "--home",
                        home.toString(),
                        "run",
                        "--port",
                        "0")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("ready")) {
                    into.add(System.nanoTime() - start);
                    return;
                }
            }
            throw new IllegalStateException("the platform ended before it was ready");
        } finally {
            process.destroy();
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        }
    }
}
