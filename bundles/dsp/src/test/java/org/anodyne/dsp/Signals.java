package org.anodyne.dsp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** The made-up signals of src/test/oracle/oracle.py, and the real recordings where they are at hand. */
public final class Signals {
    private Signals() {}

    public static double[] noise(int n, long seed) {
        double[] out = new double[n];
        long s = seed;
        for (int i = 0; i < n; i++) {
            s = (s * 1103515245L + 12345L) % 2147483648L;
            out[i] = s / 2147483648.0 - 0.5;
        }
        return out;
    }

    public static double[] eeg() {
        double[] x = noise(5000, 1);
        for (int i = 0; i < x.length; i++) {
            x[i] = 3 + x[i] + 2 * StrictMath.sin(2 * Math.PI * 10.1 * (i / 125.0));
        }
        return x;
    }

    public static double[] eda() {
        double[] x = noise(15000, 7);
        double[][] bumps = {{12, 0.4}, {30, 0.05}, {52, 0.8}, {56, 0.3}, {110, 0.015}};
        for (int i = 0; i < x.length; i++) {
            double t = i / 100.0;
            x[i] = 5 - 0.004 * t + 0.002 * x[i];
            for (double[] bump : bumps) {
                double u = Math.max(t - bump[0], 0);
                x[i] += 4 * bump[1] * (StrictMath.exp(-u / 4) - StrictMath.exp(-u / 0.75));
            }
        }
        return x;
    }

    /** This module's folder. */
    static Path module() {
        return Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    }

    static Optional<Path> recordings() {
        for (Path folder = module(); folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve(".git"))) {
                Path data = folder.resolveSibling("shared").resolve("data").resolve("biosppy");
                return Files.isDirectory(data) ? Optional.of(data) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    public static double[] recording(String file) throws IOException {
        Optional<Path> folder = recordings();
        Assumptions.assumeTrue(
                folder.isPresent(),
                "No folder ../shared/data/biosppy next to the checkout: real recordings not checked.");
        return Files.readAllLines(folder.get().resolve(file)).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .mapToDouble(line -> Double.parseDouble(line.trim()))
                .toArray();
    }
}
