package org.anodyne.dsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Reference values from scipy: always the stored ones, and fresh ones too where a Python with scipy is at hand. */
public final class Oracle {
    private static final String PYTHON = "/usr/bin/python3";
    private static final Map<String, double[]> STORED = parse(stored());
    private static final Optional<Map<String, double[]>> LIVE = runLive().map(Oracle::parse);
    private static final Map<String, Double> DEVIATIONS = new TreeMap<>();

    private Oracle() {}

    public static Map<String, double[]> everything() {
        return STORED;
    }

    public static Optional<Map<String, double[]>> live() {
        return LIVE;
    }

    /** Compares with the stored and, if any, the fresh values; the tolerance is relative to the largest expected magnitude. */
    public static void check(String name, double tolerance, double... actual) {
        assertTrue(STORED.containsKey(name), "No stored values named " + name + "; regenerate expected.csv.");
        compare(name + " (stored)", tolerance, STORED.get(name), actual);
        LIVE.filter(values -> values.containsKey(name))
                .ifPresent(values -> compare(name + " (this machine's scipy)", tolerance, values.get(name), actual));
        double worst = deviation(STORED.get(name), actual);
        DEVIATIONS.merge(name, worst, Math::max);
        writeReport();
    }

    public static double deviation(double[] expected, double[] actual) {
        double largest = Arrays.stream(expected).map(Math::abs).max().orElse(0);
        double worst = 0;
        for (int i = 0; i < expected.length; i++) {
            worst = Math.max(worst, Math.abs(expected[i] - actual[i]));
        }
        return largest == 0 ? worst : worst / largest;
    }

    private static void compare(String name, double tolerance, double[] expected, double[] actual) {
        assertEquals(expected.length, actual.length, name + ": number of values");
        double deviation = deviation(expected, actual);
        assertTrue(deviation <= tolerance, name + " deviates by " + deviation + ", allowed is " + tolerance);
    }

    private static void writeReport() {
        StringBuilder text = new StringBuilder();
        DEVIATIONS.forEach(
                (name, worst) -> text.append(name).append(',').append(worst).append('\n'));
        try {
            Path target = Files.createDirectories(Signals.module().resolve("target"));
            Files.writeString(target.resolve("oracle-deviations.csv"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> stored() {
        try (InputStream in = Oracle.class.getResourceAsStream("expected.csv")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<List<String>> runLive() {
        if (!Files.isExecutable(Path.of(PYTHON))
                || run(List.of("-c", "import scipy.signal")).isEmpty()) {
            System.out.println("No " + PYTHON + " with scipy here: comparing with the stored values only.");
            return Optional.empty();
        }
        List<String> arguments = new ArrayList<>();
        arguments.add(Signals.module().resolve("src/test/oracle/oracle.py").toString());
        Signals.recordings().ifPresent(folder -> arguments.add(folder.toString()));
        return Optional.of(run(arguments)
                .orElseThrow(() ->
                        new IllegalStateException("src/test/oracle/oracle.py failed although scipy is installed.")));
    }

    /** The output's lines; empty when the program failed or did not end in time. */
    private static Optional<List<String>> run(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(PYTHON));
        command.addAll(arguments);
        try {
            File out = File.createTempFile("oracle", ".csv");
            try {
                Process process = new ProcessBuilder(command)
                        .redirectOutput(out)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
                if (!process.waitFor(120, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    return Optional.empty();
                }
                return process.exitValue() == 0 ? Optional.of(Files.readAllLines(out.toPath())) : Optional.empty();
            } finally {
                Files.delete(out.toPath());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, double[]> parse(List<String> lines) {
        Map<String, double[]> values = new LinkedHashMap<>();
        for (String line : lines) {
            if (!line.startsWith("#") && !line.isBlank()) {
                String[] parts = line.split(",");
                values.put(
                        parts[0],
                        Arrays.stream(parts)
                                .skip(1)
                                .mapToDouble(Double::parseDouble)
                                .toArray());
            }
        }
        return values;
    }
}
